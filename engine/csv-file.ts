import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { createGunzip } from 'node:zlib';
import { UserError } from '../messages/user-error.js';
import { parseLine } from './csv-line.js';
import { decodeText, detectEncoding, type FileEncoding } from './text-encoding.js';

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
  /** The user's word that the letters are those of an old font. */
  readonly fontEncoding: 'tcvn3' | 'vni' | null;
  readonly delimiter: string;
  readonly header: readonly string[];
  readonly bytes: number;
  readonly compressed: boolean;
}

const START_BYTES = 262_144;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/**
 * Reads the start of a file: encoding, delimiter and header. Throws UserError for what cannot be a table: a folder, no
 * permission, empty, no header, duplicate headers.
 */
export async function inspectCsv(path: string, options: CsvOptions = {}): Promise<CsvFile> {
  const bytes = sizeOf(path);
  const compressed = path.toLowerCase().endsWith('.gz');
  const start = compressed ? await startOfCompressed(path) : startOfFile(path);
  if (start.length === 0) throw emptyFile(path);
  const finding =
    chosenEncoding(options.encoding ?? 'auto') ?? detectEncoding(start, start.length < START_BYTES);
  const lines = firstLines(decodeText(start, finding.encoding), start.length < START_BYTES);
  const top = lines.find((line) => line.trim() !== '');
  if (top === undefined) throw emptyFile(path);
  const delimiter =
    options.delimiter !== undefined && options.delimiter !== 'auto'
      ? options.delimiter
      : detectDelimiter(path, lines);
  const header = readHeader(path, top, delimiter);
  return {
    path,
    name: basename(path),
    encoding: finding.encoding,
    encodingConfidence: finding.confidence,
    fontEncoding: options.encoding === 'tcvn3' || options.encoding === 'vni' ? options.encoding : null,
    delimiter,
    header,
    bytes,
    compressed,
  };
}

function chosenEncoding(choice: EncodingChoice): { encoding: FileEncoding; confidence: number } | null {
  if (choice === 'auto') return null;
  if (choice === 'utf-16') return { encoding: 'utf-16le', confidence: 1 };
  return { encoding: choice === 'tcvn3' || choice === 'vni' ? 'windows-1252' : choice, confidence: 1 };
}

function sizeOf(path: string): number {
  try {
    const facts = statSync(path);
    if (!facts.isDirectory()) return facts.size;
  } catch (error) {
    throw unreadable(path, error);
  }
  throw new UserError({
    what: { vi: 'Đây là một thư mục, không phải tệp.', en: 'This is a folder, not a file.' },
    where: path,
    mend: {
      vi: 'Hãy ghi đường dẫn của tệp, hoặc một mẫu như thu-muc/*.csv.',
      en: 'Give the path of a file, or a pattern such as folder/*.csv.',
    },
  });
}

function unreadable(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') {
    return new UserError({
      what: { vi: 'Không có tệp này.', en: 'There is no such file.' },
      where: path,
      mend: { vi: 'Hãy kiểm tra lại đường dẫn.', en: 'Check the path.' },
    });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new UserError({
      what: { vi: 'Không có quyền đọc tệp.', en: 'The file may not be read.' },
      where: path,
      mend: {
        vi: 'Hãy cấp quyền đọc tệp cho người dùng đang chạy lệnh.',
        en: 'Give the user who runs the command permission to read it.',
      },
    });
  }
  return error;
}

function startOfFile(path: string): Buffer {
  let handle: number;
  try {
    handle = openSync(path, 'r');
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    const buffer = Buffer.alloc(START_BYTES);
    const read = readSync(handle, buffer, 0, START_BYTES, 0);
    return buffer.subarray(0, read);
  } finally {
    closeSync(handle);
  }
}

async function startOfCompressed(path: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  const stream = createReadStream(path).pipe(createGunzip());
  try {
    for await (const part of stream) {
      parts.push(part as Buffer);
      length += (part as Buffer).length;
      if (length >= START_BYTES) break;
    }
  } catch (error) {
    throw brokenArchive(path, error);
  }
  return Buffer.concat(parts).subarray(0, START_BYTES);
}

export function brokenArchive(path: string, error: unknown): UserError {
  return new UserError({
    what: {
      vi: `Tệp nén bị hỏng: ${(error as Error).message}.`,
      en: `The compressed file is broken: ${(error as Error).message}.`,
    },
    where: path,
    mend: { vi: 'Hãy chép lại tệp từ nơi gửi.', en: 'Copy the file again from its source.' },
  });
}

function firstLines(text: string, whole: boolean): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (!whole && lines.length > 1) lines.pop();
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

function readHeader(path: string, line: string, delimiter: string): string[] {
  const cells = (parseLine(line, delimiter) ?? line.split(delimiter)).map((cell) =>
    cell.normalize('NFC').replace(/\s+/g, ' ').trim(),
  );
  const names = cells.map((cell, i) => (cell === '' ? `column_${i + 1}` : cell));
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) {
    throw new UserError({
      what: {
        vi: `Tiêu đề cột “${repeated}” xuất hiện nhiều lần.`,
        en: `The column header “${repeated}” occurs more than once.`,
      },
      where: `${path}:1`,
      mend: {
        vi: 'Hãy đổi tên để mỗi cột có một tiêu đề riêng.',
        en: 'Rename the columns so that each has a header of its own.',
      },
    });
  }
  return names;
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
