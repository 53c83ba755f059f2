import type { PreviousRun } from '../ledger/ledger.js';
import { MENDING_NAMES, mendingOf } from '../matchers/mending.js';
import { OUTCOME_FACTS, OUTCOMES } from '../matchers/outcomes.js';
import { roleOf } from '../matchers/reasons.js';
import { problemsOfMask } from '../normalizers/normalizer.js';
import type { FieldQuality, Figures, MendingRow, QualityMark, ReasonRow } from '../reports/model.js';
import { type Counted, shareOf } from '../reports/model-shares.js';
import type { JudgedPattern } from './classify.js';
import type { Field } from './fields.js';
import { type PatternPlan, problemFindings } from './pattern.js';

export interface CountedOutcome {
  readonly outcome: (typeof OUTCOMES)[number];
  readonly rows: number;
}

/** Adds outcomes up. The accounting invariant holds by construction here and is checked against the input by the caller. */
export function figuresOf(counted: readonly CountedOutcome[]): Figures {
  // Where no sector sets anybody apart, no report speaks of it.
  const usual = OUTCOMES.filter((outcome) => outcome !== 'apart');
  const outcomes: Record<string, number> = Object.fromEntries(usual.map((outcome) => [outcome, 0]));
  for (const { outcome, rows } of counted) outcomes[outcome] = (outcomes[outcome] ?? 0) + rows;
  const sumOf = (which: (outcome: (typeof OUTCOMES)[number]) => boolean) =>
    OUTCOMES.filter(which).reduce((sum, outcome) => sum + (outcomes[outcome] ?? 0), 0);
  const rows = sumOf(() => true);
  const compared = rows - outcomes['rejected']! - (outcomes['apart'] ?? 0);
  const submitted = sumOf((outcome) => OUTCOME_FACTS[outcome].asSubmitted);
  const cleaned = sumOf((outcome) => OUTCOME_FACTS[outcome].afterCleaning);
  return {
    rows,
    outcomes,
    compared,
    mismatch_as_submitted: submitted,
    mismatch_after_cleaning: cleaned,
    rate_as_submitted: shareOf(submitted, compared),
    rate_after_cleaning: shareOf(cleaned, compared),
  };
}

/** Rows per reason, most first; a row with several reasons counts under each. */
export function reasonRows(
  judged: readonly JudgedPattern[],
  previous: PreviousRun | null,
): Counted<ReasonRow>[] {
  const byCode = new Map<string, { rows: number; by: Record<string, number> }>();
  for (const { rows, outcome, reasons } of judged) {
    for (const code of reasons) {
      const entry = byCode.get(code) ?? { rows: 0, by: {} };
      entry.rows += rows;
      entry.by[outcome] = (entry.by[outcome] ?? 0) + rows;
      byCode.set(code, entry);
    }
  }
  return [...byCode]
    .map(([code, { rows, by }]) => ({
      code,
      rows,
      previous: previous === null ? null : (previous.reasons[code] ?? 0),
      by_outcome: by,
    }))
    .sort((a, b) => b.rows - a.rows || (a.code < b.code ? -1 : 1));
}

/** What the mismatches as submitted need, the cheapest first; the rows add up to them. */
export function mendingRows(
  judged: readonly JudgedPattern[],
  previous: PreviousRun | null,
): Counted<MendingRow>[] {
  const kept = previous !== null && Object.keys(previous.mending).length > 0;
  return MENDING_NAMES.map((who) => {
    const by: Record<string, number> = {};
    for (const { rows, outcome, reasons } of judged) {
      if (mendingOf(outcome, reasons) === who) by[outcome] = (by[outcome] ?? 0) + rows;
    }
    const rows = Object.values(by).reduce((sum, n) => sum + n, 0);
    return { who, rows, previous: kept ? (previous.mending[who] ?? 0) : null, by_outcome: by };
  });
}

/** What normalising found in each column. */
export function fieldQualities(
  plan: PatternPlan,
  known: { readonly judged: readonly JudgedPattern[]; readonly previous: PreviousRun | null },
): Counted<FieldQuality>[] {
  const qualities: Counted<FieldQuality>[] = [];
  for (const field of plan.fields) {
    const counts = { filled: 0, usable: 0 };
    const problems = new Map<string, number>();
    for (const { values, rows, outcome } of known.judged) {
      const set = values.get(`p_${field.name}`) ?? 0;
      if (set === 0 || outcome === 'rejected') continue;
      counts.filled += rows;
      if (isUsable(plan, field, values)) counts.usable += rows;
      const mask = plan.problemSets[field.name]?.[set - 1] ?? 0;
      for (const problem of problemsOfMask(field.normalizer.problems, mask)) {
        problems.set(problem, (problems.get(problem) ?? 0) + rows);
      }
    }
    const facts = plan.columns[field.name];
    const before = previousQuality(field, known.previous);
    qualities.push({
      field: field.name,
      labels: field.labels,
      kind: field.kind,
      use: useOf(plan, field),
      column: field.columns.join(' + '),
      ...counts,
      distinct: facts?.distinct ?? 0,
      previous: before,
      problems: [...problems]
        .map(([problem, rows]) => ({
          problem,
          labels: problemLabel(field, problem),
          rows,
          previous:
            before === null ? null : (known.previous?.fields[`${field.name}.problem.${problem}`] ?? 0),
        }))
        .sort((a, b) => b.rows - a.rows || (a.problem < b.problem ? -1 : 1)),
      hints: shownHints(facts?.hints ?? {}),
      confidence: facts?.confidence ?? {},
    });
  }
  return qualities;
}

function useOf(plan: PatternPlan, field: Field): FieldQuality['use'] {
  if (field === plan.identity) return 'identify';
  return plan.comparable.includes(field) ? 'compare' : 'count';
}

/** Null too where the field was not there, or not kept, in the earlier period. */
function previousQuality({ name }: Field, previous: PreviousRun | null): Counted<FieldQuality>['previous'] {
  const of = (metric: string) => previous?.fields[`${name}.${metric}`];
  const [filled, usable, distinct] = [of('filled'), of('usable'), of('distinct')];
  if (filled === undefined || usable === undefined || distinct === undefined) return null;
  return { filled, usable, distinct };
}

function isUsable(plan: PatternPlan, field: Field, values: ReadonlyMap<string, number>): boolean {
  if (field !== plan.identity) return values.get(`u_${field.name}`) === 1;
  const type = values.get(`t_${field.name}`) ?? 0;
  return type !== 0 && type !== 2;
}

function problemLabel(field: Field, problem: string): { vi: string; en: string } {
  const { vi, en } = field.normalizer.problems[problem]!;
  return { vi, en };
}

function shownHints(hints: object): Record<string, string | number | boolean> {
  const shown: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(hints)) {
    if (name === 'today' || name === 'fileDate') continue;
    if (name === 'settings') Object.assign(shown, value);
    else if (['string', 'number', 'boolean'].includes(typeof value)) shown[name] = value as string;
  }
  return shown;
}

/** đúng, đủ, sạch, sống: each a share with numerator and denominator (definitions in docs/quality-marks.md). */
export function qualityMarks(
  plan: PatternPlan,
  { judged, previous }: { readonly judged: readonly JudgedPattern[]; readonly previous: PreviousRun | null },
): Counted<QualityMark>[] {
  const read = judged.filter((one) => one.outcome !== 'rejected' && one.outcome !== 'apart');
  const sum = (which: (one: JudgedPattern) => boolean) =>
    read.reduce((total, one) => total + (which(one) ? one.rows : 0), 0);
  const all = sum(() => true);
  const found = (one: JudgedPattern) =>
    ['match', 'match_after_cleaning', 'mismatch', 'linked'].includes(one.outcome);
  const marks: Omit<Counted<QualityMark>, 'previous'>[] = [
    {
      mark: 'correct',
      numerator: sum((one) => one.outcome === 'match' || one.outcome === 'match_after_cleaning'),
      denominator: all,
    },
    {
      mark: 'complete',
      numerator: sum((one) => !one.reasons.some((code) => code.endsWith('record.required_missing'))),
      denominator: all,
    },
    { mark: 'clean', numerator: sum((one) => isClean(plan, one)), denominator: all },
    {
      mark: 'live',
      numerator: sum(
        (one) => found(one) && !one.reasons.some((code) => roleOf(code).code.startsWith('person.')),
      ),
      denominator: sum(found),
    },
  ];
  return marks.map((one) => ({ ...one, previous: previous?.marks[one.mark] ?? null }));
}

function isClean(plan: PatternPlan, one: JudgedPattern): boolean {
  if (one.reasons.includes('record.duplicate')) return false;
  return plan.fields.every((field) => {
    const set = one.values.get(`p_${field.name}`) ?? 0;
    const mask = set === 0 ? 0 : (plan.problemSets[field.name]?.[set - 1] ?? 0);
    return problemFindings(field, mask).every((finding) => finding.weight === 'none');
  });
}
