/**
 * Cuts one line into cells by RFC 4180: a cell in double quotes may hold the delimiter, line breaks and doubled quotes. Null
 * when the quotes do not close or have something behind them. (Whole files are read by DuckDB; this judges single lines
 * quickly, where a stream parser costs more than the line.)
 */
export function parseLine(line: string, delimiter: string): string[] | null {
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      const cell = quotedCell(line, at);
      if (cell === null) return null;
      cells.push(cell.text);
      at = cell.end;
      if (at < line.length && !line.startsWith(delimiter, at)) return null;
    } else {
      const next = line.indexOf(delimiter, at);
      const end = next < 0 ? line.length : next;
      cells.push(line.slice(at, end));
      at = end;
    }
    if (at >= line.length) return cells;
    at += delimiter.length;
    if (at === line.length) return [...cells, ''];
  }
}

function quotedCell(line: string, start: number): { text: string; end: number } | null {
  let at = start + 1;
  for (;;) {
    const quote = line.indexOf('"', at);
    if (quote < 0) return null;
    if (line[quote + 1] !== '"') {
      return { text: line.slice(start + 1, quote).replaceAll('""', '"'), end: quote + 1 };
    }
    at = quote + 2;
  }
}

/** Whether the line ends inside a quoted cell, so that the record may go on in the next line. */
export function endsInsideQuotes(line: string, delimiter: string): boolean {
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      const cell = quotedCell(line, at);
      if (cell === null) return true;
      at = cell.end;
    }
    const next = line.indexOf(delimiter, at);
    if (next < 0) return false;
    at = next + delimiter.length;
  }
}
