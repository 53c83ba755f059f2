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
  /** log2 of how much likelier the person is than a stranger or a relative, by all fields. */
  readonly weight: number;
  /** log2 odds of the person against nobody before any field was compared. */
  readonly prior: number;
  /** What claims of other records on the same person take away; 0 where a person may have several records. */
  readonly rivals: number;
  /** The blocking rule that found the candidate first. */
  readonly rule: string | null;
  readonly swapped: boolean;
  readonly fields: readonly FieldEvidence[];
  /** Given and family name in each other's place, or in their own. */
  readonly swappedBits: number;
  /** That a relative would look alike too. */
  readonly relatives: number;
}

/** What a score is explained by: the model and the fields in the order of the candidates' columns. */
export type ModelFacts = Pick<LinkResult, 'model' | 'fields'>;

/** A candidate as its table holds it: `l0`, `u0` … and the figures of its score. */
export type CandidateRow = Readonly<Record<string, number | null>>;

/** The candidates of one record, best first, each field with its level, its bits and the running total. Needs the tables of `link`. */
export async function explainRecord(
  db: Database,
  result: LinkResult,
  record: number,
  most = 10,
): Promise<CandidateEvidence[]> {
  const rows = await db.rows<
    Record<string, number>
  >(`SELECT *, 1 - sum(probability) OVER () AS nobody_probability
    FROM link_candidates WHERE record = ${record} ORDER BY probability DESC, person LIMIT ${most}`);
  return rows.map((row) => ({
    ...explainCandidate(row, result),
    rule: result.rules[row.rule!]?.rule.join(' + ') ?? null,
  }));
}

/** How the score of one candidate came about. */
export function explainCandidate(row: CandidateRow, facts: ModelFacts): Omit<CandidateEvidence, 'rule'> {
  const at = (name: string) => row[name] ?? 0;
  const fields = evidence(at, facts);
  const { m } = facts.model.swapped;
  const swappedBits = Math.log2(m[at('swapped') === 1 ? 1 : 0]!);
  return {
    person: at('person'),
    probability: at('probability'),
    weight: at('weight'),
    prior: at('odds') - at('weight'),
    rivals: rivalsOf(at),
    swapped: at('swapped') === 1,
    fields,
    swappedBits,
    relatives: at('weight') - (fields.at(-1)?.total ?? 0) - swappedBits,
  };
}

/** Below this, what is left for nobody is rounding. */
const LEAST_NOBODY = 1e-9;
const SMALL = 0.01;

/** The probability tells the odds after the competition, wherever nobody has a share left to compare with. */
function rivalsOf(at: (name: string) => number): number {
  if (at('nobody_probability') < LEAST_NOBODY || at('probability') <= 0) return 0;
  const bits = Math.log2(at('probability') / at('nobody_probability')) - at('odds');
  return bits > -SMALL ? 0 : bits;
}

function evidence(at: (name: string) => number, facts: ModelFacts): FieldEvidence[] {
  let total = 0;
  return facts.fields.map((field, i) => {
    const level = at(`l${i}`);
    if (level === NONE) return { field: field.name, level: null, bits: 0, total };
    const entry = facts.model.fields.find((one) => one.name === field.name)!.levels[level]!;
    const bits = Math.log2(entry.m[stateOf(at, facts, i)]!) - at(`u${i}`);
    total += bits;
    return { field: field.name, level: COMPARATORS[field.comparator].levels[level]!, bits, total };
  });
}

function stateOf(at: (name: string) => number, { fields }: ModelFacts, i: number): number {
  const { parent } = fields[i]!;
  const above = parent === null ? NONE : at(`l${parent}`);
  if (above === NONE) return 0;
  return above < COMPARATORS[fields[parent!]!.comparator].levels.length - 1 ? 1 : 2;
}

export interface BlockingAudit {
  readonly rules: readonly RuleFigures[];
  readonly records: number;
  readonly people: number;
  readonly pairs: number;
  readonly pairsPerRecord: number;
  /** Blocks of the reference that hold most people, per rule: size only, never the values. */
  readonly biggest: readonly {
    readonly rule: BlockingRule;
    readonly people: number;
    readonly blocks: number;
  }[];
  /**
   * Estimated share of true pairs that no rule finds: by capture and recapture (Lincoln–Petersen with Chapman's correction) of
   * pairs that agree in all fields both have but two at most, found by odd and by even rules. Rules find the same easy pairs, so
   * it is rather too low. Null: too few pairs to tell.
   */
  readonly missed: number | null;
}

/** What the blocking rules of a job propose, without scoring anything. */
export async function auditBlocking(
  db: Database,
  spec: LinkSpec,
  context: LinkContext = {},
): Promise<BlockingAudit> {
  const { fields, rules, records, people } = await prepare(db, spec, context);
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
    records,
    people,
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

/** Fields that a pair taken for a true one may differ in, and how many it must agree in at least. */
const MOST_DIFFERENT = 2;
const LEAST_EQUAL = 2;
/** Fewer pairs than this in both samples tell nothing. */
const LEAST_PAIRS = 20;

async function missed(db: Database, fields: number): Promise<number | null> {
  const count = (of: (i: number) => string) =>
    Array.from({ length: fields }, (_, i) => `coalesce((${of(i)})::INT, 0)`).join(' + ');
  const equal = count((i) => `o.f${i} = r.f${i}`);
  const different = count((i) => `o.f${i} <> r.f${i}`);
  const likely = (table: string) => `SELECT p.record, p.person FROM ${table} p
    JOIN link_ours o ON o.row = p.record JOIN link_reference r ON r.row = p.person
    WHERE ${equal} >= ${Math.min(LEAST_EQUAL, fields)} AND ${equal} > ${different} AND ${different} <= ${MOST_DIFFERENT}`;
  const [row] = await db.rows<{
    odd: number;
    even: number;
    both: number;
  }>(`WITH odd AS (${likely('link_odd')}),
    even AS (${likely('link_even')}) SELECT (SELECT count(*) FROM odd) AS odd, (SELECT count(*) FROM even) AS even,
    (SELECT count(*) FROM odd JOIN even USING (record, person)) AS both`);
  if (row === undefined || row.both < LEAST_PAIRS) return null;
  const all = ((row.odd + 1) * (row.even + 1)) / (row.both + 1) - 1;
  return Math.max(0, 1 - (row.odd + row.even - row.both) / all);
}
