import type { Database } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import { mapValues } from '../engine/value-exchange.js';
import type { BlockingRule } from '../matchers/blocking.js';
import { KEYS } from '../matchers/blocking.js';
import { type ComparatorName, comparatorOf } from '../matchers/field-levels.js';
import { BOTH_NAMES, keyNames, type PlannedField, swappedFields } from './link-fields.js';
import { linkValues } from './link-values.js';

/** A coded field of a reference that is being built. */
export interface CodedField {
  readonly name: string;
  readonly kind: string;
}

/**
 * What matching needs of a reference's values, made once when the reference is built: per coded field a table
 * `link_keys_<name>(key, people, value_hash, <blocking keys>)`. Call it in the reference's database when `people` and
 * `values_<name>` are there. Fields without it are prepared in each run.
 */
export async function prepareLinkKeys(db: Database, fields: readonly CodedField[]): Promise<void> {
  for (const { name, kind } of fields) {
    await db.run(`CREATE OR REPLACE TEMP TABLE link_counts AS SELECT ${identifier(`v_${name}`)} AS key, count(*) AS people
      FROM people WHERE ${identifier(`v_${name}`)} IS NOT NULL GROUP BY 1`);
    await makeValueKeys(db, {
      comparator: comparatorOf(kind),
      values: `SELECT value_id AS key, value FROM ${identifier(`values_${name}`)}`,
      into: 'link_made',
    });
    await db.run(`CREATE OR REPLACE TABLE ${identifier(preparedKeys(name))} AS
      SELECT m.* EXCLUDE (made), c.people::UINTEGER AS people FROM link_made m JOIN link_counts c ON m.key = c.key`);
    await db.run('DROP TABLE link_made');
  }
}

/** Name of the table that `prepareLinkKeys` makes for a field. */
export function preparedKeys(name: string): string {
  return `link_keys_${name}`;
}

/** Blocking keys of distinct values, as numbers: `into(key, value_hash, letters …)`. */
export async function makeValueKeys(
  db: Database,
  work: { comparator: ComparatorName; values: string; into: string },
): Promise<void> {
  const names = KEYS[work.comparator].map((key) => key.name);
  await mapValues(db, {
    select: `SELECT key, value AS a FROM (${work.values})`,
    columns: 1,
    module: linkValues,
    task: 'keys',
    options: { comparator: work.comparator },
    into: { table: 'link_key_answers', columns: Object.fromEntries(names.map((name) => [name, 'UINTEGER'])) },
  });
  await db.run(`CREATE OR REPLACE TEMP TABLE ${work.into} AS SELECT v.key, hash(v.value) AS value_hash, k.* RENAME (key AS made)
    FROM (${work.values}) v JOIN link_key_answers k ON v.key = k.key`);
  await db.run('DROP TABLE link_key_answers');
}

/**
 * SQL list of keys that numbers with one digit wrong, dropped or added have in common, and numbers with two neighbours swapped:
 * the number without its i-th digit; the number with the i-th and the next in order. Only numbers of 6 to 20 digits.
 * Example: 123456789 and 123456780 are both 12345678 without their ninth digit.
 */
export function errorKeysSql(text: string): string {
  const without = `left(${text}, i - 1) || substr(${text}, i + 1)`;
  const [one, other] = [`substr(${text}, i, 1)`, `substr(${text}, i + 1, 1)`];
  const inOrder = `left(${text}, i - 1) || least(${one}, ${other}) || greatest(${one}, ${other}) || substr(${text}, i + 2)`;
  return `CASE WHEN length(${text}) BETWEEN 6 AND 20 THEN list_concat(
    list_transform(range(1, length(${text}) + 1), lambda i: hash(i, ${without})),
    list_transform(range(1, length(${text})), lambda i: hash(-i, ${inOrder}))) END`;
}

/**
 * SELECT of (row, number): the integers of 12 digits that differ from `select`'s (row, number) in one digit, or have two neighbours
 * swapped. Made of our few numbers only and looked up among the reference's as they are.
 */
export function variantsSql(select: string): string {
  const digit = (power: string) => `(number // ${power} % 10)`;
  const powers =
    'SELECT unnest([1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000]::BIGINT[]) AS power';
  const swap = `(${digit('power')} - ${digit('(power * 10)')}) * 9 * power`;
  return `SELECT row, number + (digit - ${digit('power')}) * power AS number
      FROM (${select}), (${powers}), (SELECT unnest(range(10)) AS digit) WHERE digit <> ${digit('power')}
    UNION ALL SELECT row, number + ${swap} FROM (${select}), (${powers} LIMIT 11) WHERE ${swap} <> 0`;
}

/** SQL of a blocking key of field `i` in rows that hold the value itself; as `KEYS.digits` defines them. */
function ownKey(field: PlannedField, key: string, column: string): string {
  if (field.held.as === 'integers') {
    const part = { whole: column, head: `${column} // 1000000`, tail: `${column} % 1000000` }[key] ?? column;
    return `(hash(${part}) >> 32)::UINTEGER`;
  }
  if (key === 'whole') return `(hash(${column}) >> 32)::UINTEGER`;
  const half = `length(${column}) // 2`;
  const part = key === 'head' ? `left(${column}, ${half})` : `right(${column}, ${half})`;
  return `CASE WHEN length(${column}) >= 6 THEN (hash(${part}) >> 32)::UINTEGER END`;
}

export type Side = 'ours' | 'reference';

/** Table of the keys of a side's values of field `i`. */
export function keyTable(side: Side, i: number): string {
  return side === 'ours' ? `link_our_keys_${i}` : `link_their_keys_${i}`;
}

/** `link_ours_keys` and `link_reference_keys`: one row a record with the keys that the rules use. */
export async function keyRows(
  db: Database,
  fields: readonly PlannedField[],
  rules: readonly BlockingRule[],
): Promise<void> {
  const both = rules.flat().includes(BOTH_NAMES) ? swappedFields(fields) : null;
  const wanted = new Set(rules.flat());
  const sounds = both?.map((i) => `${fields[i]!.name}.sound`) ?? [];
  const used = keyNames(fields).filter(({ name }) => wanted.has(name) || sounds.includes(name));
  const made =
    both === null
      ? ''
      : `, ${bothNames(sounds.map(identifier) as [string, string])} AS ${identifier(BOTH_NAMES)}`;
  for (const side of ['ours', 'reference'] as const) {
    const columns = used.map(({ field, key, name }) => {
      const planned = fields[field]!;
      const value =
        planned.dictionary === null ? ownKey(planned, key, `s.f${field}`) : `k${field}.${identifier(key)}`;
      return `, ${value} AS ${identifier(name)}`;
    });
    const joined = [...new Set(used.map(({ field }) => field))].filter((i) => fields[i]!.dictionary !== null);
    const joins = joined.map((i) => `LEFT JOIN ${keyTable(side, i)} k${i} ON k${i}.key = s.f${i}`);
    await db.run(`CREATE OR REPLACE TEMP TABLE link_${side}_keys AS SELECT *${made}
      FROM (SELECT s.row${columns.join('')} FROM link_${side} s ${joins.join(' ')})`);
  }
}

/** One key for given and family name in whatever order, so that swapped ones meet. */
function bothNames([a, b]: readonly [string, string]): string {
  return `CASE WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN hash(least(${a}, ${b}), greatest(${a}, ${b})) END`;
}

/** Share of random pairs that have the key in common, per key; counted exactly, so that no order of rows changes it. */
export async function collisions(
  db: Database,
  fields: readonly PlannedField[],
): Promise<Record<string, number>> {
  const result: Record<string, number> = {};
  for (const { field, key, name } of keyNames(fields)) {
    const counts = (side: Side) => keyCounts(fields, { side, field, key });
    // Of the reference only what one of ours shares is counted by key: the keys of all people are millions.
    const [row] = await db.rows<{ both: number | null; ours: number | null; theirs: number | null }>(`
      WITH o AS MATERIALIZED (SELECT h, sum(n) AS n FROM (${counts('ours')}) WHERE h IS NOT NULL GROUP BY h),
        t AS (SELECT h, sum(n) AS n FROM (${counts('reference')}) WHERE h IN (SELECT h FROM o) GROUP BY h)
      SELECT (SELECT sum(o.n::HUGEINT * t.n) FROM t JOIN o ON o.h = t.h)::DOUBLE AS both, (SELECT sum(n) FROM o)::DOUBLE AS ours,
        (SELECT sum(n) FROM (${counts('reference')}) WHERE h IS NOT NULL)::DOUBLE AS theirs`);
    result[name] = (row?.both ?? 0) / Math.max(1, (row?.ours ?? 0) * (row?.theirs ?? 0));
  }
  return result;
}

function keyCounts(
  fields: readonly PlannedField[],
  of: { readonly side: Side; readonly field: number; readonly key: string },
): string {
  const { side, field, key } = of;
  if (fields[field]!.dictionary === null) {
    return `SELECT ${ownKey(fields[field]!, key, `f${field}`)} AS h, 1 AS n FROM link_${side}`;
  }
  return `SELECT ${identifier(key)} AS h, people AS n FROM ${keyTable(side, field)}`;
}
