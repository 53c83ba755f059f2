// Compares two canonical person names. The level is what a registrar would call the difference, from "the same" to "another
// person's name".
//
// Names with as many words are told word by word, and the gravest difference is the level; else a word is missing, or the words
// stand in another order. Two names of relatives are often one letter apart, and the list of words that people are called
// decides there: "An" and "Anh", "Linh" and "Ninh" are both names, so one for the other is `different`; "Nguyễm" is no name, so it
// is a `typo`. Marks count likewise: "Ân" for "An" is `accents` and real, unless the whole name has no mark: that only says less.
//
// Ông and Bà are family names too, so a name keeps them where a name may begin with what follows; beside a reference that has just the rest
// they were a form of address.
//
// Source: the classes of differences of the programme's reports (matchers/reasons-name.ts); name counts of data/name_words.csv.
// Example: compare('Nguyen Van An', 'Nguyễn Văn An') is `accents_missing`, compare('Nguyễn An', 'Nguyễn Văn An') `middle_name`.
import { regionalPairs } from '../normalizers/name-words.js';
import { fold } from '../normalizers/vietnamese-letters.js';
import { fitsLost } from './lost-letters.js';
import type { Level, Matcher } from './matcher.js';
import { type NameWord, nameWord } from './name-word.js';
import { dice } from './string-dice.js';
import { editDistance } from './string-distance.js';

const LEVELS = [
  { name: 'exact', reason: null, weight: 'none' },
  { name: 'spacing', reason: 'format', weight: 'form' },
  { name: 'form_of_address', reason: 'format', weight: 'form' },
  { name: 'accents_missing', reason: 'accents', weight: 'loss' },
  { name: 'letters_lost', reason: 'accents', weight: 'loss' },
  { name: 'accents', reason: 'accents', weight: 'real' },
  { name: 'spelling_variant', reason: 'spelling_variant', weight: 'real' },
  { name: 'regional_variant', reason: 'regional_variant', weight: 'real' },
  { name: 'middle_name', reason: 'middle_name', weight: 'real' },
  { name: 'abbreviated', reason: 'abbreviated', weight: 'loss' },
  { name: 'word_order', reason: 'word_order', weight: 'real' },
  { name: 'typo', reason: 'typo', weight: 'real' },
  /** Same family and given name with other middle names between, or the family name left out: nearer than a stranger. */
  { name: 'partial', reason: 'different', weight: 'real' },
  { name: 'different', reason: 'different', weight: 'real' },
] as const satisfies readonly Level[];

type LevelName = (typeof LEVELS)[number]['name'];

interface Name {
  readonly words: readonly NameWord[];
  /** All letters in small, without spaces, hyphens and apostrophes; with marks and without. */
  readonly letters: string;
  readonly folded: string;
  readonly bare: boolean;
}

function read(value: string): Name {
  const words = value.toLowerCase().split(' ').map(nameWord);
  let letters = '';
  let folded = '';
  let bare = true;
  for (const word of words) {
    letters += word.letters;
    folded += word.folded;
    bare &&= word.bare;
  }
  return { words, letters, folded, bare };
}

/** Our name without marks says less. The reference's does so only if it has a word that nobody is called as it stands. */
function saysLess(ours: Name, reference: Name): boolean {
  return ours.bare || (reference.bare && reference.words.some((word) => !word.nameAsWritten));
}

/** What one word is to its counterpart, from least to gravest. */
const SAME = 0;
const MARKS_MISSING = 1;
const INITIAL = 2;
const MARKS = 3;
const I_FOR_Y = 4;
const REGIONAL = 5;
const SLIP = 6;
const OTHER = 7;

const LEVEL_OF_WORST: readonly LevelName[] = [
  ...([
    'exact',
    'accents_missing',
    'abbreviated',
    'accents',
    'spelling_variant',
    'regional_variant',
  ] as const),
  ...(['typo', 'different'] as const),
];

function relation(a: NameWord, b: NameWord, bare: boolean): number {
  if (a.text === b.text) return SAME;
  if (a.folded === b.folded) return bare ? MARKS_MISSING : MARKS;
  if (a.foldedI === b.foldedI) return bare || a.withI === b.withI ? I_FOR_Y : MARKS;
  if (isRegional(a, b, bare)) return REGIONAL;
  if (isInitial(a, b) || isInitial(b, a)) return INITIAL;
  return slips(a, b) <= MOST_SLIPS ? SLIP : OTHER;
}

let bareRegional: ReadonlySet<string> | undefined;

function isRegional(a: NameWord, b: NameWord, bare: boolean): boolean {
  bareRegional ??= new Set([...regionalPairs().keys()].map(fold));
  if (!a.regional || !b.regional) return false;
  return bare ? bareRegional.has(`${a.folded} ${b.folded}`) : regionalPairs().has(`${a.text} ${b.text}`);
}

/** N, Ng, Th for Nguyễn, Thị: the first letter, or the letters before the vowel. Đ is no initial of Dũng, D one of Đức. */
function isInitial(short: NameWord, long: NameWord): boolean {
  if (short.text.length >= long.text.length) return false;
  const initial = short.bare ? long.folded.charAt(0) : long.text.charAt(0);
  return short.text === initial || short.text === long.onset;
}

const MOST_SLIPS = 2;
const LONG_WORD = 8;
/** At this share of letter pairs in common two long words are one word misspelt: Schneider, Schnieder. */
const DICE_OF_ONE_WORD = 0.6;
/** At this share two foreign names are one name misspelt. */
const DICE_OF_ONE_NAME = 0.75;

/** How many slips make one word of the other; more than `MOST_SLIPS` when it is another word. */
function slips(a: NameWord, b: NameWord): number {
  const shortest = Math.min(a.folded.length, b.folded.length);
  if (shortest < 3 || (a.name && b.name)) return MOST_SLIPS + 1;
  const most = shortest >= LONG_WORD ? 2 : 1;
  const steps = editDistance(a.folded, b.folded, most);
  if (steps <= most) return steps;
  return shortest >= 6 && a.foreign && dice(a.folded, b.folded) >= DICE_OF_ONE_WORD ? 2 : MOST_SLIPS + 1;
}

/** What a difference adds to a slip elsewhere: with another one beside it, two different names are no slip any more. */
function slipsOf(kind: number, a: NameWord, b: NameWord): number {
  if (kind === SLIP) return slips(a, b);
  if (kind === MARKS) return a.bare || !a.name || !b.name ? 1 : 2;
  return kind === REGIONAL ? 1 : 0;
}

/** The gravest difference of two names with as many words, word by word. */
function worstOf(a: readonly NameWord[], b: readonly NameWord[], bare: boolean): number {
  let worst = SAME;
  let total = 0;
  for (let i = 0; i < a.length; i++) {
    const [mine, theirs] = [a[i]!, b[i]!];
    let kind = relation(mine, theirs, bare);
    // Vũ and Võ are forms of one surname; as given names they are two.
    if (kind === REGIONAL && i > 0 && mine.surnameForm && theirs.surnameForm) kind = OTHER;
    if (kind === OTHER) return OTHER;
    total += slipsOf(kind, mine, theirs);
    if (kind > worst) worst = kind;
  }
  return worst === SLIP && total > MOST_SLIPS ? OTHER : worst;
}

function lostLevel(a: Name, b: Name): LevelName | null {
  const [damaged, whole] = a.letters.includes('?') ? [a.letters, b.letters] : [b.letters, a.letters];
  if (whole.includes('?') || whole.length > damaged.length) return null;
  if (fitsLost(damaged, whole, false)) return 'letters_lost';
  return fitsLost(damaged, whole, true) ? 'accents' : null;
}

function isSame(a: NameWord | undefined, b: NameWord | undefined, bare: boolean): boolean {
  return (
    a === b ||
    (a !== undefined && b !== undefined && (a.withI === b.withI || (bare && a.foldedI === b.foldedI)))
  );
}

/** True when the shorter list is the longer one with some words left out. */
function isPart(shorter: readonly NameWord[], longer: readonly NameWord[], bare: boolean): boolean {
  let at = 0;
  for (const word of longer) if (at < shorter.length && isSame(shorter[at], word, bare)) at++;
  return at === shorter.length;
}

/** Family name first or last (Ê Đê, Gia Rai), given name at the other end: both ends must be the same. */
function lessWords(short: Name, long: Name, bare: boolean): LevelName | null {
  const [few, many] = [short.words, long.words];
  if (!isSame(few.at(-1), many.at(-1), bare)) return typoOfLess(short, long, bare);
  if (few.length === 1) return 'partial';
  if (isSame(few[0], many[0], bare)) return isPart(few, many, bare) ? 'middle_name' : 'partial';
  if (few.every((word, i) => isSame(word, many[many.length - few.length + i], bare))) return 'partial';
  return typoOfLess(short, long, bare);
}

/** A middle name missing and a slip in another word. */
function typoOfLess(short: Name, long: Name, bare: boolean): LevelName | null {
  const { words } = short;
  if (words.length < 2 || long.words.length - words.length > 1) return null;
  for (let missing = 1; missing <= words.length - 1; missing++) {
    const others = long.words.filter((_, i) => i !== missing);
    const unlike = words.filter((word, i) => !isSame(word, others[i], bare)).length;
    if (unlike === 1 && worstOf(words, others, bare) === SLIP) return 'typo';
  }
  return null;
}

function isReordered(a: Name, b: Name): boolean {
  if (a.folded.length !== b.folded.length || a.words.length !== b.words.length) return false;
  const left = b.words.map((word) => word.folded);
  return a.words.every((word) => {
    const at = left.indexOf(word.folded);
    if (at >= 0) left[at] = '';
    return at >= 0;
  });
}

const isForeign = (name: Name): boolean => name.words.some((word) => word.foreign);

function isForeignTypo(a: Name, b: Name): boolean {
  if (a.words.length !== b.words.length || !isForeign(a) || !isForeign(b)) return false;
  return dice(a.folded, b.folded) >= DICE_OF_ONE_NAME;
}

const FORMS_OF_ADDRESS: ReadonlySet<string> = new Set(['ông', 'bà']);

/** Ours is the reference's name behind a form of address. */
function isAddressed(ours: Name, reference: Name): boolean {
  const [first, ...rest] = ours.words;
  if (first === undefined || rest.length < 2 || !FORMS_OF_ADDRESS.has(first.text)) return false;
  return ours.letters === first.letters + reference.letters;
}

function levelOf(a: Name, b: Name): LevelName {
  const bare = saysLess(a, b);
  if (a.letters === b.letters) return 'spacing';
  if (isAddressed(a, b)) return 'form_of_address';
  if (a.folded === b.folded) return bare ? 'accents_missing' : 'accents';
  if (a.letters.includes('?') || b.letters.includes('?')) {
    const lost = lostLevel(a, b);
    if (lost !== null) return lost;
  }
  if (a.words.length !== b.words.length) {
    return (a.words.length < b.words.length ? lessWords(a, b, bare) : lessWords(b, a, bare)) ?? 'different';
  }
  const worst = worstOf(a.words, b.words, bare);
  if (worst !== OTHER) return LEVEL_OF_WORST[worst]!;
  if (isReordered(a, b)) return 'word_order';
  if (isForeignTypo(a, b)) return 'typo';
  const bothEnds = isSame(a.words[0], b.words[0], bare) && isSame(a.words.at(-1), b.words.at(-1), bare);
  return bothEnds && a.words.length > 2 ? 'partial' : 'different';
}

const INDEX = Object.fromEntries(LEVELS.map(({ name }, i) => [name, i])) as Readonly<
  Record<LevelName, number>
>;

export const personNameMatcher: Matcher = {
  kind: 'person-name',
  levels: LEVELS,
  compare: (ours, reference) => (ours === reference ? 0 : INDEX[levelOf(read(ours), read(reference))]),
};

export { nameSimilarity } from './name-similarity.js';
