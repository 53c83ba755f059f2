// From the probabilities of a record's candidates to a decision. Ties and near ties are never broken silently, however many share in one.
// Source: the three-way rule of Fellegi & Sunter 1969, with the margin to the second candidate as a fourth answer.
// Example: 0.48 and 0.47 → ambiguous; 0.32, 0.32 and 0.32 → ambiguous; 0.9995 → linked; 0.8 → possible.
import type { Thresholds } from './thresholds.js';

export const DECISIONS = ['linked', 'possible', 'ambiguous', 'none'] as const;
export type Decision = (typeof DECISIONS)[number];

/** A best candidate less than this many times as likely as the second is not picked: one bit. */
const LEAST_RATIO = 2;

export interface Candidates {
  readonly best: number;
  /** 0 when there is only one candidate. */
  readonly second: number;
  /** That the person is among the candidates: the sum of all their probabilities, rounding apart. */
  readonly total: number;
}

/** `possible` asks about one person who stands out; `ambiguous` says that the person is there, but not which one it is. */
export function decide({ best, second, total }: Candidates, { accept, review }: Thresholds): Decision {
  const outstanding = best >= second * LEAST_RATIO;
  if (best >= accept && outstanding) return 'linked';
  if (best >= review && outstanding) return 'possible';
  return Math.max(best, total) >= review ? 'ambiguous' : 'none';
}

/** The same rule as an SQL expression over three columns, for many records at once. */
export function decisionSql({ best, second, total }: Columns, { accept, review }: Thresholds): string {
  const outstanding = `${best} >= ${second} * ${LEAST_RATIO}`;
  return `CASE WHEN ${best} >= ${accept} AND ${outstanding} THEN 'linked'
    WHEN ${best} >= ${review} AND ${outstanding} THEN 'possible'
    WHEN greatest(${best}, ${total}) >= ${review} THEN 'ambiguous' ELSE 'none' END`;
}

type Columns = Readonly<Record<keyof Candidates, string>>;
