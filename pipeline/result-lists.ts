import { join } from 'node:path';
import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import {
  type CsvColumn,
  csvCell,
  csvText,
  spreadsheetSafe,
  writeCsv,
  writeParquet,
} from '../engine/write-csv.js';
import { METHODS } from '../matchers/judge.js';
import { OUTCOME_FACTS } from '../matchers/outcomes.js';
import { reasonsInWords, whoMends } from '../reports/mismatch-text.js';
import type { JudgedPattern } from './classify.js';
import { type Field, keyText, keyType } from './fields.js';
import type { SourceFile } from './ingest.js';
import { maskedNumber, maskedWords, seldomUnsafe } from './list-texts.js';
import type { MatchedPlan } from './matched-sql.js';
import { tableOf } from './tables.js';

/** Database in memory, seen by every connection to the run's, with the small tables of texts that lists are put together from. */
export const LIST_TEXTS = 'list_texts';

/** In CSV the texts come encoded from the dictionaries; elsewhere they stand as they are. */
type ListFormat = 'csv' | 'parquet';

export interface ListPlan {
  readonly matched: MatchedPlan;
  readonly files: readonly Pick<SourceFile, 'name' | 'rows'>[];
  readonly judged: readonly JudgedPattern[];
  readonly folder: string;
  readonly revealIds: boolean;
}

/** What decides how values are shown. */
type ValuePlan = Pick<ListPlan, 'matched' | 'revealIds'>;

/** results.csv or results.parquet: one line per input row, in input order. */
export async function writeResults(db: Database, plan: ListPlan, format: ListFormat): Promise<string> {
  const path = join(plan.folder, `results.${format}`);
  const query = { columns: resultColumns(plan, format), from: resultFrom(plan, '') };
  if (format === 'csv') await writeCsv(db, path, query);
  else await writeParquet(db, path, query);
  return path;
}

/** Filters before anything is looked up or put into words. */
const MISMATCHED = `WHERE pattern IN (SELECT pattern FROM ${LIST_TEXTS}.verdict_texts WHERE as_submitted)`;

/** mismatches.csv: the rows that do not match as submitted, with their reasons in words and who can mend them. */
export async function writeMismatches(db: Database, plan: ListPlan): Promise<string> {
  const path = join(plan.folder, 'mismatches.csv');
  const words = {
    name: 'reasons_vi',
    more: ['reasons_en', 'mend_vi', 'mend_en'],
    sql: 'v.words',
    encoded: true,
  };
  const columns = [...resultColumns(plan, 'csv'), words];
  await writeCsv(db, path, { columns, from: resultFrom(plan, MISMATCHED) });
  return path;
}

/** Makes the tables of texts that the lists of a run are put together from. */
export async function prepareLists(db: Database, plan: ListPlan): Promise<void> {
  await prepareValues(db, plan);
  await prepareVerdicts(db, plan.judged);
}

/**
 * What lists show of values, made once per distinct value instead of once per row: `raw` and `value`, as cells of a CSV file, and both
 * cells as one text. Reads the dictionaries alone.
 */
export async function prepareValues(db: Database, plan: ValuePlan): Promise<void> {
  await db.run(`ATTACH IF NOT EXISTS ':memory:' AS ${LIST_TEXTS} (READ_WRITE)`);
  await db.run(`CREATE OR REPLACE TABLE ${LIST_TEXTS}.three_digits AS
    SELECT range AS number, lpad(range::VARCHAR, 3, '0') AS text FROM range(1000)`);
  for (const field of shownFields(plan)) {
    await db.run(`CREATE OR REPLACE TABLE ${shown(field)} AS
      SELECT *, concat(raw_csv, ',', value_csv) AS cells
      FROM (SELECT *, ${csvCell('raw')} AS raw_csv, ${csvCell('value')} AS value_csv
        FROM (SELECT entry, ${field.role === 'coded' ? codedTexts(plan, field) : keyTexts(plan)}
          FROM ${tableOf('entries_', field.name)}))`);
  }
}

function codedTexts(plan: ValuePlan, field: Field): string {
  const dated = field.kind === 'birth-date';
  if (isHidden(plan)) {
    const other = dated ? ', NULL::SMALLINT AS other_year' : '';
    return `${maskedWords('raw')} AS raw, ${maskedWords('value')} AS value, value_id${other}`;
  }
  const other = dated ? ", if(type = 'two-digit-year', other_year, NULL) AS other_year" : '';
  return `${seldomUnsafe('raw')} AS raw, ${seldomUnsafe('value')} AS value, value_id${other}`;
}

/** Every value of a restricted sector, unless values are asked for. */
export function isHidden({ matched, revealIds }: ValuePlan): boolean {
  return matched.restricted === true && !revealIds;
}

function keyTexts(plan: ValuePlan): string {
  const raw = plan.revealIds ? spreadsheetSafe('raw') : maskedNumber('raw');
  return `${raw} AS raw, ${plan.revealIds ? spreadsheetSafe('value') : 'masked'} AS value`;
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

/** The identity field first, then what was compared, in the sector's order. */
function shownFields(plan: ValuePlan): Field[] {
  const { identity, fields } = plan.matched;
  return [...(identity === null ? [] : [identity]), ...fields.filter((field) => field.compare)];
}

/** Which row of the input it is: `record`, `source_file`, `source_line`, `record_key`, of rows of `results` as `r`. */
export function placeColumns(plan: ListPlan, format: ListFormat): CsvColumn[] {
  return [
    { name: 'record', sql: 'r.record + 1', encoded: true },
    { name: 'source_file', sql: fileName(plan, format), encoded: true },
    { name: 'source_line', sql: sourceLine(plan), encoded: true },
    {
      name: 'record_key',
      sql: isHidden(plan) ? maskedWords('r.record_key') : recordKey(format),
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
  for (const field of shownFields(plan)) columns.push(...fieldColumns(plan, field, format));
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

function fieldColumns(plan: ListPlan, field: Field, format: ListFormat): CsvColumn[] {
  const column = (part: string, sql: string, encoded = true) => ({
    name: `${field.name}_${part}`,
    sql,
    encoded,
  });
  const s = identifier(`s_${field.name}`);
  const [raw, value] = format === 'csv' ? [`${s}.raw_csv`, `${s}.value_csv`] : [`${s}.raw`, `${s}.value`];
  if (field === plan.matched.identity) {
    const digits = shownAsDigits(plan);
    const number = digits || format !== 'csv' ? 'r.number_text' : csvCell('r.number_text');
    return [
      column('raw', `if(${s}.entry IS NULL, ${number}, ${raw})`),
      column('canonical', `coalesce(${number}, ${value})`),
      column('reference', plan.matched.referenceHasKey ? 'NULL' : 'r.reference_text', digits),
    ];
  }
  return [...rawAndCanonical(field, format), column('reference', ...referenceCell(plan, field))];
}

function rawAndCanonical(field: Field, format: ListFormat): CsvColumn[] {
  const s = identifier(`s_${field.name}`);
  const settled = field.kind === 'birth-date' ? settledDate(field) : null;
  const names = [`${field.name}_raw`, `${field.name}_canonical`] as const;
  if (format !== 'csv') {
    return [
      { name: names[0], sql: `${s}.raw` },
      {
        name: names[1],
        sql: settled === null ? `${s}.value` : `if(${settled.other}, ${settled.date}, ${s}.value)`,
      },
    ];
  }
  const usual = `coalesce(${s}.cells, ',')`;
  const sql =
    settled === null ? usual : `if(${settled.other}, concat(${s}.raw_csv, ',', ${settled.date}), ${usual})`;
  return [{ name: names[0], more: [names[1]], sql, encoded: true }];
}

function referenceCell(plan: ListPlan, field: Field): [sql: string, encoded: boolean] {
  return plan.matched.comparable.includes(field)
    ? [referenceValue(plan, field), !plan.revealIds]
    : ['NULL', true];
}

/** Identity numbers are shown as digits and asterisks alone. */
function shownAsDigits({ matched: { identity, referenceHasKey } }: ListPlan): boolean {
  return identity !== null && keyType(identity.kind) === 'BIGINT' && !referenceHasKey;
}

/** SQL: whether the record's own number puts the two-digit year of a date into the other century, and the date then. */
function settledDate(field: Field): { readonly other: string; readonly date: string } {
  const s = identifier(`s_${field.name}`);
  const differs = `coalesce(r.${identifier(`w_${field.name}`)} <> ${s}.value_id, true)`;
  return {
    other: `(${s}.other_year IS NOT NULL AND ${differs})`,
    date: `${s}.other_year::VARCHAR || substr(${s}.value, 5)`,
  };
}

function referenceValue(plan: ListPlan, field: Field): string {
  const t = identifier(`t_${field.name}`);
  return plan.revealIds ? spreadsheetSafe(`${t}.value`) : `${t}.masked`;
}

function resultFrom(plan: ListPlan, where: string): string {
  const joins = [`JOIN ${LIST_TEXTS}.verdict_texts v ON r.pattern = v.pattern`];
  for (const field of shownFields(plan)) {
    const s = identifier(`s_${field.name}`);
    joins.push(`LEFT JOIN ${shown(field)} ${s} ON r.${identifier(`e_${field.name}`)} = ${s}.entry`);
    if (plan.matched.comparable.includes(field)) {
      const t = identifier(`t_${field.name}`);
      joins.push(
        `LEFT JOIN ref."values_${field.name}" ${t} ON r.${identifier(`r_${field.name}`)} = ${t}.value_id`,
      );
    }
  }
  return `(${numbersAsText(plan)} ${where}) r ${joins.join('\n    ')} ORDER BY r.record`;
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

function shown(field: Field): string {
  return `${LIST_TEXTS}.${identifier(`shown_${field.name}`)}`;
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
  return plan.revealIds ? spreadsheetSafe(text) : maskedNumber(text);
}
