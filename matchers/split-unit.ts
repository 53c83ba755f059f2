import type { Level, Matcher } from './matcher.js';

/** The unit is one of several that the other side's former unit became: consistent, but not said. */
export const SPLIT_UNIT: Level = { name: 'split_unit', reason: 'split_unit', weight: 'form' };

/** Both lists of candidates have a unit in common. */
export function haveCommon(ours: readonly string[], reference: readonly string[]): boolean {
  return ours.some((code) => reference.includes(code));
}

/** A matcher of units whose values may hold several candidates: exact, split_unit, different. */
export function splitUnitMatcher(
  kind: string,
  codesOf: (value: string) => string[],
  [exact, different]: readonly [Level, Level],
): Matcher {
  return {
    kind,
    levels: [exact, SPLIT_UNIT, different],
    compare(ours, reference) {
      if (ours === reference) return 0;
      return haveCommon(codesOf(ours), codesOf(reference)) ? 1 : 2;
    },
  };
}
