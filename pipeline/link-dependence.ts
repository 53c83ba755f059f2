import type { Database } from '../engine/database.js';
import type { PlannedField } from './link-fields.js';

/** Rows that the dependence of two fields is estimated on. */
const SAMPLE_ROWS = 50_000;
/** Two fields depend on each other when agreement in both is at least this many bits likelier than by chance. */
const LEAST_BITS = 1;

/** Names, numbers and dates are a person's own; places and codes hang together. */
const PLACES: ReadonlySet<string> = new Set(['text', 'code']);

/**
 * Which field each field leans on (null: none): a street tells the house number, a postcode the province, so their agreements are not
 * two pieces of evidence. A tree of the strongest dependences between pairs of fields (C. K. Chow and C. N. Liu 1968),
 * measured in the reference as log2 of how much likelier two random people agree in both than chance would have it.
 */
export async function dependenceTree(
  db: Database,
  planned: readonly PlannedField[],
): Promise<(number | null)[]> {
  const fields = planned.length;
  const places = planned.flatMap((field, i) => (PLACES.has(field.comparator) ? [i] : []));
  if (places.length < 2) return planned.map(() => null);
  await db.run(`CREATE OR REPLACE TEMP TABLE link_sample AS SELECT * FROM link_reference
    ORDER BY hash(row) LIMIT ${SAMPLE_ROWS}`);
  const single = new Map<number, number>();
  for (const i of places) single.set(i, await coincidence(db, [i]));
  const edges: { a: number; b: number; bits: number }[] = [];
  for (const a of places) {
    for (const b of places.filter((other) => other > a)) {
      const bits = Math.log2((await coincidence(db, [a, b])) / (single.get(a)! * single.get(b)!));
      if (bits >= LEAST_BITS) edges.push({ a, b, bits });
    }
  }
  edges.sort((x, y) => y.bits - x.bits || x.a - y.a || x.b - y.b);
  return treeOf(edges, fields);
}

/** Probability that two random people agree in all of these fields. */
async function coincidence(db: Database, fields: readonly number[]): Promise<number> {
  const columns = fields.map((i) => `f${i}`);
  const [row] = await db.rows<{
    pairs: number | null;
    n: number | null;
  }>(`SELECT sum(n * (n - 1)) AS pairs, sum(n) AS n
    FROM (SELECT count(*) AS n FROM link_sample WHERE ${columns.map((c) => `${c} IS NOT NULL`).join(' AND ')}
      GROUP BY ${columns.join(', ')})`);
  const n = row?.n ?? 0;
  return ((row?.pairs ?? 0) + 1e-3) / Math.max(1, n * (n - 1));
}

function treeOf(edges: readonly { a: number; b: number }[], fields: number): (number | null)[] {
  const group = Array.from({ length: fields }, (_, i) => i);
  const neighbours: number[][] = Array.from({ length: fields }, () => []);
  for (const { a, b } of edges) {
    if (group[a] === group[b]) continue;
    const [from, to] = [group[b], group[a]];
    for (let i = 0; i < fields; i++) if (group[i] === from) group[i] = to!;
    neighbours[a]!.push(b);
    neighbours[b]!.push(a);
  }
  const parents: (number | null)[] = Array.from({ length: fields }, () => null);
  const seen = new Set<number>();
  for (let root = 0; root < fields; root++) walk(root, null);
  return parents;

  function walk(field: number, parent: number | null): void {
    if (seen.has(field)) return;
    seen.add(field);
    parents[field] = parent;
    for (const next of neighbours[field]!) walk(next, field);
  }
}

/** Adds c0, c1 … to `link_ours`: the share of f0 among the reference people who have the record's value of its parent. */
export async function addConditionalShares(db: Database, parents: readonly (number | null)[]): Promise<void> {
  for (const [i, parent] of parents.entries()) {
    if (parent === null) continue;
    await db.run(`CREATE OR REPLACE TEMP TABLE link_joint AS SELECT f${i} AS a, f${parent} AS b,
      count(*) AS n, sum(count(*)) OVER (PARTITION BY f${parent}) AS total FROM link_reference
      WHERE f${i} IS NOT NULL AND f${parent} IS NOT NULL GROUP BY f${i}, f${parent}`);
    await db.run(`CREATE OR REPLACE TEMP TABLE link_ours AS SELECT o.*,
      ((coalesce(j.n, 0) + o.s${i}) / (coalesce(j.total, 0) + 1))::FLOAT AS c${i} FROM link_ours o
      LEFT JOIN link_joint j ON j.a = o.f${i} AND j.b = o.f${parent}`);
  }
}
