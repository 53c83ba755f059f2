// Keys of a name for finding candidates: pure functions of a canonical name. They say who is worth comparing, never who is equal.
//
// phoneticName merges what people write for one sound. Merged: i/y; s/x; tr/ch; d/gi/r (one sound in the north); l/n (both ways
// in the Red River delta); ng/nh/n and c/ch/t at the end (south); k/c/q and g/gh, ng/ngh (spelling only); ph/f; iêu/iu; and
// whole words that are regional forms of one name (data/regional_variants.csv: Hoàng/Huỳnh, Vũ/Võ, Phúc/Phước …).
// Not merged: v and d, which southern speech merges but writing rarely does.
// Sources: data/sound_classes.csv, after Đoàn Thiện Thuật, Ngữ âm tiếng Việt (1977), on dialects; general knowledge of clerical errors.
//
// Example: foldedName("H'Hen Niê") = 'hhen nie'; phoneticName('Huỳnh Xuân Trinh') = phoneticName('Hoàng Suân Chinh').
import { readTable } from './data-table.js';
import { compoundSurnames } from './name-words.js';
import { fold } from './vietnamese-letters.js';

export interface NameParts {
  readonly family: string;
  readonly middle: string;
  readonly given: string;
}

/** Small letters without marks, single spaces, nothing else: 'Đặng Thị Ý' → 'dang thi y'. */
export function foldedName(value: string): string {
  const folded = fold(value);
  if (/^[a-z]+(?: [a-z]+)*$/.test(folded)) return folded;
  return folded
    .replaceAll('-', ' ')
    .replace(/[^\p{L} ]+/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** The folded words in alphabetical order: equal for names that differ in the order of words only. */
export function sortedName(value: string): string {
  return foldedName(value).split(' ').sort().join(' ');
}

/** In the order in which they apply. */
const SOUNDS = readTable('sound_classes.csv').map(
  ([pattern = '', sound = '']) => [new RegExp(pattern, 'g'), sound] as const,
);

const soundsOf = new Map<string, string>();
let regionalForms: ReadonlyMap<string, string> | undefined;

/** The southern form of a name, folded, to the northern one. */
function regionalForm(folded: string): string {
  regionalForms ??= new Map(
    readTable('regional_variants.csv').map(([north = '', south = '']) => [fold(south), fold(north)]),
  );
  return regionalForms.get(folded) ?? folded;
}

function soundOf(folded: string): string {
  let sound = soundsOf.get(folded);
  if (sound === undefined) {
    sound = SOUNDS.reduce((word, [from, to]) => word.replace(from, to), regionalForm(folded));
    if (soundsOf.size > 100_000) soundsOf.clear();
    soundsOf.set(folded, sound);
  }
  return sound;
}

/** The name as it may sound, word by word, for blocking; see the header for what is merged. */
export function phoneticName(value: string): string {
  return foldedName(value).split(' ').map(soundOf).join(' ');
}

function joined(words: readonly string[], from: number, to: number): string {
  return words.slice(from, to).join(' ');
}

/** Ê Đê, Gia Rai, Ba Na: Y … for men, H'… for women, the family name last if there is one. */
function highlandParts(words: readonly string[]): NameParts | null {
  const first = words[0] ?? '';
  if (/^[HY]'/i.test(first)) {
    const family = words.length > 1 ? (words.at(-1) ?? '') : '';
    return { family, middle: joined(words, 1, words.length - 1), given: first };
  }
  if (first !== 'Y' && first !== 'H') return null;
  const family = words.length > 2 ? (words.at(-1) ?? '') : '';
  return { family, middle: joined(words, 2, words.length - 1), given: joined(words, 0, 2) };
}

/**
 * Family, middle and given name of a canonical name; '' for a part that it does not have. The given name is the last word: a
 * two-word given name cannot be told from a middle name. Foreign names are taken in the order in which they stand.
 */
export function nameParts(value: string): NameParts {
  const words = value.split(' ');
  if (words.length === 1) return { family: '', middle: '', given: value };
  const highland = highlandParts(words);
  if (highland !== null) return highland;
  const compound = compoundSurnames().find(
    (surname) => surname.length < words.length && surname.every((word, i) => word === words[i]),
  );
  const end = compound?.length ?? 1;
  return {
    family: joined(words, 0, end),
    middle: joined(words, end, words.length - 1),
    given: words.at(-1) ?? '',
  };
}
