// From the probabilities of a record's two best candidates to a decision. Ties and near ties are never broken silently.
// Source: the three-way rule of Fellegi & Sunter 1969, with the margin to the second candidate as a fourth answer.
// Example: 0.48 and 0.47 → ambiguous; 0.9995 → linked; 0.8 → possible.
import type { Thresholds } from './thresholds.js';

export const DECISIONS = ['linked', 'possible', 'ambiguous', 'none'] as const;
export type Decision = (typeof DECISIONS)[number];

/** A best candidate less than this many times as likely as the second is not picked: one bit. */
const LEAST_RATIO = 2;

export interface BestTwo {
  readonly best: number;
  /** 0 when there is only one candidate. */
  readonly second: number;
}

export function decide({ best, second }: BestTwo, thresholds: Thresholds): Decision {
  if (best >= thresholds.accept) return 'linked';
  if (best + second >= thresholds.review && best < second * LEAST_RATIO) return 'ambiguous';
  return best >= thresholds.review ? 'possible' : 'none';
}

/** The same rule as an SQL expression over two columns, for many records at once. */
export function decisionSql(best: string, second: string, thresholds: Thresholds): string {
  return `CASE WHEN ${best} >= ${thresholds.accept} THEN 'linked'
    WHEN ${best} + ${second} >= ${thresholds.review} AND ${best} < ${second} * ${LEAST_RATIO} THEN 'ambiguous'
    WHEN ${best} >= ${thresholds.review} THEN 'possible' ELSE 'none' END`;
}
