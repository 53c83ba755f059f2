import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CsvFile } from './csv-file.js';
import { MENDED_COLUMNS, type MendedFile, mendCsv } from './csv-mender.js';
import type { Database } from './database.js';
import { type FileSurvey, surveyFile } from './file-survey.js';
import { literal } from './sql.js';

/** A delimited file as the engine can read it: itself, or a mended copy with line and state before each row. */
export interface ReadableCsv {
  readonly file: CsvFile;
  readonly survey: FileSurvey;
  readonly mended: { readonly path: string; readonly facts: MendedFile } | null;
}

/** SQL of a relation with the file's columns `c0 … cN-1`, all text, empty cells NULL. */
export function csvRelation(file: CsvFile): string {
  return relation({
    path: file.path,
    delimiter: file.delimiter,
    names: file.header.map((_, i) => `c${i}`),
    storeRejects: false,
  });
}

/** The same of what `openCsv` gave; a mended copy has `source_line` and `row_state` besides. */
export function readableRelation(readable: ReadableCsv, storeRejects = false): string {
  const names = readable.file.header.map((_, i) => `c${i}`);
  if (readable.mended === null) {
    return relation({ path: readable.file.path, delimiter: readable.file.delimiter, names, storeRejects });
  }
  const all = [MENDED_COLUMNS.line, MENDED_COLUMNS.state, ...names];
  return relation({
    path: readable.mended.path,
    delimiter: readable.file.delimiter,
    names: all,
    storeRejects: false,
  });
}

interface RelationParts {
  readonly path: string;
  readonly delimiter: string;
  readonly names: readonly string[];
  readonly storeRejects: boolean;
}

function relation(parts: RelationParts): string {
  const columns = parts.names.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  const rejects = parts.storeRejects ? ', store_rejects = true, rejects_limit = 10' : '';
  return `read_csv(${literal(parts.path)}, columns = {${columns}}, delim = ${literal(parts.delimiter)}, quote = '"',
    escape = '"', header = true, auto_detect = false, strict_mode = true, nullstr = ''${rejects})`;
}

/** Whether the bytes are of a kind that the engine's reader takes, before it has tried. */
export function needsMending(file: CsvFile, survey: FileSurvey): boolean {
  const { carriageReturns, lineFeeds } = survey;
  const mixedLineEnds = carriageReturns > 0 && lineFeeds > 0 && carriageReturns !== lineFeeds;
  return file.compressed || file.encoding !== 'utf-8' || survey.hasNul || mixedLineEnds;
}

/** Makes the mended copy in `tempDir`. The caller removes that folder in the end. */
export async function mendedCopy(file: CsvFile, survey: FileSurvey, tempDir: string): Promise<ReadableCsv> {
  const path = join(tempDir, `mended-${survey.sha256.slice(0, 16)}.csv`);
  rmSync(path, { force: true });
  const facts = await mendCsv(file, path);
  return { file, survey, mended: { path, facts } };
}

/**
 * Finds out how a file can be read, trying the plain way on a cheap count first. For callers that only look at a file
 * (profile, clean); a run ingests and tries at the same time (pipeline/ingest.ts).
 */
export async function openCsv(db: Database, file: CsvFile): Promise<ReadableCsv> {
  const survey = await surveyFile(file.path);
  if (needsMending(file, survey)) return mendedCopy(file, survey, db.tempDir);
  const plain: ReadableCsv = { file, survey, mended: null };
  const rows = await countRows(db, plain);
  return rows === null || rows + 1 !== survey.lines ? mendedCopy(file, survey, db.tempDir) : plain;
}

/** Rows the plain reader takes, or null when it refuses any. */
async function countRows(db: Database, readable: ReadableCsv): Promise<number | null> {
  try {
    await forgetRejects(db);
    const rows = await db.value<number>(`SELECT count(*) FROM ${readableRelation(readable, true)}`);
    return (await countRejects(db)) > 0 ? null : rows;
  } catch (error) {
    if (isReaderError(error)) return null;
    throw error;
  }
}

export async function forgetRejects(db: Database): Promise<void> {
  await db.run('DROP TABLE IF EXISTS reject_errors');
  await db.run('DROP TABLE IF EXISTS reject_scans');
}

export async function countRejects(db: Database): Promise<number> {
  return db.value<number>('SELECT count(*) FROM reject_errors');
}

/** The reader's own refusals (broken quotes beyond repair, a line over its maximum), as opposed to disk or memory trouble. */
export function isReaderError(error: unknown): boolean {
  return (
    /^(Invalid Input Error|Conversion Error)/.test((error as Error).message ?? '') &&
    /CSV/i.test((error as Error).message)
  );
}
