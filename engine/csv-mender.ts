import { type FileHandle, open } from 'node:fs/promises';
import { parseString } from 'fast-csv';
import type { Text } from '../messages/text.js';
import type { CsvFile } from './csv-file.js';
import { type LineScan, type OpenRecord, parseLine, scanLine } from './csv-line.js';
import { type Line, linesOf } from './csv-lines.js';
import { ROW_TROUBLE, wrongWidth } from './row-trouble.js';

/**
 * Rewrites a file that DuckDB's reader does not take as it is into one that it does: UTF-8, one kind of line end, every
 * row with the header's number of cells, and before them the line it stands on and its state. What is safe is repaired,
 * the rest is listed with its reason; no line vanishes but blank ones.
 */
/** By the number that rows carry. */
export const ROW_STATES = ['read', 'repaired', 'rejected'] as const;
export type RowState = (typeof ROW_STATES)[number];

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

export const MENDED_COLUMNS = { line: 'source_line', state: 'row_state' } as const;

export async function mendCsv(file: CsvFile, target: string): Promise<MendedFile> {
  const output = await open(target, 'w', 0o600);
  try {
    const mender = new RowMender(file, output);
    for await (const lines of linesOf(file, LONGEST_ROW)) {
      for (const line of lines) mender.take(line);
      await mender.flush();
    }
    mender.finish();
    await mender.flush();
    return mender.result();
  } finally {
    await output.close();
  }
}

/** A row of the mended file; one that needs another reader is not there at once, but keeps its place. */
type RowText = string | Promise<string>;

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
  /** What comes before the buffer. */
  private readonly parts: RowText[] = [];

  constructor(
    private readonly file: CsvFile,
    private readonly output: FileHandle,
  ) {
    this.width = file.header.length;
    this.delimiter = file.delimiter;
    const header = [MENDED_COLUMNS.line, MENDED_COLUMNS.state, ...file.header.map((_, i) => `c${i}`)];
    this.buffer = `${header.join(this.delimiter)}\n`;
  }

  take(line: Line): void {
    if (line.number <= this.file.headerEnd) return;
    const waiting = [line];
    // A record given up sets the lines behind its first free again; they come before what follows them.
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      waiting.unshift(...this.step(next));
    }
  }

  finish(): void {
    while (this.pending !== null) for (const line of this.giveUp(this.pending)) this.take(line);
  }

  async flush(): Promise<void> {
    const parts = [...this.parts.splice(0), this.buffer];
    this.buffer = '';
    const text = (await Promise.all(parts)).join('');
    if (text !== '') await this.output.writeFile(text);
  }

  result(): MendedFile {
    const { read, repaired, rejected } = this.counts;
    return { rows: read + repaired + rejected, listed: this.listed, repaired, rejected };
  }

  /** Returns lines that have to be looked at again. */
  private step(line: Line): readonly Line[] {
    if (this.pending !== null) return this.continue(this.pending, line);
    if (isBlank(line.text, this.delimiter)) return NONE;
    if (tooLong(line.text)) this.put(this.reject(line.text, line.number, ROW_TROUBLE.long));
    else this.start(line, scanLine(line.text, this.delimiter));
    return NONE;
  }

  private start(line: Line, scan: LineScan): void {
    if (scan.state === 'closed') this.put(this.whole(scan.cells, line.number, line.text));
    else if (scan.state === 'broken') this.put(this.broken(line));
    else this.pending = { lines: [line], record: withEnd(scan.record, line), characters: line.text.length };
  }

  /** A line behind an open one: the record is complete now, still open, or its quotes never close. */
  private continue(pending: Pending, line: Line): readonly Line[] {
    const scan = scanLine(line.text, this.delimiter, pending.record);
    const { lines } = pending;
    lines.push(line);
    if (scan.state === 'closed' && !this.swallows(lines, scan.cells)) {
      this.pending = null;
      this.put(this.whole(scan.cells, lines[0]!.number, textOf(lines)));
      return NONE;
    }
    const characters = pending.characters + line.text.length;
    if (scan.state !== 'open' || lines.length >= MOST_LINES || characters > LONGEST_ROW) {
      return this.giveUp(pending);
    }
    this.pending = { lines, record: withEnd(scan.record, line), characters };
    return NONE;
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
  private giveUp({ lines }: Pending): readonly Line[] {
    this.pending = null;
    this.put(this.broken(lines[0]!));
    return lines.slice(1);
  }

  private whole(found: readonly string[], line: number, text: string): string {
    if (tooLong(text)) return this.reject(text, line, ROW_TROUBLE.long);
    // A delimiter behind the last cell of every row is a habit of some programs; the engine's reader takes it, too.
    const ended = found.length === this.width + 1 && found.at(-1) === '';
    const cells = ended ? found.slice(0, -1) : found;
    if (cells.length === this.width) {
      if (text.includes('\0'))
        return this.keep(cells, { line, state: 'repaired', why: ROW_TROUBLE.nul, text });
      if (text.includes('\ufffd')) {
        return this.keep(cells, { line, state: 'repaired', why: ROW_TROUBLE.bytes, text });
      }
      this.counts.read++;
      const plain = ended || quotesApart(text) ? this.quoted(cells) : text;
      return `${line}${this.delimiter}0${this.delimiter}${plain}\n`;
    }
    if (cells.length > this.width && cells.slice(this.width).every((cell) => cell.trim() === '')) {
      return this.keep(cells.slice(0, this.width), {
        line,
        state: 'repaired',
        why: ROW_TROUBLE.trailing,
        text,
      });
    }
    return this.reject(text, line, wrongWidth(cells.length, this.width));
  }

  /** Quotes in the wrong place: read again with quotes as plain characters, and kept if that gives a full row. */
  private broken({ text, number }: Line): RowText {
    if (tooLong(text)) return this.reject(text, number, ROW_TROUBLE.long);
    const width = text.split(this.delimiter).length;
    if (width !== this.width) return this.reject(text, number, wrongWidth(width, this.width));
    this.countRepair({ line: number, state: 'repaired', why: ROW_TROUBLE.quotes, text });
    return readWithoutQuotes(text, this.delimiter).then((cells) => this.repaired(cells, number));
  }

  private keep(cells: readonly string[], row: MendedRow): string {
    this.countRepair(row);
    return this.repaired(cells, row.line);
  }

  private countRepair(row: MendedRow): void {
    this.counts.repaired++;
    if (this.counts.repaired <= LISTED_REPAIRS) this.list(row);
  }

  private repaired(cells: readonly string[], line: number): string {
    const clean = cells.map((cell) => cell.replaceAll('\0', ''));
    return `${line}${this.delimiter}1${this.delimiter}${this.quoted(clean)}\n`;
  }

  private reject(text: string, line: number, why: Text): string {
    this.counts.rejected++;
    this.list({ line, state: 'rejected', why, text });
    return `${line}${this.delimiter}2${this.delimiter.repeat(this.width)}\n`;
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

  private put(row: RowText): void {
    if (typeof row === 'string') {
      this.buffer += row;
      return;
    }
    this.parts.push(this.buffer, row);
    this.buffer = '';
  }
}

const NONE: readonly Line[] = [];

/** Lines of nothing but blanks between rows are no rows; a line of delimiters is one, of empty cells. */
function isBlank(text: string, delimiter: string): boolean {
  return text === '' || (text.trim() === '' && !text.includes(delimiter));
}

/** Blanks beside quotes, which the engine's reader takes for part of the cell where there are several. */
function quotesApart(text: string): boolean {
  return text.includes(' "') || text.includes('" ');
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
