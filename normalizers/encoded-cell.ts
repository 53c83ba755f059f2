import { decideNames, observeName } from './name-column.js';
import { decodeCell } from './name-encoding.js';
import type { ColumnFinding, Hints } from './normalizer.js';

/** Said by every kind of text that undoes a wrong encoding; spread into its table. */
export const encodingProblems = {
  encoding: {
    reason: 'format',
    weight: 'form',
    vi: 'sai bảng mã (TCVN3, VNI …), đã chuyển về Unicode',
    en: 'in a wrong encoding (TCVN3, VNI …), converted to Unicode',
  },
} as const;

/** Numbers, abbreviations and short bare words say nothing about an encoding and would only be in its way. */
function lettersOf(raw: string): string {
  return raw
    .replace(/\S*\d\S*/g, ' ')
    .replace(/[,;:/|().-]+/g, ' ')
    .replace(/(?<!\S)(?:[A-Z]{1,4}|[A-Za-z]{1,2})(?!\S)/g, ' ')
    .trim();
}

/** A cell of Vietnamese text as it was meant; the same string if nothing was wrong with it or nothing can be told. */
export function decodedCell(cell: string, hints: Hints | undefined): string {
  const raw = cell.normalize('NFC');
  const decoded = decodedText(raw, hints);
  return decoded === raw ? cell : decoded;
}

/** A cell may still be in another encoding than its column. */
function decodedText(raw: string, hints: Hints | undefined): string {
  return ownEncoding(hints?.encoding === undefined ? raw : decodeCell(raw, hints.encoding).text);
}

function ownEncoding(raw: string): string {
  if (!/[^\x00-\x7F]/.test(raw)) return raw;
  const letters = lettersOf(raw);
  const found = decodeCell(letters);
  return found.encoding === null || found.text === letters ? raw : decodeCell(raw, found.encoding).text;
}

/** Observations on the encoding of a column of Vietnamese text. */
export function observeText(raw: string): readonly string[] {
  return observeName(lettersOf(raw));
}

/** The encoding of a column; nothing else that a column of names would tell. */
export function decideText(counts: Readonly<Record<string, number>>, values: number): ColumnFinding {
  const { hints, confidence } = decideNames(counts, values);
  if (hints.encoding === undefined) return { hints: {}, confidence: {} };
  return { hints: { encoding: hints.encoding }, confidence };
}
