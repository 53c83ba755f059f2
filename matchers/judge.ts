import type { Weight } from '../normalizers/normalizer.js';
import type { Level } from './matcher.js';
import { FOUND, type Outcome } from './outcomes.js';
import { APART_CODES } from './reasons-apart.js';

/**
 * What decides about a record, once per distinct pattern of findings: the outcome and the reason codes of design §4–5.
 * Everything a pattern holds was found by comparing values; nothing here looks at a value.
 */

/** How the person was found. `none`: by nothing. `link`: by the other fields together. `decision`: somebody said so. */
export const METHODS = ['none', 'id', 'restored', 'reissued', 'old_number', 'link', 'decision'] as const;
export type Method = (typeof METHODS)[number];

/** What probabilistic matching said of a record that no number settled. */
export const DECISIONS = ['none', 'linked', 'possible', 'ambiguous'] as const;
export type Decision = (typeof DECISIONS)[number];

export const PERSON_STATES = ['alive', 'dead', 'left'] as const;
export type PersonState = (typeof PERSON_STATES)[number];

export interface Finding {
  /** The problem's or level's kind part of a reason code, null when it is not reported. */
  readonly reason: string | null;
  readonly weight: Weight;
}

export interface FieldFindings {
  /** What stands before the dot. */
  readonly reasons: string;
  /**
   * `identify`: a number that finds the person; `compare`: told against the reference; `check`: cleaned only; `group`: only
   * splits the figures, so that the way it is written is nobody's fault.
   */
  readonly use: 'identify' | 'compare' | 'check' | 'group';
  readonly required: boolean;
  /** The cell is not empty. */
  readonly present: boolean;
  /** Something is left after cleaning. */
  readonly usable: boolean;
  readonly problems: readonly Finding[];
  /** Null: not compared, because one side has no value. */
  readonly level: Level | null;
}

export interface Pattern {
  readonly state: 'read' | 'repaired' | 'rejected';
  readonly method: Method;
  readonly decision: Decision;
  /** The number belongs to somebody whose name and birth date plainly differ; that person is not the one of this pattern. */
  readonly belongsToOther: boolean;
  readonly person: PersonState;
  /** The number's digits contradict the record's own sex or birth year. */
  readonly structureConflict: boolean;
  /** An old 9-digit number stands in the ID field. */
  readonly oldNumber: boolean;
  readonly duplicate: boolean;
  readonly idShared: boolean;
  /** Reason codes of the sector's checks that the record fails; they inform, they do not decide. */
  readonly failedChecks: readonly string[];
  readonly fields: readonly FieldFindings[];
}

export interface Verdict {
  readonly outcome: Outcome;
  readonly reasons: readonly string[];
  /** Of a record set apart: the outcome it would have had, for figures of its own. */
  readonly within?: Outcome;
}

const GRAVITY: Readonly<Record<Weight, number>> = { none: 0, blank: 0, form: 1, loss: 2, real: 3 };

/** `strict`: a loss of information counts as a mismatch. */
export function judge(pattern: Pattern, strict: boolean): Verdict {
  if (pattern.state === 'rejected') return { outcome: 'rejected', reasons: [] };
  const outcome = outcomeOf(pattern, strict);
  const apart = pattern.failedChecks.find((code) => APART_CODES.has(code));
  if (apart !== undefined) return setApart(pattern, apart, outcome);
  return { outcome, reasons: reasonsOf(pattern) };
}

/** A citizen's faults are told of somebody set apart only where the reference has the person after all. */
function setApart(pattern: Pattern, code: string, within: Outcome): Verdict {
  const reasons = FOUND.has(within) ? reasonsOf(pattern) : recordReasons(pattern);
  return { outcome: 'apart', reasons: [code, ...reasons], within };
}

function reasonsOf(pattern: Pattern): string[] {
  const reasons = new Set<string>();
  for (const code of numberReasons(pattern)) reasons.add(code);
  for (const field of pattern.fields) for (const code of fieldReasons(field)) reasons.add(code);
  for (const code of recordReasons(pattern)) reasons.add(code);
  return [...reasons];
}

function outcomeOf(pattern: Pattern, strict: boolean): Outcome {
  if (pattern.decision !== 'none') return pattern.decision;
  if (pattern.method === 'none') {
    return pattern.belongsToOther || enoughToSearch(pattern) ? 'not_found' : 'unusable';
  }
  const compared = pattern.fields.filter((field) => field.use === 'compare');
  if (compared.length > 0 && compared.every((field) => field.level === null)) {
    return compared.some((field) => field.usable) ? 'match' : 'unusable';
  }
  const gravest = Math.max(methodGravity(pattern.method), ...pattern.fields.map(gravityOf));
  if (gravest >= GRAVITY.real) return 'mismatch';
  if (gravest === GRAVITY.loss) return strict ? 'mismatch' : 'match_after_cleaning';
  return gravest === GRAVITY.form ? 'match_after_cleaning' : 'match';
}

/** A number found through the reference's old numbers, a restored zero or somebody's word is damage of form. */
function methodGravity(method: Method): number {
  return method === 'id' ? GRAVITY.none : GRAVITY.form;
}

/**
 * What was found wrong with a value, as far as it still matters: where both sides say equally little (a year alone in the
 * reference as well) nothing was lost.
 */
function problemsThatMatter(field: FieldFindings): readonly Finding[] {
  if (field.use !== 'compare' || field.level?.name !== 'exact') return field.problems;
  return field.problems.filter((problem) => problem.weight !== 'loss');
}

function gravityOf(field: FieldFindings): number {
  if (field.use === 'check' || field.use === 'group') return GRAVITY.none;
  const weights = problemsThatMatter(field).map((problem) => GRAVITY[problem.weight]);
  const level = field.use === 'compare' && field.level !== null ? GRAVITY[field.level.weight] : 0;
  const missing = field.use === 'compare' && field.required && !field.usable ? GRAVITY.real : 0;
  return Math.max(missing, level, ...weights);
}

/** A usable number, or at least two other fields to look for a person by. */
function enoughToSearch(pattern: Pattern): boolean {
  if (pattern.fields.some((field) => field.use === 'identify' && field.usable)) return true;
  return pattern.fields.filter((field) => field.use === 'compare' && field.usable).length >= 2;
}

/** What is wrong with the number itself, in relation to the person that was found. */
function numberReasons(pattern: Pattern): string[] {
  const field = pattern.fields.find((one) => one.use === 'identify');
  if (field === undefined) return [];
  const code = (kind: string) => `${field.reasons}.${kind}`;
  const reasons: string[] = [];
  if (pattern.oldNumber) reasons.push(code('old_number'));
  if (pattern.method === 'reissued') reasons.push(code('reissued'));
  if (pattern.belongsToOther) reasons.push(code('belongs_to_other'));
  else if (field.usable && notThePersonsOwn(pattern)) {
    reasons.push(code(field.level?.reason === 'typo' ? 'typo' : 'not_found'));
  }
  if (pattern.structureConflict) reasons.push(code('structure'));
  return reasons;
}

function notThePersonsOwn(pattern: Pattern): boolean {
  return pattern.method === 'none' || pattern.method === 'link' || pattern.method === 'decision';
}

function fieldReasons(field: FieldFindings): string[] {
  const matters = field.use === 'identify' || field.use === 'compare' || field.required;
  if (!field.present) return matters ? [`${field.reasons}.missing`] : [];
  if (field.use === 'group') return [];
  const findings: Finding[] = [...problemsThatMatter(field)];
  if (field.use === 'compare' && field.level !== null && !alreadyTold(field, field.level))
    findings.push(field.level);
  return findings.flatMap(({ reason }) => (reason === null ? [] : [`${field.reasons}.${reason}`]));
}

/** A level that only says less is told by the problem that made it so: an impossible date of which the year was kept. */
function alreadyTold(field: FieldFindings, level: Level): boolean {
  return (
    level.weight === 'loss' &&
    field.problems.some(({ weight, reason }) => weight === 'loss' && reason !== null)
  );
}

function recordReasons(pattern: Pattern): string[] {
  const reasons = pattern.failedChecks.filter((code) => !APART_CODES.has(code));
  if (pattern.fields.some((field) => field.required && !field.usable))
    reasons.push('record.required_missing');
  if (pattern.duplicate) reasons.push('record.duplicate');
  if (pattern.idShared) reasons.push('record.id_shared');
  if (pattern.person === 'dead') reasons.push('person.deceased');
  if (pattern.person === 'left') reasons.push('person.absent');
  return reasons;
}
