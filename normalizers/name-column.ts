// What a column of names shows as a whole: the encoding it was written in, and whether it has no marks at all. Counted over its
// distinct values, decided once, kept with the share of values that agree.
//
// Source: own rule. Three fifths of the marked values must become Vietnamese under the encoding, more than are so already.
// Example: 499 of 499 marked values fit TCVN3, 2 are Vietnamese as they stand → { encoding: 'tcvn3' }, confidence 1.
import { BYTE_ENCODINGS } from './legacy-encodings.js';
import { decodeCell, fittingEncodings, isVietnamese, TYPING_METHODS } from './name-encoding.js';
import { wordsIn } from './name-readings.js';
import type { ColumnFinding, LegacyEncoding } from './normalizer.js';
import { hasMarks } from './vietnamese-letters.js';

const CANDIDATES: readonly LegacyEncoding[] = [
  ...BYTE_ENCODINGS,
  'mojibake',
  'mojibake-twice',
  ...TYPING_METHODS,
];
const LONGEST_NAME = 300;
const ENOUGH_VALUES = 3;
const ENOUGH_SHARE = 0.6;
const ENOUGH_FOR_NO_MARKS = 20;

/** What one raw value says: the encodings under which all of it is Vietnamese; `plain`, `no_marks`; `marked` if it has marks in any. */
export function observeName(raw: string): readonly string[] {
  if (raw.length > LONGEST_NAME) return [];
  const text = raw.normalize('NFC').replace(/\([^)]*\)|\d{3,}/g, ' ');
  if (!/\p{L}/u.test(text)) return [];
  const seen: string[] = fittingEncodings(wordsIn(text));
  if (isVietnamese(text)) seen.push(hasMarks(text) ? 'plain' : 'no_marks');
  if (seen.length === 0) {
    const { encoding } = decodeCell(text);
    if (encoding !== null) seen.push(encoding);
  }
  return seen.some((each) => each !== 'no_marks') || hasMarks(text) ? [...seen, 'marked'] : seen;
}

/** From the counts of observations over `values` distinct values to hints: `encoding`, or `settings.without_marks`. */
export function decideNames(counts: Readonly<Record<string, number>>, values: number): ColumnFinding {
  const of = (name: string): number => counts[name] ?? 0;
  const marked = of('marked');
  const best = CANDIDATES.reduce((a, b) => (of(b) > of(a) ? b : a));
  const share = marked === 0 ? 0 : of(best) / marked;
  if (of(best) >= ENOUGH_VALUES && share >= ENOUGH_SHARE && of(best) > of('plain')) {
    return { hints: { encoding: best }, confidence: { encoding: share } };
  }
  const bareShare = values === 0 ? 0 : of('no_marks') / values;
  const bare = values >= ENOUGH_FOR_NO_MARKS && marked <= values * 0.02 && bareShare >= ENOUGH_SHARE;
  if (!bare) return { hints: {}, confidence: {} };
  return { hints: { settings: { without_marks: true } }, confidence: { without_marks: bareShare } };
}
