// One word of a name with all that comparing it needs to know, worked out once per distinct word and kept: names are many, their
// words few.
//
// Source: data/iy_letters.csv: i and y are one sound where they are the whole rime or begin or follow it (Lý/Lí, Quý/Quí, Huỳnh/Huình), but not at the
// end of a rime (Mai, May; Thúi, Thúy are different words): Đoàn Thiện Thuật, Ngữ âm tiếng Việt (1977).
// Example: nameWord('mỹ') = { folded: 'my', withI: 'mĩ', foldedI: 'mi', … }, nameWord('thúy').foldedI = 'thuy'.
import { lazy, readTable } from '../normalizers/data-table.js';
import { isNameWord, regionalPairs } from '../normalizers/name-words.js';
import { fold, hasMarks } from '../normalizers/vietnamese-letters.js';
import { isBareSyllable, splitOnset, syllable } from '../normalizers/vietnamese-text.js';

export interface NameWord {
  /** Small letters, as in the name. */
  readonly text: string;
  /** Without apostrophes and hyphens; then without marks as well. */
  readonly letters: string;
  readonly folded: string;
  /** With i for y where both are written for one sound; and without marks. */
  readonly withI: string;
  readonly foldedI: string;
  /** Consonants it begins with. */
  readonly onset: string;
  readonly bare: boolean;
  /** No syllable of Vietnamese, with or without marks. */
  readonly foreign: boolean;
  /** People are called so, with these marks or, if it has none, with any. */
  readonly name: boolean;
  /** People are called just so: "Lan" is a name, "Tran" is Trần without its marks. */
  readonly nameAsWritten: boolean;
  /** One of a pair of regional forms; of a pair of surnames only. */
  readonly regional: boolean;
  readonly surnameForm: boolean;
}

const KEPT = 100_000;
const known = new Map<string, NameWord>();

/** In: one word of a canonical name in small letters. */
export function nameWord(text: string): NameWord {
  let word = known.get(text);
  if (word === undefined) {
    word = make(text);
    if (known.size >= KEPT) known.clear();
    if (text.length < 40) known.set(text, word);
  }
  return word;
}

const iForY = lazy(
  () =>
    new Map(
      readTable('iy_letters.csv').map(([y = '', i = '', keptIn = '']) => [
        y,
        { i, keptIn: new RegExp(keptIn) },
      ]),
    ),
);

/** Letters of i/y classes as i; at the end of the words for which the class does not hold they stay. */
function withI(word: string): string {
  const folded = fold(word);
  if (folded.length !== word.length || !folded.includes('y')) return word;
  const swap = (letter: string, at: number) => {
    const found = iForY().get(letter);
    if (found === undefined) return letter;
    return at === word.length - 1 && found.keptIn.test(folded) ? letter : found.i;
  };
  return Array.from(word, swap).join('');
}

const asWritten = lazy(
  () => new Set(readTable('name_words.csv').map(([word = '']) => canonical(word.toLowerCase()))),
);

const canonical = (word: string): string => syllable(word) ?? word;

const regionalForms = lazy(() => {
  const forms = new Map<string, boolean>();
  for (const [pair, place] of regionalPairs()) {
    for (const form of pair.split(' ').flatMap((each) => [each, fold(each)])) {
      forms.set(form, place === 'surname' && (forms.get(form) ?? true));
    }
  }
  return forms;
});

function make(text: string): NameWord {
  const letters = text.replace(/['-]/g, '');
  const folded = fold(letters);
  const i = withI(letters);
  return {
    text,
    letters,
    folded,
    withI: i,
    foldedI: fold(i),
    onset: splitOnset(text)[0],
    bare: !hasMarks(text),
    foreign: !isBareSyllable(folded),
    name: isNameWord(text),
    nameAsWritten: asWritten().has(text),
    regional: regionalForms().has(text),
    surnameForm: regionalForms().get(text) === true,
  };
}
