import type { Level, Matcher } from './matcher.js';
import { editDistance } from './string-distance.js';

export const EXACT: Level = { name: 'exact', reason: null, weight: 'none' };
export const TYPO: Level = { name: 'typo', reason: 'typo', weight: 'real' };
export const DIFFERENT: Level = { name: 'different', reason: 'different', weight: 'real' };

/** Shorter values have too many neighbours for one slip to mean anything. */
const SHORTEST_FOR_TYPO = 6;

/** One character wrong, missing or too many, or two neighbours swapped. */
export function isOneSlip(ours: string, reference: string): boolean {
  return (
    Math.min(ours.length, reference.length) >= SHORTEST_FOR_TYPO && editDistance(ours, reference, 1) === 1
  );
}

/** A matcher for numbers: exact, one slip of the typist, different. */
export function numberMatcher(kind: string): Matcher {
  return {
    kind,
    levels: [EXACT, TYPO, DIFFERENT],
    compare: (ours, reference) => (ours === reference ? 0 : isOneSlip(ours, reference) ? 1 : 2),
  };
}

/** A matcher for codes of a list, where one slip gives another code: exact or different. */
export function codeMatcher(kind: string): Matcher {
  return {
    kind,
    levels: [EXACT, DIFFERENT],
    compare: (ours, reference) => (ours === reference ? 0 : 1),
  };
}
