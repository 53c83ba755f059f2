import { chmodSync } from 'node:fs';
import type { Database } from './database.js';
import { identifier, literal } from './sql.js';
import { appearWhole } from './whole-file.js';

/** Spreadsheets need the mark to read UTF-8; it stands before the first column's name. */
const BYTE_ORDER_MARK = '\ufeff';

export interface CsvColumn {
  readonly name: string;
  readonly sql: string;
}

/**
 * Writes a query as CSV (RFC 4180, UTF-8 with byte order mark), whole or not at all. `from` is all behind FROM, including
 * ORDER BY. Returns the number of rows. Text cells must have passed `spreadsheetSafe` where they come from outside.
 */
export async function writeCsv(
  db: Database,
  path: string,
  query: { readonly columns: readonly CsvColumn[]; readonly from: string },
): Promise<number> {
  let rows = 0;
  await appearWhole(path, async (partial) => {
    const list = query.columns.map(
      ({ name, sql }, i) => `${sql} AS ${identifier(`${i === 0 ? BYTE_ORDER_MARK : ''}${name}`)}`,
    );
    const [result] = await db.rows<{ Count: number }>(`COPY (SELECT ${list.join(', ')} FROM ${query.from})
      TO ${literal(partial)} (FORMAT csv, HEADER true, DELIMITER ',', QUOTE '"', ESCAPE '"')`);
    chmodSync(partial, 0o600);
    rows = result?.Count ?? 0;
  });
  return rows;
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
