// Levels of free text, such as an address or the name of an organisation: only spacing, a slip, a part of the other, words in common.
import { graded, isPart, letters } from './comparator.js';
import { editDistance, foldText, jaroWinkler } from './string-distance.js';

export const text = graded(
  { levels: ['exact', 'spacing', 'typo', 'part', 'near', 'similar', 'loose', 'different'], near: 5 },
  (a, b) => textLevel(foldText(a), foldText(b)),
);

function textLevel(a: string, b: string) {
  const x = letters(a);
  const y = letters(b);
  if (x === y) return 'spacing';
  if (x.length === 0 || y.length === 0) return 'different';
  const longest = Math.max(x.length, y.length);
  const distance = editDistance(x, y, 6);
  if (distance === 1 && longest > 2) return 'typo';
  if (isPart(a, b)) return 'part';
  if (distance <= 2 && longest > 5) return 'near';
  if (distance <= longest / 4) return 'similar';
  if (sharedWords(a, b) >= 0.5 || jaroWinkler(x, y) >= 0.9) return 'loose';
  return 'different';
}

/** Share of the words of the longer text that the other has as well. */
function sharedWords(a: string, b: string): number {
  if (!a.includes(' ') || !b.includes(' ')) return 0;
  const wordsA = a.split(' ');
  const wordsB = new Set(b.split(' '));
  const common = wordsA.filter((word) => wordsB.has(word)).length;
  return common / Math.max(wordsA.length, wordsB.size);
}
