import { chmodSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Database } from './database.js';
import { identifier, literal } from './sql.js';
import { appearWhole } from './whole-file.js';

/** Spreadsheets need the mark to read UTF-8; it stands before the first column's name. */
const BYTE_ORDER_MARK = '\ufeff';

export interface CsvColumn {
  readonly name: string;
  readonly sql: string;
  /** The expression is CSV already (`csvCell`), or can hold neither separators, quotes nor line ends. */
  readonly encoded?: boolean;
  /** In CSV: names of the cells behind the first, if the expression holds several, with their commas. */
  readonly more?: readonly string[];
}

/**
 * Writes a query as CSV (RFC 4180: lines end in CR LF; UTF-8 with byte order mark), whole or not at all. `from` is all behind
 * FROM, including ORDER BY. Returns the number of rows. Text cells must have passed `spreadsheetSafe` where they come from
 * outside. A row is put together as one text before it is sorted: that costs the engine half of what twenty columns do.
 */
export function writeCsv(
  db: Database,
  path: string,
  query: { readonly columns: readonly CsvColumn[]; readonly from: string },
): Promise<number> {
  const lines = `SELECT ${csvLine(query.columns)} AS line FROM ${query.from}`;
  return writeCsvLines(db, path, { columns: query.columns, lines });
}

/** SQL: the cells of a row as one line of a CSV file, without its end. */
export function csvLine(columns: readonly CsvColumn[]): string {
  const cells = columns.map(({ sql, encoded }) => (encoded === true ? sql : csvCell(sql)));
  return `concat(${lineParts(cells).join(', ')})`;
}

/** The same as `writeCsv` of lines that are put together: `lines` is a query with `line` as its one column, in order. */
export async function writeCsvLines(
  db: Database,
  path: string,
  query: { readonly columns: readonly Pick<CsvColumn, 'name' | 'more'>[]; readonly lines: string },
): Promise<number> {
  const names = query.columns.flatMap(({ name, more = [] }) => [name, ...more]);
  const header = `${BYTE_ORDER_MARK}${names.map(csvText).join(',')}\r\n`;
  let rows = 0;
  await appearWhole(path, async (partial) => {
    rows =
      await db.change(`COPY (${query.lines}) TO ${literal(partial)} (FORMAT csv, HEADER false, ${AS_IT_STANDS},
        DELIMITER '\x18', PREFIX ${literal(header)}, NEW_LINE '\r\n', SUFFIX '\r\n')`);
    if (rows === 0) writeFileSync(partial, header);
    chmodSync(partial, 0o600);
  });
  return rows;
}

/** Options of COPY: without quotes, and (all forced into quotes that are none) without looking whether a text needs them. */
export const AS_IT_STANDS = "QUOTE '', ESCAPE '', FORCE_QUOTE *";

const LITERAL = /^'(?:[^']|'')*'$/;

/** The cells with commas between them; texts that stand side by side become one, because every part costs time in every row. */
function lineParts(cells: readonly string[]): string[] {
  const parts: string[] = [];
  for (const part of cells.flatMap((cell, i) => (i === 0 ? [cell] : ["','", cell]))) {
    const last = parts.at(-1);
    if (last !== undefined && LITERAL.test(last) && LITERAL.test(part))
      parts[parts.length - 1] = `${last.slice(0, -1)}${part.slice(1)}`;
    else parts.push(part);
  }
  return parts;
}

/** SQL: a text as a cell of a CSV file, in quotes where RFC 4180 asks for them; NULL as it is. */
export function csvCell(text: string): string {
  const cell = `${text}::VARCHAR`;
  // A third of what one regular expression costs.
  const isOdd = [`','`, `'"'`, 'chr(10)', 'chr(13)'].map((odd) => `contains(${cell}, ${odd})`).join(' OR ');
  return `if(${isOdd}, '"' || replace(${cell}, '"', '""') || '"', ${cell})`;
}

/** RE2: a text without any of these is a cell as it stands, and no formula. */
export const SELDOM_ODD = '["=+@,\\t\\r\\n-]';

/** The same as `csvCell` for a text at hand. */
export function csvText(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A text that a spreadsheet would run as a formula gets an apostrophe before it: what `spreadsheetSafe` does in SQL. */
export function spreadsheetSafeText(text: string): string {
  return /^(?: *[=+@-]|[\t\r])/.test(text) ? `'${text}` : text;
}

/** SQL: a text that a spreadsheet would run as a formula gets an apostrophe before it. */
export function spreadsheetSafe(text: string): string {
  return `if(left(ltrim(${text}), 1) IN ('=', '+', '-', '@') OR left(${text}, 1) IN (chr(9), chr(13)), '''' || ${text}, ${text})`;
}

/** The same as Parquet: typed columns and no byte order mark. */
export async function writeParquet(
  db: Database,
  path: string,
  query: { readonly columns: readonly CsvColumn[]; readonly from: string },
): Promise<void> {
  await appearWhole(path, async (partial) => {
    const list = query.columns.map(({ name, sql }) => `${sql} AS ${identifier(name)}`);
    await db.run(
      `COPY (SELECT ${list.join(', ')} FROM ${query.from}) TO ${literal(partial)} (FORMAT parquet)`,
    );
    chmodSync(partial, 0o600);
  });
}

/** SQL of a relation with the rows of a file that `writeCsv` has written, in its order: all text, empty cells NULL. */
export async function writtenCsv(path: string): Promise<string> {
  const columns = (await writtenColumns(path)).map((name) => `${literal(name)}: 'VARCHAR'`);
  return `read_csv(${literal(path)}, header = true, auto_detect = false, columns = {${columns.join(', ')}}, delim = ',',
    quote = '"', escape = '"', max_line_size = ${LONGEST_WRITTEN_ROW}, buffer_size = ${4 * LONGEST_WRITTEN_ROW})`;
}

/** A row that was read from a line of a megabyte shows some of its cells twice. */
const LONGEST_WRITTEN_ROW = 8_000_000;

/** Names of the columns of such a file; they are plain words, so that none is quoted. */
export async function writtenColumns(path: string): Promise<string[]> {
  const file = await open(path);
  try {
    for await (const line of file.readLines()) return line.replace(BYTE_ORDER_MARK, '').split(',');
    return [];
  } finally {
    await file.close();
  }
}
