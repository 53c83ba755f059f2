// Levels of a person's full name: Nguyễn Văn An / Nguyen Van An → `accents`, An Nguyễn Văn → `word_order`, Nguyễn V. An → `abbreviated`.
import { graded } from './comparator.js';
import { type Outline, outlineOf } from './name-outline.js';
import { editDistance, foldText, jaroWinkler } from './string-distance.js';

const LEVELS = [
  'exact',
  'accents',
  'word_order',
  'typo',
  'middle_name',
  'abbreviated',
  'near',
  'similar',
  'same_given',
  'same_family',
  'different',
] as const;

type Level = (typeof LEVELS)[number];

export const fullName = graded(
  { levels: LEVELS, near: 7 },
  (a, b) => plainLevel(a, b) ?? fullNameLevel(foldedName(a), foldedName(b)),
);

/** What is compared of a full name; kept, because each name is in many pairs. */
interface FoldedName {
  readonly letters: string;
  readonly words: readonly string[];
  /** Words in alphabetic order, made when first asked for. */
  sorted: string | null;
  /** How often each letter occurs, a–z and then all other signs. */
  readonly counts: Uint8Array;
}

const names = new Map<string, FoldedName>();
const MOST_NAMES = 50_000;
const LETTERS = 27;

function foldedName(value: string): FoldedName {
  const known = names.get(value);
  if (known !== undefined) return known;
  const folded = foldText(value);
  const words = folded.split(' ');
  const name: FoldedName = {
    letters: words.join(''),
    words,
    sorted: null,
    counts: new Uint8Array(LETTERS),
  };
  for (let i = 0; i < name.letters.length; i++) {
    const letter = name.letters.charCodeAt(i) - 97;
    name.counts[letter >= 0 && letter < 26 ? letter : 26]!++;
  }
  if (names.size >= MOST_NAMES) names.clear();
  names.set(value, name);
  return name;
}

/** As `fullNameLevel` where the letters alone rule out any likeness; null: it must be computed. */
function plainLevel(a: string, b: string): Level | null {
  const names = outlineOf(a, b);
  if (names === null) return null;
  const { longest, common, sameFirst, sameLast } = names;
  const missing = longest - common;
  if (sameFirst && sameLast) return missing > 1 ? 'middle_name' : null;
  const likely = missing <= Math.max(2, longest / 5) || names.initials;
  if (likely || mayBeAlike(common, names)) return null;
  if (sameLast) return 'same_given';
  return sameFirst ? 'same_family' : 'different';
}

function fullNameLevel(a: FoldedName, b: FoldedName): Level {
  if (a.letters === b.letters) return 'accents';
  const common = lettersInCommon(a.counts, b.counts);
  const longest = Math.max(a.letters.length, b.letters.length);
  const maybeSame = common === longest && a.words.length === b.words.length;
  if (maybeSame && inOrder(a) === inOrder(b)) return 'word_order';
  const distance = longest - common > 4 ? 5 : editDistance(a.letters, b.letters, 4);
  const sameGiven = a.words.at(-1) === b.words.at(-1);
  const sameFamily = a.words[0] === b.words[0];
  if (distance === 1) return 'typo';
  if (sameGiven && sameFamily) return 'middle_name';
  if (a.words.length === b.words.length && a.words.every((word, i) => initialFits(word, b.words[i]!))) {
    return 'abbreviated';
  }
  if (distance === 2 && longest > 7) return 'near';
  if ((distance < 5 && distance <= longest / 5) || alike(a, b, common)) return 'similar';
  if (sameGiven) return 'same_given';
  return sameFamily ? 'same_family' : 'different';
}

function inOrder(name: FoldedName): string {
  name.sorted ??= sorted(name.words);
  return name.sorted;
}

function lettersInCommon(a: Uint8Array, b: Uint8Array): number {
  let common = 0;
  for (let i = 0; i < LETTERS; i++) common += Math.min(a[i]!, b[i]!);
  return common;
}

const ALIKE = 0.92;

/** Jaro–Winkler of the words in alphabetic order; not computed where the letters alone rule it out. */
function alike(a: FoldedName, b: FoldedName, common: number): boolean {
  const [x, y] = a.letters.length < b.letters.length ? [a, b] : [b, a];
  const lengths = {
    shortest: x.letters.length,
    longest: y.letters.length,
    fewestWords: Math.min(x.words.length, y.words.length),
  };
  return mayBeAlike(common, lengths) && jaroWinkler(inOrder(a), inOrder(b)) >= ALIKE;
}

/** The most that Jaro–Winkler can reach with so many letters in common; spaces count as letters. */
function mayBeAlike(common: number, names: Pick<Outline, 'longest' | 'shortest' | 'fewestWords'>): boolean {
  const shared = common + names.fewestWords - 1;
  // Whichever way words and letters go together, no name is shorter than this.
  const one = names.shortest + names.fewestWords - 1;
  const other = names.longest + names.fewestWords - 1;
  const most = Math.min(1, (shared / one + shared / other + 1) / 3);
  return most + 0.4 * (1 - most) >= ALIKE;
}

function initialFits(a: string, b: string): boolean {
  return a === b || ((a.length === 1 || b.length === 1) && a[0] === b[0]);
}

function sorted(words: readonly string[]): string {
  return [...words].sort().join(' ');
}
