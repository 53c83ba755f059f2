// How one word of a name is written: Title Case, tone mark in place, parts around hyphens and apostrophes. Worked out once per
// distinct word and kept.
//
// Source: the canonical form described in person-name.ts.
// Example: spellWord('HOÀ') = { text: 'Hòa', ... }, spellWord("h'hen").text = "H'Hen", spellWord('JEAN-PAUL').text = 'Jean-Paul'.
import { SUSPECT_FIRST_WORDS } from './name-notes.js';
import { hasMarks, titleCase } from './vietnamese-letters.js';
import { isBareSyllable, syllable } from './vietnamese-text.js';

export interface SpelledWord {
  /** Canonical; several words when the one given was run together. */
  readonly text: string;
  readonly case: boolean;
  readonly tonePlace: boolean;
  readonly joined: boolean;
  readonly digits: boolean;
  readonly lost: boolean;
  /** A Vietnamese syllable, with or without its marks, in small letters, Title Case or capitals. */
  readonly plain: boolean;
  /** May begin a cell that is no bare name: a form of address, "không". */
  readonly suspect: boolean;
}

const known = new Map<string, SpelledWord>();
const KEPT = 100_000;

/** Parts of a word around hyphens and apostrophes: Jean-Paul, H'Hen, O'Neill; but "Ka'sen" keeps its small s. */
function titleParts(word: string): string {
  return word
    .split('-')
    .map((part) => {
      const [head = '', ...tail] = part.split("'");
      const single = Array.from(head.normalize('NFD').replace(/\p{M}/gu, '')).length === 1;
      return [titleCase(head), ...tail.map((each) => (single ? titleCase(each) : each.toLowerCase()))].join(
        "'",
      );
    })
    .join('-');
}

/** Syllables run together (NguyễnVăn) or hyphenated in the old way (Nguyễn-Văn-An) are words of their own. */
function splitJoined(word: string): readonly string[] {
  const parts = word.split(hasMarks(word) ? /-|(?<=\p{Ll})(?=\p{Lu})/u : '-');
  return parts.length > 1 && parts.every((part) => spellWord(part).plain) ? parts : [];
}

function spell(word: string): SpelledWord {
  const parts = splitJoined(word);
  const small = word.toLowerCase().normalize('NFC');
  const spelled = word.length > 7 ? null : syllable(small);
  const text = spelled === null ? titleParts(small) : titleCase(spelled);
  const asWritten = spelled === null ? text : titleCase(small);
  const plainCase = word === asWritten || word === small || word === word.toUpperCase();
  return {
    text: parts.length > 0 ? parts.map((part) => spellWord(part).text).join(' ') : text,
    case: parts.length > 0 ? parts.some((part) => spellWord(part).case) : word !== asWritten,
    tonePlace:
      parts.length > 0
        ? parts.some((part) => spellWord(part).tonePlace)
        : spelled !== null && spelled !== small,
    joined: parts.length > 0,
    digits: /\p{Nd}/u.test(word),
    lost: word.includes('?'),
    plain:
      parts.length === 0 &&
      plainCase &&
      small === word.toLowerCase() &&
      (spelled !== null || isBareSyllable(small)),
    suspect: SUSPECT_FIRST_WORDS.has(small),
  };
}

/** In: one word, NFC, apostrophes U+0027, no spaces. Out: how it is written and what had to be changed. */
export function spellWord(word: string): SpelledWord {
  let spelled = known.get(word);
  if (spelled === undefined) {
    spelled = spell(word);
    if (known.size >= KEPT) known.clear();
    if (word.length < 40) known.set(word, spelled);
  }
  return spelled;
}
