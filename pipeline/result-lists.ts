import { join } from 'node:path';
import { allDone } from '../engine/all-done.js';
import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import {
  type CsvColumn,
  csvCell,
  csvLine,
  csvText,
  spreadsheetSafe,
  writeCsv,
  writeCsvLines,
  writeParquet,
} from '../engine/write-csv.js';
import { METHODS } from '../matchers/judge.js';
import { OUTCOME_FACTS } from '../matchers/outcomes.js';
import { reasonsInWords, whoMends } from '../reports/mismatch-text.js';
import type { JudgedPattern } from './classify.js';
import { type Field, keyText, keyType } from './fields.js';
import type { SourceFile } from './ingest.js';
import { maskedNumber, maskedWords } from './list-texts.js';
import {
  dictionary,
  isHidden,
  LIST_TEXTS,
  type ListFormat,
  prepareValues,
  shownFields,
  type ValuePlan,
  valueColumns,
  valueJoins,
} from './shown-values.js';

export interface ListPlan extends ValuePlan {
  readonly files: readonly Pick<SourceFile, 'name' | 'rows'>[];
  readonly judged: readonly JudgedPattern[];
  readonly folder: string;
}

/** results.parquet: one line per input row, in input order. */
export async function writeResultsParquet(db: Database, plan: ListPlan): Promise<string> {
  const path = join(plan.folder, 'results.parquet');
  const columns = resultColumns(plan, 'parquet');
  await writeParquet(db, path, { columns, from: resultFrom(plan, 'parquet', '') });
  return path;
}

/** Filters before anything is looked up or put into words. */
const MISMATCHED = `WHERE pattern IN (SELECT pattern FROM ${LIST_TEXTS}.verdict_texts WHERE as_submitted)`;
const MATCHED = `WHERE pattern IN (SELECT pattern FROM ${LIST_TEXTS}.verdict_texts WHERE NOT as_submitted)`;

/** What mismatches.csv has behind the cells of results.csv. */
const WORDS: CsvColumn = {
  name: 'reasons_vi',
  more: ['reasons_en', 'mend_vi', 'mend_en'],
  sql: 'v.words',
  encoded: true,
};

/** mismatches.csv: the rows that do not match as submitted, with their reasons in words and who can mend them. */
export async function writeMismatches(db: Database, plan: ListPlan): Promise<string> {
  const path = join(plan.folder, MISMATCH_LIST);
  const columns = [...resultColumns(plan, 'csv'), WORDS];
  await writeCsv(db, path, { columns, from: resultFrom(plan, 'csv', MISMATCHED) });
  return path;
}

const MISMATCH_LIST = 'mismatches.csv';
const MISMATCH_LINES = `${LIST_TEXTS}.mismatch_lines`;

/**
 * results.csv and, last, mismatches.csv, each on a connection of its own. Rows that do not match stand in both: their lines are put
 * together once.
 */
export async function writeCsvResults(
  [db, beside]: readonly [Database, Database],
  plan: ListPlan,
): Promise<string[]> {
  const columns = resultColumns(plan, 'csv');
  const lines = (where: string) =>
    `SELECT ${csvLine(columns)} AS line, r.record, r.pattern FROM ${resultRows(plan, 'csv', where)}`;
  await beside.run(`CREATE OR REPLACE TABLE ${MISMATCH_LINES} AS ${lines(MISMATCHED)}`);
  const all = `${lines(MATCHED)} UNION ALL SELECT line, record, pattern FROM ${MISMATCH_LINES}`;
  const inWords = `SELECT concat(r.line, ',', ${WORDS.sql}) AS line
    FROM ${MISMATCH_LINES} r JOIN ${LIST_TEXTS}.verdict_texts v ON r.pattern = v.pattern ORDER BY r.record`;
  const [results, mismatches] = [join(plan.folder, 'results.csv'), join(plan.folder, MISMATCH_LIST)];
  await allDone([
    writeCsvLines(db, results, { columns, lines: `SELECT line FROM (${all}) ORDER BY record` }),
    writeCsvLines(beside, mismatches, { columns: [...columns, WORDS], lines: inWords }),
  ]);
  return [results, mismatches];
}

/** Makes the tables of texts that the lists of a run in these formats are put together from. */
export async function prepareLists(
  db: Database,
  plan: ListPlan,
  formats: readonly ListFormat[],
): Promise<void> {
  await prepareValues(db, plan, formats);
  await prepareVerdicts(db, plan.judged);
}

/** Of every verdict the cells of results.csv, and what mismatches.csv has behind them. */
export async function prepareVerdicts(db: Database, judged: readonly JudgedPattern[]): Promise<void> {
  await db.run(`CREATE OR REPLACE TABLE ${LIST_TEXTS}.verdict_texts (pattern HUGEINT, outcome VARCHAR, reasons VARCHAR,
    as_submitted BOOLEAN, cells VARCHAR, words VARCHAR)`);
  const rows = judged.map((one) => {
    const reasons = one.reasons.join(';');
    const words = reasonsInWords(one.reasons);
    const mend = whoMends(one.reasons);
    return [
      one.pattern,
      one.outcome,
      reasons === '' ? null : reasons,
      OUTCOME_FACTS[one.outcome].asSubmitted,
      cells(one.outcome, reasons),
      cells(words.vi, words.en, mend.vi, mend.en),
    ];
  });
  await db.append(`${LIST_TEXTS}.verdict_texts`, rows);
}

function cells(...texts: string[]): string {
  return texts.map(csvText).join(',');
}

/** Which row of the input it is: `record`, `source_file`, `source_line`, `record_key`, of rows of `results` as `r`. */
export function placeColumns(plan: ListPlan, format: ListFormat): CsvColumn[] {
  return [
    { name: 'record', sql: 'r.record + 1', encoded: true },
    { name: 'source_file', sql: fileName(plan, format), encoded: true },
    { name: 'source_line', sql: sourceLine(plan), encoded: true },
    {
      name: 'record_key',
      sql: isHidden(plan) ? spreadsheetSafe(maskedWords('r.record_key')) : recordKey(format),
      encoded: !isHidden(plan),
    },
  ];
}

function resultColumns(plan: ListPlan, format: ListFormat): CsvColumn[] {
  const columns: CsvColumn[] = [
    ...placeColumns(plan, format),
    ...verdictColumns(format),
    { name: 'reference_id', sql: 'r.reference_text', encoded: shownAsDigits(plan) },
    {
      name: 'probability',
      sql: `if(r.probability IS NULL, NULL, printf('%.4f', r.probability))`,
      encoded: true,
    },
    { name: 'method', sql: methodName(), encoded: true },
  ];
  for (const field of shownFields(plan)) {
    const show = field === plan.matched.identity ? identityColumns : valueColumns;
    columns.push(...show(plan, field, format));
  }
  return columns;
}

function verdictColumns(format: ListFormat): CsvColumn[] {
  if (format === 'csv') return [{ name: 'outcome', more: ['reasons'], sql: 'v.cells', encoded: true }];
  return [
    { name: 'outcome', sql: 'v.outcome' },
    { name: 'reasons', sql: 'v.reasons' },
  ];
}

function methodName(): string {
  const cases = METHODS.flatMap((method, i) =>
    method === 'none' ? [] : [`WHEN ${i} THEN ${literal(method)}`],
  );
  return `CASE r.method ${cases.join(' ')} END`;
}

/** Nearly every record key is letters and digits, and need neither be made safe nor put in quotes. */
function recordKey(format: ListFormat): string {
  const safe = spreadsheetSafe('r.record_key');
  const odd = format === 'csv' ? csvCell(safe) : safe;
  return `if(regexp_full_match(r.record_key, '[0-9A-Za-z][0-9A-Za-z._/-]*'), r.record_key, ${odd})`;
}

/** The identity number: as the record and as the person has it, mostly one text. */
function identityColumns(plan: ListPlan, field: Field, format: ListFormat): CsvColumn[] {
  const s = dictionary(field);
  const [raw, value] = format === 'csv' ? [`${s}.raw_csv`, `${s}.value_csv`] : [`${s}.raw`, `${s}.value`];
  const digits = shownAsDigits(plan);
  const number = digits || format !== 'csv' ? 'r.number_text' : csvCell('r.number_text');
  const column = (part: string, sql: string, encoded = true) => ({
    name: `${field.name}_${part}`,
    sql,
    encoded,
  });
  return [
    column('raw', `if(${s}.entry IS NULL, ${number}, ${raw})`),
    column('canonical', `coalesce(${number}, ${value})`),
    column('reference', plan.matched.referenceHasKey ? 'NULL' : 'r.reference_text', digits),
  ];
}

/** Identity numbers are shown as digits and asterisks alone. */
function shownAsDigits({ matched: { identity, referenceHasKey } }: ListPlan): boolean {
  return identity !== null && keyType(identity.kind) === 'BIGINT' && !referenceHasKey;
}

function resultFrom(plan: ListPlan, format: ListFormat, where: string): string {
  return `${resultRows(plan, format, where)} ORDER BY r.record`;
}

function resultRows(plan: ListPlan, format: ListFormat, where: string): string {
  const joins = [`JOIN ${LIST_TEXTS}.verdict_texts v ON r.pattern = v.pattern`, ...valueJoins(plan, format)];
  return `(${numbersAsText(plan)} ${where}) r ${joins.join('\n    ')}`;
}

/** Every row with its own number and the person's as lists show them; most rows share one text for both. */
function numbersAsText(plan: ListPlan): string {
  const { identity, referenceHasKey } = plan.matched;
  if (identity === null) {
    return `SELECT *, NULL::VARCHAR AS number_text, ${shownText(plan, 'reference_key::VARCHAR')} AS reference_text FROM results`;
  }
  const reference = referenceHasKey
    ? shownText(plan, 'reference_key::VARCHAR')
    : `if(reference_key = find_by, number_text, ${shownKey(plan, identity, 'reference_key')})`;
  const number = isMaskedInDigits(plan, identity)
    ? { text: "a.text || '******' || z.text", joins: FIRST_AND_LAST_DIGITS }
    : { text: shownKey(plan, identity, 'find_by'), joins: '' };
  return `SELECT results.*, ${number.text} AS number_text, ${reference} AS reference_text FROM results ${number.joins}`;
}

/** Looked up, because cutting three digits out of a text costs more than finding them in a table of a thousand. */
const FIRST_AND_LAST_DIGITS = `LEFT JOIN ${LIST_TEXTS}.three_digits a ON find_by // 1000000000 = a.number
    LEFT JOIN ${LIST_TEXTS}.three_digits z ON find_by % 1000 = z.number`;

function isMaskedInDigits({ revealIds }: ListPlan, identity: Field): boolean {
  return !revealIds && keyType(identity.kind) === 'BIGINT';
}

function shownKey(plan: ListPlan, identity: Field, key: string): string {
  if (!isMaskedInDigits(plan, identity)) return shownText(plan, keyText(identity.kind, key));
  // A digit put in front keeps the leading zeros: one conversion to text instead of two and two paddings.
  const text = `(1000000000000 + ${key})::VARCHAR`;
  return `(substr(${text}, 2, 3) || '******' || right(${text}, 3))`;
}

function fileName(plan: ListPlan, format: ListFormat): string {
  const shown = (name: string) => literal(format === 'csv' ? csvText(name) : name);
  const names = plan.files.map((file) => shown(file.name)).join(', ');
  return plan.files.length === 1 ? names : `[${names}][r.file + 1]`;
}

/** The header is line 1; where a record is not one line the reader has kept its line. */
function sourceLine(plan: ListPlan): string {
  const firsts: number[] = [];
  let first = 0;
  for (const file of plan.files) {
    firsts.push(first);
    first += file.rows;
  }
  const before = firsts.length === 1 ? '0' : `[${firsts.join(', ')}][r.file + 1]`;
  return `coalesce(r.line, r.record - ${before} + 2)`;
}

function shownText(plan: ListPlan, text: string): string {
  return spreadsheetSafe(plan.revealIds ? text : maskedNumber(text));
}
