// The characters of a name cell: which repairs they call for, and the tidying of spaces, hidden characters and punctuation.
//
// One look at each character says what a cell may need, so that no pattern is tried in vain: most cells need one repair or two.
// Source: Unicode Standard (General Category, default ignorable code points); what stays in a name is described in person-name.ts.
//
// Example: needsOf('Nguyễn Văn An (chủ hộ)') has NEED.note; tidyPunctuation("N.V. An, ") = 'N V An'.
import { isLookAlike } from './look-alikes.js';
import { spellWord } from './name-spelling.js';
import { PLAIN_LATIN } from './vietnamese-letters.js';

/** What a cell may need, as bits. */
export const NEED = {
  /** Anything but Latin letters of one code point and spaces. */
  closerLook: 1,
  spaces: 2,
  digits: 4,
  notes: 8,
  hidden: 16,
  lookAlikes: 32,
  titles: 64,
} as const;

const LATIN_ONLY = new RegExp(`[${PLAIN_LATIN} ]`);
const INVISIBLE =
  /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0000-\u0008\u000e-\u001f\u007f-\u009f]+/g;
const HIDDEN = new RegExp(`${INVISIBLE.source}|[^\\S ]`);
const NOTE_SIGNS = /[\d([{（【,;\-–]/;
const TITLE_SIGNS = /[/:.(]/;

function needOf(character: string): number {
  return (
    (LATIN_ONLY.test(character) ? 0 : NEED.closerLook) |
    (/\p{Nd}/u.test(character) ? NEED.digits : 0) |
    (NOTE_SIGNS.test(character) ? NEED.notes : 0) |
    (HIDDEN.test(character) ? NEED.hidden : 0) |
    (isLookAlike(character) ? NEED.lookAlikes : 0) |
    (TITLE_SIGNS.test(character) ? NEED.titles : 0)
  );
}

const COMMON = 0x2100;
const needs = Uint8Array.from({ length: COMMON }, (_, code) => needOf(String.fromCharCode(code)));
const SPACE = 0x20;

export function needsOf(text: string): number {
  let all = 0;
  let before = SPACE;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    all |= code < COMMON ? (needs[code] ?? 0) : needOf(text.charAt(i));
    if (code === SPACE && before === SPACE) all |= NEED.spaces;
    before = code;
  }
  return before === SPACE ? all | NEED.spaces : all;
}

export function singleSpaces(text: string): string {
  return text.trim().replace(/ {2,}/g, ' ');
}

/** Hidden characters go, other blanks become spaces; a zero-width space between a small and a large letter was one. */
export function tidyHidden(text: string): string {
  return text
    .replace(/(?<=\p{Ll})\u200b(?=\p{Lu})/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(/[^\S \t\r\n]/g, ' ');
}

/** The apostrophe of H'Hen, K'Brơi, O'Neill: stands between letters, spaces around it go when one letter leads. */
function tidyApostrophes(text: string): string {
  if (!text.includes("'")) return text;
  return text
    .replace(/(?<![\p{L}\p{M}])(\p{L}\p{M}*) ?' ?(?=\p{L})/gu, "$1'")
    .replace(/(?<![\p{L}\p{M}])'|'(?!\p{L})/gu, ' ');
}

const LONGEST_QUESTION = 300;

/** "?" within a word is a letter that was lost; one at the end of a whole name is a question. */
function isQuestionOnly(text: string): boolean {
  if (!text.endsWith('?') || text.length > LONGEST_QUESTION) return false;
  const [, name = ''] = /^([^?]*)\?+$/.exec(text) ?? [];
  return name !== '' && spellWord(name.slice(name.lastIndexOf(' ') + 1)).plain;
}

// Latin words with apostrophes, hyphens and lost letters inside: nothing to tidy.
const LETTERS = '[A-Za-z\\u00c0-\\u024f\\u1ea0-\\u1ef9]+';
const WORD = `${LETTERS}(?:(?:['-]|\\?+)${LETTERS})*`;
const TIDY = new RegExp(`^(?:${WORD}\\?* )*${WORD}$`);

/** Leaves letters, apostrophes and hyphens within words, digits, and "?" for lost letters. In: single spaces. */
export function tidyPunctuation(text: string): string {
  if (TIDY.test(text)) return text;
  const kept = isQuestionOnly(text) ? text.replaceAll('?', ' ') : text;
  return tidyApostrophes(kept.replace(/[^\p{L}\p{M}\p{Nd} '?-]+/gu, ' '))
    .replace(/(?<![\p{L}\p{M}])(?:[?\p{M}]+(?!\p{L})|-+)|-+(?!\p{L})/gu, ' ')
    .replace(/(?<![\p{L}\p{M}?])\p{M}+/gu, '')
    .replace(/ +/g, ' ')
    .trim();
}
