import { join } from 'node:path';
import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import { appearWhole } from '../engine/whole-file.js';
import { type CsvColumn, spreadsheetSafeText, writeCsv } from '../engine/write-csv.js';
import type { Text } from '../messages/text.js';
import { type ListColumn, writeListXlsx } from '../reports/xlsx-list.js';
import type { OwnExtract } from './corrections-extract.js';
import { CORRECTIONS } from './corrections-lists.js';
import type { ProposedField } from './corrections-proposals.js';
import {
  ANSWERS_OF,
  answersInWords,
  type CorrectionList,
  LIST_TEXTS,
  OUR_COLUMNS,
  OURS,
  PROPOSED,
} from './corrections-words.js';

export const CORRECTION_FORMATS = ['csv', 'xlsx'] as const;
export type CorrectionFormat = (typeof CORRECTION_FORMATS)[number];

export interface OwnersFile {
  /** Canonical value of the owner field; null: records that name no owner. */
  readonly owner: string | null;
  readonly label: Text;
  readonly list: CorrectionList;
  readonly rows: number;
  /** What `doisoat corrections import` finds the run by. */
  readonly run: string;
  readonly extract: OwnExtract;
  readonly fields: readonly ProposedField[];
  readonly notes: readonly Text[];
}

interface FileColumn extends ListColumn {
  readonly sql: string;
}

/** Writes one list of one owner in a format; returns the file's name. */
export async function writeCorrections(
  db: Database,
  folder: string,
  { format, file }: { readonly format: CorrectionFormat; readonly file: OwnersFile },
): Promise<string> {
  const name = `${LIST_TEXTS[file.list].file}.${format}`;
  const columns = columnsOf(file);
  const owner = file.owner === null ? 'owner IS NULL' : `owner = ${literal(file.owner)}`;
  const from = `${CORRECTIONS} WHERE ${owner} AND list = ${literal(file.list)} ORDER BY record`;
  const rows =
    format === 'csv'
      ? writeText(db, join(folder, name), columns, from)
      : writeSheets(db, join(folder, name), columns, { file, from });
  const written = await rows;
  if (written !== file.rows) throw new Error(`${name}: ${file.rows} rows to write, ${written} written`);
  return name;
}

function writeText(
  db: Database,
  path: string,
  columns: readonly FileColumn[],
  from: string,
): Promise<number> {
  const named = columns.map(
    ({ head, sql }): CsvColumn => ({ name: spreadsheetSafeText(bothInOne(head)), sql }),
  );
  return writeCsv(db, path, { columns: named, from });
}

async function writeSheets(
  db: Database,
  path: string,
  columns: readonly FileColumn[],
  { file, from }: { readonly file: OwnersFile; readonly from: string },
): Promise<number> {
  const { label, list, rows, notes } = file;
  const title = LIST_TEXTS[list];
  await appearWhole(path, (partial) =>
    writeListXlsx(partial, {
      title: { vi: `${label.vi}: ${title.vi}`, en: `${label.en}: ${title.en}` },
      name: title.sheet,
      columns,
      count: rows,
      rows: db.stream(`SELECT ${columns.map(({ sql }) => sql).join(', ')} FROM ${from}`),
      notes: [...notes, answerNote(list)],
    }),
  );
  return rows;
}

/** One line for both languages; what the owner called its column stays as it is. */
function bothInOne({ vi, en }: Text): string {
  return vi === en ? vi : `${vi} / ${en}`;
}

/** The owner's own columns in its own order, then ours; the last two are empty for the answer. */
function columnsOf(file: OwnersFile): FileColumn[] {
  const { extract, fields } = file;
  const own = extract.header.map((name, i) => ({
    head: { vi: name, en: name },
    meaning: {
      vi: 'Cột của chính tệp đã nộp, nguyên như đã ghi.',
      en: 'Column of the file itself, as written there.',
    },
    sql: `x${i}`,
    width: 20,
    kind: 'text' as const,
  }));
  return unique([...own, ...fields.map(proposedColumn), ...ourColumns(file)], own.length);
}

function proposedColumn({ name, columns, labels }: ProposedField): FileColumn {
  const which = columns.join(' + ');
  return {
    head: { vi: `${PROPOSED.vi}: ${which}`, en: `${PROPOSED.en}: ${which}` },
    meaning: {
      vi: `${labels.vi}: giá trị nên ghi thay; trống khi không phải sửa hoặc không đề xuất được.`,
      en: `${labels.en}: what should stand there; empty where nothing is to be corrected or can be proposed.`,
    },
    sql: identifier(`proposed_${name}`),
    width: 24,
    kind: 'text',
  };
}

const MEANINGS: Readonly<Record<keyof typeof OUR_COLUMNS, Text & { readonly width: number }>> = {
  certainty: {
    vi: 'Đề xuất chắc chắn đến đâu.',
    en: 'How certain the proposal is, in Vietnamese.',
    width: 40,
  },
  certainty_en: { vi: 'Như trên, bằng tiếng Anh.', en: 'How certain the proposal is.', width: 40 },
  reasons: {
    vi: 'Chỗ nào không trùng khớp và vì sao.',
    en: 'What does not agree, and why, in Vietnamese.',
    width: 48,
  },
  reasons_en: { vi: 'Như trên, bằng tiếng Anh.', en: 'What does not agree, and why.', width: 48 },
  mend: { vi: 'Nơi cần xử lý.', en: 'Who has to act.', width: 28 },
  file: { vi: 'Tệp đã nộp.', en: 'The file submitted.', width: 20 },
  line: {
    vi: 'Dòng trong tệp; tiêu đề là dòng 1.',
    en: 'Line of the file; the header is line 1.',
    width: 10,
  },
  case: {
    vi: 'Để câu trả lời về đúng trường hợp: không sửa cột này.',
    en: 'By which the answer finds its case: do not change it.',
    width: 38,
  },
  run: {
    vi: 'Để biết đề xuất là của lần chạy nào: không sửa cột này.',
    en: 'Tells which run proposed it: do not change it.',
    width: 36,
  },
  answer: { vi: 'Đơn vị điền.', en: 'For the owner to fill in.', width: 60 },
  note: { vi: 'Đơn vị điền, nếu cần.', en: 'For the owner to fill in, if need be.', width: 40 },
};

function ourColumns({ list, run }: OwnersFile): FileColumn[] {
  const sql: Record<keyof typeof OUR_COLUMNS, string> = {
    certainty: 'certainty',
    certainty_en: 'certainty_en',
    reasons: 'reasons_vi',
    reasons_en: 'reasons_en',
    mend: 'mend_vi',
    file: 'source_file',
    line: 'source_line',
    case: 'case_key',
    run: literal(run),
    answer: 'NULL::VARCHAR',
    note: 'NULL::VARCHAR',
  };
  const answers = answersInWords(list);
  return (Object.keys(OUR_COLUMNS) as (keyof typeof OUR_COLUMNS)[]).map((name) => {
    const { vi, en } = OUR_COLUMNS[name];
    const { width, ...meaning } = MEANINGS[name];
    const head =
      name === 'answer' ? { vi: `${vi} (${answers.vi})`, en: `${en} (${answers.en})` } : { vi, en };
    return { head, meaning, sql: sql[name], width, kind: 'text' };
  });
}

/** The owner's names stay as they are; where one of ours is taken, ours gets a mark behind it. */
function unique(columns: readonly FileColumn[], own: number): FileColumn[] {
  const taken = new Set(columns.slice(0, own).map(({ head }) => head.vi));
  return columns.map((column, i) => {
    if (i < own) return column;
    let { vi, en } = column.head;
    while (taken.has(vi)) [vi, en] = [`${vi}${OURS}`, `${en}${OURS}`];
    taken.add(vi);
    return { ...column, head: { vi, en } };
  });
}

function answerNote(list: CorrectionList): Text {
  const { vi, en } = answersInWords(list);
  return {
    vi: `Cột “${OUR_COLUMNS.answer.vi}” nhận ${ANSWERS_OF[list].length} cách trả lời: ${vi}. Để trống nếu chưa trả lời.`,
    en: `The column “${OUR_COLUMNS.answer.en}” takes ${ANSWERS_OF[list].length} answers: ${en}. Leave it empty for no answer.`,
  };
}
