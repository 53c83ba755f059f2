import type { Database } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import type { Field } from './fields.js';
import { readsTheSame } from './rows-patterns.js';
import { LAST_ROWS } from './rows-taken.js';
import { tableOf } from './tables.js';

/**
 * Takes from the last run what it read the strings of a field as, of those that occur in this run: in a taken row, which has their
 * number, or in another one, unless they may read otherwise today. Leaves `carried_<field>` with the columns of an answers table
 * (pipeline/dictionaries.ts) and returns its name.
 */
export async function carryAnswers(db: Database, field: Field): Promise<string> {
  const name = identifier(field.name);
  const entry = identifier(`e_${field.name}`);
  const carried = identifier(`carried_${field.name}`);
  const valueId = field.role === 'coded' ? 'e.value_id' : 'NULL::UINTEGER AS value_id';
  await db.run(`CREATE OR REPLACE TEMP TABLE ${carried} AS
    SELECT e.entry, e.raw, e.value, e.type, s.problems, e.masked, ${valueId}
    FROM ${LAST_ROWS}.${tableOf('entries_', field.name)} e
      JOIN ${LAST_ROWS}.${tableOf('problem_sets_', field.name)} s ON e.problem_set = s.problem_set
    WHERE ${readsTheSame(field, 's.problems')}
      AND (e.entry IN (SELECT DISTINCT ${entry} FROM taken_rows WHERE ${entry} IS NOT NULL)
        OR e.raw IN (SELECT DISTINCT ${name} FROM raw_open WHERE ${name} IS NOT NULL))`);
  return carried;
}

/** Takes the levels of compared pairs, as far as our value is one of this run and has the number it had. */
export async function carryLevels(db: Database, fields: readonly Field[]): Promise<void> {
  for (const { name } of fields) {
    const levels = tableOf('levels_', name);
    await db.run(`CREATE OR REPLACE TABLE ${levels} AS SELECT * FROM ${LAST_ROWS}.${levels}
      WHERE value_id IN (SELECT value_id FROM ${identifier(`carried_${name}`)} WHERE value_id IS NOT NULL)`);
  }
}
