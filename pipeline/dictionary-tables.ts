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
export async function makeEntries(db: Database, field: CodedField, space: ValueSpace): Promise<void> {
  await makeNewValues(db, field, space);
  await makeProblemSets(db, field.name);
  const dated = field.kind === 'birth-date';
  const value = lookedUp(field, { alias: 'v', value: UNKNOWN_VALUE });
  const other = lookedUp(field, { alias: 'o', value: OTHER_DATE });
  const dates = `, ${yearOf('a.value')} AS year, ${other.id} AS other_value_id, ${yearOf(OTHER_DATE)} AS other_year`;
  await replaceTable(
    db,
    tableOf('entries_', field.name),
    `SELECT a.entry, a.raw, a.value, coalesce(a.value_id, ${value.id}) AS value_id, a.type, s.problem_set, a.masked ${dated ? dates : ''}
    FROM ${answersTable(field.name)} a ${value.join} ${dated ? other.join : ''}
    LEFT JOIN ${tableOf('problem_sets_', field.name)} s ON a.problems = s.problems`,
  );
  await db.run(`DROP TABLE ${soughtTable(field)}; DROP TABLE ${answersTable(field.name)}`);
}

export interface CodedField {
  readonly name: string;
  readonly kind: string;
}

/** Values that are known by their number need not be looked up. */
const UNKNOWN_VALUE = 'if(a.value_id IS NULL, a.value, NULL)';

/** A date with a two-digit year, in the other century. */
const OTHER_DATE = `if(a.type = 'two-digit-year', ${otherCentury('a.value')}, NULL)`;

/** The number of a canonical value that was sought: the reference's if it has the value, else a new one. */
function lookedUp(
  field: CodedField,
  of: { readonly alias: string; readonly value: string },
): { id: string; join: string } {
  const { alias } = of;
  const numbers = `(SELECT value, value_id FROM ${soughtTable(field)} WHERE value_id IS NOT NULL
      UNION ALL SELECT value, value_id FROM ${tableOf('new_values_', field.name)})`;
  return { id: `${alias}.value_id`, join: `LEFT JOIN ${numbers} ${alias} ON ${of.value} = ${alias}.value` };
}

/** Canonical values of which nothing tells the number, with the number that the reference has for them. */
function soughtTable(field: CodedField): string {
  return identifier(`sought_${field.name}`);
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
  await db.run(`DROP TABLE ${answersTable(field)}`);
}

async function makeNewValues(db: Database, field: CodedField, space: ValueSpace): Promise<void> {
  const values = [`SELECT value FROM ${answersTable(field.name)} WHERE value_id IS NULL`];
  if (field.kind === 'birth-date')
    values.push(`SELECT ${OTHER_DATE} AS value FROM ${answersTable(field.name)} a`);
  const sought = `SELECT DISTINCT value FROM (${values.join(' UNION ALL ')}) WHERE value IS NOT NULL`;
  // The reference's values pass by: of them there may be ten million.
  await db.run(
    `CREATE OR REPLACE TEMP TABLE ${soughtTable(field)} AS ${
      space.known === null
        ? `SELECT value, NULL::UINTEGER AS value_id FROM (${sought})`
        : `SELECT u.value, k.value_id FROM ${space.known} k RIGHT JOIN (${sought}) u ON k.value = u.value`
    }`,
  );
  const numbered = numberedBefore(field, space);
  const first =
    numbered === null ? space.size : `(SELECT coalesce(max(value_id) + 1, ${space.size}) FROM (${numbered}))`;
  await replaceTable(
    db,
    tableOf('new_values_', field.name),
    `SELECT (${first} + row_number() OVER () - 1)::UINTEGER AS value_id, s.value FROM ${soughtTable(field)} s
    ${numbered === null ? '' : `ANTI JOIN (${numbered}) b ON s.value = b.value`} WHERE s.value_id IS NULL
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
