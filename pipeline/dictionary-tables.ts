import type { Database } from '../engine/database.js';
import { answersTable } from './dictionaries.js';
import { type TableName, tableOf } from './tables.js';

/** Where numbers of canonical values come from: the reference's dictionary of that field, if it has one. */
export interface ValueSpace {
  /** SQL name of the reference's dictionary (value_id, value), or null. */
  readonly known: string | null;
  /** Values in it; new ones are numbered from here. */
  readonly size: number;
}

/**
 * Turns the answers of a coded field into its dictionary: every distinct raw value with the number of its canonical value.
 * Equal canonical values have equal numbers, in the extract and in the reference alike. A two-digit year also has the
 * number it gets if the century is the other one (the record's own ID decides, row by row).
 */
export async function makeEntries(db: Database, field: string, space: ValueSpace): Promise<void> {
  const answers = answersTable(field);
  await db.run(`CREATE OR REPLACE TEMP TABLE answers AS
    SELECT *, if(type = 'two-digit-year', ${otherCentury('value')}, NULL) AS other_value FROM ${answers}`);
  await makeNewValues(db, field, space);
  await makeProblemSets(db, field);
  const valueId = (alias: string) =>
    space.known === null ? `n${alias}.value_id` : `coalesce(k${alias}.value_id, n${alias}.value_id)`;
  const lookUp = (alias: string, column: string) => `
    ${space.known === null ? '' : `LEFT JOIN ${space.known} k${alias} ON a.${column} = k${alias}.value`}
    LEFT JOIN ${tableOf('new_values_', field)} n${alias} ON a.${column} = n${alias}.value`;
  await replaceTable(
    db,
    tableOf('entries_', field),
    `
    SELECT a.entry, a.raw, a.value, ${valueId('v')}::UINTEGER AS value_id, a.type, s.problem_set, a.masked,
      ${yearOf('a.value')} AS year, ${valueId('o')}::UINTEGER AS other_value_id, ${yearOf('a.other_value')} AS other_year
    FROM answers a ${lookUp('v', 'value')} ${lookUp('o', 'other_value')}
    LEFT JOIN ${tableOf('problem_sets_', field)} s ON a.problems = s.problems`,
  );
}

/** The dictionary of a field whose rows keep keys: only values that are not canonical as they stand. */
export async function makeKeyEntries(db: Database, field: string): Promise<void> {
  const answers = answersTable(field);
  await db.run(`CREATE OR REPLACE TEMP TABLE answers AS SELECT * FROM ${answers}`);
  await makeProblemSets(db, field);
  await replaceTable(
    db,
    tableOf('entries_', field),
    `
    SELECT a.entry, a.raw, a.value, a.type, s.problem_set, a.masked
    FROM answers a LEFT JOIN ${tableOf('problem_sets_', field)} s ON a.problems = s.problems`,
  );
}

async function makeNewValues(db: Database, field: string, space: ValueSpace): Promise<void> {
  const unknown = (column: string) =>
    space.known === null
      ? `SELECT DISTINCT ${column} AS value FROM answers WHERE ${column} IS NOT NULL`
      : `SELECT DISTINCT ${column} AS value FROM answers ANTI JOIN ${space.known} k ON answers.${column} = k.value
         WHERE ${column} IS NOT NULL`;
  await db.run(`CREATE OR REPLACE TEMP TABLE unknown_values AS
    SELECT DISTINCT value FROM (${unknown('value')} UNION ALL ${unknown('other_value')})`);
  await replaceTable(
    db,
    tableOf('new_values_', field),
    `SELECT (${space.size} + rowid)::UINTEGER AS value_id, value FROM unknown_values`,
  );
}

/** Number 0 is always the empty set. */
async function makeProblemSets(db: Database, field: string): Promise<void> {
  await replaceTable(
    db,
    tableOf('problem_sets_', field),
    `
    SELECT (row_number() OVER (ORDER BY problems) - 1)::USMALLINT AS problem_set, problems
    FROM (SELECT DISTINCT problems FROM answers UNION SELECT 0)`,
  );
}

export async function replaceTable(db: Database, table: string, select: string): Promise<void> {
  await db.run(`CREATE OR REPLACE TABLE ${table} AS ${select}`);
}

function yearOf(value: string): string {
  return `TRY_CAST(left(${value}, 4) AS SMALLINT)`;
}

function otherCentury(value: string): string {
  const year = `CAST(left(${value}, 4) AS INTEGER)`;
  return `(${year} + if(${year} >= 2000, -100, 100))::VARCHAR || substr(${value}, 5)`;
}

export type { TableName };
