import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectCsv } from '../engine/csv-file.js';
import { type Database, openDatabase } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import { readFiles, type SourceFile } from '../pipeline/ingest.js';
import type { FileSet } from '../pipeline/job-type.js';
import { numberedRows } from '../pipeline/row-numbers.js';

/** Reading small files the way a run does, for tests. */
export interface Reader {
  readonly folder: string;
  readonly db: Database;
  /** Writes a file into the folder and returns its path. */
  put(name: string, content: string | Buffer): string;
  read(path: string, settings?: Partial<FileSet>): Promise<ReadFile>;
  close(): Promise<void>;
}

export interface ReadRow {
  readonly line: number;
  /** 0 read, 1 repaired, 2 rejected. */
  readonly state: number;
  readonly cells: readonly (string | null)[];
}

export interface ReadFile {
  readonly file: SourceFile;
  readonly rows: readonly ReadRow[];
}

export async function openReader(): Promise<Reader> {
  const folder = mkdtempSync(join(tmpdir(), 'doisoat-csv-'));
  const db = await openDatabase({ memory: '512MB', threads: 2, tempDir: join(folder, 'spill') });
  return {
    folder,
    db,
    put(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
    read: (path, settings = {}) => readWhole(db, path, settings),
    async close() {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function readWhole(db: Database, path: string, settings: Partial<FileSet>): Promise<ReadFile> {
  const header = await headerOf(path, settings);
  const fields = header.map((_, i) => `f${i}`);
  const columns = Object.fromEntries(header.map((name, i) => [`f${i}`, [name]]));
  const set: FileSet = { files: [path], encoding: 'auto', delimiter: 'auto', ...settings, columns };
  const { files, hasShifts } = await readFiles(db, {
    set,
    fields,
    table: 'raw',
    where: (setting) => setting,
  });
  const list = fields.map(identifier).join(', ');
  const rows = await db.rows<{ line: number; state: number; cells: (string | null)[] }>(
    `SELECT coalesce(_line, _record_number + 2) AS line, _state AS state, [${list}] AS cells
      FROM ${numberedRows(hasShifts)} ORDER BY _record_number`,
  );
  return { file: files[0]!, rows };
}

/** A Parquet file is not asked: `id` will do to find out that it is none. */
async function headerOf(path: string, { encoding, delimiter }: Partial<FileSet>): Promise<readonly string[]> {
  if (path.endsWith('.parquet')) return ['id'];
  return (await inspectCsv(path, { encoding, delimiter })).header;
}
