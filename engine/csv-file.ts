import { isAscii } from 'node:buffer';
import { basename } from 'node:path';
import { UserError } from '../messages/user-error.js';
import { type OpenRecord, parseLine, scanLine } from './csv-line.js';
import { sizeOfFile } from './file-access.js';
import { bytesOf, startOf } from './file-bytes.js';
import { decodeText, detectEncoding, type EncodingFinding, type FileEncoding } from './text-encoding.js';

export type EncodingChoice = 'auto' | 'utf-8' | 'utf-16' | 'windows-1258' | 'tcvn3' | 'vni';

export interface CsvOptions {
  readonly encoding?: EncodingChoice;
  readonly delimiter?: 'auto' | string;
}

/** What is known of a delimited file before its rows are read. */
export interface CsvFile {
  readonly path: string;
  readonly name: string;
  readonly encoding: FileEncoding;
  readonly encodingConfidence: number;
  /** Nobody named the encoding and the start shows none: letters further on may say otherwise (`knownEncoding`). */
  readonly encodingOpen: boolean;
  /** The user's word that the letters are those of an old font. */
  readonly fontEncoding: 'tcvn3' | 'vni' | null;
  readonly delimiter: string;
  readonly header: readonly string[];
  /** The line on which the header ends; blank lines may stand before it. */
  readonly headerEnd: number;
  readonly bytes: number;
  readonly compressed: boolean;
}

const START_BYTES = 262_144;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/**
 * Reads the start of a file: encoding, delimiter and header. Throws UserError for what cannot be a table: a folder, no
 * permission, empty, no header, duplicate headers, a workbook.
 */
export async function inspectCsv(path: string, options: CsvOptions = {}): Promise<CsvFile> {
  const bytes = sizeOfFile(path);
  const packed = await startOf(path, false, 4);
  const compressed = path.toLowerCase().endsWith('.gz') || (packed[0] === 0x1f && packed[1] === 0x8b);
  if (packed.toString('latin1') === 'PK\x03\x04') throw workbook(path);
  const start = await startOf(path, compressed, START_BYTES);
  const whole = start.length < START_BYTES;
  const choice = options.encoding ?? 'auto';
  const finding = chosenEncoding(choice, start) ?? detectEncoding(start, whole);
  const lines = firstLines(decodeText(start, finding.encoding), whole);
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) throw whole ? emptyFile(path) : noLineEnd(path);
  const delimiter = chosenDelimiter(options.delimiter) ?? detectDelimiter(path, lines.slice(first));
  const header = readHeader(lines.slice(first), delimiter);
  return {
    path,
    name: basename(path),
    encoding: finding.encoding,
    encodingConfidence: finding.confidence,
    encodingOpen: choice === 'auto' && !whole && isAscii(start),
    fontEncoding: choice === 'tcvn3' || choice === 'vni' ? choice : null,
    delimiter,
    header: columnNames(path, first + 1, header.cells),
    headerEnd: first + header.lines,
    bytes,
    compressed,
  };
}

/** The same file, its encoding decided by the first part of it that is not plain ASCII, if only the start was. */
export async function knownEncoding(file: CsvFile): Promise<CsvFile> {
  if (!file.encodingOpen) return file;
  for await (const part of bytesOf(file.path, file.compressed)) {
    if (isAscii(part)) continue;
    const { encoding, confidence } = detectEncoding(part, false);
    return { ...file, encoding, encodingConfidence: confidence, encodingOpen: false };
  }
  return { ...file, encodingOpen: false };
}

function chosenEncoding(choice: EncodingChoice, start: Buffer): EncodingFinding | null {
  if (choice === 'auto') return null;
  if (choice === 'utf-16') {
    const found = detectEncoding(start, false);
    return found.encoding === 'utf-16be' ? found : { encoding: 'utf-16le', confidence: 1 };
  }
  return { encoding: choice === 'tcvn3' || choice === 'vni' ? 'windows-1252' : choice, confidence: 1 };
}

function chosenDelimiter(choice: string | undefined): string | null {
  return choice === undefined || choice === 'auto' ? null : choice;
}

/** Whole lines only; where the file goes on, the last one may be cut. */
function firstLines(text: string, whole: boolean): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (!whole) lines.pop();
  return lines;
}

/** The delimiter that cuts most lines into as many cells as the header, and into more than one. */
function detectDelimiter(path: string, lines: readonly string[]): string {
  if (/\.tsv(\.gz)?$/i.test(path)) return '\t';
  const sample = lines.filter((line) => line !== '').slice(0, 200);
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const widths = sample.map((line) => parseLine(line, delimiter)?.length ?? 0);
    const width = widths[0] ?? 1;
    if (width < 2) continue;
    const agreeing = widths.filter((one) => one === width).length / widths.length;
    const score = agreeing * 1000 + width;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** The header's cells and the number of lines they take: a quoted name may hold line breaks. */
function readHeader(lines: readonly string[], delimiter: string): { cells: string[]; lines: number } {
  let open: OpenRecord | undefined;
  for (const [i, line] of lines.entries()) {
    const scan = scanLine(line, delimiter, open);
    if (scan.state === 'closed') return { cells: scan.cells, lines: i + 1 };
    if (scan.state === 'broken') break;
    open = { ...scan.record, openCell: `${scan.record.openCell}\n` };
  }
  return { cells: (lines[0] ?? '').split(delimiter), lines: 1 };
}

function columnNames(path: string, line: number, header: readonly string[]): string[] {
  const cells = header.map((cell) =>
    cell
      .normalize('NFC')
      .replace(/[\s\0]+/g, ' ')
      .trim(),
  );
  const names = cells.map((cell, i) => (cell === '' ? `column_${i + 1}` : cell));
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated === undefined) return names;
  throw new UserError({
    what: {
      vi: `Tiêu đề cột “${repeated}” xuất hiện nhiều lần.`,
      en: `The column header “${repeated}” occurs more than once.`,
    },
    where: `${path}:${line}`,
    mend: {
      vi: 'Hãy đổi tên để mỗi cột có một tiêu đề riêng.',
      en: 'Rename the columns so that each has a header of its own.',
    },
  });
}

function emptyFile(path: string): UserError {
  return new UserError({
    what: { vi: 'Tệp rỗng, không có cả dòng tiêu đề.', en: 'The file is empty, without even a header line.' },
    where: path,
    mend: {
      vi: 'Hãy xuất lại dữ liệu, dòng đầu là tên các cột.',
      en: 'Export the data again, with the column names on the first line.',
    },
  });
}

function noLineEnd(path: string): UserError {
  return new UserError({
    what: {
      vi: 'Không thấy dòng tiêu đề nào trong 256 KB đầu của tệp.',
      en: 'The first 256 KB of the file hold no header line.',
    },
    where: path,
    mend: {
      vi: 'Hãy kiểm tra xem đây có phải tệp CSV không, và dòng đầu có phải là tên các cột không.',
      en: 'Check that this is a CSV file, and that its first line holds the column names.',
    },
  });
}

function workbook(path: string): UserError {
  return new UserError({
    what: {
      vi: 'Đây là tệp Excel hoặc tệp nén zip, không phải CSV.',
      en: 'This is an Excel workbook or a zip archive, not a CSV file.',
    },
    where: path,
    mend: {
      vi: 'Hãy lưu bảng tính dưới dạng “CSV UTF-8”, hoặc giải nén trước.',
      en: 'Save the sheet as “CSV UTF-8”, or unpack the archive first.',
    },
  });
}
