import { once } from 'node:events';
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { parseString } from 'fast-csv';
import type { Text } from '../messages/text.js';
import { brokenArchive, type CsvFile } from './csv-file.js';
import { endsInsideQuotes, parseLine } from './csv-line.js';
import { decoderFor } from './text-encoding.js';

/**
 * Rewrites a file that DuckDB's reader does not take as it is into one that it does: UTF-8, one kind of line end, every
 * row with the header's number of cells, and before them the line it stands on and its state. What is safe is repaired,
 * the rest is listed with its reason; no line vanishes.
 */
export type RowState = 'read' | 'repaired' | 'rejected';
export const ROW_STATES: readonly RowState[] = ['read', 'repaired', 'rejected'];

export interface MendedRow {
  readonly line: number;
  readonly state: RowState;
  readonly why: Text;
  /** The row as it stands in the file, cut after 2,000 characters. */
  readonly text: string;
}

export interface MendedFile {
  readonly rows: number;
  /** Repaired and rejected rows in file order; all of the rejected ones, the repaired ones up to a limit. */
  readonly listed: readonly MendedRow[];
  readonly repaired: number;
  readonly rejected: number;
}

/** A record may go over this many lines at the most, and a line hold this many characters. */
const MOST_LINES = 200;
const LONGEST_LINE = 1_000_000;
const LISTED_TEXT = 2_000;
const LISTED_REPAIRS = 10_000;

export const MENDED_COLUMNS = { line: 'source_line', state: 'row_state' } as const;

const WHY = {
  nul: { vi: 'Có ký tự NUL, đã bỏ.', en: 'Held NUL bytes, which were removed.' },
  trailing: {
    vi: 'Thừa ô trống ở cuối dòng, đã bỏ.',
    en: 'Empty cells too many at the end, which were removed.',
  },
  quotes: {
    vi: 'Dấu nháy kép đặt sai, đã đọc như chữ thường.',
    en: 'Stray double quotes, which were read as plain characters.',
  },
  bytes: {
    vi: 'Có byte không đúng mã ký tự, đã thay bằng �.',
    en: 'Held bytes that are not valid in the encoding, replaced by �.',
  },
  long: { vi: 'Dòng dài quá 1.000.000 ký tự.', en: 'The line is longer than 1,000,000 characters.' },
} as const satisfies Record<string, Text>;

function wrongWidth(found: number, wanted: number): Text {
  return {
    vi: `Có ${found} ô, tiêu đề có ${wanted} cột.`,
    en: `Has ${found} cells where the header has ${wanted} columns.`,
  };
}

export async function mendCsv(file: CsvFile, target: string): Promise<MendedFile> {
  const output = createWriteStream(target, { mode: 0o600 });
  const mender = new RowMender(file, output);
  try {
    for await (const line of linesOf(file)) await mender.take(line);
    await mender.finish();
  } finally {
    output.end();
    await once(output, 'close');
  }
  return mender.result();
}

/** One physical line after another, without its line end; `broken` where bytes had to be replaced. */
async function* linesOf(file: CsvFile): AsyncGenerator<string> {
  const decoder = decoderFor(file.encoding);
  const bytes = createReadStream(file.path, { highWaterMark: 1 << 20 });
  const stream = file.compressed ? bytes.pipe(createGunzip()) : bytes;
  let rest = '';
  let skip = false;
  try {
    for await (const part of stream) {
      let text = rest + decoder.write(part as Buffer);
      if (skip && text.startsWith('\n')) text = text.slice(1);
      skip = false;
      const lines = text.split(/\r\n|\n|\r/);
      rest = lines.pop() ?? '';
      if (text.endsWith('\r')) skip = true;
      yield* lines;
    }
  } catch (error) {
    if (file.compressed) throw brokenArchive(file.path, error);
    throw error;
  }
  rest += decoder.end();
  if (rest !== '') yield rest;
}

class RowMender {
  private readonly width: number;
  private readonly listed: MendedRow[] = [];
  private readonly counts = { read: 0, repaired: 0, rejected: 0 };
  private pending: string[] = [];
  private pendingLine = 0;
  private line = 0;
  private headerSeen = false;
  private buffer = '';

  constructor(
    private readonly file: CsvFile,
    private readonly output: WriteStream,
  ) {
    this.width = file.header.length;
  }

  async take(line: string): Promise<void> {
    this.line++;
    if (!this.headerSeen) {
      if (line.trim() === '') return;
      this.headerSeen = true;
      const cells = [MENDED_COLUMNS.line, MENDED_COLUMNS.state, ...this.file.header.map(quoted)];
      this.buffer += `${cells.join(this.file.delimiter)}\n`;
      return;
    }
    if (this.pending.length > 0) return this.takeContinuation(line);
    if (line === '' || (this.width > 1 && line.trim() === '' && this.file.delimiter !== '\t')) return;
    if (line.includes('"') && parseLine(line, this.file.delimiter) === null) {
      if (endsInsideQuotes(line, this.file.delimiter)) {
        this.pending = [line];
        this.pendingLine = this.line;
        return;
      }
      return this.broken(line, this.line);
    }
    return this.whole(line, this.line);
  }

  /** A record whose quotes were open at the end of its line: complete now, still open, or never closing. */
  private async takeContinuation(line: string): Promise<void> {
    this.pending.push(line);
    const joined = this.pending.join('\n');
    if (line.includes('"') && parseLine(joined, this.file.delimiter)?.length === this.width) {
      const start = this.pendingLine;
      this.pending = [];
      return this.whole(joined, start);
    }
    if (this.pending.length >= MOST_LINES || joined.length > LONGEST_LINE) await this.giveUpPending();
  }

  /** The first line's quote never closed: that line alone is broken, the others are rows of their own. */
  private async giveUpPending(): Promise<void> {
    const [first, ...others] = this.pending;
    const lineAfter = this.line;
    this.line = this.pendingLine;
    this.pending = [];
    await this.broken(first ?? '', this.pendingLine);
    for (const other of others) await this.take(other);
    this.line = lineAfter;
  }

  private async whole(text: string, line: number): Promise<void> {
    if (text.length > LONGEST_LINE) return this.reject(text, line, WHY.long);
    const cells = parseLine(text, this.file.delimiter) ?? [];
    if (cells.length === this.width) {
      if (text.includes('\0')) return this.keep(cells, { line, state: 'repaired', why: WHY.nul, text });
      if (this.file.encoding === 'utf-8' && text.includes('\ufffd')) {
        return this.keep(cells, { line, state: 'repaired', why: WHY.bytes, text });
      }
      this.counts.read++;
      return this.write(`${line}${this.file.delimiter}0${this.file.delimiter}${text}\n`);
    }
    if (cells.length > this.width && cells.slice(this.width).every((cell) => cell.trim() === '')) {
      return this.keep(cells.slice(0, this.width), { line, state: 'repaired', why: WHY.trailing, text });
    }
    return this.reject(text, line, wrongWidth(cells.length, this.width));
  }

  /** Quotes in the wrong place: read again with quotes as plain characters, and kept if that gives a full row. */
  private async broken(text: string, line: number): Promise<void> {
    if (text.length > LONGEST_LINE) return this.reject(text, line, WHY.long);
    const cells = await readWithoutQuotes(text, this.file.delimiter);
    if (cells.length === this.width)
      return this.keep(cells, { line, state: 'repaired', why: WHY.quotes, text });
    return this.reject(text, line, wrongWidth(cells.length, this.width));
  }

  private async keep(cells: readonly string[], row: MendedRow): Promise<void> {
    this.counts.repaired++;
    if (this.counts.repaired <= LISTED_REPAIRS) this.list(row);
    const clean = cells.map((cell) => quoted(cell.replaceAll('\0', '')));
    await this.write([row.line, 1, ...clean].join(this.file.delimiter).concat('\n'));
  }

  private async reject(text: string, line: number, why: Text): Promise<void> {
    this.counts.rejected++;
    this.list({ line, state: 'rejected', why, text });
    const empty = new Array<string>(this.width).fill('');
    await this.write([line, 2, ...empty].join(this.file.delimiter).concat('\n'));
  }

  private list(row: MendedRow): void {
    this.listed.push({ ...row, text: row.text.slice(0, LISTED_TEXT) });
  }

  private async write(text: string): Promise<void> {
    this.buffer += text;
    if (this.buffer.length < 1 << 20) return;
    const full = this.buffer;
    this.buffer = '';
    if (!this.output.write(full)) await once(this.output, 'drain');
  }

  async finish(): Promise<void> {
    while (this.pending.length > 0) await this.giveUpPending();
    if (this.buffer !== '') this.output.write(this.buffer);
  }

  result(): MendedFile {
    const { read, repaired, rejected } = this.counts;
    return { rows: read + repaired + rejected, listed: this.listed, repaired, rejected };
  }
}

function quoted(cell: string): string {
  return /["\n\r,;\t|]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function readWithoutQuotes(line: string, delimiter: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    let cells: string[] = [];
    parseString<string[], string[]>(line, { delimiter, quote: null, headers: false })
      .on('data', (row: string[]) => {
        cells = row;
      })
      .on('error', reject)
      .on('end', () => resolve(cells));
  });
}
