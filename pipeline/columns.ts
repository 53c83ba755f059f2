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
  const near = nearestName(name, question.header);
  const list = question.header.slice(0, 30).join(', ');
  return new UserError({
    what: {
      vi: `Tệp ${question.path} không có cột “${name}” (trường ${question.field}).`,
      en: `The file ${question.path} has no column “${name}” (field ${question.field}).`,
    },
    where: question.where(question.field),
    mend: {
      vi: `${near === null ? '' : `Có phải ý bạn là “${near}”? `}Các cột có trong tệp: ${list}.`,
      en: `${near === null ? '' : `Did you mean “${near}”? `}The file has: ${list}.`,
    },
  });
}
