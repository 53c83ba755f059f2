// How two values of one field are graded for scoring: an ordered list of levels per comparator, 0 = exact, the last =
// different. A kind of value (`person-name`, `phone` …) uses one comparator; the grades are finer than the reasons shown to
// the user where a finer grade carries evidence (Winkler 1990: partial agreement). Example: given names Jon / John → `typo`.
import { type Outline, outlineOf } from './name-outline.js';
import { editDistance, foldText, jaroWinkler, plainDistance } from './string-distance.js';

export interface Comparator {
  readonly levels: readonly string[];
  /** Levels below this index get their frequency from the two values, those above from random pairs. */
  readonly near: number;
  /** Among those below, levels at which a value stands for many (an initial): frequency from random pairs as well. */
  readonly broad?: readonly string[];
  compare(a: string, b: string): number;
}

export type ComparatorName = 'name-part' | 'full-name' | 'text' | 'digits' | 'date' | 'code';

/** What a field is, beyond its kind, where the sector says so: which part of a person's name it holds. */
export type NamePart = 'given-name' | 'middle-name' | 'family-name';

const BY_KIND: Readonly<Record<string, ComparatorName>> = {
  'person-name': 'full-name',
  'birth-date': 'date',
  'date-of-issue': 'date',
  'citizen-id': 'digits',
  'old-id': 'digits',
  passport: 'digits',
  identifier: 'digits',
  phone: 'digits',
  'tax-code': 'digits',
  'insurance-no': 'digits',
  'health-card': 'digits',
  'driving-licence': 'digits',
  'household-no': 'digits',
  sex: 'code',
  province: 'code',
  commune: 'code',
  nationality: 'code',
  ethnicity: 'code',
  relationship: 'code',
  code: 'code',
  money: 'code',
};

/** The comparator of a kind of value; free text for kinds that have none of their own. */
export function comparatorOf(kind: string, part?: NamePart): ComparatorName {
  return part === undefined ? (BY_KIND[kind] ?? 'text') : 'name-part';
}

export const COMPARATORS: Readonly<Record<ComparatorName, Comparator>> = {
  'name-part': {
    levels: ['exact', 'accents', 'typo', 'initial', 'part', 'near', 'similar', 'same_initial', 'different'],
    near: 6,
    broad: ['initial'],
    compare: compareNamePart,
  },
  'full-name': {
    levels: [
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
    ],
    near: 7,
    compare: compareFullName,
  },
  text: {
    levels: ['exact', 'spacing', 'typo', 'part', 'near', 'similar', 'loose', 'different'],
    near: 5,
    compare: compareText,
  },
  digits: {
    levels: ['exact', 'one_digit', 'two_digits', 'half', 'different'],
    near: 0,
    compare: compareDigits,
  },
  date: {
    levels: [
      'exact',
      'less_precise',
      'day_month_swapped',
      'one_digit',
      'year_differs',
      'day_differs',
      'month_differs',
      'two_digits',
      'same_year',
      'different',
    ],
    near: 0,
    compare: compareDates,
  },
  code: { levels: ['exact', 'typo', 'different'], near: 0, compare: compareCodes },
};

const levelIndex = Object.fromEntries(
  Object.entries(COMPARATORS).map(([name, { levels }]) => [
    name,
    Object.fromEntries(levels.map((level, i) => [level, i])),
  ]),
) as Record<ComparatorName, Record<string, number>>;

function level(comparator: ComparatorName, name: string): number {
  return levelIndex[comparator][name]!;
}

function letters(folded: string): string {
  return folded.includes(' ') ? folded.replaceAll(' ', '') : folded;
}

function compareNamePart(a: string, b: string): number {
  const foldA = foldText(a);
  const foldB = foldText(b);
  return level('name-part', a === b ? 'exact' : namePartLevel(foldA, foldB));
}

function namePartLevel(a: string, b: string): string {
  const x = letters(a);
  const y = letters(b);
  if (x === y) return 'accents';
  if (x.length === 0 || y.length === 0) return 'different';
  if (x.length === 1 || y.length === 1) return x[0] === y[0] ? 'initial' : 'different';
  const longest = Math.max(x.length, y.length);
  const distance = editDistance(x, y, 3);
  if (distance === 1 && longest > 2) return 'typo';
  if (isPart(a, b)) return 'part';
  if (distance === 2 && longest > 5) return 'near';
  if (soundKey(x) === soundKey(y) && longest > 3) return 'near';
  if (jaroWinkler(x, y) >= 0.85 || (distance === 3 && longest > 7)) return 'similar';
  return x[0] === y[0] ? 'same_initial' : 'different';
}

/** All words of the shorter one are among the words of the longer one, or it is a beginning of at least three letters. */
function isPart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length >= 3 && long.startsWith(short)) return true;
  if (!long.includes(' ')) return false;
  const words = new Set(long.split(' '));
  return short.split(' ').every((word) => words.has(word));
}

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

function compareFullName(a: string, b: string): number {
  if (a === b) return level('full-name', 'exact');
  return level('full-name', plainLevel(a, b) ?? fullNameLevel(foldedName(a), foldedName(b)));
}

/** As `fullNameLevel` where the letters alone rule out any likeness; null: it must be computed. */
function plainLevel(a: string, b: string): string | null {
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

function fullNameLevel(a: FoldedName, b: FoldedName): string {
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

function compareText(a: string, b: string): number {
  return level('text', a === b ? 'exact' : textLevel(foldText(a), foldText(b)));
}

function textLevel(a: string, b: string): string {
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

function compareDigits(a: string, b: string): number {
  if (a === b) return 0;
  if (editDistance(a, b, 1) <= 1) return level('digits', 'one_digit');
  const longest = Math.max(a.length, b.length);
  const distance = plainDistance(a, b, 4);
  if (distance <= 2 && longest >= 6) return level('digits', 'two_digits');
  if (distance <= Math.min(4, longest / 2) && longest >= 7) return level('digits', 'half');
  return level('digits', 'different');
}

function compareDates(a: string, b: string): number {
  if (a === b) return 0;
  if (a.length !== b.length || a.length < 10) {
    return level('date', a.startsWith(b) || b.startsWith(a) ? 'less_precise' : shortDateLevel(a, b));
  }
  return level('date', fullDateLevel(a, b));
}

function shortDateLevel(a: string, b: string): string {
  return a.slice(0, 4) === b.slice(0, 4) ? 'same_year' : 'different';
}

function fullDateLevel(a: string, b: string): string {
  const [yearA, monthA, dayA] = a.split('-') as [string, string, string];
  const [yearB, monthB, dayB] = b.split('-') as [string, string, string];
  if (yearA === yearB && monthA === dayB && dayA === monthB) return 'day_month_swapped';
  const [digitsA, digitsB] = [yearA + monthA + dayA, yearB + monthB + dayB];
  if (editDistance(digitsA, digitsB, 1) <= 1) return 'one_digit';
  const equal = [yearA === yearB, monthA === monthB, dayA === dayB];
  if (equal[1] && equal[2]) return 'year_differs';
  if (equal[0] && equal[1]) return 'day_differs';
  if (equal[0] && equal[2]) return 'month_differs';
  if (plainDistance(digitsA, digitsB, 2) <= 2) return 'two_digits';
  return equal[0] ? 'same_year' : 'different';
}

/** Letters and digits of one byte: in others the engine, which grades codes in a run, does not look for a slip. */
const PLAIN = /^\p{ASCII}*$/u;

function compareCodes(a: string, b: string): number {
  if (a === b) return 0;
  const typo =
    Math.max(a.length, b.length) > 2 && PLAIN.test(a) && PLAIN.test(b) && editDistance(a, b, 1) <= 1;
  return level('code', typo ? 'typo' : 'different');
}

const sounds = new Map<string, string>();
const MOST_SOUNDS = 100_000;

/**
 * How a word sounds, roughly and in any language: consonants that are often mistaken for each other as one sign, double
 * letters once, vowels dropped after the first letter. `Philip`, `Filipp` → `flp`.
 */
export function soundKey(folded: string): string {
  const known = sounds.get(folded);
  if (known !== undefined) return known;
  const sound = letters(folded)
    .replace(/ph/g, 'f')
    .replace(/gh|kh/g, 'g')
    .replace(/th/g, 't')
    .replace(/sch|sh|ch|x|z|c(?=[eiy])/g, 's')
    .replace(/ck|c|q/g, 'k')
    .replace(/j/g, 'g')
    .replace(/w/g, 'v')
    .replace(/y/g, 'i');
  const first = /^[aeiou]/.test(sound) ? 'a' : '';
  const key = first + sound.replace(/[aeiouh]/g, '').replace(/(.)\1+/g, '$1');
  if (sounds.size >= MOST_SOUNDS) sounds.clear();
  sounds.set(folded, key);
  return key;
}
