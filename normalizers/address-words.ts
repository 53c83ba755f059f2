import type { Run } from './unit-key-numbers.js';
import { foldedCode } from './unit-keys.js';

/** What stands before a word: a space, point or nothing; a hyphen or slash; a comma or the like. */
export const SPACE = 0;
export const HYPHEN = 1;
export const COMMA = 2;

/** The words of an address, folded (no marks, lower case, numbers without leading zeros), and where they stand. */
export interface AddressWords {
  readonly text: string;
  readonly words: string[];
  readonly breaks: number[];
  readonly starts: number[];
  readonly ends: number[];
  /** The text has commas, so that parts without a type word are whole segments. */
  hasCommas: boolean;
  /** By end: the runs of words before it that are names of units, once they have been looked up. */
  readonly runs: (readonly Run[] | undefined)[];
}

function breakOf(code: number): number {
  // , ; | ( ) and line ends part segments; - – — / may also stand within a name.
  if (
    code === 44 ||
    code === 59 ||
    code === 124 ||
    code === 40 ||
    code === 41 ||
    code === 10 ||
    code === 13
  ) {
    return COMMA;
  }
  return code === 45 || code === 47 || code === 0x2013 || code === 0x2014 || code === 0x2212 ? HYPHEN : SPACE;
}

/** Splits an address into words; what stands in parentheses is a note and left out, unless all of it does. */
export function addressWords(text: string): AddressWords {
  const found: AddressWords = {
    text,
    words: [],
    breaks: [],
    starts: [],
    ends: [],
    hasCommas: false,
    runs: [],
  };
  scan(found, true);
  if (found.words.length === 0) scan(found, false);
  return found;
}

function scan(found: AddressWords, skipNotes: boolean): void {
  const { text } = found;
  let word = '';
  let start = 0;
  let gap = COMMA;
  let inNote = false;
  for (let i = 0; i <= text.length; i += 1) {
    const code = i < text.length ? text.charCodeAt(i) : 32;
    const folded = i < text.length ? foldedCode(code) : 0;
    if (skipNotes && code === 40) inNote = true;
    if (folded > 1 && !inNote) {
      if (word === '') start = i;
      if (folded === 48 && isLeadingZero(text, i)) continue;
      word += String.fromCharCode(folded);
      continue;
    }
    if (folded === 1) continue;
    if (word !== '') {
      push(found, word, gap);
      found.starts.push(start);
      found.ends.push(i);
      word = '';
      gap = SPACE;
    }
    gap = Math.max(gap, breakOf(code));
    if (code === 41) inNote = false;
  }
}

function push(found: AddressWords, word: string, gap: number): void {
  if (gap === COMMA && found.words.length > 0) found.hasCommas = true;
  found.words.push(word);
  found.breaks.push(gap);
}

function isLeadingZero(text: string, at: number): boolean {
  const before = at > 0 ? foldedCode(text.charCodeAt(at - 1)) : 0;
  const after = at + 1 < text.length ? foldedCode(text.charCodeAt(at + 1)) : 0;
  return !(before >= 48 && before <= 57) && after >= 48 && after <= 57;
}

/** The same words with the segments between commas in the opposite order (addresses written from large to small). */
export function reversedSegments(found: AddressWords): AddressWords {
  const result: AddressWords = { ...found, words: [], breaks: [], starts: [], ends: [], runs: [] };
  let end = found.words.length;
  for (let i = end - 1; i >= 0; i -= 1) {
    if (found.breaks[i] !== COMMA) continue;
    result.words.push(...found.words.slice(i, end));
    result.breaks.push(...found.breaks.slice(i, end));
    result.starts.push(...found.starts.slice(i, end));
    result.ends.push(...found.ends.slice(i, end));
    end = i;
  }
  return result;
}
