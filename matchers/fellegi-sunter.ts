// Weights of a comparison learnt without labels. A pair of records is summed up by its comparison pattern (one level per field);
// three hypotheses explain a pattern: the same person (m), a random other person (u), a relative, who shares family name, address
// or even a copied number with the record but is another person (h). u is known beforehand, exactly from frequencies or
// from random pairs; m, h and how often a record has its person or relatives in the reference come from EM.
//
// One record has at most one person in the reference. So the E-step shares each record's certainty among all of its
// candidates and "none of them", which settles namesakes that pairwise EM cannot tell apart.
//
// Sources: Fellegi & Sunter 1969; Winkler 1988 (EM); the third class follows Winkler's mixture models for households (1993).
// Example: m/u of an equal rare name 0.9 / 0.0001 = 9000, log2 = 13.1 bits for the same person.

/** One candidate: its levels per field (NONE: not compared) and its log2 probability under u, which EM does not change. */
export interface Pattern {
  readonly levels: readonly number[];
  /** Σ log2 u over all fields. */
  readonly random: number;
  /** The part of `random` that belongs to personal fields, which relatives share only by chance. */
  readonly randomPersonal: number;
}

/** The candidates of one record, as indices into the patterns, and how many records have just these. */
export interface Hand {
  readonly patterns: readonly number[];
  readonly count: number;
}

export interface FieldShape {
  readonly levels: number;
  /** Given names and the like: relatives agree in them only by chance. */
  readonly personal: boolean;
  /** The field this one leans on (street and house number): its m depends on whether that one agrees. */
  readonly parent: number | null;
  /** h where it is known beforehand and not learnt. */
  readonly relatives?: readonly number[];
  /** Where m starts and what it is drawn to when little is known, one share per level. */
  readonly expected: readonly number[];
}

export interface Parameters {
  /** Per field three lists one behind the other: parent unknown, parent agrees, parent differs (`levelSlot`). */
  readonly m: readonly (readonly number[])[];
  /** Meaningless for personal fields, whose h is u. */
  readonly h: readonly (readonly number[])[];
  /** Share of records whose person is in the reference. */
  readonly found: number;
  /** Expected relatives among the other people, of a record whose person is there. */
  readonly relatives: number;
  /**
   * The same of a record whose person is not there. Often far more: who is not on the register uses the number of somebody in the
   * family.
   */
  readonly relativesOfMissing: number;
}

export interface TrainingInput {
  readonly patterns: readonly Pattern[];
  readonly hands: readonly Hand[];
  readonly fields: readonly FieldShape[];
  /** Records in all, those without any candidate included. */
  readonly records: number;
  /** People in the reference; in deduplication the other records of the file. */
  readonly people: number;
  /** At most one candidate of a hand is the person (linking); false: each stands for itself (duplicates). */
  readonly exclusive: boolean;
}

export interface Training extends Parameters {
  readonly iterations: number;
  readonly converged: boolean;
  /** Greatest change of any probability in the last step. */
  readonly change: number;
  readonly logLikelihood: number;
}

export const NONE = 255;
const MOST_ITERATIONS = 200;
const TOLERANCE = 1e-5;
/** Weight of the starting shares, in records: keeps levels never seen from becoming impossible. */
const PRIOR_RECORDS = 20;

/** EM from a fixed start; deterministic, and independent of the order of hands up to rounding of sums. */
export function train(input: TrainingInput): Training {
  let now: Parameters = {
    m: input.fields.map((field) => [...field.expected, ...field.expected, ...field.expected]),
    h: input.fields.map((field) => field.relatives ?? field.expected),
    found: 0.8,
    relatives: 0.1,
    relativesOfMissing: 0.1,
  };
  let change = Number.POSITIVE_INFINITY;
  let iterations = 0;
  let logLikelihood = 0;
  while (iterations < MOST_ITERATIONS && change > TOLERANCE) {
    const step = improve(input, now);
    change = greatestChange(now, step.parameters);
    now = step.parameters;
    logLikelihood = step.logLikelihood;
    iterations++;
  }
  return { ...now, iterations, converged: change <= TOLERANCE, change, logLikelihood };
}

interface Sums {
  /** Expected number of true pairs with each pattern. */
  readonly matched: Float64Array;
  /** Expected number of relatives with each pattern, beside a person who is there and one who is not. */
  readonly beside: Float64Array;
  readonly instead: Float64Array;
  logLikelihood: number;
}

/** `Weights` of every pattern, side by side; match and nobody as odds instead of bits, so that hands need only add them. */
interface PatternOdds {
  readonly match: Float64Array;
  readonly nobody: Float64Array;
  readonly beside: Float64Array;
  readonly instead: Float64Array;
}

/** Bits of odds that stay within a double, however many are added. */
const MOST_BITS = 900;

function oddsOf({ patterns, fields, people }: TrainingInput, now: Parameters): PatternOdds {
  const list = () => new Float64Array(patterns.length);
  const odds: PatternOdds = { match: list(), nobody: list(), beside: list(), instead: list() };
  patterns.forEach((pattern, i) => {
    const { match, nobody, beside, instead } = weightsOf(pattern, fields, now, people);
    odds.match[i] = 2 ** clamp(match, -MOST_BITS, MOST_BITS);
    odds.nobody[i] = 2 ** nobody;
    odds.beside[i] = beside;
    odds.instead[i] = instead;
  });
  return odds;
}

function improve(input: TrainingInput, now: Parameters): { parameters: Parameters; logLikelihood: number } {
  const odds = oddsOf(input, now);
  const sums: Sums = {
    matched: new Float64Array(input.patterns.length),
    beside: new Float64Array(input.patterns.length),
    instead: new Float64Array(input.patterns.length),
    logLikelihood: 0,
  };
  const none = 2 ** nobodyWeight(now, input.people, input.exclusive);
  for (const hand of input.hands) addHand(sums, hand, odds, none);
  return { parameters: shares(input, sums), logLikelihood: sums.logLikelihood };
}

/** Runs once per hand and step, some hundreds of thousands of times in all. */
function addHand(sums: Sums, { patterns, count }: Hand, odds: PatternOdds, none: number): void {
  let doubt = 1;
  let all = 0;
  for (const i of patterns) {
    if (odds.nobody[i]! > doubt) doubt = odds.nobody[i]!;
    all += odds.match[i]!;
  }
  const nobodyPart = none * doubt;
  all += nobodyPart;
  const noneShare = nobodyPart / all;
  sums.logLikelihood += count * Math.log2(all);
  for (const i of patterns) {
    const share = odds.match[i]! / all;
    sums.matched[i]! += count * share;
    sums.beside[i]! += count * (1 - noneShare - share) * odds.beside[i]!;
    sums.instead[i]! += count * noneShare * odds.instead[i]!;
  }
}

function shares(input: TrainingInput, sums: Sums): Parameters {
  const m = input.fields.map((field) =>
    [0, 1, 2].flatMap(() => field.expected.map((share) => share * PRIOR_RECORDS)),
  );
  const h = input.fields.map((field) => field.expected.map((share) => share * PRIOR_RECORDS));
  let found = 0;
  let beside = 0;
  let instead = 0;
  input.patterns.forEach((pattern, i) => {
    found += sums.matched[i]!;
    beside += sums.beside[i]!;
    instead += sums.instead[i]!;
    pattern.levels.forEach((level, field) => {
      if (level === NONE) return;
      m[field]![levelSlot(pattern.levels, field, input.fields)]! += sums.matched[i]!;
      h[field]![level]! += sums.beside[i]! + sums.instead[i]!;
    });
  });
  const relatives = (beside + instead + 0.1) / (input.records + 1);
  const missing = Math.max(input.records - found, 0);
  return {
    m: m.map((counts, field) => normalizedParts(counts, input.fields[field]!.levels)),
    h: h.map((counts, field) => input.fields[field]!.relatives ?? normalized(counts)),
    found: clamp((found + 1) / (input.records + 2), 1e-6, input.exclusive ? 0.9999 : 1e6),
    relatives,
    relativesOfMissing: input.exclusive
      ? Math.max(relatives, (instead + PRIOR_RECORDS * relatives) / (missing + PRIOR_RECORDS))
      : relatives,
  };
}

/** log2 weights of one candidate. */
export interface Weights {
  /** As the record's person, against a relative or a stranger. */
  readonly match: number;
  /** What its looking like a relative adds to "nobody here is the person". */
  readonly nobody: number;
  /** Probability that it is a relative, if it is not the person and the person is there. */
  readonly beside: number;
  /** The same if the person is not there. */
  readonly instead: number;
}

/** From a pattern to its weights under given parameters. */
export function weightsOf(
  pattern: Pattern,
  fields: readonly FieldShape[],
  parameters: Parameters,
  people: number,
): Weights {
  let match = -pattern.random;
  let relative = pattern.randomPersonal - pattern.random;
  pattern.levels.forEach((level, field) => {
    if (level === NONE) return;
    match += Math.log2(parameters.m[field]![levelSlot(pattern.levels, field, fields)]!);
    if (!fields[field]!.personal) relative += Math.log2(parameters.h[field]![level]!);
  });
  const likeness = 2 ** relative / people;
  const beside = parameters.relatives * likeness;
  const instead = parameters.relativesOfMissing * likeness;
  return {
    match: match - Math.log2(1 + beside),
    nobody: Math.log2((1 + instead) / (1 + beside)),
    beside: beside / (1 + beside),
    instead: instead / (1 + instead),
  };
}

/** log2 of what "none of them" weighs before the candidates are looked at. */
export function nobodyWeight(parameters: Parameters, people: number, exclusive: boolean): number {
  const { found, relatives, relativesOfMissing } = parameters;
  if (!exclusive) return Math.log2(Math.max(1e-9, people / found - 1));
  return (
    Math.log2((people * (1 - found)) / found) + Math.max(-1, relatives - relativesOfMissing) * Math.LOG2E
  );
}

/** Where in a field's m the probability of its level stands, given what its parent says. */
export function levelSlot(levels: readonly number[], field: number, fields: readonly FieldShape[]): number {
  const { parent, levels: size } = fields[field]!;
  const above = parent === null ? NONE : levels[parent]!;
  const state = above === NONE ? 0 : above < fields[parent!]!.levels - 1 ? 1 : 2;
  return state * size + levels[field]!;
}

function normalizedParts(counts: readonly number[], size: number): number[] {
  return [0, 1, 2].flatMap((state) => normalized(counts.slice(state * size, (state + 1) * size)));
}

function normalized(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => Math.max(count / total, 1e-7));
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function greatestChange(a: Parameters, b: Parameters): number {
  let change = Math.abs(a.found - b.found);
  a.m.forEach((levels, field) => {
    levels.forEach((share, level) => {
      change = Math.max(change, Math.abs(share - b.m[field]![level]!));
    });
  });
  return change;
}
