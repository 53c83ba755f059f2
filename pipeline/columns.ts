import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { nearestName } from '../sectors/suggest.js';
import type { ColumnMap } from './job-type.js';

export interface ColumnQuestion {
  readonly field: string;
  readonly header: readonly string[];
  readonly path: string;
  readonly columns: ColumnMap;
  readonly where: (setting: string) => string;
}

/** Positions of a field's columns in a header. Throws UserError naming the nearest header when one is not there. */
export function columnPositions(question: ColumnQuestion): number[] {
  const wanted = question.columns[question.field] ?? [];
  return wanted.map((name) => {
    const exact = question.header.indexOf(name);
    const position = exact >= 0 ? exact : question.header.findIndex((header) => sameHeader(header, name));
    if (position >= 0) return position;
    throw missingColumn(question, name);
  });
}

function sameHeader(a: string, b: string): boolean {
  return headerKey(a) === headerKey(b);
}

function headerKey(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
}

function missingColumn(question: ColumnQuestion, name: string): UserError {
  return new UserError({
    what: {
      vi: `Tệp ${question.path} không có cột “${name}” (trường ${question.field}).`,
      en: `The file ${question.path} has no column “${name}” (field ${question.field}).`,
    },
    where: question.where(question.field),
    mend: question.header.some(isValue) ? NO_HEADER : whatThereIs(question.header, name),
  });
}

function whatThereIs(header: readonly string[], name: string): Text {
  const near = nearestName(name, header);
  const list = header.slice(0, 30).join(', ');
  return {
    vi: `${near === null ? '' : `Có phải ý bạn là “${near}”? `}Các cột có trong tệp: ${list}.`,
    en: `${near === null ? '' : `Did you mean “${near}”? `}The file has: ${list}.`,
  };
}

/** A number of a person or a date: what stands there is a record, and must not get into a message. */
function isValue(cell: string): boolean {
  const isNumber = /^\p{L}?\d{6,}$/u.test(cell.replace(/[\s.'-]/g, ''));
  return isNumber || /^\D?\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}/.test(cell.trim());
}

const NO_HEADER: Text = {
  vi: 'Dòng đầu của tệp có vẻ là một bản ghi, không phải tiêu đề cột: hãy thêm dòng tiêu đề.',
  en: 'The first line of the file seems to be a record, not a header: add a line of column names.',
};
