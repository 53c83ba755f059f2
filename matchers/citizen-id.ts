// Compares two identity numbers: equal, one slip of the keyboard apart, or different.
// A slip is one digit wrong, one left out or one too many, or two neighbours swapped: what a typist does with a number that
// has no check digit (optimal string alignment distance 1: F. J. Damerau, CACM 7 (1964) 171).
// Example: `079085001243` and `079085001234` are a `typo` apart.
import type { Matcher } from './matcher.js';

const LEVELS = [
  { name: 'exact', reason: null, weight: 'none' },
  { name: 'typo', reason: 'typo', weight: 'real' },
  { name: 'different', reason: 'different', weight: 'real' },
] as const;

export const citizenIdMatcher: Matcher = {
  kind: 'citizen-id',
  levels: LEVELS,
  compare: (ours, reference) => (ours === reference ? 0 : isOneSlip(ours, reference) ? 1 : 2),
};

/** Whether two different texts are one slip apart. */
export function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  if (a.length !== b.length) {
    const [longer, shorter] = a.length > b.length ? [a, b] : [b, a];
    return longer.slice(from + 1) === shorter.slice(from);
  }
  if (a.slice(from + 1) === b.slice(from + 1)) return true;
  return a[from] === b[from + 1] && a[from + 1] === b[from] && a.slice(from + 2) === b.slice(from + 2);
}

/**
 * Blocking keys of a number: itself without each one of its digits, each key once. Numbers one wrong digit or one swap
 * apart share a key; a number that lost a digit *is* a key of the whole one.
 */
export function deleteOneKeys(id: string): string[] {
  const keys = new Set<string>();
  for (let i = 0; i < id.length; i++) keys.add(id.slice(0, i) + id.slice(i + 1));
  return [...keys];
}
