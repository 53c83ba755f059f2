import { ROW_STATES } from '../engine/csv-mender.js';
import { identifier } from '../engine/sql.js';
import {
  DECISIONS,
  type FieldFindings,
  type Finding,
  METHODS,
  type Pattern,
  PERSON_STATES,
} from '../matchers/judge.js';
import type { Level } from '../matchers/matcher.js';
import { problemsOfMask } from '../normalizers/normalizer.js';
import type { ApartRule } from '../sectors/schema.js';
import { apartCode, fitsPattern } from './checks-apart.js';
import type { ColumnFacts } from './dictionaries.js';
import type { Field } from './fields.js';
import { ID_TYPES } from './matched-sql.js';

/**
 * A row's pattern is one whole number: its findings as digits of a mixed-radix number. So rows carry a number, equal
 * patterns are equal numbers, and TypeScript judges each pattern once.
 */
export interface Digit {
  readonly name: string;
  /** SQL of a whole number from 0 to radix − 1, never NULL. */
  readonly sql: string;
  readonly radix: number;
}

export interface PatternPlan {
  readonly fields: readonly Field[];
  readonly comparable: readonly Field[];
  readonly identity: Field | null;
  /** Problem masks by number, per field (`problem_sets_*`). */
  readonly problemSets: Readonly<Record<string, readonly number[]>>;
  readonly columns: Readonly<Record<string, ColumnFacts>>;
  readonly checks: readonly string[];
  /** Whom the sector sets apart, as far as a pattern tells it. */
  readonly apart?: readonly ApartRule[];
}

const NO_LEVEL = 63;

/** All digits of a pattern in their order: what the classify stage finds, then what the match stage found before. */
export function digitsOf(plan: PatternPlan): Digit[] {
  return [...foundLater(plan), ...foundFirst(plan)];
}

/** SQL of the digits that the row's own values give, as one number: over the columns of the match stage's inner SELECT. */
export function firstPartSql(plan: PatternPlan): string {
  return numberSql(foundFirst(plan));
}

/** The number that `firstPartSql` gives a row with these digits. */
export function firstPartOf(plan: PatternPlan, values: ReadonlyMap<string, number>): bigint {
  return numberOf(foundFirst(plan), values);
}

/** The whole pattern of a row with these digits. */
export function patternOf(plan: PatternPlan, values: ReadonlyMap<string, number>): bigint {
  return numberOf(digitsOf(plan), values);
}

function numberOf(digits: readonly Digit[], values: ReadonlyMap<string, number>): bigint {
  return digits.reduce((n, { name, radix }) => n * BigInt(radix) + BigInt(values.get(name)!), 0n);
}

/** Digits that follow from other rows or from the day: a row that is taken from the last run gets them anew. */
export function foundAnew({ checks }: PatternPlan): string[] {
  return ['duplicate', 'id_shared', ...checks.map((code) => `check_${code}`)];
}

/** SQL of the whole pattern, over the columns of the classify stage's inner SELECT, where `part` holds the first part. */
export function patternSql(plan: PatternPlan): string {
  const [later, first] = [foundLater(plan), foundFirst(plan)];
  if (sizeOf(later) * sizeOf(first) >= 1n << 126n)
    throw new Error('too many fields with too many kinds of damage for one pattern number');
  return `((${numberSql(later)})::HUGEINT * ${sizeOf(first)} + part)`;
}

function foundFirst(plan: PatternPlan): Digit[] {
  return [
    { name: 'state', sql: 'state', radix: ROW_STATES.length },
    { name: 'structure', sql: 'structure_conflict::INTEGER', radix: 2 },
    ...plan.fields.flatMap((field) => valueDigits(plan, field)),
  ];
}

function foundLater(plan: PatternPlan): Digit[] {
  const digits: Digit[] = [
    { name: 'method', sql: 'method', radix: METHODS.length },
    { name: 'decision', sql: 'decision', radix: DECISIONS.length },
    { name: 'other', sql: 'other::INTEGER', radix: 2 },
    { name: 'status', sql: 'coalesce(status, 0)', radix: PERSON_STATES.length },
    { name: 'duplicate', sql: 'duplicate::INTEGER', radix: 2 },
    { name: 'id_shared', sql: 'id_shared::INTEGER', radix: 2 },
    { name: 'id_typo', sql: 'id_typo::INTEGER', radix: 2 },
    ...plan.checks.map((check) => ({
      name: `check_${check}`,
      sql: `${identifier(`check_${check}`)}::INTEGER`,
      radix: 2,
    })),
  ];
  for (const field of plan.comparable) {
    const level = identifier(`l_${field.name}`);
    digits.push({ name: `l_${field.name}`, sql: `coalesce(${level}, ${NO_LEVEL})`, radix: NO_LEVEL + 1 });
  }
  return digits;
}

function valueDigits(plan: PatternPlan, field: Field): Digit[] {
  const sets = plan.problemSets[field.name]?.length ?? 1;
  return [
    { name: `p_${field.name}`, sql: identifier(`p_${field.name}`), radix: sets + 1 },
    field === plan.identity
      ? { name: `t_${field.name}`, sql: identifier(`t_${field.name}`), radix: ID_TYPES.length }
      : { name: `u_${field.name}`, sql: usable(field), radix: 2 },
  ];
}

function usable(field: Field): string {
  if (field.role === 'coded') return `(${identifier(`w_${field.name}`)} IS NOT NULL)::INTEGER`;
  if (field.role === 'checked') return `${identifier(`u_${field.name}`)}::INTEGER`;
  return `(${identifier(`k_${field.name}`)} IS NOT NULL)::INTEGER`;
}

/** Largest number that the quick 64-bit arithmetic of a part may reach. */
const PART = 1n << 62n;

/**
 * SQL of digits as one number. It is put together from parts that fit 64 bits, because 128-bit arithmetic is many times
 * slower. 128 bits hold the whole: a job would need some thirty dirty fields to get beyond.
 */
function numberSql(digits: readonly Digit[]): string {
  const parts: { sql: string; size: bigint }[] = [];
  for (const { sql, radix } of digits) {
    const last = parts.at(-1);
    if (last === undefined || last.size * BigInt(radix) > PART) {
      parts.push({ sql: `(${sql})::BIGINT`, size: BigInt(radix) });
    } else {
      last.sql = `(${last.sql} * ${radix} + ${sql})`;
      last.size *= BigInt(radix);
    }
  }
  return parts
    .map((part) => part.sql)
    .reduce((sql, next, i) => `(${sql}${i === 1 ? '::HUGEINT' : ''} * ${parts[i]!.size} + ${next})`);
}

function sizeOf(digits: readonly Digit[]): bigint {
  return digits.reduce((size, { radix }) => size * BigInt(radix), 1n);
}

/** The digits of a pattern number by name. */
export function readPattern(digits: readonly Digit[], pattern: bigint): Map<string, number> {
  const values = new Map<string, number>();
  let rest = pattern;
  for (const digit of [...digits].reverse()) {
    values.set(digit.name, Number(rest % BigInt(digit.radix)));
    rest /= BigInt(digit.radix);
  }
  return values;
}

/** A pattern number as what the judge reads. */
export function toPattern(plan: PatternPlan, values: ReadonlyMap<string, number>): Pattern {
  const at = (name: string) => values.get(name) ?? 0;
  const rules = (plan.apart ?? []).filter((rule) => fitsPattern(rule, (name) => values.get(name)));
  const apart = new Set(rules.map(apartCode));
  return {
    state: ROW_STATES[at('state')] ?? 'read',
    method: METHODS[at('method')] ?? 'none',
    decision: DECISIONS[at('decision')] ?? 'none',
    belongsToOther: at('other') === 1,
    person: PERSON_STATES[at('status')] ?? 'alive',
    structureConflict: at('structure') === 1,
    oldNumber: plan.identity !== null && ID_TYPES[at(`t_${plan.identity.name}`)] === 'old-id',
    duplicate: at('duplicate') === 1,
    idShared: at('id_shared') === 1,
    failedChecks: plan.checks.filter((code) => at(`check_${code}`) === 1 || apart.has(code)),
    fields: plan.fields.map((field) => findingsOf(plan, field, at)),
  };
}

function findingsOf(plan: PatternPlan, field: Field, at: (name: string) => number): FieldFindings {
  const [set, read] = [
    at(`p_${field.name}`),
    at(field === plan.identity ? `t_${field.name}` : `u_${field.name}`),
  ];
  const level = field === plan.identity ? at('id_typo') : at(`l_${field.name}`);
  const known = findingsKnown(plan, field);
  const place = (set * ID_TYPES.length + read) * (NO_LEVEL + 1) + level;
  let findings = known.get(place);
  if (findings === undefined) {
    findings = makeFindings(plan, field, { set, read, level });
    known.set(place, findings);
  }
  return findings;
}

type KnownFindings = Map<Field, Map<number, FieldFindings>>;

/** The same few findings come again in thousands of patterns, and while they are judged the engine has nothing to do. */
const KNOWN_FINDINGS = new WeakMap<PatternPlan, KnownFindings>();

function findingsKnown(plan: PatternPlan, field: Field): Map<number, FieldFindings> {
  let fields = KNOWN_FINDINGS.get(plan);
  if (fields === undefined) {
    fields = new Map(plan.fields.map((one) => [one, new Map()]));
    KNOWN_FINDINGS.set(plan, fields);
  }
  return fields.get(field)!;
}

/** `set`, `read`, `level`: a field's digits; of the identity field its type, and whether it is the person's but for a slip. */
function makeFindings(
  plan: PatternPlan,
  field: Field,
  { set, read, level }: { readonly set: number; readonly read: number; readonly level: number },
): FieldFindings {
  const common = {
    reasons: field.reasons,
    required: field.required,
    present: set > 0,
    problems: set === 0 ? [] : problemFindings(field, plan.problemSets[field.name]?.[set - 1] ?? 0),
  };
  if (field === plan.identity) {
    const type = ID_TYPES[read];
    const usable = type !== 'missing' && type !== 'unusable' && type !== 'phone' && type !== 'tax-code';
    return { ...common, use: 'identify', usable, level: level === 1 ? ID_TYPO : null };
  }
  const use = field.compare ? 'compare' : field.group ? 'group' : 'check';
  const compared = plan.comparable.includes(field) ? levelAt(plan, field, level) : null;
  return { ...common, use, usable: read === 1, level: compared };
}

const ID_TYPO: Level = { name: 'typo', reason: 'typo', weight: 'real' };

export function problemFindings(field: Field, mask: number): Finding[] {
  return problemsOfMask(field.normalizer.problems, mask).map((key) => field.normalizer.problems[key]!);
}

/** A column written without marks throughout lost them to a system, not to a person: that is form. */
function levelAt(plan: PatternPlan, field: Field, index: number): Level | null {
  if (index === NO_LEVEL) return null;
  const level = field.matcher?.levels[index] ?? null;
  const withoutMarks = plan.columns[field.name]?.hints.settings?.without_marks === true;
  return level?.name === 'accents_missing' && withoutMarks ? { ...level, weight: 'form' } : level;
}
