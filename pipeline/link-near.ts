import { COMPARATORS } from '../matchers/field-levels.js';
import type { PlannedField } from './link-fields.js';

/** u of a near level is between the frequency of the value and the level's average; the looser the level, the more the latter. */
export const LOOSENESS = 0.5;

/** Positions of the levels whose u follows from how common the two values are, besides `exact`. */
export function nearLevels({ comparator }: PlannedField): number[] {
  const { near, broad = [], levels } = COMPARATORS[comparator];
  return levels.flatMap((name, level) => (level < near && !broad.includes(name) ? [level] : []));
}

/** SQL: the share of a value that nobody in the reference has. */
export const LEAST_SHARE = '1 / (SELECT count(*) + 1 FROM link_reference)';
