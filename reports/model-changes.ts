// Differences that a report shows: against the last period, between two runs, against a plan. Formats write what comes from here and
// subtract nothing.
import type { FieldQuality, FieldShares, Figures, QualityMark, Summary, TrendPoint } from './model.js';
import type { PlanProgress } from './model-cases.js';

/** `now` − `before`; null where one of them is not known. */
export function difference(now: number, before: number): number;
export function difference(now: number | null, before: number | null): number | null;
export function difference(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : now - before;
}

/** Figures in which each number is a difference; that of a rate is in parts of 1, null where one of the two is null. */
export type FigureChanges = Figures;

/** How the figures of one period or run differ from earlier ones; an outcome that one of them does not name had no row. */
export function figureChanges(now: Figures, before: Figures): FigureChanges {
  const names = [...new Set([now, before].flatMap(({ outcomes }) => Object.keys(outcomes)))];
  const rowsOf = ({ outcomes }: Figures, name: string) => outcomes[name] ?? 0;
  return {
    rows: difference(now.rows, before.rows),
    outcomes: Object.fromEntries(names.map((name) => [name, rowsOf(now, name) - rowsOf(before, name)])),
    compared: difference(now.compared, before.compared),
    mismatch_as_submitted: difference(now.mismatch_as_submitted, before.mismatch_as_submitted),
    mismatch_after_cleaning: difference(now.mismatch_after_cleaning, before.mismatch_after_cleaning),
    rate_as_submitted: difference(now.rate_as_submitted, before.rate_as_submitted),
    rate_after_cleaning: difference(now.rate_after_cleaning, before.rate_after_cleaning),
  };
}

/** The figures of a run against its last period; null: it is the first. */
export function changesOf({
  figures,
  previous,
}: Pick<Summary, 'figures' | 'previous'>): FigureChanges | null {
  return previous === null ? null : figureChanges(figures, previous.figures);
}

/** By how much the share of an outcome in the rows read differs from the last period; null where that is not known. */
export function outcomeShareChange(
  { share, previous }: Pick<Summary, 'share' | 'previous'>,
  outcome: string,
): number | null {
  return difference(share.outcomes[outcome] ?? null, previous?.share.outcomes[outcome] ?? null);
}

/** Of a line that keeps the rows of the last period beside its own: a reason, a need, a problem; null: not known then. */
export function rowsChange({
  rows,
  previous,
}: {
  readonly rows: number;
  readonly previous: number | null;
}): number | null {
  return difference(rows, previous);
}

/** Of a column: its distinct values, and its shares; null where the last period did not keep it. */
export function fieldChanges({ distinct, share, previous }: FieldQuality): {
  readonly distinct: number | null;
  readonly share: FieldShares;
} {
  return {
    distinct: difference(distinct, previous?.distinct ?? null),
    share: {
      filled: difference(share.filled, previous?.share.filled ?? null),
      usable: difference(share.usable, previous?.share.usable ?? null),
    },
  };
}

/** Of the share that a quality mark is; null where one of the two periods has none. */
export function markChange({ share, previous }: QualityMark): number | null {
  return difference(share, previous?.share ?? null);
}

/** Each period of a series with what it changed against the one before; null for the first. */
export function trendChanges(
  trend: readonly TrendPoint[],
): { readonly point: TrendPoint; readonly changes: FigureChanges | null }[] {
  return trend.map((point, i) => {
    const before = trend[i - 1];
    return { point, changes: before === undefined ? null : figureChanges(point.figures, before.figures) };
  });
}

/** Rows compared that agree as they were submitted. */
export function matchesAsSubmitted({ compared, mismatch_as_submitted: mismatches }: Figures): number {
  return compared - mismatches;
}

/** How many more cases were open at the end of a month than planned; null: not yet known. */
export function planDifference({ actual, target }: PlanProgress['months'][number]): number | null {
  return difference(actual, target);
}
