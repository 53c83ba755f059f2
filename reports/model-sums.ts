// Figures added up, and what must add up in them.
import type { Figures } from './model.js';
import { shareOf } from './model-shares.js';

/** Several figures as one; the rates follow from the sums. */
export function sumOfFigures(figures: readonly Figures[]): Figures {
  const sum = (of: (one: Figures) => number) => figures.reduce((total, one) => total + of(one), 0);
  const names = [...new Set(figures.flatMap((one) => Object.keys(one.outcomes)))];
  const compared = sum((one) => one.compared);
  const [submitted, cleaned] = [
    sum((one) => one.mismatch_as_submitted),
    sum((one) => one.mismatch_after_cleaning),
  ];
  return {
    rows: sum((one) => one.rows),
    outcomes: Object.fromEntries(names.map((name) => [name, sum((one) => one.outcomes[name] ?? 0)])),
    compared,
    mismatch_as_submitted: submitted,
    mismatch_after_cleaning: cleaned,
    rate_as_submitted: shareOf(submitted, compared),
    rate_after_cleaning: shareOf(cleaned, compared),
  };
}

/** True when each row read has one outcome and no more. */
export function addsUp({ rows, outcomes }: Figures): boolean {
  return Object.values(outcomes).reduce((sum, n) => sum + n, 0) === rows;
}
