// One number for how alike two canonical names are, for ranking candidates where the levels of person-name.ts are too coarse.
//
// Words are paired greedily, best pair first; a word without a partner counts nothing. A pair is worth 1 when equal, 0.9 when only
// marks or i/y differ, else what is left after edit distance; long words and foreign ones take the better of that and Dice.
// Source: soft word matching after Monge and Elkan (1996); weights are our own and decide no outcome.
// Example: nameSimilarity('Nguyễn Văn An', 'Nguyễn Văn An') = 1; ('Nguyễn An', 'Nguyễn Văn An') = 0.8; unrelated names near 0.
import { fold } from '../normalizers/vietnamese-letters.js';
import { dice } from './string-dice.js';
import { editDistance } from './string-distance.js';

const ONLY_MARKS_DIFFER = 0.9;
const OUT_OF_ORDER = 0.95;
const LONG_WORD = 6;

function wordSimilarity(a: string, b: string): number {
  if (a === b) return 1;
  const [x, y] = [fold(a), fold(b)];
  if (x === y || x.replaceAll('y', 'i') === y.replaceAll('y', 'i')) return ONLY_MARKS_DIFFER;
  const longest = Math.max(x.length, y.length);
  const edited = 1 - editDistance(x, y, longest) / longest;
  const alike = longest >= LONG_WORD ? Math.max(edited, dice(x, y)) : edited;
  return alike < 0.5 ? 0 : alike * ONLY_MARKS_DIFFER;
}

interface Pair {
  readonly i: number;
  readonly j: number;
  readonly alike: number;
}

function bestPairs(a: readonly string[], b: readonly string[]): Pair[] {
  const pairs = a
    .flatMap((word, i) => b.map((other, j): Pair => ({ i, j, alike: wordSimilarity(word, other) })))
    .filter(({ alike }) => alike > 0)
    .sort((p, q) => q.alike - p.alike || Math.abs(p.i - p.j) - Math.abs(q.i - q.j) || p.i - q.i);
  const [usedA, usedB] = [new Set<number>(), new Set<number>()];
  return pairs.filter(({ i, j }) => {
    if (usedA.has(i) || usedB.has(j)) return false;
    usedA.add(i);
    usedB.add(j);
    return true;
  });
}

/** 0 (nothing in common) to 1 (equal up to case), the same both ways round. In: canonical names. */
export function nameSimilarity(a: string, b: string): number {
  const [mine, theirs] = [a, b].map((name) => name.toLowerCase().split(' '));
  if (mine === undefined || theirs === undefined || a === '' || b === '') return 0;
  const pairs = bestPairs(mine, theirs);
  const sum = pairs.reduce((total, { alike }) => total + alike, 0);
  const inOrder = pairs
    .sort((p, q) => p.i - q.i)
    .every((pair, k) => k === 0 || pair.j > (pairs[k - 1]?.j ?? 0));
  return ((2 * sum) / (mine.length + theirs.length)) * (inOrder ? 1 : OUT_OF_ORDER);
}
