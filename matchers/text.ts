import { foldWords } from '../normalizers/unit-keys.js';
import { DIFFERENT, EXACT } from './exact-or-different.js';
import type { Level, Matcher } from './matcher.js';
import { editDistance } from './string-distance.js';

export const ACCENTS_MISSING: Level = { name: 'accents_missing', reason: 'accents', weight: 'loss' };
export const ACCENTS: Level = { name: 'accents', reason: 'accents', weight: 'real' };
const SPELLING: Level = { name: 'typo', reason: 'typo', weight: 'real' };

/** One slip for every eight letters, at most three: `khu phố 3` and `khu phố 4` differ, long names may be mistyped. */
export function isMistyped(ours: string, reference: string): boolean {
  const longest = Math.max(ours.length, reference.length);
  const most = Math.min(3, Math.floor(longest / 8));
  return most > 0 && digitsOf(ours) === digitsOf(reference) && editDistance(ours, reference, most) <= most;
}

/** A number in a text is never mistyped for another: house 12 is not house 13. */
function digitsOf(text: string): string {
  return text.replace(/\D+/g, ' ').trim();
}

/** Text without any mark of its own: nothing but ASCII. */
export function isUnmarked(text: string): boolean {
  return !/[^\x00-\x7F]/.test(text);
}

/** Free text: exact, marks missing on our side (a loss), other marks, a slip or two, different. */
export const textMatcher: Matcher = {
  kind: 'text',
  levels: [EXACT, ACCENTS_MISSING, ACCENTS, SPELLING, DIFFERENT],
  compare(ours, reference) {
    if (ours === reference) return 0;
    const a = foldWords(ours);
    const b = foldWords(reference);
    // Other scripts fold to nothing: they are compared as they are.
    if (a !== '' && a === b) return isUnmarked(ours) ? 1 : 2;
    if (a === '' || b === '') return isMistyped(ours, reference) ? 3 : 4;
    return isMistyped(a, b) ? 3 : 4;
  },
};
