// What lists show of a field's values. Texts are made once per distinct value, not once per row, and most rows need no more than one of
// them: their person has the very value that the record has.
import type { Database } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import { type CsvColumn, csvCell, SELDOM_ODD, spreadsheetSafe } from '../engine/write-csv.js';
import type { Field } from './fields.js';
import { maskedNumber, maskedWords } from './list-texts.js';
import type { MatchedPlan } from './matched-sql.js';
import { tableOf } from './tables.js';

/** Database in memory, seen by every connection to the run's, with the small tables of texts that lists are put together from. */
export const LIST_TEXTS = 'list_texts';

/** In CSV the texts come encoded from the dictionaries; elsewhere they stand as they are. */
export type ListFormat = 'csv' | 'parquet';

/** What decides how values are shown. */
export interface ValuePlan {
  readonly matched: MatchedPlan;
  readonly revealIds: boolean;
}

/** The identity field first, then what was compared, in the sector's order. */
export function shownFields({ matched: { identity, fields } }: ValuePlan): Field[] {
  return [...(identity === null ? [] : [identity]), ...fields.filter((field) => field.compare)];
}

/** Every value of a restricted sector, unless values are asked for. */
export function isHidden({ matched, revealIds }: ValuePlan): boolean {
  return matched.restricted === true && !revealIds;
}

/**
 * Makes of every shown field the table `shown_<name>`, a row an entry: for Parquet `raw` and `value`; for CSV the cells of both, and of
 * compared fields `whole`: these and the cell of a person who has this very value. Reads the dictionaries of the run and of the reference.
 */
export async function prepareValues(
  db: Database,
  plan: ValuePlan,
  formats: readonly ListFormat[],
): Promise<void> {
  await db.run(`ATTACH IF NOT EXISTS ':memory:' AS ${LIST_TEXTS} (READ_WRITE)`);
  await db.run(`CREATE OR REPLACE TABLE ${LIST_TEXTS}.three_digits AS
    SELECT range AS number, lpad(range::VARCHAR, 3, '0') AS text FROM range(1000)`);
  for (const field of shownFields(plan)) {
    const whole = formats.includes('csv') && plan.matched.comparable.includes(field);
    await db.run(`CREATE OR REPLACE TABLE ${shown(field)} AS
      SELECT s.*${whole ? `, concat(${cellsOf(plan, field, 's')}, ${referenceCell(plan, 't')}) AS whole` : ''}
      FROM (SELECT ${textColumns(plan, field, formats).join(', ')}
        FROM (SELECT *, if(raw_odd, ${csvCell('raw')}, raw) AS raw_csv, if(value_odd, ${csvCell('value')}, value) AS value_csv
          FROM (${safeTexts(plan, field)}))) s
      ${whole ? `LEFT JOIN ${referenceValues(field)} t ON s.value_id = t.value_id` : ''}`);
  }
}

function textColumns(plan: ValuePlan, field: Field, formats: readonly ListFormat[]): string[] {
  const columns = ['entry'];
  if (field.role === 'coded') columns.push('value_id');
  if (field.role === 'coded' && field.kind === 'birth-date') columns.push('other_year');
  if (formats.includes('parquet')) columns.push('raw', 'value');
  if (!formats.includes('csv')) return columns;
  return [
    ...columns,
    ...(isApart(plan, field) ? ['raw_csv', 'value_csv'] : [`concat(raw_csv, ',', value_csv, ',') AS pair`]),
  ];
}

/** Whether both cells are needed by themselves: a number may stand in the row instead, a date belong to another century. */
function isApart({ matched }: ValuePlan, field: Field): boolean {
  return field === matched.identity || field.kind === 'birth-date';
}

/**
 * SQL: a value as written and as read (`canonical`, if not as usual), as cells with a comma behind each, of its row in `shown_<name>`, if
 * there is one.
 */
function cellsOf(plan: ValuePlan, field: Field, s: string, canonical = `${s}.value_csv`): string {
  return isApart(plan, field) ? `${s}.raw_csv, ',', ${canonical}, ','` : `coalesce(${s}.pair, ',,')`;
}

/** Nearly all texts hold nothing that a spreadsheet or CSV would take for more than a text: they are looked at once. */
function safeTexts(plan: ValuePlan, field: Field): string {
  const isOdd = (text: string) => `regexp_matches(${text}, '${SELDOM_ODD}')`;
  const safe = (text: string) => `if(${text}_odd, ${spreadsheetSafe(text)}, ${text}) AS ${text}`;
  return `SELECT * REPLACE (${safe('raw')}, ${safe('value')})
    FROM (SELECT *, ${isOdd('raw')} AS raw_odd, ${isOdd('value')} AS value_odd
      FROM (SELECT entry, ${field.role === 'coded' ? codedTexts(plan, field) : keyTexts(plan)} FROM ${tableOf('entries_', field.name)}))`;
}

function codedTexts(plan: ValuePlan, field: Field): string {
  const texts = isHidden(plan)
    ? `${maskedWords('raw')} AS raw, ${maskedWords('value')} AS value`
    : 'raw, value';
  if (field.kind !== 'birth-date') return `${texts}, value_id`;
  const other = isHidden(plan) ? 'NULL::SMALLINT' : "if(type = 'two-digit-year', other_year, NULL)";
  return `${texts}, value_id, ${other} AS other_year`;
}

function keyTexts({ revealIds }: ValuePlan): string {
  return revealIds ? 'raw, value' : `${maskedNumber('raw')} AS raw, masked AS value`;
}

/** SQL of a person's value as a cell, of the reference's dictionary as `t`; masked it is safe as it stands (pipeline/reference-people.ts). */
function referenceCell({ revealIds }: ValuePlan, t: string): string {
  return revealIds ? csvCell(spreadsheetSafe(`${t}.value`)) : `${t}.masked`;
}

/** The field as written, as it was read, and as the person has it: the columns `<name>_raw`, `_canonical`, `_reference`. */
export function valueColumns(plan: ValuePlan, field: Field, format: ListFormat): CsvColumn[] {
  return format === 'csv' ? [valueCells(plan, field)] : separateValues(plan, field);
}

function valueCells(plan: ValuePlan, field: Field): CsvColumn {
  const [s, t] = [dictionary(field), person(field)];
  const cells = cellsOf(plan, field, s, canonicalOf(field, `${s}.value_csv`));
  const [first, ...more] = ['raw', 'canonical', 'reference'].map((part) => `${field.name}_${part}`);
  const sql = plan.matched.comparable.includes(field)
    ? `if(${isOwn(field)}, ${s}.whole, concat(${cells}, ${referenceCell(plan, t)}))`
    : `concat(${cells})`;
  return { name: first!, more, sql, encoded: true };
}

function separateValues(plan: ValuePlan, field: Field): CsvColumn[] {
  const [s, t] = [dictionary(field), person(field)];
  const reference = plan.revealIds ? spreadsheetSafe(`${t}.value`) : `${t}.masked`;
  return [
    { name: `${field.name}_raw`, sql: `${s}.raw` },
    { name: `${field.name}_canonical`, sql: canonicalOf(field, `${s}.value`) },
    { name: `${field.name}_reference`, sql: plan.matched.comparable.includes(field) ? reference : 'NULL' },
  ];
}

/** SQL: whether the person has the value that the record's text was read as; NULL where either has none. */
function isOwn(field: Field): string {
  const same = `r.${identifier(`r_${field.name}`)} = ${dictionary(field)}.value_id`;
  const other = inOtherCentury(field);
  return other === null ? same : `(${same} AND NOT ${other})`;
}

/** SQL: the value as read (`value`), in the century that the record's own number says. */
function canonicalOf(field: Field, value: string): string {
  const other = inOtherCentury(field);
  const date = `${dictionary(field)}.other_year::VARCHAR || substr(${value}, 5)`;
  return other === null ? value : `if(${other}, ${date}, ${value})`;
}

/** SQL: whether the record's own number puts the two-digit year of a date into the other century. Null: no such field. */
function inOtherCentury(field: Field): string | null {
  if (field.kind !== 'birth-date') return null;
  const s = dictionary(field);
  const differs = `coalesce(r.${identifier(`w_${field.name}`)} <> ${s}.value_id, true)`;
  return `(${s}.other_year IS NOT NULL AND ${differs})`;
}

/** What `valueColumns` reads, joined to rows of `results` as `r`. The person's value is looked up only where no text has it already. */
export function valueJoins(plan: ValuePlan, format: ListFormat): string[] {
  return shownFields(plan).flatMap((field) => {
    const s = dictionary(field);
    const own = `LEFT JOIN ${shown(field)} ${s} ON r.${identifier(`e_${field.name}`)} = ${s}.entry`;
    if (!plan.matched.comparable.includes(field)) return [own];
    const has = `r.${identifier(`r_${field.name}`)}`;
    const sought = format === 'csv' ? `if(${isOwn(field)}, NULL, ${has})` : has;
    const t = person(field);
    return [own, `LEFT JOIN ${referenceValues(field)} ${t} ON ${sought} = ${t}.value_id`];
  });
}

function referenceValues(field: Field): string {
  return `ref.${identifier(`values_${field.name}`)}`;
}

/** SQL name of the entry's row in `shown_<name>`. */
export function dictionary(field: Field): string {
  return identifier(`s_${field.name}`);
}

function person(field: Field): string {
  return identifier(`t_${field.name}`);
}

function shown(field: Field): string {
  return `${LIST_TEXTS}.${identifier(`shown_${field.name}`)}`;
}
