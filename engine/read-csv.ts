import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CsvFile, knownEncoding } from './csv-file.js';
import { LONGEST_ROW, MENDED_COLUMNS, type MendedFile, mendCsv } from './csv-mender.js';
import type { Database } from './database.js';
import { type FileSurvey, surveyFile } from './file-survey.js';
import { literal } from './sql.js';

/** A delimited file as the engine can read it: itself, or a mended copy with line and state before each row. */
export interface ReadableCsv {
  readonly file: CsvFile;
  readonly survey: FileSurvey;
  readonly mended: { readonly path: string; readonly facts: MendedFile } | null;
}

/**
 * SQL of a relation with the file's columns `c0 … cN-1`, all text, empty cells NULL; a mended copy has `source_line` and
 * `row_state` besides.
 */
export function readableRelation({ file, mended }: Pick<ReadableCsv, 'file' | 'mended'>): string {
  const names = file.header.map((_, i) => `c${i}`);
  const { delimiter } = file;
  if (mended === null) return relation({ path: file.path, delimiter, names, more: plainOptions(file) });
  const all = [MENDED_COLUMNS.line, MENDED_COLUMNS.state, ...names];
  return relation({ path: mended.path, delimiter, names: all, more: COPY });
}

interface RelationParts {
  readonly path: string;
  readonly delimiter: string;
  readonly names: readonly string[];
  readonly more: string;
}

/** Bytes that are read at a time. The engine's own default; unless said it grows with the longest line, and is taken even for a file of three rows. */
const BUFFER = 32_000_000;
/** Of a large file more at a time: what is read in order is put together part by part, and longer parts need less of it. */
const LARGE_FILE = 2 ** 30;
const LARGE_BUFFER = 128_000_000;
/**
 * A file that gives the reader more to complain of is mended as a whole; the limit keeps a hopeless one from filling the memory. Every
 * cell too many of a row counts, so that a large file in which one row of ten thousand is broken has tens of thousands.
 */
export function mostComplaints({ bytes }: Pick<CsvFile, 'bytes'>): number {
  return Math.round(Math.min(Math.max(bytes / 1000, 20_000), 1_000_000));
}

const plainOptions = (file: CsvFile) =>
  `store_rejects = true, rejects_limit = ${mostComplaints(file)}, max_line_size = ${LONGEST_ROW},
    buffer_size = ${file.bytes < LARGE_FILE ? BUFFER : LARGE_BUFFER}`;
/** Quotes were doubled and a line number added to rows of the longest length. */
const COPY = `max_line_size = ${4 * LONGEST_ROW}, buffer_size = ${BUFFER}`;

function relation({ path, delimiter, names, more }: RelationParts): string {
  const columns = names.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  return `read_csv(${literal(path)}, columns = {${columns}}, delim = ${literal(delimiter)}, quote = '"',
    escape = '"', header = true, auto_detect = false, strict_mode = true, nullstr = '', ${more})`;
}

/**
 * Whether the start of a file already says that the engine's reader will not do. Blank lines are no rows, but that reader
 * takes one before the header for the header, and one in a file of a single column for a row.
 */
export function needsMendingAtSight(file: CsvFile): boolean {
  return file.compressed || file.encoding !== 'utf-8' || file.headerEnd !== 1 || file.header.length === 1;
}

/** Whether the bytes are of a kind that the engine's reader takes. */
export function needsMending(file: CsvFile, { carriageReturns, lineFeeds, ...survey }: FileSurvey): boolean {
  const mixedLineEnds =
    carriageReturns > 0 && (survey.pairs !== carriageReturns || survey.pairs !== lineFeeds);
  return needsMendingAtSight(file) || survey.hasNul || mixedLineEnds;
}

/** Makes the mended copy in `tempDir`. The caller removes that folder in the end. */
export async function mendedCopy(file: CsvFile, survey: FileSurvey, tempDir: string): Promise<ReadableCsv> {
  const path = join(tempDir, `mended-${survey.sha256.slice(0, 16)}.csv`);
  rmSync(path, { force: true });
  const known = await knownEncoding(file);
  const facts = await mendCsv(known, path);
  return { file: known, survey, mended: { path, facts } };
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
    const rows = await db.value<number>(`SELECT count(*) FROM ${readableRelation(readable)}`);
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
