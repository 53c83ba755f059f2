import type { CsvFile } from './csv-file.js';
import { bytesOf } from './file-bytes.js';
import { decoderFor } from './text-encoding.js';

/** A physical line: what ends in CR LF, LF or CR. */
export interface Line {
  readonly number: number;
  readonly text: string;
  readonly end: string;
}

/**
 * The lines of a file, decoded, chunk by chunk. A line longer than `longest` characters comes cut behind them, so that a
 * file without line ends needs no more memory than others.
 */
export async function* linesOf(file: CsvFile, longest: number): AsyncGenerator<Line[]> {
  const decoder = decoderFor(file.encoding);
  const cutter = new LineCutter(longest);
  for await (const bytes of bytesOf(file.path, file.compressed)) yield cutter.take(decoder.write(bytes));
  yield [...cutter.take(decoder.end()), ...cutter.finish()];
}

class LineCutter {
  private number = 0;
  private rest = '';
  private heldReturn = '';

  constructor(private readonly longest: number) {}

  take(part: string): Line[] {
    if (part === '') return [];
    // A CR at a chunk's end may be the first half of a CR LF.
    const all = this.heldReturn + part;
    this.heldReturn = all.endsWith('\r') ? '\r' : '';
    return this.linesIn(this.heldReturn === '' ? all : all.slice(0, -1));
  }

  finish(): Line[] {
    const lines = this.linesIn(this.heldReturn);
    return this.rest === '' ? lines : [...lines, { number: ++this.number, text: this.rest, end: '' }];
  }

  private linesIn(text: string): Line[] {
    const pieces = text.split(/(\r\n|\n|\r)/);
    const lines: Line[] = [];
    for (let i = 0; i + 1 < pieces.length; i += 2) {
      const whole = i === 0 ? this.rest + pieces[i]! : pieces[i]!;
      lines.push({ number: ++this.number, text: this.cut(whole), end: pieces[i + 1]! });
    }
    const last = pieces.at(-1)!;
    this.rest = this.cut(pieces.length === 1 ? this.rest + last : last);
    return lines;
  }

  private cut(text: string): string {
    return text.length > this.longest + 1 ? text.slice(0, this.longest + 1) : text;
  }
}
