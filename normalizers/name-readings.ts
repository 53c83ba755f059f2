// What one written word may mean: as it stands, and under each legacy encoding or typing method. Worked out once per distinct
// word; a population has some ten thousand of them, so that a name is then only looked up word by word.
//
// Source: own rule, from the syllables of vietnamese-text.ts and the counts of name-words.ts.
// Example: readingsOf('ThÞ').as('tcvn3') = { text: 'Thị', vietnamese: true, names: 1 }.
import { BYTE_ENCODINGS, decodeLegacy } from './legacy-encodings.js';
import { undoMojibake } from './mojibake.js';
import { isNameWord } from './name-words.js';
import type { LegacyEncoding } from './normalizer.js';
import { titleCase } from './vietnamese-letters.js';
import { isSyllable } from './vietnamese-text.js';
import { isWesternBytes } from './western-bytes.js';

export interface Reading {
  readonly text: string;
  /** Every part of it is a Vietnamese syllable in plain case. */
  readonly vietnamese: boolean;
  /** How many of its parts people are called. */
  readonly names: number;
}

/** Characters that part words for this purpose; a no-break space does not, it is a letter in VISCII. */
const PARTS = /[^\t-\r .,;:()\-/\u2000-\u200f\u2060]+/g;
const SEPARATED = /[\t-\r .,;:()\-/\u00a0\u2000-\u200f\u2060]/;
const OTHER_SEPARATORS = /[\t-\r.,;:()\-/\u2000-\u200f\u2060]/;

function isPlainSyllable(word: string): boolean {
  const small = word.toLowerCase();
  return isSyllable(small) && (word === small || word === titleCase(word) || word === word.toUpperCase());
}

function read(text: string): Reading {
  const parts = SEPARATED.test(text)
    ? text.split(/[\s.,;:()\-/\u200b-\u200f\u2060]+/).filter((part) => part !== '')
    : [text];
  const vietnamese = parts.length > 0 && parts.every(isPlainSyllable);
  return { text, vietnamese, names: parts.filter((part) => isNameWord(part)).length };
}

/** One word with its readings; those under an encoding are worked out when first asked for. */
export class WordReadings {
  readonly plain: Reading;
  readonly ascii: boolean;
  /** Holds only what single bytes can show. */
  readonly western: boolean;
  private readonly others: Partial<Record<LegacyEncoding, Reading>> = {};
  private fitting = -1;

  constructor(readonly word: string) {
    this.plain = read(word);
    this.ascii = /^[\x00-\x7f]*$/.test(word);
    this.western = this.ascii || isWesternBytes(word.replaceAll('\ufffd', ''));
  }

  as(encoding: LegacyEncoding): Reading {
    let reading = this.others[encoding];
    if (reading === undefined) {
      reading = this.readAs(encoding);
      this.others[encoding] = reading;
    }
    return reading;
  }

  /** Bit i: Vietnamese under BYTE_ENCODINGS[i]. The bit after those: Vietnamese once mojibake is undone, or plain ASCII. */
  fits(): number {
    if (this.fitting >= 0) return this.fitting;
    let mask = 0;
    for (const [i, encoding] of BYTE_ENCODINGS.entries()) if (this.as(encoding).vietnamese) mask |= 1 << i;
    const mojibake = this.as('mojibake');
    if (mojibake.vietnamese && (this.ascii || mojibake !== this.plain)) mask |= FITS_MOJIBAKE;
    this.fitting = mask;
    return mask;
  }

  private readAs(encoding: LegacyEncoding): Reading {
    if (encoding === 'mojibake') {
      const mended = this.ascii ? null : undoMojibake(this.word);
      return mended === null || mended.lost ? this.plain : read(mended.text);
    }
    const decoded = decodeLegacy(this.word, encoding);
    return decoded === this.word ? this.plain : read(decoded);
  }
}

export const FITS_MOJIBAKE = 1 << BYTE_ENCODINGS.length;

const known = new Map<string, WordReadings>();
const KEPT = 100_000;

export function readingsOf(word: string): WordReadings {
  let readings = known.get(word);
  if (readings === undefined) {
    if (known.size >= KEPT) known.clear();
    readings = new WordReadings(word);
    if (word.length < 40) known.set(word, readings);
  }
  return readings;
}

/** The words of a cell. */
export function wordsIn(text: string): readonly WordReadings[] {
  if (OTHER_SEPARATORS.test(text)) return Array.from(text.match(PARTS) ?? [], readingsOf);
  const words: WordReadings[] = [];
  for (let from = 0; from < text.length; ) {
    const space = text.indexOf(' ', from);
    const end = space < 0 ? text.length : space;
    if (end > from) words.push(readingsOf(text.slice(from, end)));
    from = end + 1;
  }
  return words;
}

/** The cell with each of its words in its reading under one encoding. */
export function rewrite(text: string, words: readonly WordReadings[], encoding: LegacyEncoding): string {
  if (OTHER_SEPARATORS.test(text)) return text.replace(PARTS, (word) => readingsOf(word).as(encoding).text);
  let out = '';
  for (const word of words) out = out === '' ? word.as(encoding).text : `${out} ${word.as(encoding).text}`;
  return out;
}
