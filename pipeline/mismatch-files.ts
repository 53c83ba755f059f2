// The list of mismatches in other formats, made from its CSV, so that all of them say the same: mismatches.parquet for machines and
// mismatches.xlsx for people.
import { join } from 'node:path';
import type { Database, Value } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import { appearWhole } from '../engine/whole-file.js';
import { writeParquet, writtenColumns, writtenCsv } from '../engine/write-csv.js';
import { writtenRows } from '../engine/written-rows.js';
import { OUTCOME_FACTS, type Outcome } from '../matchers/outcomes.js';
import type { Text } from '../messages/text.js';
import { type NamedColumn, namedColumns } from '../reports/mismatch-columns.js';
import type { Summary } from '../reports/model.js';
import { periodName } from '../reports/numbers.js';
import { writeListXlsx } from '../reports/xlsx-list.js';
import type { MatchedPlan } from './matched-sql.js';
import type { RoleRun } from './roles.js';

/** Columns that are numbers in the list; all others are texts, identity numbers too. */
const WHOLE_NUMBERS = ['record', 'source_line'];

/** mismatches.parquet: the columns of the CSV, in its order. */
export async function writeListParquet(db: Database, list: string, folder: string): Promise<string> {
  const path = join(folder, 'mismatches.parquet');
  const columns = (await writtenColumns(list)).map((name) => ({
    name,
    sql: WHOLE_NUMBERS.includes(name) ? `${identifier(name)}::BIGINT` : identifier(name),
  }));
  await writeParquet(db, path, { columns, from: await writtenCsv(list) });
  return path;
}

export interface Workbook {
  readonly folder: string;
  readonly revealIds: boolean;
  readonly matched: MatchedPlan;
  readonly roles: readonly RoleRun[];
  readonly summary: Summary;
}

/** The list of mismatches, to be read once. */
export interface MismatchList {
  /** Of its columns, as in mismatches.csv. */
  readonly names: readonly string[];
  readonly count: number;
  /** In their order, some at a time; an empty cell is ''. */
  readonly rows: AsyncIterable<readonly (readonly string[])[]>;
}

/** The list that a mismatches.csv holds. */
export async function listOfFile(db: Database, path: string): Promise<MismatchList> {
  const count = await db.value<number>(`SELECT count(*) FROM ${await writtenCsv(path)}`);
  return { names: await writtenColumns(path), count, rows: writtenRows(path) };
}

/** mismatches.xlsx: the same list for people, on as many sheets as it needs. */
export async function writeListWorkbook(list: MismatchList, workbook: Workbook): Promise<string> {
  const path = join(workbook.folder, 'mismatches.xlsx');
  const columns = namedColumns(list.names, labelsOf(workbook));
  const { sector, period } = workbook.summary;
  const name = periodName(period);
  await appearWhole(path, (partial) =>
    writeListXlsx(partial, {
      title: {
        vi: `${sector.labels.vi}, ${name.vi}: danh sách sai lệch`,
        en: `${sector.labels.en}, ${name.en}: mismatches`,
      },
      name: 'Sai lệch',
      columns,
      count: list.count,
      rows: sheetRows(list, columns),
      notes: [workbook.revealIds ? REVEALED : MASKED],
    }),
  );
  return path;
}

async function* sheetRows(list: MismatchList, columns: readonly NamedColumn[]): AsyncGenerator<Value[][]> {
  const cells = columns.map((column) => ({ at: list.names.indexOf(column.name), shown: shownOf(column) }));
  for await (const rows of list.rows) {
    yield rows.map((row) => cells.map(({ at, shown }) => shown(row[at] ?? '')));
  }
}

function shownOf({ name, kind }: NamedColumn): (text: string) => Value {
  if (name === 'outcome' || name.endsWith('_outcome')) return outcomeLabel;
  return kind === 'text' ? (text) => text : (text) => (text === '' ? null : Number(text));
}

function outcomeLabel(code: string): string {
  return Object.hasOwn(OUTCOME_FACTS, code) ? OUTCOME_FACTS[code as Outcome].vi : code;
}

/** Of fields and roles; `name` of the husband is `husband_name` in the list. */
function labelsOf({ matched, roles }: Workbook): Map<string, Text> {
  const labels = new Map(matched.fields.map((field) => [field.name, field.labels]));
  for (const { role, labels: roleLabels, names, fields } of roles) {
    labels.set(role, roleLabels);
    for (const { name, labels: own } of fields) {
      labels.set(names[name] ?? name, {
        vi: `${own.vi} (${roleLabels.vi})`,
        en: `${own.en} (${roleLabels.en})`,
      });
    }
  }
  return labels;
}

const MASKED: Text = {
  vi: 'Số giấy tờ và giá trị tham chiếu được che; giá trị của chính tệp nộp để nguyên.',
  en: 'Identity numbers and values of the reference are masked; the submitter’s own values are plain.',
};
const REVEALED: Text = {
  vi: 'Số giấy tờ và giá trị tham chiếu KHÔNG được che: giữ kín tệp này.',
  en: 'Identity numbers and values of the reference are NOT masked: keep this file safe.',
};
