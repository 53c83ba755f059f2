import type { Database } from '../engine/database.js';
import { chosen } from '../engine/sql.js';
import {
  type FieldShape,
  type Hand,
  NONE,
  nobodyWeight,
  type Parameters,
  type Pattern,
  type Training,
  train,
} from '../matchers/fellegi-sunter.js';
import { COMPARATORS } from '../matchers/field-levels.js';
import type { PlannedField } from './link-fields.js';

/** The comparisons of a model: one per field, and whether given and family name stand in each other's place. */
export function fieldShapes(fields: readonly PlannedField[]): FieldShape[] {
  return [
    ...fields.map((field) => ({
      levels: COMPARATORS[field.comparator].levels.length,
      personal:
        field.part === 'given-name' || field.part === 'middle-name' || field.comparator === 'full-name',
      parent: field.parent,
      expected: expectedShares(COMPARATORS[field.comparator].levels.length),
    })),
    { levels: 2, personal: false, parent: null, expected: [0.99, 0.01] },
  ];
}

/** Twins among relatives, and relatives entered under each other's number. */
const RELATIVES_EQUAL: Readonly<Record<string, number>> = { date: 0.01, digits: 0.002 };

/**
 * Within one file any number of records may be the same person, so nothing but the given name would tell a relative from a duplicate;
 * there, how seldom relatives share a birth date or a number is not learnt.
 */
export function shapesWithinFile(
  fields: readonly PlannedField[],
  random: readonly (readonly number[])[],
): FieldShape[] {
  return fieldShapes(fields).map((shape, i) => {
    const relatives = relativesWithinFile(fields[i]?.comparator ?? '', random[i] ?? []);
    return relatives === null ? shape : { ...shape, relatives };
  });
}

/** h of a field's levels where it is not learnt, from u; null: it is. */
export function relativesWithinFile(comparator: string, random: readonly number[]): number[] | null {
  const equal = RELATIVES_EQUAL[comparator];
  if (equal === undefined) return null;
  const others = 1 - random[0]!;
  return random.map((u, level) => (level === 0 ? equal : (u / others) * (1 - equal)));
}

/** Before anything is learnt: 85 % of true pairs agree exactly, the other levels are equally likely. */
function expectedShares(levels: number): number[] {
  return Array.from({ length: levels }, (_, level) => (level === 0 ? 0.85 : 0.15 / (levels - 1)));
}

const levelNames = (fields: readonly PlannedField[]) => [...fields.map((_, i) => `l${i}`), 'swapped'];

function randomSum(
  fields: readonly PlannedField[],
  shapes: readonly FieldShape[],
  personalOnly: boolean,
): string {
  const terms = fields.flatMap((_, i) => (!personalOnly || shapes[i]!.personal ? [`u${i}`] : []));
  return terms.length === 0 ? '0' : terms.join(' + ');
}

export interface TrainingSet {
  readonly compared: string;
  readonly records: string;
  readonly people: number;
  readonly exclusive: boolean;
  readonly shapes: readonly FieldShape[];
}

/** Learns from the candidates of `records`: distinct patterns and hands with their counts leave the engine, no rows. */
export async function trainOn(
  db: Database,
  fields: readonly PlannedField[],
  set: TrainingSet,
): Promise<Training> {
  const { shapes } = set;
  const levels = levelNames(fields).join(', ');
  const rounded = (sum: string) => `round((${sum}) * 4) / 4`;
  await db.run(`CREATE OR REPLACE TEMP TABLE link_rounded AS SELECT record, person, ${levels},
    ${rounded(randomSum(fields, shapes, false))} AS random, ${rounded(randomSum(fields, shapes, true))} AS personal
    FROM ${set.compared}`);
  await db.run(`CREATE OR REPLACE TEMP TABLE link_patterns AS
    SELECT (row_number() OVER (ORDER BY ${levels}, random, personal) - 1)::INTEGER AS pattern, * FROM
    (SELECT DISTINCT ${levels}, random, personal FROM link_rounded)`);
  const patterns = await db.rows<Record<string, number>>('SELECT * FROM link_patterns ORDER BY pattern');
  const same = [...levelNames(fields), 'random', 'personal']
    .map((name) => `p.${name} = r.${name}`)
    .join(' AND ');
  const hands = await db.rows<{ hand: string; n: number }>(`SELECT hand, count(*) AS n FROM
    (SELECT string_agg(p.pattern, ' ' ORDER BY p.pattern) AS hand FROM link_rounded r JOIN link_patterns p ON ${same}
     GROUP BY ${set.exclusive ? 'r.record' : 'r.record, r.person'}) GROUP BY hand ORDER BY hand`);
  const records = await db.value<number>(`SELECT count(*) FROM ${set.records}`);
  const withHand = hands.reduce((sum, row) => sum + row.n, 0);
  return train({
    patterns: patterns.map((row) => readPattern(row, fields)),
    hands: [
      ...hands.map((row): Hand => ({ patterns: row.hand.split(' ').map(Number), count: row.n })),
      ...(set.exclusive ? [{ patterns: [], count: records - withHand }] : []),
    ],
    fields: shapes,
    records,
    people: set.people,
    exclusive: set.exclusive,
  });
}

function readPattern(row: Record<string, number>, fields: readonly PlannedField[]): Pattern {
  return {
    levels: levelNames(fields).map((name) => row[name] ?? NONE),
    random: row.random ?? 0,
    randomPersonal: row.personal ?? 0,
  };
}

export interface Weighing {
  readonly compared: string;
  readonly into: string;
  /** The table is there already, with candidates of an earlier wave. */
  readonly more?: boolean;
  readonly parameters: Parameters;
  readonly people: number;
}

/**
 * Weights of each candidate as in `weightsOf`: `into(…, weight, nobody)`, both log2. What the levels say is worked out once per
 * distinct pattern of levels.
 */
export async function weigh(db: Database, fields: readonly PlannedField[], work: Weighing): Promise<void> {
  const { parameters, people } = work;
  const shapes = fieldShapes(fields);
  const names = levelNames(fields);
  const match = names.map((name, i) => bitsOf(parameters.m[i]!, name, stateOf(shapes, i))).join(' + ');
  const shared = names
    .map((name, i) => (shapes[i]!.personal ? '0' : bitsOf(parameters.h[i]!, name, '0')))
    .join(' + ');
  await db.run(`CREATE OR REPLACE TEMP TABLE link_bits AS SELECT *, (${match})::DOUBLE AS match, (${shared})::DOUBLE AS shared
    FROM (SELECT DISTINCT ${names.join(', ')} FROM ${work.compared})`);
  const same = names.map((name) => `c.${name} = b.${name}`).join(' AND ');
  const sum = (personal: boolean) => randomSum(fields, shapes, personal);
  const into =
    work.more === true ? `INSERT INTO ${work.into} BY NAME` : `CREATE OR REPLACE TEMP TABLE ${work.into} AS`;
  await db.run(`${into}
    SELECT * EXCLUDE (likeness, match, random), match - random - log2(1 + ${parameters.relatives / people} * likeness) AS weight,
      log2((1 + ${parameters.relativesOfMissing / people} * likeness)
         / (1 + ${parameters.relatives / people} * likeness)) AS nobody
    FROM (SELECT c.*, b.match, ${sum(false)} AS random, pow(2, ${sum(true)} - (${sum(false)}) + b.shared) AS likeness
      FROM ${work.compared} c JOIN link_bits b ON ${same})`);
}

function bitsOf(shares: readonly number[], level: string, state: string): string {
  const bits = shares.map(Math.log2);
  const size = state === '0' ? 0 : shares.length / 3;
  const place = size === 0 ? level : `${level}::INT + ${size} * ${state}`;
  return `CASE WHEN ${level} = ${NONE} THEN 0 ELSE ${chosen(place, bits)} END`;
}

/** As `levelSlot`, in SQL. */
function stateOf(shapes: readonly FieldShape[], i: number): string {
  const { parent } = shapes[i]!;
  if (parent === null) return '0';
  return `CASE WHEN l${parent} = ${NONE} THEN 0 WHEN l${parent} < ${shapes[parent]!.levels - 1} THEN 1 ELSE 2 END`;
}

/** Rounds of letting each person's claimants compete. */
const ROUNDS = 5;
/** Least and most that a further record of the same person is thought to be: one in a thousand, every other one. */
const FURTHER_RECORDS = [0.001, 0.5] as const;

/**
 * What counts against a claim on somebody who has a record by their number (a SELECT of `person`, once per record): a further one of the same person is as rare as people are seen
 * to stand in several records by number, though the sector forbids it.
 */
export async function weighClaimed(db: Database, people: string): Promise<Claimed> {
  const [seen] = await db.rows<{ records: number; people: number }>(
    `SELECT count(*) AS records, count(DISTINCT person) AS people FROM (${people})`,
  );
  const all = seen ?? { records: 0, people: 0 };
  const share = (all.records - all.people + 1) / (all.people + 1);
  const bits = -Math.log2(Math.min(Math.max(share, FURTHER_RECORDS[0]), FURTHER_RECORDS[1]));
  return { people: `SELECT DISTINCT person FROM (${people})`, bits };
}

/** Certainties are summed as whole numbers, so that no order of adding changes the last digit: in units of 2^-40. */
const UNIT = 2 ** 40;

export interface Certainty {
  readonly weighed: string;
  readonly parameters: Parameters;
  readonly people: number;
  readonly oneToOne: boolean;
  readonly claimed?: Claimed | null;
}

/** People who have a record by their number, where one is all that they may have. */
export interface Claimed {
  /** SELECT of `person`. */
  readonly people: string;
  /** log2 of how seldom there is a further one. */
  readonly bits: number;
}

/**
 * Probability of each candidate among all of its record's and nobody: returns SQL of all that `weighed` says, with `odds` and
 * `probability`. One to one, a claim on a person weighs less the surer another record's claim is.
 */
export function shareCertainty(db: Database, work: Certainty): Promise<string> {
  const none = nobodyWeight(work.parameters, work.people, true);
  return work.oneToOne ? shareAmongRivals(db, work, none) : shareAlone(db, work.weighed, none);
}

/** SQL aggregate: the sum of probabilities, the same in any order. */
export const probabilityOfAll = (probability: string): string =>
  `sum((${probability} * ${UNIT})::BIGINT)::DOUBLE / ${UNIT}`;

const shareOf = (odds: string) => `(pow(2, ${odds} - high) * ${UNIT})::BIGINT`;

/** A record with one candidate, as most have, needs no second look at it. */
async function shareAlone(db: Database, weighed: string, none: number): Promise<string> {
  const odds = (weight: string, nobody: string) => `${weight} - (${none} + ${nobody})`;
  await db.run(`CREATE OR REPLACE TEMP TABLE link_highest AS SELECT *, greatest(0, ${odds('weight', 'nobody')}) AS high
    FROM (SELECT record, greatest(0, max(nobody)) AS nobody, max(weight) AS weight, count(*) AS n FROM ${weighed} GROUP BY record)`);
  await db.run(`CREATE OR REPLACE TEMP TABLE link_totals AS
    SELECT record, nobody, high, (${shareOf(odds('weight', 'nobody'))} + ${shareOf('0')})::DOUBLE AS total FROM link_highest WHERE n = 1
    UNION ALL SELECT record, any_value(nobody), any_value(high), (sum(${shareOf('odds')}) + any_value(${shareOf('0')}))::DOUBLE
    FROM (SELECT h.record, h.nobody, h.high, ${odds('w.weight', 'h.nobody')} AS odds
      FROM ${weighed} w JOIN link_highest h ON w.record = h.record WHERE h.n > 1) GROUP BY record`);
  const own = odds('w.weight', 't.nobody');
  return `SELECT w.*, ${own} AS odds, pow(2, ${own} - t.high) * ${UNIT} / t.total AS probability
    FROM ${weighed} w JOIN link_totals t ON w.record = t.record`;
}

async function shareAmongRivals(
  db: Database,
  { weighed, claimed = null }: Certainty,
  none: number,
): Promise<string> {
  const rival = claimed === null ? '0' : `if(t.person IS NULL, 0, ${claimed.bits})`;
  await db.run(`CREATE OR REPLACE TEMP TABLE link_odds AS SELECT w.record, w.person, w.weight - (${none} + n.nobody) - ${rival} AS odds,
      0.0::DOUBLE AS rivals, 0.0::DOUBLE AS probability
    FROM ${weighed} w JOIN (SELECT record, greatest(0, max(nobody)) AS nobody FROM ${weighed} GROUP BY record) n
      ON w.record = n.record
    ${claimed === null ? '' : `LEFT JOIN (${claimed.people}) t ON w.person = t.person`}`);
  await normalize(db);
  for (let round = 0; round < ROUNDS; round++) {
    const rest = `(log2(greatest(1 - probability, 1e-6)) * ${UNIT})::BIGINT`;
    await db.run(`CREATE OR REPLACE TEMP TABLE link_odds AS SELECT o.* REPLACE (
        greatest(-20, (c.rest - ${rest})::DOUBLE / ${UNIT}) AS rivals)
      FROM link_odds o JOIN (SELECT person, sum(${rest}) AS rest FROM link_odds GROUP BY person) c ON o.person = c.person`);
    await normalize(db);
  }
  return `SELECT w.*, o.odds, o.probability
    FROM ${weighed} w JOIN link_odds o ON w.record = o.record AND w.person = o.person`;
}

/** Each record's candidates and nobody (odds 0) share one; relative to the likeliest, so that nothing overflows. */
async function normalize(db: Database): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE link_odds AS SELECT o.* REPLACE (
      pow(2, odds + rivals - high) * ${UNIT} / total AS probability)
    FROM link_odds o JOIN (SELECT record, any_value(high) AS high, sum(${shareOf('odds')}) + any_value(${shareOf('0')}) AS total
      FROM (SELECT r.record, r.odds + r.rivals AS odds, h.high FROM link_odds r
        JOIN (SELECT record, greatest(0, max(odds + rivals)) AS high FROM link_odds GROUP BY record) h ON r.record = h.record)
      GROUP BY record) t ON o.record = t.record`);
}
