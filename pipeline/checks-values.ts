// Checks that look at values: ages, two dates in order, two fields that must say the same. The distinct values or pairs of them are
// looked at, not the rows: there are few. Doubt favours the record: only what is out of order in every reading fails.
import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import { mapValues } from '../engine/value-exchange.js';
import type { SectorCheck } from '../sectors/schema.js';
import type { Flag, Placed } from './checks.js';
import type { ClassifyPlan } from './classify.js';
import { surelyBefore } from './person-dates.js';
import { tableOf } from './tables.js';
import { valueWorker } from './value-worker.js';

type AgeCheck = Extract<SectorCheck, { check: 'age_between' }>;
type OrderCheck = Extract<SectorCheck, { check: 'date_order' }>;
type SameCheck = Extract<SectorCheck, { check: 'same_value' }>;

export async function findAgesOutOfRange(
  db: Database,
  { check, i }: Placed<AgeCheck>,
  today: string,
): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE ${ages(i)} AS
    SELECT entry FROM ${tableOf('entries_', check.field)} WHERE coalesce(${outOfRange('value', check, today)}, false)`);
}

export function ageFlag({ check, i }: Placed<AgeCheck>): Flag {
  const join = `LEFT JOIN ${ages(i)} ON ${entry(check.field)} = ${ages(i)}.entry`;
  return { joins: [join], fails: `${ages(i)}.entry IS NOT NULL` };
}

/** Age in whole years by the year alone where no more is known; both readings must be out of range then. */
export function outOfRange(
  value: string,
  limits: { readonly min: number; readonly max: number },
  today: string,
): string {
  const year = `TRY_CAST(left(${value}, 4) AS INTEGER)`;
  const before = `coalesce(substr(${value}, 6) > ${literal(today.slice(5))}, false)::INTEGER`;
  const age = `(${Number(today.slice(0, 4))} - ${year})`;
  const full = `length(${value}) = 10`;
  return `(if(${full}, ${age} - ${before} < ${limits.min} OR ${age} - ${before} > ${limits.max},
    ${age} < ${limits.min} OR ${age} - 1 > ${limits.max}))`;
}

export async function findOutOfOrder(db: Database, { check, i }: Placed<OrderCheck>): Promise<void> {
  await makePairs(db, pairTable('disordered', i), [check.earlier, check.later], {
    where: surelyBefore('b.value', 'a.value'),
  });
}

export function orderFlag({ check, i }: Placed<OrderCheck>): Flag {
  return pairFlag(pairTable('disordered', i), [check.earlier, check.later]);
}

/** SQL without marks and case; the engine's own function leaves đ. */
const plain = (value: string) => `lower(strip_accents(translate(${value}, 'đĐ', 'dD')))`;

/** Equal letters, and one side has no marks at all, however few the other has. */
const ONE_WITHOUT_MARKS = `(${plain('a.value')} = ${plain('b.value')}
  AND (lower(a.value) = ${plain('a.value')} OR lower(b.value) = ${plain('b.value')}))`;

/** Values that agree but for their form, or of which one says less, are the same: a bank writes names without marks. */
export async function findDiffering(
  db: Database,
  plan: ClassifyPlan,
  { check, i }: Placed<SameCheck>,
): Promise<void> {
  const { kind, matcher } = plan.matched.fields.find(({ name }) => name === check.fields[0])!;
  const real = (matcher?.levels ?? []).flatMap(({ weight }, at) => (weight === 'real' ? [at] : []));
  const pairs = identifier(`compared_${i}`);
  await makePairs(db, pairs, check.fields, { where: `a.value <> b.value AND NOT ${ONE_WITHOUT_MARKS}` });
  await mapValues(db, {
    select: `SELECT rowid AS key, a, b FROM ${pairs}`,
    columns: 2,
    module: valueWorker,
    task: 'compareValues',
    options: { kind },
    into: { table: `field_levels_${i}`, columns: { level: 'UTINYINT' } },
  });
  await db.run(`CREATE OR REPLACE TEMP TABLE ${pairTable('differing', i)} AS
    SELECT p.entry_a, p.entry_b FROM ${pairs} p JOIN field_levels_${i} l ON p.rowid = l.key
    WHERE l.level IN (${real.join(', ') || '255'})`);
}

export function differFlag({ check, i }: Placed<SameCheck>): Flag {
  return pairFlag(pairTable('differing', i), check.fields);
}

type Two = readonly [string, string];

/** Distinct pairs of dictionary entries of two fields that occur in one row and fulfil the condition over `a.value`, `b.value`. */
async function makePairs(
  db: Database,
  table: string,
  [a, b]: Two,
  { where }: { where: string },
): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE ${table} AS
    SELECT e.entry_a, e.entry_b, a.value AS a, b.value AS b
    FROM (SELECT DISTINCT ${entry(a)} AS entry_a, ${entry(b)} AS entry_b FROM matched m) e
    JOIN ${tableOf('entries_', a)} a ON e.entry_a = a.entry JOIN ${tableOf('entries_', b)} b ON e.entry_b = b.entry
    WHERE coalesce(${where}, false)`);
}

function pairFlag(table: string, [a, b]: Two): Flag {
  const on = `${entry(a)} = ${table}.entry_a AND ${entry(b)} = ${table}.entry_b`;
  return { joins: [`LEFT JOIN ${table} ON ${on}`], fails: `${table}.entry_a IS NOT NULL` };
}

function entry(field: string): string {
  return `m.${identifier(`e_${field}`)}`;
}

function ages(i: number): string {
  return identifier(`out_of_age_${i}`);
}

function pairTable(what: string, i: number): string {
  return identifier(`${what}_${i}`);
}
