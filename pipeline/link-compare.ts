import type { Database } from '../engine/database.js';
import { chosen } from '../engine/sql.js';
import { dropTemporary } from '../engine/temporary.js';
import { mapValues } from '../engine/value-exchange.js';
import { COMPARATORS } from '../matchers/field-levels.js';
import { isGradedByEngine } from './link-engine-levels.js';
import { type PlannedField, swappedFields, textOf } from './link-fields.js';
import { keyTable, type Side } from './link-keys.js';
import { LEAST_SHARE, LOOSENESS, nearLevels } from './link-near.js';
import { linkValues } from './link-values.js';
import { type Comparison, gradedColumns, joinValues } from './link-wide.js';

/** Rows of each side whose values are paired at random to see how often strangers reach a level. */
const RANDOM_ROWS = 500;

/** Probability of each level between two random people, per field: `u`. */
export async function randomLevels(db: Database, fields: readonly PlannedField[]): Promise<number[][]> {
  const result: number[][] = [];
  for (const [i, field] of fields.entries()) {
    const ours = await sampleValues(db, 'ours', { i, field });
    const theirs = await sampleValues(db, 'reference', { i, field });
    result.push(await withExact(db, i, levelShares(field.comparator, ours, theirs)));
  }
  return result;
}

interface SampleValue {
  readonly value: string;
  readonly n: number;
}

/** As if every so many rows one were taken, rows ordered by a hash of their value: a value comes as often as is its share. */
function sampleValues(
  db: Database,
  side: Side,
  { i, field }: { i: number; field: PlannedField },
): Promise<SampleValue[]> {
  if (field.dictionary === null) {
    return db.rows<SampleValue>(`SELECT ${textOf(field, 'key')} AS value, count(*) AS n FROM (SELECT f${i} AS key FROM link_${side}
      WHERE f${i} IS NOT NULL ORDER BY hash(f${i}) LIMIT ${RANDOM_ROWS}) GROUP BY key`);
  }
  const points = (upto: string) => `(${upto} * ${RANDOM_ROWS} + total // 2) // total`;
  return db.rows<SampleValue>(`SELECT d.value, s.n FROM ${field.dictionary} d JOIN
    (SELECT key, (${points('upto')} - ${points('(upto - people)')})::INTEGER AS n FROM
      (SELECT key, people, sum(people) OVER (ORDER BY value_hash, key)::BIGINT AS upto,
         (sum(people) OVER ())::BIGINT AS total FROM ${keyTable(side, i)})
     WHERE ${points('upto')} > ${points('(upto - people)')}) s ON d.key = s.key`);
}

function levelShares(
  name: PlannedField['comparator'],
  ours: readonly SampleValue[],
  theirs: readonly SampleValue[],
): number[] {
  const { levels, compare } = COMPARATORS[name];
  const counts = levels.map(() => 0.3);
  for (const a of ours) {
    for (const b of theirs) counts[a.value === b.value ? 0 : compare(a.value, b.value)]! += a.n * b.n;
  }
  const total = counts.reduce((sum, n) => sum + n, 0);
  return counts.map((n) => n / total);
}

/** The share of exact agreement is known exactly from the frequencies. */
async function withExact(db: Database, i: number, shares: readonly number[]): Promise<number[]> {
  const [row] = await db.rows<{ both: number | null; ours: number; theirs: number }>(`SELECT
      (SELECT sum(a.n::HUGEINT * b.n) FROM (SELECT f${i} AS key, count(*) AS n FROM link_reference
          WHERE f${i} IN (SELECT f${i} FROM link_ours) GROUP BY 1) b
        JOIN (SELECT f${i} AS key, count(*) AS n FROM link_ours WHERE f${i} IS NOT NULL GROUP BY 1) a ON a.key = b.key)::DOUBLE AS both,
      (SELECT count(f${i}) FROM link_ours) AS ours, (SELECT count(f${i}) FROM link_reference) AS theirs`);
  const exact = (row?.both ?? 0) / Math.max(1, (row?.ours ?? 0) * (row?.theirs ?? 0));
  const people = await db.value<number>('SELECT count(*) FROM link_reference');
  return [Math.max(exact, 1 / (people + 1)), ...shares.slice(1)];
}

/** Grades distinct value pairs (a SELECT of `a`, `b`, as the rows hold them); returns SQL of what has `g.a`, `g.b` and `l.level`. */
async function gradePairs(db: Database, field: PlannedField, pairs: string): Promise<string> {
  await db.run(`CREATE OR REPLACE TEMP TABLE link_grading AS ${pairs}`);
  const { dictionary, comparator } = field;
  if (dictionary !== null) await fetchTexts(db, dictionary);
  const text = (side: 'a' | 'b') => (dictionary === null ? textOf(field, `g.${side}`) : `v${side}.value`);
  const joins =
    dictionary === null ? '' : 'JOIN link_texts va ON va.key = g.a JOIN link_texts vb ON vb.key = g.b';
  await mapValues(db, {
    select: `SELECT g.rowid AS key, ${text('a')} AS a, ${text('b')} AS b FROM link_grading g ${joins}`,
    columns: 2,
    module: linkValues,
    task: 'level',
    options: { comparator },
    into: { table: 'link_answers', columns: { level: 'UTINYINT' } },
  });
  return 'link_grading g JOIN link_answers l ON l.key = g.rowid';
}

/** The dictionary of millions streams past the few values that are wanted. */
async function fetchTexts(db: Database, dictionary: string): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE link_texts AS SELECT key, value FROM ${dictionary}
    WHERE key IN (SELECT a FROM link_grading UNION SELECT b FROM link_grading)`);
}

/**
 * Levels and log2 u of each candidate pair: `into(record, person, rule, l0, u0, l1, u1 …, swapped)`. An equal value has the
 * value's own frequency; a near one the larger of the two frequencies, drawn towards the level's average.
 */
export async function compareCandidates(db: Database, work: Comparison): Promise<void> {
  const { fields } = work;
  await joinValues(db, work);
  const told = fields.flatMap((field, i) => (isGradedByEngine(field) ? [] : [{ field, i }]));
  for (const { field, i } of told) {
    const columns = { i, field, a: `a${i}`, b: `b${i}`, from: 'link_wide' };
    await gradeColumns(db, { ...columns, random: work.random[i]!, into: `link_pair_${i}` });
  }
  const levels = fields.map((field, i) =>
    isGradedByEngine(field)
      ? `w.l${i}, w.u${i}`
      : gradedColumns(i, { level: `p${i}.level`, u: `p${i}.u`, share: `w.s${i}` }),
  );
  const joins = told.map(
    ({ i }) => `LEFT JOIN link_pair_${i} p${i} ON p${i}.a = w.a${i} AND p${i}.b = w.b${i}`,
  );
  const crosswise = (swappedFields(fields) ?? []).map((i) => `, w.a${i}, w.b${i}`).join('');
  await db.run(`CREATE OR REPLACE TEMP TABLE ${work.into} AS SELECT w.record, w.person, w.rule, ${levels.join(', ')},
    0::UTINYINT AS swapped ${crosswise} FROM link_wide w ${joins.join(' ')}`);
  await dropTemporary(db, 'link_wide', 'link_pair_*', ...WORK_OF_GRADING);
  await swapNames(db, work);
  await dropTemporary(db, 'link_cross*', ...WORK_OF_GRADING);
}

const WORK_OF_GRADING = ['link_grading', 'link_texts', 'link_answers'] as const;

interface Columns {
  readonly i: number;
  readonly field: PlannedField;
  readonly a: string;
  readonly b: string;
  readonly from: string;
  readonly random: readonly number[];
  readonly into: string;
}

/** Grades the distinct pairs of two columns and adds log2 u, with frequencies of field `i`. */
async function gradeColumns(db: Database, columns: Columns): Promise<void> {
  const { i, field, a, b, from, random, into } = columns;
  const distinct = `SELECT DISTINCT ${a} AS a, ${b} AS b FROM ${from} WHERE ${a} <> ${b}`;
  const graded = await gradePairs(db, field, distinct);
  const average = chosen('l.level', random.map(Math.log2));
  const create = `CREATE OR REPLACE TEMP TABLE ${into} AS SELECT g.a, g.b, l.level`;
  const near = nearLevels(field);
  if (near.length === 0) return db.run(`${create}, ${average} AS u FROM ${graded}`);
  const frequency = `log2(greatest(coalesce(sa.share, 0), coalesce(sb.share, 0), ${LEAST_SHARE}))`;
  return db.run(`${create}, CASE WHEN l.level IN (${near.join(', ')})
        THEN ${LOOSENESS} * ${average} + (1 - ${LOOSENESS}) * ${frequency} ELSE ${average} END AS u
    FROM ${graded} LEFT JOIN link_share_${i} sa ON sa.key = g.a LEFT JOIN link_share_${i} sb ON sb.key = g.b`);
}

/** Where neither name agrees straight but both agree crosswise, the crosswise levels count and `swapped` says so. */
async function swapNames(
  db: Database,
  work: { fields: readonly PlannedField[]; random: readonly (readonly number[])[]; into: string },
): Promise<void> {
  const swap = swappedFields(work.fields);
  if (swap === null) return;
  const [given, family] = swap;
  const poor = COMPARATORS['name-part'].near;
  await db.run(`CREATE OR REPLACE TEMP TABLE link_cross AS SELECT record, person, a${given}, b${given}, a${family}, b${family}
    FROM ${work.into} WHERE l${given} BETWEEN ${poor} AND 250 AND l${family} BETWEEN ${poor} AND 250`);
  const field = work.fields[given]!;
  const random = work.random;
  await gradeColumns(db, {
    i: family,
    field,
    a: `a${given}`,
    b: `b${family}`,
    from: 'link_cross',
    random: random[family]!,
    into: 'link_cross_given',
  });
  await gradeColumns(db, {
    i: given,
    field,
    a: `a${family}`,
    b: `b${given}`,
    from: 'link_cross',
    random: random[given]!,
    into: 'link_cross_family',
  });
  const side = (a: string, b: string, i: number, pair: string) => ({
    level: `CASE WHEN w.${a} = w.${b} THEN 0 ELSE ${pair}.level END`,
    u: `CASE WHEN w.${a} = w.${b} THEN log2(s${i}.share) ELSE ${pair}.u END`,
  });
  const one = side(`a${given}`, `b${family}`, family, 'g');
  const two = side(`a${family}`, `b${given}`, given, 'f');
  await db.run(`CREATE OR REPLACE TEMP TABLE link_crossed AS SELECT * FROM (
    SELECT w.record, w.person, ${one.level} AS lg, ${one.u} AS ug, ${two.level} AS lf, ${two.u} AS uf FROM link_cross w
    LEFT JOIN link_cross_given g ON g.a = w.a${given} AND g.b = w.b${family}
    LEFT JOIN link_cross_family f ON f.a = w.a${family} AND f.b = w.b${given}
    LEFT JOIN link_share_${family} s${family} ON s${family}.key = w.a${given}
    LEFT JOIN link_share_${given} s${given} ON s${given}.key = w.a${family})
    WHERE lg < ${poor} AND lf < ${poor}`);
  await db.run(`UPDATE ${work.into} AS t SET l${given} = c.lg, u${given} = c.ug, l${family} = c.lf, u${family} = c.uf, swapped = 1
    FROM link_crossed c WHERE t.record = c.record AND t.person = c.person`);
}
