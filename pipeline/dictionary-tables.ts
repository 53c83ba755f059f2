import type { Database } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import { answersTable } from './dictionaries.js';
import { tableOf } from './tables.js';

/** Where numbers of canonical values come from: the reference's dictionary of that field, if it has one. */
export interface ValueSpace {
  /** SQL name of the reference's dictionary (value_id, value), or null. */
  readonly known: string | null;
  /** Values in it; new ones are numbered from here. */
  readonly size: number;
  /** Some answers have numbers of new values already (pipeline/rows-carried.ts). */
  readonly carried?: boolean;
}

/**
 * Turns the answers of a coded field into its dictionary: every distinct raw value with the number of its canonical value.
 * Equal canonical values have equal numbers, in the extract and in the reference alike. A two-digit year also has the
 * number it gets if the century is the other one (the record's own ID decides, row by row).
 */
export async function makeEntries(db: Database, field: CodedField, whole: ValueSpace): Promise<void> {
  const dated = field.kind === 'birth-date';
  const space = await narrowed(db, field, whole);
  await makeNewValues(db, field, space);
  await makeProblemSets(db, field.name);
  const value = lookedUp(field, space, { alias: 'v', value: UNKNOWN_VALUE });
  const other = lookedUp(field, space, { alias: 'o', value: OTHER_DATE });
  const dates = `, ${yearOf('a.value')} AS year, ${other.id} AS other_value_id, ${yearOf(OTHER_DATE)} AS other_year`;
  await replaceTable(
    db,
    tableOf('entries_', field.name),
    `SELECT a.entry, a.raw, a.value, coalesce(a.value_id, ${value.id}) AS value_id, a.type, s.problem_set, a.masked ${dated ? dates : ''}
    FROM ${answersTable(field.name)} a ${value.joins} ${dated ? other.joins : ''}
    LEFT JOIN ${tableOf('problem_sets_', field.name)} s ON a.problems = s.problems`,
  );
}

/** Of the reference's values only those that are looked for, where few are. */
async function narrowed(db: Database, field: CodedField, space: ValueSpace): Promise<ValueSpace> {
  if (space.known === null || space.carried !== true) return space;
  const sought = identifier(`sought_${field.name}`);
  await db.run(`CREATE OR REPLACE TEMP TABLE ${sought} AS
    SELECT DISTINCT value FROM (${soughtValues(field)}) WHERE value IS NOT NULL`);
  const known = `(SELECT k.value_id, k.value FROM ${space.known} k SEMI JOIN ${sought} s ON k.value = s.value)`;
  return { ...space, known };
}

/** SELECT of the values whose numbers are not known. */
function soughtValues({ name, kind }: CodedField): string {
  const values = [`SELECT value FROM ${answersTable(name)} WHERE value_id IS NULL`];
  if (kind === 'birth-date') values.push(`SELECT ${OTHER_DATE} AS value FROM ${answersTable(name)} a`);
  return values.join(' UNION ALL ');
}

export interface CodedField {
  readonly name: string;
  readonly kind: string;
}

/** Values that are known by their number need not be looked up. */
const UNKNOWN_VALUE = 'if(a.value_id IS NULL, a.value, NULL)';

/** A date with a two-digit year, in the other century. */
const OTHER_DATE = `if(a.type = 'two-digit-year', ${otherCentury('a.value')}, NULL)`;

/** The number of a canonical value: the reference's if it has the value, else a new one. */
function lookedUp(
  field: CodedField,
  space: ValueSpace,
  of: { readonly alias: string; readonly value: string },
): { id: string; joins: string } {
  const [known, made] = [`k${of.alias}`, `n${of.alias}`];
  const newValues = `LEFT JOIN ${tableOf('new_values_', field.name)} ${made} ON ${of.value} = ${made}.value`;
  if (space.known === null) return { id: `${made}.value_id::UINTEGER`, joins: newValues };
  return {
    id: `coalesce(${known}.value_id, ${made}.value_id)::UINTEGER`,
    joins: `LEFT JOIN ${space.known} ${known} ON ${of.value} = ${known}.value ${newValues}`,
  };
}

/**
 * The dictionary of a field whose rows keep keys: only values that are not canonical as they stand. `others`: masks of problems that
 * values have besides those that were answered.
 */
export async function makeKeyEntries(
  db: Database,
  field: string,
  others: readonly number[] = [],
): Promise<void> {
  await makeProblemSets(db, field, others);
  await replaceTable(
    db,
    tableOf('entries_', field),
    `SELECT a.entry, a.raw, a.value, a.type, s.problem_set, a.masked
    FROM ${answersTable(field)} a LEFT JOIN ${tableOf('problem_sets_', field)} s ON a.problems = s.problems`,
  );
}

async function makeNewValues(db: Database, field: CodedField, space: ValueSpace): Promise<void> {
  const unknown = identifier(`unknown_${field.name}`);
  const numbered = numberedBefore(field, space);
  await db.run(`CREATE OR REPLACE TEMP TABLE ${unknown} AS
    SELECT DISTINCT value FROM (${soughtValues(field)}) u
    ${space.known === null ? '' : `ANTI JOIN ${space.known} k ON u.value = k.value`}
    ${numbered === null ? '' : `ANTI JOIN (${numbered}) b ON u.value = b.value`} WHERE value IS NOT NULL`);
  const first =
    numbered === null ? space.size : `(SELECT coalesce(max(value_id) + 1, ${space.size}) FROM (${numbered}))`;
  await replaceTable(
    db,
    tableOf('new_values_', field.name),
    `SELECT (${first} + rowid)::UINTEGER AS value_id, value FROM ${unknown}
    ${numbered === null ? '' : `UNION ALL ${numbered}`}`,
  );
}

/** SELECT of the values that have their numbers already; null: there are none. */
function numberedBefore({ name }: CodedField, { size, carried }: ValueSpace): string | null {
  if (carried !== true) return null;
  return `SELECT DISTINCT value_id, value FROM ${answersTable(name)} WHERE value_id >= ${size}`;
}

/** Number 0 is always the empty set. `others`: of values that have no answers. */
async function makeProblemSets(db: Database, field: string, others: readonly number[] = []): Promise<void> {
  const more = others.map((mask) => ` UNION SELECT ${mask}`).join('');
  await replaceTable(
    db,
    tableOf('problem_sets_', field),
    `SELECT (row_number() OVER (ORDER BY problems) - 1)::USMALLINT AS problem_set, problems
    FROM (SELECT DISTINCT problems FROM ${answersTable(field)} UNION SELECT 0${more})`,
  );
}

async function replaceTable(db: Database, table: string, select: string): Promise<void> {
  await db.run(`CREATE OR REPLACE TABLE ${table} AS ${select}`);
}

function yearOf(value: string): string {
  return `TRY_CAST(left(${value}, 4) AS SMALLINT)`;
}

function otherCentury(value: string): string {
  const year = `CAST(left(${value}, 4) AS INTEGER)`;
  return `(${year} + if(${year} >= 2000, -100, 100))::VARCHAR || substr(${value}, 5)`;
}
