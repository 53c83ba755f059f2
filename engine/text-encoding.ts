import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';

/**
 * How the bytes of a file become text. TCVN3 and VNI are not encodings of files but of fonts: their bytes are read as
 * windows-1252 and the letters put right later, column by column.
 */
export type FileEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258' | 'windows-1252';

export interface EncodingFinding {
  readonly encoding: FileEncoding;
  /** Share of the evidence that agrees, 0–1. */
  readonly confidence: number;
}

const VOWELS = new Set([
  ...Buffer.from('aeiouyAEIOUY', 'latin1'),
  0xc2,
  0xca,
  0xd4,
  0xe2,
  0xe3,
  0xc3,
  0xea,
  0xf4,
]);
for (const letter of [0xd5, 0xf5, 0xdd, 0xfd]) VOWELS.add(letter);
const TONES = new Set([0xcc, 0xd2, 0xde, 0xec, 0xf2]);

/** Decides from the first bytes of a file. `whole` says that they are the whole file. */
export function detectEncoding(start: Buffer, whole: boolean): EncodingFinding {
  if (start[0] === 0xff && start[1] === 0xfe) return { encoding: 'utf-16le', confidence: 1 };
  if (start[0] === 0xfe && start[1] === 0xff) return { encoding: 'utf-16be', confidence: 1 };
  const zeros = zeroShares(start);
  if (zeros.odd > 0.3 && zeros.even < 0.05) return { encoding: 'utf-16le', confidence: 0.9 };
  if (zeros.even > 0.3 && zeros.odd < 0.05) return { encoding: 'utf-16be', confidence: 0.9 };
  if (isUtf8(whole ? start : withoutCutCharacter(start))) return { encoding: 'utf-8', confidence: 1 };
  return detectEightBit(start);
}

/**
 * A file that is neither: mostly UTF-8 with a few broken bytes, windows-1258 (a tone is a byte of its own behind its
 * vowel), or one byte per letter in a font encoding, which reads as windows-1252.
 */
function detectEightBit(start: Buffer): EncodingFinding {
  let high = 0;
  let tones = 0;
  let utf8 = 0;
  for (let i = 0; i < start.length; i++) {
    if (start[i]! < 0x80) continue;
    high++;
    if (TONES.has(start[i]!) && VOWELS.has(start[i - 1] ?? 0)) tones++;
    const length = utf8Length(start, i);
    if (length === 0) continue;
    utf8 += length;
    high += length - 1;
    i += length - 1;
  }
  if (high === 0) return { encoding: 'utf-8', confidence: 1 };
  if (utf8 / high > 0.5) return { encoding: 'utf-8', confidence: utf8 / high };
  if (tones / high > 0.15) return { encoding: 'windows-1258', confidence: Math.min(1, (tones / high) * 2.5) };
  return { encoding: 'windows-1252', confidence: 0.7 };
}

/** Bytes of the well-formed UTF-8 sequence of two or three bytes that begins here, or 0. */
function utf8Length(bytes: Buffer, at: number): number {
  const lead = bytes[at]!;
  const length = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : 0;
  for (let i = 1; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

function zeroShares(bytes: Buffer): { odd: number; even: number } {
  const counts = [0, 0];
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 0) counts[i % 2]!++;
  const half = Math.max(1, bytes.length / 2);
  return { even: counts[0]! / half, odd: counts[1]! / half };
}

function withoutCutCharacter(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && end > bytes.length - 4 && (bytes[end - 1]! & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end > 0 && bytes[end - 1]! >= 0xc0 ? end - 1 : bytes.length);
}

export interface Decoder {
  write(bytes: Buffer): string;
  end(): string;
}

/** A streaming decoder; broken bytes become U+FFFD. Windows-1258's tones stay characters of their own (NFC joins them). */
export function decoderFor(encoding: FileEncoding): Decoder {
  const decoder = iconv.getDecoder(encoding === 'windows-1252' ? 'win1252' : encoding, { stripBOM: true });
  return {
    write: (bytes) => decoder.write(bytes),
    end: () => decoder.end() ?? '',
  };
}

export function decodeText(bytes: Buffer, encoding: FileEncoding): string {
  const decoder = decoderFor(encoding);
  return decoder.write(bytes) + decoder.end();
}
