// Mojibake: UTF-8 bytes shown as Windows-1252 ("Nguyá»…n Thá»‹ ÄÃ o"). Undone by taking the characters as bytes and reading those
// as UTF-8. Happens twice when a file is converted twice.
//
// Not everything survives: Windows-1252 lacks 81 8D 8F 90 9D (they become U+FFFD: ề ỏ ọ ờ Á Đ Í Ố Ý), A0 is a no-break space that
// trimming turns into a space or nothing (à Ạ Ơ Ỡ), AD is a soft hyphen that cleaning removes (ậ í ử). A missing byte is put
// back only where exactly one letter makes the word a Vietnamese syllable; else the letter stays lost.
// Source: computed over all 134 letters; WHATWG Encoding Standard for the code page.
//
// Example: undoMojibake('Tráº§n VÄƒn BÃ¬nh') = { text: 'Trần Văn Bình', lost: false }; undoMojibake('Trần') = null.
import { isSyllable } from './vietnamese-text.js';
import { byteAsText, isWesternBytes, textAsByte } from './western-bytes.js';

export interface Mended {
  readonly text: string;
  /** True when a letter could not be brought back; it is shown as U+FFFD. */
  readonly lost: boolean;
}

const LOST_BYTES = ['\x81', '\x8d', '\x8f', '\x90', '\x9d'];
const DROPPED_BYTES = ['\xa0', '\xad'];
const LETTER = /[\u0100-\u01ff\u1ea0-\u1ef9\u00c0-\u00ff]/;

/** How correct text looks once its UTF-8 bytes are shown as Windows-1252 (bytes without a character as controls). */
export function breakUtf8(text: string): string {
  return Array.from(Buffer.from(text, 'utf8'), (byte) => byteAsText(String.fromCharCode(byte))).join('');
}

const isContinuation = (byte: string): boolean => byte >= '\x80' && byte <= '\xbf';

/** Lead bytes of the letters that Vietnamese names can hold, with the number of bytes that follow. */
function followers(lead: string): number {
  if (lead >= '\xc2' && lead <= '\xdf') return 1;
  return lead === '\xe1' || lead === '\xe2' || lead === '\xef' || lead === '\xe0' ? 2 : 0;
}

interface Gap {
  readonly at: number;
  /** Characters of the shown text that stand for the missing byte. */
  readonly width: number;
  readonly options: readonly string[];
}

interface Scan {
  readonly whole: number;
  readonly gaps: readonly Gap[];
}

/** Reads the bytes as UTF-8 sequences; null when they are none. */
function scan(bytes: string): Scan | null {
  const gaps: Gap[] = [];
  let whole = 0;
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes.charAt(i);
    const count = followers(byte);
    if (byte < '\x80' || byte === '\xa0') {
      i++;
      continue;
    }
    if (count === 0) return null;
    const start = i++;
    let gap: Gap | null = null;
    for (let k = 0; k < count; k++) {
      if (isContinuation(bytes.charAt(i))) {
        i++;
        continue;
      }
      if (gap !== null || (count === 2 && k === 0)) return null;
      gap = gapAt(bytes, i);
      i += gap.width;
    }
    if (gap === null) whole += start < i ? 1 : 0;
    else gaps.push(gap);
  }
  return { whole, gaps };
}

function gapAt(bytes: string, at: number): Gap {
  const byte = bytes.charAt(at);
  if (byte === '\ufffd' || byte === '?') return { at, width: 1, options: LOST_BYTES };
  // A small letter cannot begin a word of a name, so "Ã o" is one word; before a capital both readings are tried.
  if (byte === ' ')
    return { at, width: 1, options: /[a-z]/.test(bytes.charAt(at + 1)) ? ['\xa0'] : ['\xa0', '\xa0 '] };
  return { at, width: 0, options: byte === '' ? ['\xa0'] : DROPPED_BYTES };
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

const allSyllables = (text: string): boolean =>
  text
    .split(/[\s\p{P}]+/u)
    .filter((word) => word !== '')
    .every((word) => isSyllable(word.toLowerCase()));

/** All ways to fill the gaps, at most 500; the text in pieces between them. */
function fillings(bytes: string, gaps: readonly Gap[], more: readonly string[]): string[] {
  let partial = [''];
  let from = 0;
  for (const gap of gaps) {
    const piece = bytes.slice(from, gap.at);
    const options = [...new Set([...gap.options, ...more])];
    partial = partial.flatMap((head) => options.map((option) => head + piece + option));
    if (partial.length > 500) return [];
    from = gap.at + gap.width;
  }
  return partial.map((head) => head + bytes.slice(from));
}

function fits(bytes: string, gaps: readonly Gap[], more: readonly string[]): string[] {
  const texts = fillings(bytes, gaps, more).map((filled) =>
    utf8(filled).normalize('NFC').replace(/ +/g, ' '),
  );
  return [...new Set(texts)].filter(allSyllables);
}

function withLostLetters(bytes: string, gaps: readonly Gap[]): string {
  let out = '';
  let from = 0;
  for (const gap of gaps) {
    let lead = gap.at - 1;
    while (isContinuation(bytes.charAt(lead))) lead--;
    out += `${utf8(bytes.slice(from, lead))}\ufffd`;
    from = gap.at + gap.width;
  }
  return out + utf8(bytes.slice(from));
}

/**
 * The text as it was meant, or null when it is no mojibake. In: the raw text, invisible characters included.
 * Text that only might be mojibake (a lone "Ã ", as in "LÃ VĂN") is left alone unless all of it becomes Vietnamese.
 */
export function undoMojibake(text: string): Mended | null {
  if (!/[\u00c2-\u00c6\u00e1\u00e2]/.test(text)) return null;
  if (!isWesternBytes(text.replaceAll('\ufffd', ''))) return null;
  const bytes = Array.from(text, textAsByte).join('');
  const found = scan(bytes);
  if (found === null || found.whole + found.gaps.length === 0) return null;
  const { whole, gaps } = found;
  if (gaps.length === 0) {
    const mended = utf8(bytes.replaceAll(/(?<![\x80-\xff])\xa0/g, ' '));
    return mended.includes('\ufffd') || !LETTER.test(mended)
      ? null
      : { text: mended.normalize('NFC'), lost: false };
  }
  const usual = fits(bytes, gaps, []);
  const readings = usual.length > 0 ? usual : fits(bytes, gaps, LOST_BYTES);
  if (readings.length === 1) return { text: readings[0] ?? '', lost: false };
  return whole === 0 ? null : { text: withLostLetters(bytes, gaps).normalize('NFC'), lost: true };
}
