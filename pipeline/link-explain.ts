import type { Database } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import type { BlockingRule } from '../matchers/blocking.js';
import { NONE } from '../matchers/fellegi-sunter.js';
import { COMPARATORS } from '../matchers/field-levels.js';
import { type LinkContext, type LinkResult, type LinkSpec, prepare } from './link.js';
import { findCandidates, type RuleFigures } from './link-candidates.js';

export interface FieldEvidence {
  readonly field: string;
  /** Null: one side has no value, which speaks neither way. */
  readonly level: string | null;
  readonly bits: number;
  /** Running total up to and with this field. */
  readonly total: number;
}

export interface CandidateEvidence {
  readonly person: number;
  readonly probability: number;
  readonly weight: number;
  readonly rule: BlockingRule | null;
  readonly swapped: boolean;
  readonly fields: readonly FieldEvidence[];
  /** What is left to the weight: swapped names, and that relatives would look alike too. */
  readonly rest: number;
}

/** The candidates of one record, best first, each field with its level, its bits and the running total. Needs the tables of `link`. */
export async function explainRecord(
  db: Database,
  result: LinkResult,
  record: number,
  most = 10,
): Promise<CandidateEvidence[]> {
  const rows = await db.rows<Record<string, number>>(`SELECT * FROM link_candidates WHERE record = ${record}
    ORDER BY probability DESC, person LIMIT ${most}`);
  return rows.map((row) => explained(row, result));
}

function explained(row: Record<string, number>, result: LinkResult): CandidateEvidence {
  const fields = evidence(row, result);
  return {
    person: row.person!,
    probability: row.probability!,
    weight: row.weight!,
    rule: result.rules[row.rule!]?.rule ?? null,
    swapped: row.swapped === 1,
    fields,
    rest: row.weight! - (fields.at(-1)?.total ?? 0),
  };
}

function evidence(row: Record<string, number>, result: LinkResult): FieldEvidence[] {
  let total = 0;
  return result.fields.map((field, i) => {
    const level = row[`l${i}`]!;
    if (level === NONE) return { field: field.name, level: null, bits: 0, total };
    const entry = result.model.fields.find((one) => one.name === field.name)!.levels[level]!;
    const bits = Math.log2(entry.m[stateOf(row, result, i)]!) - row[`u${i}`]!;
    total += bits;
    return { field: field.name, level: COMPARATORS[field.comparator].levels[level]!, bits, total };
  });
}

function stateOf(row: Record<string, number>, result: LinkResult, i: number): number {
  const { parent } = result.fields[i]!;
  const above = parent === null ? NONE : row[`l${parent}`]!;
  if (above === NONE) return 0;
  return above < COMPARATORS[result.fields[parent!]!.comparator].levels.length - 1 ? 1 : 2;
}

export interface BlockingAudit {
  readonly rules: readonly RuleFigures[];
  readonly pairs: number;
  readonly pairsPerRecord: number;
  /** Blocks of the reference that hold most people, per rule: size only, never the values. */
  readonly biggest: readonly {
    readonly rule: BlockingRule;
    readonly people: number;
    readonly blocks: number;
  }[];
  /**
   * Estimated share of true pairs that no rule finds: by capture and recapture (Lincoln–Petersen with Chapman's correction) of the
   * pairs equal in every compared field but one, found by odd and by even rules.
   */
  readonly missed: number | null;
}

/** What the blocking rules of a job propose, without scoring anything. */
export async function auditBlocking(
  db: Database,
  spec: LinkSpec,
  context: LinkContext = {},
): Promise<BlockingAudit> {
  const { fields, rules, records } = await prepare(db, spec, context);
  await db.run('CREATE OR REPLACE TEMP TABLE link_open AS SELECT row AS record FROM link_ours');
  const all = { fields, records: 'link_open' };
  const odd = rules.filter((_, i) => i % 2 === 0);
  const even = rules.filter((_, i) => i % 2 === 1);
  await findCandidates(db, { ...all, rules: odd, into: 'link_odd', errors: false });
  await findCandidates(db, { ...all, rules: even, into: 'link_even', errors: false });
  const figures = await findCandidates(db, { ...all, rules, into: 'link_pairs' });
  const pairs = await db.value<number>('SELECT count(*) FROM link_pairs');
  const biggest = [];
  for (const rule of rules) biggest.push({ rule, ...(await biggestBlock(db, rule)) });
  biggest.sort((a, b) => b.people - a.people);
  return {
    rules: figures,
    pairs,
    pairsPerRecord: pairs / Math.max(1, records),
    biggest,
    missed: await missed(db, fields.length),
  };
}

async function biggestBlock(db: Database, rule: BlockingRule): Promise<{ people: number; blocks: number }> {
  const keys = rule.map(identifier);
  const [row] = await db.rows<{
    people: number | null;
    blocks: number;
  }>(`SELECT max(n) AS people, count(*) AS blocks FROM
    (SELECT count(*) AS n FROM link_reference_keys WHERE ${keys.map((key) => `${key} IS NOT NULL`).join(' AND ')}
     GROUP BY ${keys.join(', ')})`);
  return { people: row?.people ?? 0, blocks: row?.blocks ?? 0 };
}

async function missed(db: Database, fields: number): Promise<number | null> {
  const agreeing = Array.from(
    { length: fields },
    (_, i) => `(o.f${i} IS NOT DISTINCT FROM r.f${i})::INT`,
  ).join(' + ');
  const likely = (
    table: string,
  ) => `SELECT p.record, p.person FROM ${table} p JOIN link_ours o ON o.row = p.record
    JOIN link_reference r ON r.row = p.person WHERE ${agreeing} >= ${Math.max(1, fields - 2)}`;
  const [row] = await db.rows<{
    odd: number;
    even: number;
    both: number;
  }>(`WITH odd AS (${likely('link_odd')}),
    even AS (${likely('link_even')}) SELECT (SELECT count(*) FROM odd) AS odd, (SELECT count(*) FROM even) AS even,
    (SELECT count(*) FROM odd JOIN even USING (record, person)) AS both`);
  if (row === undefined || row.both === 0) return null;
  const all = ((row.odd + 1) * (row.even + 1)) / (row.both + 1) - 1;
  return Math.max(0, 1 - (row.odd + row.even - row.both) / all);
}
