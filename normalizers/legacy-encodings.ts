// Vietnamese text from before Unicode, and what it looks like when its bytes are read as Western European text.
//
// TCVN3 (ABC fonts): one byte a letter; small letters and Ă Â Ê Ô Ơ Ư Đ only, other capitals exist only in a second font, so
//   text in capitals is stored in small codes ("NGUYÔN"). ư is byte AD, the soft hyphen: decode before removing invisibles.
// VNI-Windows: base letter followed by a mark ("Nguyeãn"), longest match first. VISCII and VPS: one byte a letter, capitals in the
// control range too. CP1258: base letter followed by a tone byte. VIQR: ASCII, marks typed behind the letter ("Nguye^~n").
// The bytes of each letter are in data/charset_letters.csv. Sources: TCVN 5712:1993 (VN3), RFC 1456 (VISCII, VIQR),
// Microsoft code page 1258, public tables of VNI and VPS; each row names its own.
//
// Example: decodeLegacy('NguyÔn V¨n Hµ', 'tcvn3') = 'Nguyễn Văn Hà'; encodeLegacy('Hằng', 'vni') = 'Haèng'.
import { lazy, readTable } from './data-table.js';
import { breakUtf8, undoMojibake } from './mojibake.js';
import type { LegacyEncoding } from './normalizer.js';
import { encodeTyping, undoTyping } from './typing-residues.js';
import { byteAsText, textAsByte } from './western-bytes.js';

type TableEncoding = 'tcvn3' | 'vni' | 'viscii' | 'vps' | 'cp1258' | 'viqr';

interface Codec {
  /** From what the file shows to the letter; keys of one to three characters. */
  readonly decode: ReadonlyMap<string, string>;
  readonly encode: ReadonlyMap<string, string>;
  /** Characters that can begin a key of more than one character. */
  readonly longest: number;
}

const COLUMNS: Readonly<Record<TableEncoding, number>> = {
  tcvn3: 1,
  vni: 2,
  viscii: 3,
  vps: 4,
  cp1258: 5,
  viqr: 6,
};
const WRITTEN_AS_TEXT = new Set<TableEncoding>(['vni', 'viqr']);

/** Encodings of which a column shows Western European letters and nothing beyond. */
export const BYTE_ENCODINGS = [
  'tcvn3',
  'vni',
  'viscii',
  'vps',
  'cp1258',
] as const satisfies readonly TableEncoding[];

const codecs = new Map<TableEncoding, Codec>();
const charsetRows = lazy(() => readTable('charset_letters.csv'));

function codesOf(row: readonly string[], encoding: TableEncoding): string {
  const cell = row[COLUMNS[encoding]] ?? '';
  if (WRITTEN_AS_TEXT.has(encoding)) return cell;
  return cell
    .split(' ')
    .filter((hex) => hex !== '')
    .map((hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .join('');
}

/** Every way a code may be shown: a base letter may be followed by its mark in the other case ("OÂ", "Oâ"). */
function shownAs(code: string, encoding: TableEncoding): string[] {
  if (encoding !== 'vni' || code.length === 1) return [code];
  const mark = code.slice(-1);
  return [code, code.slice(0, -1) + mark.toLowerCase(), code.slice(0, -1) + mark.toUpperCase()];
}

function codecOf(encoding: TableEncoding): Codec {
  const known = codecs.get(encoding);
  if (known !== undefined) return known;
  const decode = new Map<string, string>();
  const encode = new Map<string, string>();
  for (const row of charsetRows()) {
    const letter = row[0] ?? '';
    const code = codesOf(row, encoding);
    if (code === '') continue;
    encode.set(letter, Array.from(code, byteAsText).join(''));
    for (const shown of shownAs(code, encoding)) if (!decode.has(shown)) decode.set(shown, letter);
  }
  const codec = { decode, encode, longest: Math.max(...Array.from(decode.keys(), (key) => key.length)) };
  codecs.set(encoding, codec);
  return codec;
}

function decodeByTable(text: string, encoding: TableEncoding): string {
  const { decode, longest } = codecOf(encoding);
  const bytes = WRITTEN_AS_TEXT.has(encoding) ? text : Array.from(text, textAsByte).join('');
  let out = '';
  for (let i = 0; i < bytes.length; ) {
    let length = Math.min(longest, bytes.length - i);
    while (length > 0 && !decode.has(bytes.slice(i, i + length))) length--;
    out += length === 0 ? bytes.charAt(i) : decode.get(bytes.slice(i, i + length));
    i += Math.max(length, 1);
  }
  return out;
}

/** Words set in the capitals font have small codes between ASCII capitals: "NGUYễN" → "NGUYỄN". */
function restoreCapitals(text: string): string {
  return text.replace(/[\p{L}\p{M}]+/gu, (word) =>
    /[A-Z].*[A-Z]|^[A-Z]$/.test(word) && !/[a-z]/.test(word) ? word.toUpperCase() : word,
  );
}

/**
 * Text that was read in the wrong encoding, as it was meant. In: the text as it came, soft hyphens, no-break spaces and control
 * characters included; out: NFC. What is not in the encoding's table stays. Never throws.
 */
export function decodeLegacy(text: string, encoding: LegacyEncoding): string {
  switch (encoding) {
    case 'mojibake':
      return undoMojibake(text)?.text ?? text;
    case 'mojibake-twice': {
      const once = undoMojibake(text)?.text ?? text;
      return undoMojibake(once)?.text ?? once;
    }
    case 'telex':
    case 'vni-typing':
      return undoTyping(text, encoding);
    case 'tcvn3':
      return restoreCapitals(decodeByTable(text, encoding));
    default:
      return decodeByTable(text, encoding).normalize('NFC');
  }
}

/**
 * The opposite: how correct text looks after such an accident. For generating test data. Letters that the encoding lacks
 * (capitals with a tone in TCVN3) are written in their small code.
 */
export function encodeLegacy(text: string, encoding: LegacyEncoding): string {
  switch (encoding) {
    case 'mojibake':
      return breakUtf8(text);
    case 'mojibake-twice':
      return breakUtf8(breakUtf8(text));
    case 'telex':
    case 'vni-typing':
      return encodeTyping(text, encoding);
    default: {
      const { encode } = codecOf(encoding);
      return Array.from(
        text.normalize('NFC'),
        (letter) => encode.get(letter) ?? encode.get(letter.toLowerCase()) ?? letter,
      ).join('');
    }
  }
}
