// Characters that look like a Vietnamese letter and are another: đ of Icelandic and African alphabets (what VISCII and CP1258 bytes
// F0/D0 show as), Cyrillic and Greek letters, full-width forms, ǎ for ă, spacing accents typed behind a vowel, and the many
// apostrophes. Letters of the highland languages (č ñ ŏ ŭ ĕ) are real and stay.
//
// Source: data/look_alikes.csv, after the Unicode Standard, confusables data of UTS #39; 181 of 214 đ in one public name list were ð.
// Example: plainLetters('Ðặng Vаn') with U+00D0 and Cyrillic а = 'Đặng Van'.
import { readTable } from './data-table.js';
import { isVowel } from './vietnamese-letters.js';
import { syllable } from './vietnamese-text.js';

const listed = (kind: string): ReadonlyMap<string, string> =>
  new Map(
    readTable('look_alikes.csv')
      .filter((row) => row[2] === kind)
      .map(([lookAlike = '', letter = '']) => [lookAlike, letter]),
  );

const D_ALIKE = listed('latin');
const OTHER_SCRIPTS = listed('other_script');

const SPACING_ACCENTS: Readonly<Record<string, string>> = {
  '´': '\u0301',
  ˊ: '\u0301',
  '`': '\u0300',
  ˋ: '\u0300',
  '˜': '\u0303',
};

/** All other shapes of the apostrophe met in names; the canonical one is U+0027. */
const APOSTROPHES = [...listed('apostrophe').keys()].join('');

/** A word of another script becomes Latin only if it stands in a Latin text and all of it has a Latin double. */
function latinWord(word: string): string {
  const latin = Array.from(word, (letter) => OTHER_SCRIPTS.get(letter) ?? letter).join('');
  return /[^\p{Script=Latin}\p{M}]/u.test(latin) ? word : latin;
}

function composeAccents(text: string): string {
  return text.replace(/(\p{L}*)(\p{L})([´ˊ`ˋ˜])(\p{L}*)/gu, (all, head, vowel, accent, tail) => {
    if (!isVowel(vowel)) return all;
    const word = (head + vowel + (SPACING_ACCENTS[accent] ?? '') + tail).normalize('NFC');
    return syllable(word.toLowerCase()) === null ? all : word;
  });
}

const D_LETTERS = [...D_ALIKE.keys()].join('');
const ANY = new RegExp(`[${D_LETTERS}´ˊ\`ˋ˜\\uff01-\\uff5e\\u0370-\\u052f${APOSTROPHES}]`);
const D_LETTER = new RegExp(`[${D_LETTERS}]`, 'g');
const OTHER_APOSTROPHES = new RegExp(`[${APOSTROPHES}]`, 'g');

/** True when the text holds anything that `plainLetters` may replace. */
export function isLookAlike(text: string): boolean {
  return ANY.test(text);
}

/** The text with look-alikes replaced by the letters meant, apostrophes by U+0027. In and out: NFC. Returns the same string when there is none. */
export function plainLetters(text: string): string {
  if (!ANY.test(text)) return text;
  let out = text;
  if (/[\uff01-\uff5e]/.test(out)) out = out.normalize('NFKC');
  out = out.replace(D_LETTER, (letter) => D_ALIKE.get(letter) ?? letter);
  if (/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(out) && /[a-z]/i.test(out)) {
    out = out.replace(/[\p{L}\p{M}]+/gu, latinWord).normalize('NFC');
  }
  if (/[´ˊ`ˋ˜]/.test(out)) out = composeAccents(out);
  return out.replace(OTHER_APOSTROPHES, "'");
}
