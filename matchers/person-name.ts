// Compares two canonical person names. The level is what a registrar would call the difference, from "the same" to "another
// person's name"; the first that applies is taken.
//
// Two names of relatives are often one letter apart, and the list of syllables that people are called decides there: "An" and
// "Anh", "Linh" and "Ninh" are both names, so one for the other is `different`; "Nguyễm" is no name, so it is a `typo`. Marks
// count likewise: "An" for "Ân" is `accents` and real, unless the whole name has no mark, which only says less.
//
// Source: the classes of differences of the programme's reports (docs/decisions); name counts of data/name_words.csv.
// Example: compare('Nguyen Van An', 'Nguyễn Văn An') is `accents_missing`, compare('Nguyễn An', 'Nguyễn Văn An') `middle_name`.
import { foldedName, nameParts, sortedName } from '../normalizers/name-keys.js';
import { isNameWord, regionalPairs } from '../normalizers/name-words.js';
import { fold, hasMarks } from '../normalizers/vietnamese-letters.js';
import { isBareSyllable, splitOnset } from '../normalizers/vietnamese-text.js';
import type { Level, Matcher } from './matcher.js';
import { dice } from './string-dice.js';
import { editDistance } from './string-distance.js';

const LEVELS = [
  { name: 'exact', reason: null, weight: 'none' },
  { name: 'spacing', reason: 'format', weight: 'form' },
  { name: 'accents_missing', reason: 'accents', weight: 'loss' },
  { name: 'letters_lost', reason: 'accents', weight: 'loss' },
  { name: 'accents', reason: 'accents', weight: 'real' },
  { name: 'spelling_variant', reason: 'spelling_variant', weight: 'real' },
  { name: 'regional_variant', reason: 'regional_variant', weight: 'real' },
  { name: 'middle_name', reason: 'middle_name', weight: 'real' },
  { name: 'abbreviated', reason: 'abbreviated', weight: 'loss' },
  { name: 'word_order', reason: 'word_order', weight: 'real' },
  { name: 'typo', reason: 'typo', weight: 'real' },
  /** Same family and given name with other middle names between: no typo, but nearer than a stranger. */
  { name: 'partial', reason: 'different', weight: 'real' },
  { name: 'different', reason: 'different', weight: 'real' },
] as const satisfies readonly Level[];

type LevelName = (typeof LEVELS)[number]['name'];

/** One name with what the tests below ask of it. */
interface Name {
  readonly value: string;
  readonly small: string;
  readonly folded: string;
  readonly words: readonly string[];
  readonly bare: boolean;
}

function read(value: string): Name {
  const small = value.toLowerCase();
  return { value, small, folded: foldedName(value), words: small.split(' '), bare: !hasMarks(value) };
}

/** Words are taken as equal without their marks where one of the two names has no marks at all. */
const bareOf = (a: Name, b: Name): boolean => a.bare || b.bare;

function sameWord(a: string, b: string, bare: boolean): boolean {
  return a === b || (bare && fold(a) === fold(b));
}

const letters = (text: string): string => text.replace(/[' -]/g, '');

function isSpacing(a: Name, b: Name): boolean {
  return letters(a.small) === letters(b.small);
}

function isAccentsMissing(a: Name, b: Name): boolean {
  return bareOf(a, b) && letters(a.folded) === letters(b.folded);
}

/** "?" stands for one letter, a run of n of them for one to n. Follows all readings at once, so that no cell can take long. */
function fitsLostLetters(damaged: string, whole: string): boolean {
  let reached = new Set([0]);
  for (const part of damaged.split(/(\?+)/)) {
    const next = new Set<number>();
    for (const at of reached) {
      if (!part.startsWith('?')) {
        if (whole.startsWith(part, at)) next.add(at + part.length);
        continue;
      }
      for (let k = 0; k < part.length && /\p{L}/u.test(whole.charAt(at + k)); k++) next.add(at + k + 1);
    }
    reached = next;
  }
  return reached.has(whole.length);
}

function isLettersLost(a: Name, b: Name): boolean {
  const [damaged, whole] = a.small.includes('?') ? [a, b] : [b, a];
  if (!damaged.small.includes('?') || whole.small.includes('?')) return false;
  return fitsLostLetters(damaged.small, whole.small);
}

const oneI = (word: string): string =>
  word.replace(/[yỳýỷỹỵ]/g, (letter) => 'iìíỉĩị'.charAt('yỳýỷỹỵ'.indexOf(letter)));

function isSpellingVariant(a: Name, b: Name): boolean {
  return sameWord(oneI(a.small), oneI(b.small), bareOf(a, b));
}

function isRegionalWord(a: string, b: string, first: boolean): boolean {
  const place = regionalPairs().get(`${a} ${b}`);
  return place === 'any' || (place === 'surname' && first);
}

let bareRegional: ReadonlySet<string> | undefined;

function isBareRegionalWord(a: string, b: string): boolean {
  bareRegional ??= new Set([...regionalPairs().keys()].map(fold));
  return bareRegional.has(`${fold(a)} ${fold(b)}`);
}

function isRegionalVariant(a: Name, b: Name): boolean {
  const bare = bareOf(a, b);
  if (a.words.length !== b.words.length) return false;
  return a.words.every((word, i) => {
    const other = b.words[i] ?? '';
    if (sameWord(word, other, bare) || sameWord(oneI(word), oneI(other), bare)) return true;
    return isRegionalWord(word, other, i === 0) || (bare && isBareRegionalWord(word, other));
  });
}

/** True when the shorter list is the longer one with some words left out. */
function isPart(shorter: readonly string[], longer: readonly string[], bare: boolean): boolean {
  let at = 0;
  for (const word of longer) if (at < shorter.length && sameWord(shorter[at] ?? '', word, bare)) at++;
  return at === shorter.length;
}

const middleWords = (middle: string): string[] => (middle === '' ? [] : middle.toLowerCase().split(' '));

function isMiddleName(a: Name, b: Name): boolean {
  if (a.words.length === b.words.length) return false;
  const [short, long] = a.words.length < b.words.length ? [a, b] : [b, a];
  const bare = bareOf(a, b);
  const [few, many] = [nameParts(short.value), nameParts(long.value)];
  if (few.family === '' || !sameWord(few.family.toLowerCase(), many.family.toLowerCase(), bare)) return false;
  if (!sameWord(few.given.toLowerCase(), many.given.toLowerCase(), bare)) return false;
  return isPart(middleWords(few.middle), middleWords(many.middle), bare);
}

/** N, Ng, Th for Nguyễn, Thị: the first letter, or the letters before the vowel. */
function isInitialOf(initial: string, word: string): boolean {
  if (initial.length >= word.length) return false;
  return (
    initial === word.charAt(0) || fold(initial) === fold(word.charAt(0)) || initial === splitOnset(word)[0]
  );
}

function isAbbreviated(ours: Name, reference: Name): boolean {
  if (ours.words.length !== reference.words.length || ours.words.length < 2) return false;
  const bare = bareOf(ours, reference);
  return ours.words.every((word, i) => {
    const full = reference.words[i] ?? '';
    return sameWord(word, full, bare) || isInitialOf(word, full);
  });
}

function isWordOrder(a: Name, b: Name): boolean {
  return a.words.length > 1 && sortedName(a.value) === sortedName(b.value);
}

/** Each of two different words is something that people are called: then one is no slip for the other. */
function areBothNames(a: string, b: string): boolean {
  return isNameWord(a) && isNameWord(b);
}

/** How many slips make one word of the other; more than 2 when it is another word. */
function slips(a: string, b: string): number {
  if (a === b) return 0;
  const [x, y] = [fold(a), fold(b)];
  const shortest = Math.min(x.length, y.length);
  if (x === y) return areBothNames(a, b) ? 3 : 1;
  if (shortest < 3 || areBothNames(a, b)) return 3;
  const steps = editDistance(x, y, shortest >= 8 ? 2 : 1);
  if (steps <= (shortest >= 8 ? 2 : 1)) return steps;
  return shortest >= 6 && !isBareSyllable(x) && dice(x, y) >= DICE_OF_ONE_WORD ? 2 : 3;
}

/** At this share of letter pairs in common two long words are one word misspelt: Schneider, Schnieder. */
const DICE_OF_ONE_WORD = 0.6;
/** At this share two foreign names are one name misspelt; the median of two names of different people is below 0.2. */
const DICE_OF_ONE_NAME = 0.75;

const isForeign = (name: Name): boolean => name.folded.split(' ').some((word) => !isBareSyllable(word));

function totalSlips(a: readonly string[], b: readonly string[]): number {
  return a.reduce((sum, word, i) => sum + slips(word, b[i] ?? ''), 0);
}

/** The words of the longer name that stand for those of the shorter: its family name, its last word, what is left between. */
function withoutExtraMiddle(short: Name, long: Name): readonly string[] {
  const extra = long.words.length - short.words.length;
  return [long.words[0] ?? '', ...long.words.slice(1 + extra)];
}

/** Where one name has no marks, the marks of the other say nothing. */
function comparable(name: Name, bare: boolean): readonly string[] {
  return bare ? name.words.map(fold) : name.words;
}

function isTypo(a: Name, b: Name): boolean {
  const bare = bareOf(a, b);
  const [short, long] = a.words.length <= b.words.length ? [a, b] : [b, a];
  const words = comparable(short, bare);
  if (short.words.length === long.words.length) {
    if (totalSlips(words, comparable(long, bare)) <= 2) return true;
    return isForeign(a) && isForeign(b) && dice(a.folded, b.folded) >= DICE_OF_ONE_NAME;
  }
  if (short.words.length < 2 || long.words.length - short.words.length > 1) return false;
  const others = withoutExtraMiddle(short, long);
  return totalSlips(words, bare ? others.map(fold) : others) <= 1;
}

function isPartial(a: Name, b: Name): boolean {
  const [mine, theirs] = [nameParts(a.value), nameParts(b.value)];
  const bare = bareOf(a, b);
  const same = (x: string, y: string): boolean => sameWord(x.toLowerCase(), y.toLowerCase(), bare);
  if (mine.family === '' || theirs.family === '')
    return isPart(a.words, b.words, bare) || isPart(b.words, a.words, bare);
  return same(mine.family, theirs.family) && same(mine.given, theirs.given);
}

const TESTS: readonly (readonly [LevelName, (ours: Name, reference: Name) => boolean])[] = [
  ['exact', (a, b) => a.value === b.value],
  ['spacing', isSpacing],
  ['accents_missing', isAccentsMissing],
  ['letters_lost', isLettersLost],
  ['accents', (a, b) => letters(a.folded) === letters(b.folded)],
  ['spelling_variant', isSpellingVariant],
  ['regional_variant', isRegionalVariant],
  ['middle_name', isMiddleName],
  ['abbreviated', isAbbreviated],
  ['word_order', isWordOrder],
  ['typo', isTypo],
  ['partial', isPartial],
];

const LEVEL_OF = new Map<LevelName, number>(LEVELS.map((level, i) => [level.name, i]));
const DIFFERENT = LEVELS.length - 1;

/** Level of two canonical names; see `personNameMatcher.levels`. */
function compare(ours: string, reference: string): number {
  if (ours === reference) return 0;
  const [a, b] = [read(ours), read(reference)];
  const found = TESTS.find(([, applies]) => applies(a, b));
  return found === undefined ? DIFFERENT : (LEVEL_OF.get(found[0]) ?? DIFFERENT);
}

export const personNameMatcher: Matcher = { kind: 'person-name', levels: LEVELS, compare };
export { nameSimilarity } from './name-similarity.js';
