// How often a word stands as family name, first middle name or given name: counts over two public sets of 72,525 Vietnamese
// names, aggregated so that no person can be read from them. Used to tell a name word from another syllable, never to judge
// that somebody cannot be called so.
//
// Source: data/name_words.csv, each row with its own.
// Example: nameWordCounts('Nguyễn') = { surname: 13636, middle: 736, given: 17 }.
import { lazy, readTable } from './data-table.js';
import { fold, titleCase } from './vietnamese-letters.js';
import { syllable } from './vietnamese-text.js';

export interface NameWordCounts {
  readonly surname: number;
  readonly middle: number;
  readonly given: number;
}

const NEVER: NameWordCounts = { surname: 0, middle: 0, given: 0 };

function add(to: Map<string, NameWordCounts>, word: string, more: NameWordCounts): void {
  const { surname, middle, given } = to.get(word) ?? NEVER;
  to.set(word, {
    surname: surname + more.surname,
    middle: middle + more.middle,
    given: given + more.given,
  });
}

const counted = lazy(() => {
  const marked = new Map<string, NameWordCounts>();
  const bare = new Map<string, NameWordCounts>();
  for (const [word = '', surname, middle, given] of readTable('name_words.csv')) {
    const counts = { surname: Number(surname), middle: Number(middle), given: Number(given) };
    const small = word.toLowerCase();
    add(marked, syllable(small) ?? small, counts);
    add(bare, fold(word), counts);
  }
  return { marked, bare };
});

/** Counts of one word, any case, tone mark in place; a word without any mark gets the sum of all its marked forms. */
export function nameWordCounts(word: string): NameWordCounts {
  const small = word.toLowerCase();
  const { marked, bare } = counted();
  return marked.get(small) ?? (fold(small) === small ? bare.get(small) : undefined) ?? NEVER;
}

/** True when the word, with just these marks, is met as part of names. */
export function isNameWord(word: string): boolean {
  return nameWordCounts(word) !== NEVER;
}

/** Family names of more than one word, longest first, in Title Case. */
export const compoundSurnames = lazy((): readonly (readonly string[])[] =>
  readTable('compound_surnames.csv')
    .map(([surname = '']) => surname.split(' ').map(titleCase))
    .sort((a, b) => b.length - a.length),
);

/** Pairs of regional forms of one name ("hoàng huỳnh", both ways round, small letters) with where they apply: surname or any. */
export const regionalPairs = lazy((): ReadonlyMap<string, string> => {
  const pairs = new Map<string, string>();
  for (const [north = '', south = '', place = ''] of readTable('regional_variants.csv')) {
    const [a, b] = [north, south].map((word) => syllable(word.toLowerCase()) ?? word.toLowerCase());
    pairs.set(`${a} ${b}`, place);
    pairs.set(`${b} ${a}`, place);
  }
  return pairs;
});
