// mismatches.xlsx: the list of mismatches, streamed. The workbook is made with empty lists first, so that its styles, filters and
// names come from the library; the rows are then put into the sheets while the archive is written, in constant memory.
// (The library's own stream writes neither a filter nor a header style: docs/decisions/0005-lists-are-put-into-a-finished-workbook.md.)
import type { Value } from '../engine/database.js';
import type { Text } from '../messages/text.js';
import type { Cell, TableColumn } from './report-table.js';
import { cellText, makeWorkbook, SHEET_ROWS, type Sheet } from './xlsx.js';
import { readZip, writeZip, type ZipPart } from './zip.js';

export interface ListColumn extends TableColumn {
  /** What a row holds here, for the sheet that explains the columns. */
  readonly meaning: Text;
}

export interface List {
  readonly title: Text;
  /** Of the sheets: `Sai lệch`, `Sai lệch 2` … */
  readonly name: string;
  readonly columns: readonly ListColumn[];
  /** Parts of the list, each some rows; as many as `count` says. */
  readonly rows: AsyncIterable<readonly (readonly Value[])[]>;
  readonly count: number;
  /** What a reader of the list has to know, such as what is masked. */
  readonly notes: readonly Text[];
  /** For tests: fewer rows on a sheet than it can hold. */
  readonly sheetRows?: number;
}

/** Writes the workbook to a new file. */
export async function writeListXlsx(path: string, list: List): Promise<void> {
  const mostRows = (list.sheetRows ?? SHEET_ROWS) - 1;
  const sheets = Math.max(1, Math.ceil(list.count / mostRows));
  const rowsOf = (sheet: number) => Math.min(mostRows, list.count - sheet * mostRows);
  const empty = Array.from({ length: sheets }, (_, i): Sheet => emptySheet(list, Math.max(0, rowsOf(i))));
  const workbook = readZip(await makeWorkbook([...empty, columnsSheet(list)], list.title));
  const rows = readerOf(list.rows);
  const parts = workbook.map(({ name, content }): ZipPart => {
    const sheet = Number(/^xl\/worksheets\/sheet(\d+)\.xml$/.exec(name)?.[1] ?? 0) - 1;
    if (sheet < 0 || sheet >= sheets) return { name, content: [content] };
    return { name, content: filledSheet(content.toString('utf8'), rows, rowsOf(sheet)) };
  });
  try {
    await writeZip(path, inOrder(parts));
  } finally {
    await rows.close();
  }
}

/** A header, and one row that shows the style of each column to `filledSheet`. */
function emptySheet({ name, columns }: List, rows: number): Sheet {
  const sample = columns.map(({ kind }): Cell => (kind === 'text' ? '' : 0));
  return { name, columns, rows: [sample], filteredRows: rows, frozenColumns: 1, wrap: false };
}

function columnsSheet({ columns, notes }: List): Sheet {
  const text = (vi: string, en: string, width: number): TableColumn => ({
    head: { vi, en },
    kind: 'text',
    width,
  });
  return {
    name: 'Các cột',
    columns: [
      text('Cột', 'Column', 36),
      text('Nghĩa', 'Meaning in Vietnamese', 70),
      text('Nghĩa, tiếng Anh', 'Meaning', 70),
    ],
    rows: [
      ...columns.map(({ head, meaning }) => [
        head.vi === head.en ? head.vi : `${head.vi} (${head.en})`,
        meaning.vi,
        meaning.en,
      ]),
      ...notes.map(({ vi, en }) => ['Lưu ý (note)', vi, en]),
    ],
  };
}

/** The sheets must be written in their order, as the rows come; all other parts stand before them. */
function inOrder(parts: readonly ZipPart[]): ZipPart[] {
  const number = ({ name }: ZipPart) => Number(/sheet(\d+)\.xml$/.exec(name)?.[1] ?? 0);
  return parts.toSorted((a, b) => number(a) - number(b));
}

const CHUNK = 1 << 16;

async function* filledSheet(xml: string, rows: RowReader, count: number): AsyncGenerator<Uint8Array> {
  const { before, columns, after } = takenApart(xml);
  yield Buffer.from(before, 'utf8');
  for (let done = 0; done < count; ) {
    // Nothing holds on to the rows while their bytes are written: they are gone before the next ones are read.
    const { bytes, taken } = rowsXml(await rows.take(count - done), done + 2, columns);
    if (taken === 0) throw new Error(`the list ended after ${done} of ${count} rows`);
    yield* bytes;
    done += taken;
  }
  yield Buffer.from(after, 'utf8');
}

function rowsXml(
  rows: readonly (readonly Value[])[],
  first: number,
  columns: readonly StyledColumn[],
): { bytes: Uint8Array[]; taken: number } {
  const bytes: Uint8Array[] = [];
  let text = '';
  for (const [i, cells] of rows.entries()) {
    text += rowXml(cells, first + i, columns);
    if (text.length < CHUNK) continue;
    bytes.push(Buffer.from(text, 'utf8'));
    text = '';
  }
  bytes.push(Buffer.from(text, 'utf8'));
  return { bytes, taken: rows.length };
}

/** What the library has written before and after the sample row, and the style that it gave to each of its cells. */
function takenApart(xml: string): { before: string; columns: StyledColumn[]; after: string } {
  const start = xml.indexOf('<row r="2"');
  const end = xml.indexOf('</sheetData>');
  const cells = [...xml.slice(start, end).matchAll(/<c r="([A-Z]+)2"[^>]*? s="(\d+)"/g)];
  if (start < 0 || end < 0 || cells.length === 0)
    throw new Error('a sheet of the workbook is not as expected');
  const before = xml.slice(0, start).replace(/<dimension [^>]*\/>/, '');
  const columns = cells.map(([, letters, style]) => ({ letters: letters!, style: style! }));
  return { before, columns, after: xml.slice(end) };
}

interface StyledColumn {
  /** `A`, `AB` */
  readonly letters: string;
  readonly style: string;
}

function rowXml(cells: readonly Value[], row: number, columns: readonly StyledColumn[]): string {
  let xml = `<row r="${row}">`;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (cell === null || cell === undefined || cell === '') continue;
    const { letters, style } = columns[i]!;
    xml +=
      typeof cell === 'number'
        ? `<c r="${letters}${row}" s="${style}"><v>${cell}</v></c>`
        : `<c r="${letters}${row}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(cellText(String(cell)))}</t></is></c>`;
  }
  return `${xml}</row>`;
}

function escaped(text: string): string {
  return /[&<>]/.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    : text;
}

/** Rows of the list in their order, wherever its parts end. */
interface RowReader {
  /** At least one row, unless the list has ended, and at most `most`. */
  take(most: number): Promise<readonly (readonly Value[])[]>;
  close(): Promise<void>;
}

function readerOf(parts: List['rows']): RowReader {
  const reading = parts[Symbol.asyncIterator]();
  let rest: readonly (readonly Value[])[] = [];
  return {
    async take(most) {
      while (rest.length === 0) {
        const { value, done } = await reading.next();
        if (done === true) return [];
        rest = value;
      }
      const taken = rest.slice(0, most);
      rest = rest.slice(most);
      return taken;
    },
    async close() {
      await reading.return?.();
    },
  };
}
