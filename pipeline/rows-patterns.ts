import { ROW_STATES } from '../engine/csv-mender.js';
import type { Database } from '../engine/database.js';
import { METHODS } from '../matchers/judge.js';
import { problemMask } from '../normalizers/normalizer.js';
import type { Field } from './fields.js';
import { digitsOf, firstPartOf, foundAnew, type PatternPlan, patternOf, readPattern } from './pattern.js';

/** A pattern of the last run whose rows may be taken, by its position in `taken_patterns`. */
export type TakenPatterns = readonly ReadonlyMap<string, number>[];

/**
 * taken_patterns(nth, pattern): patterns of the last run that follow from the row's own cells and the reference, but for what is found
 * again in every run (duplicates, shared numbers, checks). Their rows were read whole, their number led to a person, and no other record
 * or decision had a part in it; and no date in them may read otherwise today.
 */
export async function findTakeable(
  db: Database,
  database: string,
  patterns: PatternPlan,
): Promise<TakenPatterns> {
  const digits = digitsOf(patterns);
  const rows = await db.rows<{ pattern: string }>(
    `SELECT pattern::VARCHAR AS pattern FROM ${database}.verdicts ORDER BY pattern`,
  );
  const takeable = rows
    .map(({ pattern }) => ({ pattern, values: readPattern(digits, BigInt(pattern)) }))
    .filter(({ values }) => isTakeable(patterns, values));
  await db.run('CREATE OR REPLACE TEMP TABLE taken_patterns (nth UINTEGER, pattern HUGEINT)');
  await insert(
    db,
    'taken_patterns',
    takeable.map(({ pattern }, nth) => `(${nth}, ${pattern})`),
  );
  return takeable.map(({ values }) => values);
}

function isTakeable({ fields, problemSets }: PatternPlan, values: ReadonlyMap<string, number>): boolean {
  const none = ['decision', 'other', 'duplicate', 'id_typo'];
  return (
    values.get('method') === METHODS.indexOf('id') &&
    values.get('state') === ROW_STATES.indexOf('read') &&
    none.every((name) => values.get(name) === 0) &&
    !fields.some((field) => mayReadOtherwise(field, maskOf(field, problemSets, values)))
  );
}

function maskOf(
  { name }: Field,
  problemSets: PatternPlan['problemSets'],
  values: ReadonlyMap<string, number>,
): number {
  const set = values.get(`p_${name}`) ?? 0;
  return set === 0 ? 0 : (problemSets[name]?.[set - 1] ?? 0);
}

function mayReadOtherwise({ normalizer }: Field, mask: number): boolean {
  return (normalizer.untilToday ?? []).some(
    (problem) => Math.floor(mask / problemMask(normalizer.problems, [problem])) % 2 === 1,
  );
}

/** Masks of the problems that the cells of the taken rows have, by field. */
export async function takenMasks(
  db: Database,
  { patterns, values }: { readonly patterns: PatternPlan; readonly values: TakenPatterns },
): Promise<Record<string, readonly number[]>> {
  const occurring = await occurringPatterns(db);
  const masks = patterns.fields.map((field) => {
    const all = occurring.map((nth) => maskOf(field, patterns.problemSets, values[nth]!));
    return [field.name, [...new Set(all)]] as const;
  });
  return Object.fromEntries(masks);
}

async function occurringPatterns(db: Database): Promise<number[]> {
  const rows = await db.rows<{ nth: number }>('SELECT DISTINCT nth FROM taken_rows ORDER BY nth');
  return rows.map(({ nth }) => nth);
}

/** SQL of the entries, with their `problems`, that read the same today. */
export function readsTheSame({ normalizer }: Field, problems: string): string {
  const mask = problemMask(normalizer.problems, normalizer.untilToday ?? []);
  return mask === 0 ? 'true' : `(${problems} & ${mask}) = 0`;
}

/**
 * taken_parts(nth, part, status, pattern): of the patterns that occur in `taken_rows`, the first part in the numbers of this run, and the
 * whole without what is found anew.
 */
export async function makeTakenParts(
  db: Database,
  taken: { readonly patterns: PatternPlan; readonly values: TakenPatterns },
  ours: PatternPlan,
): Promise<void> {
  await db.run(
    'CREATE OR REPLACE TEMP TABLE taken_parts (nth UINTEGER, part HUGEINT, status UTINYINT, pattern HUGEINT)',
  );
  const rows = (await occurringPatterns(db)).map((nth) => {
    const values = taken.values[nth]!;
    const translated = new Map(values);
    for (const field of ours.fields) {
      const mask =
        values.get(`p_${field.name}`) === 0 ? null : maskOf(field, taken.patterns.problemSets, values);
      translated.set(`p_${field.name}`, mask === null ? 0 : setOf(ours, field, mask) + 1);
    }
    for (const name of foundAnew(ours)) translated.set(name, 0);
    return `(${nth}, ${firstPartOf(ours, translated)}, ${values.get('status')}, ${patternOf(ours, translated)})`;
  });
  await insert(db, 'taken_parts', rows);
}

function setOf({ problemSets }: PatternPlan, { name }: Field, mask: number): number {
  const set = problemSets[name]?.indexOf(mask) ?? -1;
  if (set < 0) throw new Error(`a row was taken with problems of ${name} that no value of this run has`);
  return set;
}

async function insert(db: Database, table: string, rows: readonly string[]): Promise<void> {
  for (let i = 0; i < rows.length; i += 500)
    await db.run(`INSERT INTO ${table} VALUES ${rows.slice(i, i + 500).join(', ')}`);
}
