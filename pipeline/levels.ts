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
  const made = await db.change(`CREATE OR REPLACE TEMP TABLE ${pairs} AS
    SELECT * FROM (SELECT DISTINCT ${ours} AS value_id, ${theirs} AS reference_id FROM ${relation} WHERE ${ours} <> ${theirs})
    ANTI JOIN ${levels} USING (value_id, reference_id)`);
  if (made === 0) return;
  await mapValues(db, {
    select: pairTexts(field, pairs),
    columns: 2,
    module: valueWorker,
    task: 'compareValues',
    options: { kind: field.kind },
    into: { table: answers, columns: { level: 'UTINYINT' } },
  });
  await db.run(`INSERT INTO ${levels}
    SELECT p.value_id, p.reference_id, a.level FROM ${pairs} p JOIN ${identifier(answers)} a ON p.rowid = a.key`);
}

/** The pairs are looked for among the values, not the values among the pairs: of values there may be ten million. */
function pairTexts(field: Field, pairs: string): string {
  const values = `ref."values_${field.name}"`;
  return `SELECT t.key, coalesce(t.a, n.value) AS a, t.b FROM (
      SELECT q.key, q.value_id, k.value AS a, q.b FROM ${values} k
      RIGHT JOIN (SELECT p.rowid AS key, p.value_id, r.value AS b FROM ${values} r JOIN ${pairs} p ON r.value_id = p.reference_id) q
        ON k.value_id = q.value_id) t
    LEFT JOIN ${tableOf('new_values_', field.name)} n ON t.value_id = n.value_id`;
}

/** SQL of a field's level: 0 equal, NULL not compared. `joined` is the alias of its levels table. */
export function levelOf(ours: string, theirs: string, joined: string): string {
  return `(CASE WHEN ${ours} IS NULL OR ${theirs} IS NULL THEN NULL WHEN ${ours} = ${theirs} THEN 0 ELSE ${joined}.level END)`;
}

export function levelJoin(field: Field, joined: string, sides: { ours: string; theirs: string }): string {
  return `LEFT JOIN ${tableOf('levels_', field.name)} ${joined}
    ON ${sides.ours} = ${joined}.value_id AND ${sides.theirs} = ${joined}.reference_id`;
}
