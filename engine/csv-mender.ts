import { type FileHandle, open } from 'node:fs/promises';
import { parseString } from 'fast-csv';
import type { Text } from '../messages/text.js';
import type { CsvFile } from './csv-file.js';
import { type LineScan, type OpenRecord, parseLine, scanLine } from './csv-line.js';
import { type Line, linesOf } from './csv-lines.js';

/**
 * Rewrites a file that DuckDB's reader does not take as it is into one that it does: UTF-8, one kind of line end, every
 * row with the header's number of cells, and before them the line it stands on and its state. What is safe is repaired,
 * the rest is listed with its reason; no line vanishes but blank ones.
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

/** A record may go over this many lines at the most, and hold this many bytes of UTF-8. */
const MOST_LINES = 200;
export const LONGEST_ROW = 1_000_000;
const LISTED_TEXT = 2_000;
const LISTED_REPAIRS = 10_000;
const BUFFERED = 1 << 20;

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
  long: { vi: 'Dòng dài quá 1.000.000 byte.', en: 'The row is longer than 1,000,000 bytes.' },
} as const satisfies Record<string, Text>;

function wrongWidth(found: number, wanted: number): Text {
  return {
    vi: `Có ${found} ô, tiêu đề có ${wanted} cột.`,
    en: `Has ${found} cells where the header has ${wanted} columns.`,
  };
}

export async function mendCsv(file: CsvFile, target: string): Promise<MendedFile> {
  const output = await open(target, 'w', 0o600);
  try {
    const mender = new RowMender(file, output);
    for await (const lines of linesOf(file, LONGEST_ROW)) for (const line of lines) await mender.take(line);
    return await mender.finish();
  } finally {
    await output.close();
  }
}

/** Lines of a record whose quotes are still open at the end of the last of them. */
interface Pending {
  readonly lines: Line[];
  readonly record: OpenRecord;
  readonly characters: number;
}

class RowMender {
  private readonly width: number;
  private readonly delimiter: string;
  private readonly listed: MendedRow[] = [];
  private readonly counts = { read: 0, repaired: 0, rejected: 0 };
  private pending: Pending | null = null;
  private buffer = '';

  constructor(
    private readonly file: CsvFile,
    private readonly output: FileHandle,
  ) {
    this.width = file.header.length;
    this.delimiter = file.delimiter;
    const header = [MENDED_COLUMNS.line, MENDED_COLUMNS.state, ...file.header.map((_, i) => `c${i}`)];
    this.buffer = `${header.join(this.delimiter)}\n`;
  }

  async take(line: Line): Promise<void> {
    if (line.number <= this.file.headerEnd) return;
    const waiting = [line];
    // A record given up sets the lines behind its first free again; they come before what follows them.
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      waiting.unshift(...(await this.step(next)));
    }
  }

  async finish(): Promise<MendedFile> {
    while (this.pending !== null) for (const line of await this.giveUp(this.pending)) await this.take(line);
    await this.output.writeFile(this.buffer);
    const { read, repaired, rejected } = this.counts;
    return { rows: read + repaired + rejected, listed: this.listed, repaired, rejected };
  }

  /** Returns lines that have to be looked at again. */
  private async step(line: Line): Promise<readonly Line[]> {
    if (this.pending !== null) return this.continue(this.pending, line);
    if (isBlank(line.text, this.delimiter)) return [];
    if (tooLong(line.text)) await this.reject(line.text, line.number, WHY.long);
    else await this.start(line, scanLine(line.text, this.delimiter));
    return [];
  }

  private async start(line: Line, scan: LineScan): Promise<void> {
    if (scan.state === 'closed') await this.whole(scan.cells, line.number, line.text);
    else if (scan.state === 'broken') await this.broken(line);
    else this.pending = { lines: [line], record: withEnd(scan.record, line), characters: line.text.length };
  }

  /** A line behind an open one: the record is complete now, still open, or its quotes never close. */
  private async continue(pending: Pending, line: Line): Promise<readonly Line[]> {
    const scan = scanLine(line.text, this.delimiter, pending.record);
    const { lines } = pending;
    lines.push(line);
    if (scan.state === 'closed' && !this.swallows(lines, scan.cells)) {
      this.pending = null;
      await this.whole(scan.cells, lines[0]!.number, textOf(lines));
      return [];
    }
    const characters = pending.characters + line.text.length;
    if (scan.state !== 'open' || lines.length >= MOST_LINES || characters > LONGEST_ROW) {
      return this.giveUp(pending);
    }
    this.pending = { lines, record: withEnd(scan.record, line), characters };
    return [];
  }

  /**
   * A quote that was forgotten and one that strays further down make a record of all between. Its inner lines tell: each
   * is a row of its own.
   */
  private swallows(lines: readonly Line[], cells: readonly string[]): boolean {
    const inner = lines
      .slice(1, -1)
      .map(({ text }) => parseLine(text, this.delimiter)?.length === this.width);
    if (this.width < 3 || inner.length === 0) return false;
    return cells.length === this.width ? inner.every(Boolean) : inner.some(Boolean);
  }

  /** The first line's quote never closed: that line alone is broken, the others are looked at again. */
  private async giveUp({ lines }: Pending): Promise<readonly Line[]> {
    this.pending = null;
    await this.broken(lines[0]!);
    return lines.slice(1);
  }

  private async whole(found: readonly string[], line: number, text: string): Promise<void> {
    if (tooLong(text)) return this.reject(text, line, WHY.long);
    // A delimiter behind the last cell of every row is a habit of some programs; the engine's reader takes it, too.
    const ended = found.length === this.width + 1 && found.at(-1) === '';
    const cells = ended ? found.slice(0, -1) : found;
    if (cells.length === this.width) {
      if (text.includes('\0')) return this.keep(cells, { line, state: 'repaired', why: WHY.nul, text });
      if (text.includes('\ufffd')) {
        return this.keep(cells, { line, state: 'repaired', why: WHY.bytes, text });
      }
      this.counts.read++;
      const plain = ended || text.includes('"') ? this.quoted(cells) : text;
      return this.write(`${line}${this.delimiter}0${this.delimiter}${plain}\n`);
    }
    if (cells.length > this.width && cells.slice(this.width).every((cell) => cell.trim() === '')) {
      return this.keep(cells.slice(0, this.width), { line, state: 'repaired', why: WHY.trailing, text });
    }
    return this.reject(text, line, wrongWidth(cells.length, this.width));
  }

  /** Quotes in the wrong place: read again with quotes as plain characters, and kept if that gives a full row. */
  private async broken({ text, number }: Line): Promise<void> {
    if (tooLong(text)) return this.reject(text, number, WHY.long);
    const width = text.split(this.delimiter).length;
    if (width !== this.width) return this.reject(text, number, wrongWidth(width, this.width));
    const cells = await readWithoutQuotes(text, this.delimiter);
    return this.keep(cells, { line: number, state: 'repaired', why: WHY.quotes, text });
  }

  private async keep(cells: readonly string[], row: MendedRow): Promise<void> {
    this.counts.repaired++;
    if (this.counts.repaired <= LISTED_REPAIRS) this.list(row);
    const clean = cells.map((cell) => cell.replaceAll('\0', ''));
    await this.write(`${row.line}${this.delimiter}1${this.delimiter}${this.quoted(clean)}\n`);
  }

  private async reject(text: string, line: number, why: Text): Promise<void> {
    this.counts.rejected++;
    this.list({ line, state: 'rejected', why, text });
    await this.write(`${line}${this.delimiter}2${this.delimiter.repeat(this.width)}\n`);
  }

  private list(row: MendedRow): void {
    // A slice would keep the whole chunk of the file that it was cut from; a NUL byte would end an SQL text.
    const start = row.text.slice(0, LISTED_TEXT).replaceAll('\0', '\u2400');
    const text = Buffer.from(start, 'utf8').toString('utf8');
    this.listed.push({ ...row, text });
  }

  private quoted(cells: readonly string[]): string {
    const needs = (cell: string) => /["\n\r]/.test(cell) || cell.includes(this.delimiter);
    return cells.map((cell) => (needs(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(this.delimiter);
  }

  private async write(text: string): Promise<void> {
    this.buffer += text;
    if (this.buffer.length < BUFFERED) return;
    const full = this.buffer;
    this.buffer = '';
    await this.output.writeFile(full);
  }
}

/** Lines of nothing but blanks between rows are no rows; a line of delimiters is one, of empty cells. */
function isBlank(text: string, delimiter: string): boolean {
  return text === '' || (text.trim() === '' && !text.includes(delimiter));
}

function tooLong(text: string): boolean {
  return text.length * 3 > LONGEST_ROW && Buffer.byteLength(text) > LONGEST_ROW;
}

function withEnd(record: OpenRecord, line: Line): OpenRecord {
  return { cells: record.cells, openCell: record.openCell + line.end };
}

function textOf(lines: readonly Line[]): string {
  return lines.map(({ text, end }, i) => (i < lines.length - 1 ? text + end : text)).join('');
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
