import type { Database } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import { mapValues } from '../engine/value-exchange.js';
import type { Field } from './fields.js';
import { tableOf } from './tables.js';
import { valueWorker } from './value-worker.js';

/** Makes the empty tables of compared pairs: value number, the reference's number, level. */
export async function startLevels(db: Database, fields: readonly Field[]): Promise<void> {
  for (const field of fields) {
    await db.run(`CREATE OR REPLACE TABLE ${tableOf('levels_', field.name)}
      (value_id UINTEGER, reference_id UINTEGER, level UTINYINT)`);
  }
}

/**
 * Compares the pairs of unequal values that occur in `relation` (columns `w_<field>` and `r_<field>`) and were not compared
 * before.
 */
export async function compareNewPairs(
  db: Database,
  fields: readonly Field[],
  relation: string,
): Promise<void> {
  await Promise.all(fields.map((field) => comparePairs(db, field, relation)));
}

async function comparePairs(db: Database, field: Field, relation: string): Promise<void> {
  const levels = tableOf('levels_', field.name);
  const pairs = identifier(`pairs_${field.name}`);
  const answers = `pair_levels_${field.name}`;
  const [ours, theirs] = [identifier(`w_${field.name}`), identifier(`r_${field.name}`)];
  await db.run(`CREATE OR REPLACE TEMP TABLE ${pairs} AS
    SELECT DISTINCT ${ours} AS value_id, ${theirs} AS reference_id FROM ${relation} WHERE ${ours} <> ${theirs}`);
  if ((await db.value<number>(`SELECT count(*) FROM ${levels}`)) > 0) {
    await db.run(`CREATE OR REPLACE TEMP TABLE ${pairs} AS
      SELECT * FROM ${pairs} ANTI JOIN ${levels} l USING (value_id, reference_id)`);
  }
  await mapValues(db, {
    select: `SELECT p.key, p.a, r.value AS b FROM ref."values_${field.name}" r
      JOIN (SELECT q.rowid AS key, q.reference_id, v.value AS a
        FROM (SELECT value_id, value FROM ref."values_${field.name}"
          UNION ALL SELECT value_id, value FROM ${tableOf('new_values_', field.name)}) v
        JOIN ${pairs} q ON v.value_id = q.value_id) p ON r.value_id = p.reference_id`,
    columns: 2,
    module: valueWorker,
    task: 'compareValues',
    options: { kind: field.kind },
    into: { table: answers, columns: { level: 'UTINYINT' } },
  });
  await db.run(`INSERT INTO ${levels}
    SELECT p.value_id, p.reference_id, a.level FROM ${pairs} p JOIN ${identifier(answers)} a ON p.rowid = a.key`);
}

/** SQL of a field's level: 0 equal, NULL not compared. `joined` is the alias of its levels table. */
export function levelOf(ours: string, theirs: string, joined: string): string {
  return `(CASE WHEN ${ours} IS NULL OR ${theirs} IS NULL THEN NULL WHEN ${ours} = ${theirs} THEN 0 ELSE ${joined}.level END)`;
}

export function levelJoin(field: Field, joined: string, sides: { ours: string; theirs: string }): string {
  return `LEFT JOIN ${tableOf('levels_', field.name)} ${joined}
    ON ${sides.ours} = ${joined}.value_id AND ${sides.theirs} = ${joined}.reference_id`;
}
