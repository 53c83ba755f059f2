import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Row = Readonly<Record<string, string>>;

/** Rows of a CSV file with a header line (quoted cells allowed, BOM dropped). */
export function readCsv(path: string): Row[] {
  const [header = [], ...rows] = cells(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])));
}

function cells(text: string): string[][] {
  const rows: string[][] = [];
  const pattern = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/gy;
  let row: string[] = [];
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (found === null) throw new Error(`cannot read the CSV text near ${pattern.lastIndex}`);
    const cell = found[1] ?? '';
    row.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (found[2] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Writes a table: header, then the rows, cells in the order of the header, LF at the end of each line. */
export function writeTable(path: string, header: readonly string[], rows: readonly Row[]): void {
  const lines = rows.map((row) => header.map((name) => quoted(row[name] ?? '')).join(','));
  writeFileSync(path, `${[header.join(','), ...lines].join('\n')}\n`);
}

/** The last columns of every table of `normalizers/data/`: since when and until when a row holds, and who says so. */
export const PROVENANCE = ['valid_from', 'valid_to', 'source'] as const;

/**
 * Where a row comes from and when it holds (ISO days, both inclusive). An empty `valid_from`: from before any file in use, or
 * not known; an empty `valid_to`: still holds, or no end is known. See docs/normalizers.md.
 */
export interface Provenance {
  readonly source: string;
  readonly from?: string;
  readonly to?: string;
}

export function dated(row: Row, { source, from = '', to = '' }: Provenance): Row {
  return { ...row, valid_from: from, valid_to: to, source };
}

/** Rewrites `MANIFEST.csv` of a folder of tables: rows and SHA-256 of each, so that any drift is seen. */
export function writeManifest(folder: string): void {
  const tables = readdirSync(folder)
    .filter((name) => name.endsWith('.csv') && name !== 'MANIFEST.csv')
    .sort();
  const rows = tables.map((table) => {
    const text = readFileSync(join(folder, table), 'utf8');
    const sha256 = createHash('sha256').update(text).digest('hex');
    return { table, rows: String(text.trimEnd().split('\n').length - 1), sha256 };
  });
  writeTable(join(folder, 'MANIFEST.csv'), ['table', 'rows', 'sha256'], rows);
}
