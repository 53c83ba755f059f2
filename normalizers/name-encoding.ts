// In which encoding a name was written: decided by whether it becomes Vietnamese syllables.
//
// A cell by itself is converted only when all of it becomes syllables and was none before. Where its column has been decided
// (name-column.ts), cells that are valid both ways ("Thò" in VNI is Thị) follow the column.
// Source: own rule; that few strings are syllables in two encodings was computed over the 17,146 syllables.
//
// Example: decodeCell('NguyÔn V¨n Hµ') = { text: 'Nguyễn Văn Hà', problem: 'legacy_encoding', encoding: 'tcvn3' }.
import { BYTE_ENCODINGS, decodeLegacy } from './legacy-encodings.js';
import { undoMojibake } from './mojibake.js';
import { FITS_MOJIBAKE, type Reading, rewrite, type WordReadings, wordsIn } from './name-readings.js';
import { nameWordCounts } from './name-words.js';
import type { LegacyEncoding } from './normalizer.js';
import { hasMarks } from './vietnamese-letters.js';
import { isWesternBytes } from './western-bytes.js';

export interface Decoded {
  readonly text: string;
  readonly problem: 'mojibake' | 'legacy_encoding' | 'typing_residue' | null;
  readonly encoding: LegacyEncoding | null;
}

export const TYPING_METHODS = ['vni-typing', 'viqr', 'telex'] as const;
type TypingMethod = (typeof TYPING_METHODS)[number];
type Words = readonly WordReadings[];

const unchanged = (text: string): Decoded => ({ text, problem: null, encoding: null });

/** True when every word of the text is a Vietnamese syllable. */
export function isVietnamese(text: string): boolean {
  const words = wordsIn(text);
  return words.length > 0 && words.every((word) => word.plain.vietnamese);
}

function problemOf(encoding: LegacyEncoding): NonNullable<Decoded['problem']> {
  if (encoding.startsWith('mojibake')) return 'mojibake';
  return TYPING_METHODS.some((method) => method === encoding) ? 'typing_residue' : 'legacy_encoding';
}

/** How much a reading speaks for itself: its syllables, and among them those that people are called. */
function score(readings: readonly Reading[]): number {
  return readings.reduce((sum, { vietnamese, names }) => sum + (vietnamese ? 1 : 0) + names, 0);
}

function decodeMojibake(text: string): Decoded | null {
  const once = undoMojibake(text);
  if (once === null) return null;
  const twice = isVietnamese(once.text) ? null : undoMojibake(once.text);
  return twice === null
    ? { text: once.text, problem: 'mojibake', encoding: 'mojibake' }
    : { text: twice.text, problem: 'mojibake', encoding: 'mojibake-twice' };
}

/** The bits of what fits every word: see WordReadings.fits. */
function fitsAll(words: Words): number {
  let mask = -1;
  for (const word of words) mask &= word.fits();
  return mask;
}

/** Byte encodings under which every word is Vietnamese and something changes. */
export function fittingEncodings(words: Words): LegacyEncoding[] {
  if (words.length === 0 || !words.every((word) => word.western)) return [];
  const mask = fitsAll(words);
  return BYTE_ENCODINGS.filter(
    (encoding, i) => (mask & (1 << i)) !== 0 && words.some((word) => word.as(encoding) !== word.plain),
  );
}

/** The fitting encoding whose words are most of all names; the more usual encoding where two are even. */
function decodeBytes(text: string, words: Words): Decoded | null {
  const [first, ...others] = fittingEncodings(words);
  if (first === undefined) return null;
  const scoreOf = (each: LegacyEncoding): number => score(words.map((word) => word.as(each)));
  const best = others.reduce((a, b) => (scoreOf(b) > scoreOf(a) ? b : a), first);
  return { text: rewrite(text, words, best), problem: 'legacy_encoding', encoding: best };
}

/** Text of single bytes: UTF-8 among them is the surer sign, as it hardly comes about by chance. */
function decodeWestern(text: string, words: Words): Decoded | null {
  if ((fitsAll(words) & FITS_MOJIBAKE) !== 0) {
    return { text: rewrite(text, words, 'mojibake'), problem: 'mojibake', encoding: 'mojibake' };
  }
  return decodeMojibake(text) ?? decodeBytes(text, words);
}

const KEYS_OF: Readonly<Record<TypingMethod, RegExp>> = {
  'vni-typing': /[1-9]/,
  viqr: /[`~^(+*]/,
  telex: /[sfrxjwd]|aa|ee|oo/i,
};

/**
 * Guards foreign names against looking like Telex: a tone must be among the keys (Lee Min Ho has none), and where the only tones
 * are s, r, x (Kees, Max) two words must have one and a Vietnamese surname lead.
 */
function isTelexForSure(words: Words): boolean {
  const changed = words.filter((word) => word.as('telex') !== word.plain);
  if (!changed.some(({ word }) => /[aeiouy][a-z]*[sfrxj]/i.test(word))) return false;
  if (changed.some(({ word }) => /[aeiouyghmncpt][fj]|aw|[ou]w|dd/i.test(word))) return true;
  return changed.length >= 2 && nameWordCounts(words[0]?.as('telex').text ?? '').surname >= 30;
}

/** "Nguyễn Văn An2" is a running number behind a proper name, not the key of a tone. */
function isVniTypingForSure(text: string): boolean {
  return /\p{L}[6-9]/u.test(text) || (!hasMarks(text) && (text.match(/\p{L}[1-5]/gu)?.length ?? 0) > 1);
}

/** VIQR marks are punctuation, at which words are parted elsewhere: the cell is decoded as a whole. */
function decodeViqr(text: string): Decoded | null {
  const decoded = decodeLegacy(text, 'viqr');
  if (decoded === text || !isVietnamese(decoded)) return null;
  return { text: decoded, problem: 'typing_residue', encoding: 'viqr' };
}

function decodeKeys(text: string, words: Words, method: 'telex' | 'vni-typing'): Decoded | null {
  if (!words.every((word) => word.as(method).vietnamese)) return null;
  if (method === 'telex' ? !isTelexForSure(words) : !isVniTypingForSure(text)) return null;
  return { text: rewrite(text, words, method), problem: 'typing_residue', encoding: method };
}

function decodeTyping(text: string, words: Words): Decoded | null {
  for (const method of TYPING_METHODS) {
    if (!KEYS_OF[method].test(text)) continue;
    const found = method === 'viqr' ? decodeViqr(text) : decodeKeys(text, words, method);
    if (found !== null) return found;
  }
  return null;
}

function decodeUnguided(text: string, words: Words): Decoded {
  let plain = true;
  let western = true;
  let ascii = true;
  for (const word of words) {
    plain &&= word.plain.vietnamese;
    western &&= word.western;
    ascii &&= word.ascii;
  }
  if (plain) return unchanged(text);
  const found = western && !ascii ? decodeWestern(text, words) : null;
  return found ?? decodeTyping(text, words) ?? unchanged(text);
}

function decodeGuided(text: string, words: Words, encoding: LegacyEncoding): Decoded {
  const problem = problemOf(encoding);
  const plain = words.every((word) => word.plain.vietnamese);
  if (problem === 'mojibake') return plain ? unchanged(text) : (decodeMojibake(text) ?? unchanged(text));
  if (problem === 'legacy_encoding' && !isWesternBytes(text)) return decodeUnguided(text, words);
  // VIQR marks are separators elsewhere, so that its cells cannot be taken word by word.
  const decoded = encoding === 'viqr' ? decodeLegacy(text, encoding) : rewrite(text, words, encoding);
  if (decoded === text) return unchanged(text);
  const tieCounts = problem === 'legacy_encoding' || encoding === 'viqr';
  return isBetter(decoded, text, tieCounts)
    ? { text: decoded, problem, encoding }
    : decodeUnguided(text, words);
}

/** Letters can be keys of Telex and a proper name at once; there something must be gained, elsewhere the column decides a tie. */
function isBetter(decoded: string, text: string, tieCounts: boolean): boolean {
  const after = wordsIn(decoded).map((word) => word.plain);
  const before = wordsIn(text).map((word) => word.plain);
  const gain = score(after) / after.length - score(before) / before.length;
  return gain > 0 || (gain === 0 && tieCounts);
}

/** One cell as it was meant. In: NFC, invisible characters still in it; `encoding` of its column if one was decided. */
export function decodeCell(text: string, encoding?: LegacyEncoding): Decoded {
  const words = wordsIn(text);
  return encoding === undefined ? decodeUnguided(text, words) : decodeGuided(text, words, encoding);
}
