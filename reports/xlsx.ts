// A workbook (Office Open XML spreadsheet, ECMA-376) of ready sheets: header frozen and filtered, columns with widths and number
// formats, every text an inline string, so that nothing is ever a formula. The same sheets give the same bytes.
import { type CellStyle, type CellValue, cellRef, type WriteSheet, writeXlsx } from 'hucre';
import type { Text } from '../messages/text.js';
import type { Cell, TableColumn } from './report-table.js';
import { cutText, visibleText } from './visible-text.js';

/** More rows than this no sheet can hold, the header included. */
export const SHEET_ROWS = 1_048_576;
const MOST_CHARACTERS = 32_767;
/** Longer names are refused by spreadsheets. */
const NAME_LENGTH = 31;

export interface Sheet {
  readonly name: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Cell[])[];
  readonly total?: readonly Cell[];
  /** Rows that the filter covers, where more will be put in than `rows` holds. */
  readonly filteredRows?: number;
  /** Columns that stay in sight at the left. */
  readonly frozenColumns?: number;
  /** False: rows of one line, as long lists need. */
  readonly wrap?: boolean;
}

const FONT = { name: 'Arial', size: 10 };
/** Apart from the numbers that end at the left of it. */
const INDENTED = { horizontal: 'left', vertical: 'top', indent: 1 } as const;
const HEAD: CellStyle = {
  font: { ...FONT, bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFDCE6EE' } },
  alignment: { wrapText: true, vertical: 'top' },
  border: { bottom: { style: 'thin' } },
};

/** `#,##0` is shown with the separators of the reader's own settings: 15.962.382 in Vietnam. */
const STYLES: Readonly<Record<TableColumn['kind'], CellStyle>> = {
  text: { font: FONT, numFmt: '@', alignment: { ...INDENTED, wrapText: true } },
  count: { font: FONT, numFmt: '#,##0', alignment: { vertical: 'top' } },
  share: { font: FONT, numFmt: '0.0%', alignment: { vertical: 'top' } },
  probability: { font: FONT, numFmt: '0.0000', alignment: { vertical: 'top' } },
};

/** The bytes of the workbook; `title` goes into its properties. */
export function makeWorkbook(sheets: readonly Sheet[], title: Text): Promise<Uint8Array> {
  const names: string[] = [];
  for (const { name } of sheets) names.push(freeName(name, names));
  const never = new Date(Date.UTC(1980, 0, 1));
  return writeXlsx({
    sheets: sheets.map((sheet, i) => worksheet(sheet, names[i]!)),
    properties: {
      title: visibleText(`${title.vi} · ${title.en}`),
      creator: 'doisoat',
      created: never,
      modified: never,
    },
    defaultFont: FONT,
    stringMode: 'inline',
  });
}

function worksheet(sheet: Sheet, name: string): WriteSheet {
  const { columns, rows, total } = sheet;
  const head = columns.map(({ head: { vi, en } }) => cellText(vi === en ? vi : `${vi}\n${en}`));
  const all = [head, ...rows, ...(total === undefined ? [] : [total])];
  return {
    name,
    columns: columns.map(({ kind, width }) => ({ width, style: styleOf(kind, sheet.wrap ?? true) })),
    rows: all.map((row) => row.map(cellValue)),
    cells: styledCells(sheet, head),
    rowDefs: rowHeights(sheet),
    freezePane: { rows: 1, columns: sheet.frozenColumns ?? 0 },
    // The sum stays below the filter, so that sorting does not move it.
    autoFilter: { range: `A1:${cellRef(sheet.filteredRows ?? rows.length, columns.length - 1)}` },
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      // A list of many columns would be too small to read.
      ...(widthOf(columns) > 320 ? {} : { fitToPage: true, fitToWidth: 1, fitToHeight: 0 }),
    },
    headerFooter: { oddFooter: '&C&P / &N' },
  };
}

function widthOf(columns: readonly TableColumn[]): number {
  return columns.reduce((sum, { width }) => sum + width, 0);
}

function styleOf(kind: TableColumn['kind'], wrap: boolean): CellStyle {
  const style = STYLES[kind];
  return wrap || kind !== 'text' ? style : { ...style, alignment: INDENTED };
}

/** The header, the sum in bold, and numbers that stand in a column of texts. */
function styledCells({ columns, rows, total }: Sheet, head: readonly string[]): WriteSheet['cells'] {
  const cells: WriteSheet['cells'] = new Map();
  for (const [i, value] of head.entries()) {
    const side = columns[i]!.kind === 'text' ? INDENTED : ({ horizontal: 'right' } as const);
    const style = { ...HEAD, alignment: { ...HEAD.alignment, ...side } };
    cells.set(`0,${i}`, { value, type: 'string', style });
  }
  for (const [i, cell] of (total ?? []).entries()) {
    const style = STYLES[columns[i]!.kind];
    const value = cellValue(cell);
    cells.set(`${rows.length + 1},${i}`, {
      value,
      type: typeof value === 'number' ? 'number' : 'string',
      style: { ...style, font: { ...FONT, bold: true }, border: { top: { style: 'thin' } } },
    });
  }
  for (const [r, row] of rows.entries()) {
    for (const [c, cell] of row.entries()) {
      if (typeof cell !== 'number' || columns[c]!.kind !== 'text') continue;
      const style = { ...STYLES.count, alignment: INDENTED };
      cells.set(`${r + 1},${c}`, { value: cell, type: 'number', style });
    }
  }
  return cells;
}

const LINE = 13.5;

/** Not every program finds the height of a wrapped row by itself; rows of one line are left to it. */
function rowHeights({ columns, rows }: Sheet): NonNullable<WriteSheet['rowDefs']> {
  const heads = columns.map(({ head: { vi, en } }) => `${vi}\n${en}`);
  const heights = new Map([[0, { height: LINE * Math.min(8, linesOf(heads, columns)) + 4 }]]);
  for (const [i, row] of rows.entries()) {
    const lines = linesOf(row, columns);
    if (lines > 1) heights.set(i + 1, { height: LINE * Math.min(30, lines) + 1 });
  }
  return heights;
}

function linesOf(row: readonly Cell[], columns: readonly TableColumn[]): number {
  const lines = row.map((cell, i) => {
    if (typeof cell !== 'string') return 1;
    const width = columns[i]!.width;
    return cell.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / width)), 0);
  });
  return Math.max(1, ...lines);
}

function cellValue(cell: Cell): CellValue {
  return typeof cell === 'string' ? cellText(cell) : cell;
}

/** Text as a cell can hold it: valid in XML, nothing unseen, at most 32,767 characters, and never read as an escape. */
export function cellText(text: string): string {
  const visible = visibleText(text);
  const literal = visible.includes('_') ? visible.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_') : visible;
  return cutText(literal, MOST_CHARACTERS);
}

/** A name that a spreadsheet accepts and that no sheet before has: `Theo tỉnh`, `Theo tỉnh 2`. */
function freeName(wanted: string, taken: readonly string[]): string {
  const plain = visibleText(wanted)
    .replace(/[[\]:*?/\\\n\t]/g, ' ')
    .replace(/^'+|'+$/g, '')
    .trim();
  const base = /^(history)?$/i.test(plain) ? 'Bảng' : plain;
  const fits = (suffix: string) => `${cutText(base, NAME_LENGTH - suffix.length).trim()}${suffix}`;
  const used = new Set(taken.map((name) => name.toLowerCase()));
  let name = fits('');
  for (let n = 2; used.has(name.toLowerCase()); n++) name = fits(` ${n}`);
  return name;
}
