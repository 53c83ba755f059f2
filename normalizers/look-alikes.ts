// Characters that look like a Vietnamese letter and are another: đ of Icelandic and African alphabets (what VISCII and CP1258 bytes
// F0/D0 show as), Cyrillic and Greek letters, full-width forms, ǎ for ă, spacing accents typed behind a vowel, and the many
// apostrophes. Letters of the highland languages (č ñ ŏ ŭ ĕ) are real and stay.
//
// Source: Unicode Standard, confusables data of UTS #39 for the letters listed; 181 of 214 đ in one public name list were ð.
// Example: plainLetters('Ðặng Vаn') with U+00D0 and Cyrillic а = 'Đặng Van'.
import { isVowel } from './vietnamese-letters.js';
import { syllable } from './vietnamese-text.js';

const D_ALIKE: Readonly<Record<string, string>> = { ð: 'đ', Ð: 'Đ', ɖ: 'đ', Ɖ: 'Đ', ǎ: 'ă', Ǎ: 'Ă' };

const OTHER_SCRIPTS: ReadonlyMap<string, string> = new Map([
  ...pairs('аеорсхуіјѕһԁ', 'aeopcxyijshd'),
  ...pairs('АВЕКМНОРСТУХІЈЅ', 'ABEKMHOPCTYXIJS'),
  ...pairs('οανικ', 'oavik'),
  ...pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'),
]);

const SPACING_ACCENTS: Readonly<Record<string, string>> = {
  '´': '\u0301',
  ˊ: '\u0301',
  '`': '\u0300',
  ˋ: '\u0300',
  '˜': '\u0303',
};

/** All shapes of the apostrophe met in names; the canonical one is U+0027. */
const APOSTROPHES = "'’‘ʼʻˈ′`´＇‛ʹˊˋ";

function pairs(from: string, to: string): (readonly [string, string])[] {
  const target = Array.from(to);
  return Array.from(from, (letter, i) => [letter, target[i] ?? letter] as const);
}

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

const ANY = new RegExp(`[ðÐɖƉǎǍ´ˊ\`ˋ˜\\uff01-\\uff5e\\u0370-\\u052f${APOSTROPHES.replace("'", '')}]`);
const OTHER_APOSTROPHES = new RegExp(`[${APOSTROPHES.replace("'", '')}]`, 'g');

/** True when the text holds anything that `plainLetters` may replace. */
export function isLookAlike(text: string): boolean {
  return ANY.test(text);
}

/** The text with look-alikes replaced by the letters meant, apostrophes by U+0027. In and out: NFC. Returns the same string when there is none. */
export function plainLetters(text: string): string {
  if (!ANY.test(text)) return text;
  let out = text;
  if (/[\uff01-\uff5e]/.test(out)) out = out.normalize('NFKC');
  if (/[ðÐɖƉǎǍ]/.test(out)) out = out.replace(/[ðÐɖƉǎǍ]/g, (letter) => D_ALIKE[letter] ?? letter);
  if (/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(out) && /[a-z]/i.test(out)) {
    out = out.replace(/[\p{L}\p{M}]+/gu, latinWord).normalize('NFC');
  }
  if (/[´ˊ`ˋ˜]/.test(out)) out = composeAccents(out);
  return out.replace(OTHER_APOSTROPHES, "'");
}
