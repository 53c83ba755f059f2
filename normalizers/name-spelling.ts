// How one word of a name is written: Title Case, tone mark in place, parts around hyphens and apostrophes. Worked out once per
// distinct word and kept.
//
// Source: the canonical form described in person-name.ts.
// Example: spellWord('HOÀ') = { text: 'Hòa', ... }, spellWord("h'hen").text = "H'Hen", spellWord('JEAN-PAUL').text = 'Jean-Paul'.
import { SUSPECT_FIRST_WORDS } from './name-notes.js';
import { readingsOf } from './name-readings.js';
import { hasMarks, PLAIN_LATIN, titleCase } from './vietnamese-letters.js';
import { isBareSyllable, syllable } from './vietnamese-text.js';
import { isWesternBytes } from './western-bytes.js';

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
  readonly ascii: boolean;
  /** No syllable in Unicode and none as Telex: however the name was typed, this is a name of another kind or a slip. */
  readonly beyondTyping: boolean;
  /** As it stands and as spelled it holds a letter that single bytes cannot show: no text in a legacy encoding or mojibake. */
  readonly beyondBytes: boolean;
  /** No syllable in any legacy encoding, as it stands and in Title Case; whether the text is mojibake is another question. */
  readonly beyondEncodings: boolean;
  readonly mojibakeLead: boolean;
}

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

const LATIN_WORD = new RegExp(`^[${PLAIN_LATIN}]+(?:\\?+[${PLAIN_LATIN}]+)*$`);
/** Latin-1 for the first byte of a letter of Vietnamese in UTF-8. */
const MOJIBAKE_LEAD = /[\u00c2-\u00c6\u00e1\u00e2]/;

/** Only Latin letters of one code point each, lost ones within, in small letters, Title Case or capitals: nothing to tidy. */
function isTidy(word: string, spelled: string): boolean {
  const oneCase = word === spelled || word === word.toLowerCase() || word === word.toUpperCase();
  return oneCase && LATIN_WORD.test(word);
}

const isAscii = (word: string): boolean => /^[\x00-\x7f]*$/.test(word);

function spell(word: string): SpelledWord {
  const parts = splitJoined(word);
  const small = word.toLowerCase().normalize('NFC');
  const spelled = word.length > 7 ? null : syllable(small);
  const text = spelled === null ? titleParts(small) : titleCase(spelled);
  const asWritten = spelled === null ? text : titleCase(small);
  const plainCase = word === asWritten || word === small || word === word.toUpperCase();
  const plain =
    parts.length === 0 &&
    plainCase &&
    small === word.toLowerCase() &&
    (spelled !== null || isBareSyllable(small));
  const odd = !plain && parts.length === 0 && isTidy(word, text) ? [word, text].map(readingsOf) : [];
  const beyondBytes = [word, text].every((form) => !isAscii(form) && !isWesternBytes(form));
  const beyondTyping = odd.length > 0 && odd.every((form) => !form.as('telex').vietnamese);
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
    plain,
    suspect: SUSPECT_FIRST_WORDS.has(small),
    ascii: isAscii(word),
    beyondTyping,
    beyondBytes,
    beyondEncodings: odd.length > 0 && (beyondBytes || odd.every((form) => form.fits() === 0)),
    mojibakeLead: MOJIBAKE_LEAD.test(word + text),
  };
}

const known = new Map<string, SpelledWord>();
const KEPT = 100_000;

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
