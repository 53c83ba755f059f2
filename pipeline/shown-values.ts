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
 * Makes of every shown field the table `shown_<name>`: of each entry `raw` and `value`, the same as cells of a CSV file, and `whole`: both
 * cells and that of a person who has this value. Reads the dictionaries of the run and of the reference.
 */
export async function prepareValues(db: Database, plan: ValuePlan): Promise<void> {
  await db.run(`ATTACH IF NOT EXISTS ':memory:' AS ${LIST_TEXTS} (READ_WRITE)`);
  await db.run(`CREATE OR REPLACE TABLE ${LIST_TEXTS}.three_digits AS
    SELECT range AS number, lpad(range::VARCHAR, 3, '0') AS text FROM range(1000)`);
  for (const field of shownFields(plan)) {
    const compared = plan.matched.comparable.includes(field);
    await db.run(`CREATE OR REPLACE TABLE ${shown(field)} AS
      SELECT s.* EXCLUDE (raw_odd, value_odd)${compared ? `, ${wholeText(plan)} AS whole` : ''}
      FROM (SELECT *, if(raw_odd, ${csvCell('raw')}, raw) AS raw_csv, if(value_odd, ${csvCell('value')}, value) AS value_csv
        FROM (${safeTexts(plan, field)})) s
      ${compared ? `LEFT JOIN ${referenceValues(field)} t ON s.value_id = t.value_id` : ''}`);
  }
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

function wholeText(plan: ValuePlan): string {
  return `concat(raw_csv, ',', value_csv, ',', ${referenceCell(plan, 't')})`;
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
  const settled = settledDate(field);
  const usual = `${s}.value_csv`;
  const canonical = settled === null ? usual : `if(${settled.other}, ${settled.date}, ${usual})`;
  const pair = `${s}.raw_csv, ',', ${canonical}, ','`;
  const [first, ...more] = ['raw', 'canonical', 'reference'].map((part) => `${field.name}_${part}`);
  const sql = plan.matched.comparable.includes(field)
    ? `if(${isOwn(field)}, ${s}.whole, concat(${pair}, ${referenceCell(plan, t)}))`
    : `concat(${pair})`;
  return { name: first!, more, sql, encoded: true };
}

function separateValues(plan: ValuePlan, field: Field): CsvColumn[] {
  const [s, t] = [dictionary(field), person(field)];
  const settled = settledDate(field);
  const canonical = settled === null ? `${s}.value` : `if(${settled.other}, ${settled.date}, ${s}.value)`;
  const reference = plan.revealIds ? spreadsheetSafe(`${t}.value`) : `${t}.masked`;
  return [
    { name: `${field.name}_raw`, sql: `${s}.raw` },
    { name: `${field.name}_canonical`, sql: canonical },
    { name: `${field.name}_reference`, sql: plan.matched.comparable.includes(field) ? reference : 'NULL' },
  ];
}

/** SQL: whether the person has the value that the record's text was read as; NULL where either has none. */
function isOwn(field: Field): string {
  const settled = settledDate(field);
  const same = `r.${identifier(`r_${field.name}`)} = ${dictionary(field)}.value_id`;
  return settled === null ? same : `(${same} AND NOT ${settled.other})`;
}

/** SQL: whether the record's own number puts the two-digit year of a date into the other century, and the date then. */
function settledDate(field: Field): { readonly other: string; readonly date: string } | null {
  if (field.kind !== 'birth-date') return null;
  const s = dictionary(field);
  const differs = `coalesce(r.${identifier(`w_${field.name}`)} <> ${s}.value_id, true)`;
  return {
    other: `(${s}.other_year IS NOT NULL AND ${differs})`,
    date: `${s}.other_year::VARCHAR || substr(${s}.value, 5)`,
  };
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
