/**
 * Cuts lines into cells by RFC 4180: a cell in double quotes may hold the delimiter, line breaks and doubled quotes. Blanks
 * before the first quote and behind the last are skipped, as the engine's own reader does. (Whole files are read by DuckDB;
 * this judges single lines quickly, where a stream parser costs more than the line.)
 */
export interface OpenRecord {
  readonly cells: readonly string[];
  /** What stands so far in the last cell, whose quotes are still open. */
  readonly openCell: string;
}

export type LineScan =
  | { readonly state: 'closed'; readonly cells: string[] }
  | { readonly state: 'open'; readonly record: OpenRecord }
  /** Something stands behind closing quotes: no text that may follow can mend it. */
  | { readonly state: 'broken' };

const BROKEN: LineScan = { state: 'broken' };

/** One line's cells, or null when its quotes do not close or have something behind them. */
export function parseLine(line: string, delimiter: string): string[] | null {
  const scan = scanLine(line, delimiter);
  return scan.state === 'closed' ? scan.cells : null;
}

/** Reads one line; `before` is the record that was open at the end of the line before it, with that line's end. */
export function scanLine(line: string, delimiter: string, before?: OpenRecord): LineScan {
  if (before === undefined && !line.includes('"')) return { state: 'closed', cells: line.split(delimiter) };
  const cells = [...(before?.cells ?? [])];
  let open = before?.openCell ?? null;
  let at = 0;
  for (;;) {
    const start = open === null ? openingQuote(line, at, delimiter) : at;
    if (start >= 0) {
      const cell = quotedCell(line, start);
      const text = (open ?? '') + cell.text;
      if (cell.end < 0) return { state: 'open', record: { cells, openCell: text } };
      at = skipBlanks(line, cell.end, delimiter);
      if (at < line.length && !line.startsWith(delimiter, at)) return BROKEN;
      cells.push(text);
      open = null;
    } else {
      const next = line.indexOf(delimiter, at);
      const end = next < 0 ? line.length : next;
      cells.push(line.slice(at, end));
      at = end;
    }
    if (at >= line.length) return { state: 'closed', cells };
    at += delimiter.length;
  }
}

/** Where a cell's quoted text begins, or -1: the cell is plain. */
function openingQuote(line: string, at: number, delimiter: string): number {
  const first = skipBlanks(line, at, delimiter);
  return line[first] === '"' ? first + 1 : -1;
}

function skipBlanks(line: string, at: number, delimiter: string): number {
  let end = at;
  while (line[end] === ' ' && delimiter !== ' ') end++;
  return end;
}

/** The text up to the closing quote and the position behind it; -1 when the line ends before. */
function quotedCell(line: string, start: number): { text: string; end: number } {
  let at = start;
  for (;;) {
    const quote = line.indexOf('"', at);
    if (quote < 0) return { text: unquoted(line.slice(start)), end: -1 };
    if (line[quote + 1] !== '"') return { text: unquoted(line.slice(start, quote)), end: quote + 1 };
    at = quote + 2;
  }
}

function unquoted(text: string): string {
  return text.includes('""') ? text.replaceAll('""', '"') : text;
}
