import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import pLimit from 'p-limit';
import { allDone } from '../engine/all-done.js';
import { type CsvFile, inspectCsv } from '../engine/csv-file.js';
import { MENDED_COLUMNS, type MendedRow } from '../engine/csv-mender.js';
import { type CsvPatch, patchRejects } from '../engine/csv-patch.js';
import type { Database } from '../engine/database.js';
import { sizeOfFile } from '../engine/file-access.js';
import { type FileSurvey, surveyFile } from '../engine/file-survey.js';
import {
  forgetRejects,
  isReaderError,
  mendedCopy,
  needsMending,
  needsMendingAtSight,
  type ReadableCsv,
  readableRelation,
} from '../engine/read-csv.js';
import { isParquet, parquetColumns, parquetRelation } from '../engine/read-parquet.js';
import { identifier } from '../engine/sql.js';
import { columnPositions } from './columns.js';
import { notParquet } from './file-trouble.js';
import type { FileSet } from './job-type.js';
import { makeShifts } from './row-numbers.js';

/** One file of a dataset, after it was read. */
export interface SourceFile {
  readonly path: string;
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly encoding: string;
  readonly encodingConfidence: number;
  readonly fontEncoding: 'tcvn3' | 'vni' | null;
  readonly delimiter: string;
  readonly header: readonly string[];
  readonly rows: number;
  readonly rejected: number;
  readonly repaired: number;
  /** Rejected and repaired rows, with their lines. */
  readonly listed: readonly MendedRow[];
}

export interface ReadPlan {
  readonly set: FileSet;
  /** Fields that become columns of the table, under their own names. */
  readonly fields: readonly string[];
  readonly table: string;
  /** Columns to be made of the fields; left out: none. */
  readonly made?: readonly string[];
  /** Where a setting stands, for messages. */
  readonly where: (setting: string) => string;
}

/** A month of daily files may be hundreds; so many are opened together. */
const FILES_AT_A_TIME = 8;

export interface ReadRows {
  readonly files: readonly SourceFile[];
  /** Some rows stand at the end of their file's rows instead of their place; pipeline/row-numbers.ts knows their numbers. */
  readonly hasShifts: boolean;
}

/**
 * Stage 1. Reads the mapped columns of all files into a temp table in input order. Besides the fields it has `_file`
 * (position in the list), `_line` (NULL where record and line go together), `_state` (0 read, 1 repaired, 2 rejected) and
 * `_record` (NULL where it follows from the position); no field's name begins with an underscore. Every file is tried as it is; the few rows that the engine's reader refuses are
 * mended on their own, a file that needs more is mended as a whole and read again.
 */
export async function readFiles(db: Database, plan: ReadPlan): Promise<ReadRows> {
  const atATime = pLimit(FILES_AT_A_TIME);
  const heads = await Promise.all(plan.set.files.map((path) => atATime(() => readHead(db, plan.set, path))));
  const selects = heads.map((head) => selectList(plan, head));
  const { made = [] } = plan;
  await db.run('SET preserve_insertion_order = true');
  const files: SourceFile[] = [];
  const points: number[] = [];
  for (const [i, head] of heads.entries()) {
    const target = i === 0 ? plan.table : 'raw_part';
    const first = files.reduce((sum, file) => sum + file.rows, 0);
    const read = await readOne(db, head, { target, select: selects[i]!, made, position: i, first });
    files.push(read.file);
    points.push(...read.points);
    if (i > 0) await db.run(`INSERT INTO ${plan.table} SELECT * FROM raw_part`);
  }
  if (files.length > 1) await db.run('DROP TABLE raw_part');
  await db.run('SET preserve_insertion_order = false');
  if (points.length > 0 && plan.table === 'raw') await makeShifts(db, points);
  return { files, hasShifts: points.length > 0 };
}

/** Throws UserError where a CSV file cannot be read or lacks a column of the set: a glance, before anything dear is begun. */
export async function assertColumns(set: FileSet, where: ReadPlan['where']): Promise<void> {
  const atATime = pLimit(FILES_AT_A_TIME);
  const paths = set.files.filter((path) => !isParquet(path));
  const heads = await Promise.all(paths.map((path) => atATime(() => inspectCsv(path, set))));
  for (const { path, header } of heads) {
    for (const field of Object.keys(set.columns))
      columnPositions({ field, header, path, columns: set.columns, where });
  }
}

interface ParquetHead {
  readonly parquet: string;
  readonly header: readonly string[];
  readonly bytes: number;
}

type Head = { readonly csv: CsvFile } | ParquetHead;

async function readHead(db: Database, set: FileSet, path: string): Promise<Head> {
  if (isParquet(path)) return readParquetHead(db, path);
  return { csv: await inspectCsv(path, { encoding: set.encoding, delimiter: set.delimiter }) };
}

async function readParquetHead(db: Database, path: string): Promise<ParquetHead> {
  const bytes = sizeOfFile(path);
  try {
    return { parquet: path, header: await parquetColumns(db, path), bytes };
  } catch (error) {
    throw notParquet(path, error);
  }
}

/** The fields as expressions over the file's columns. */
function selectList(plan: ReadPlan, head: Head): string {
  const header = 'csv' in head ? head.csv.header : head.header;
  const path = 'csv' in head ? head.csv.path : head.parquet;
  for (const field of Object.keys(plan.set.columns)) {
    columnPositions({ field, header, path, columns: plan.set.columns, where: plan.where });
  }
  const column = (i: number) => ('csv' in head ? `c${i}` : `CAST(${identifier(header[i]!)} AS VARCHAR)`);
  return plan.fields
    .map((field) => {
      const positions = columnPositions({
        field,
        header,
        path,
        columns: plan.set.columns,
        where: plan.where,
      });
      const parts = positions.map(column);
      const value = parts.length === 1 ? parts[0]! : `nullif(concat_ws(' ', ${parts.join(', ')}), '')`;
      return `${value} AS ${identifier(field)}`;
    })
    .join(', ');
}

interface Target {
  readonly target: string;
  readonly select: string;
  readonly made: readonly string[];
  readonly position: number;
  /** Rows of the files before. */
  readonly first: number;
}

interface ReadOne {
  readonly file: SourceFile;
  /** Where refused rows are missing: the row behind each. */
  readonly points: readonly number[];
}

async function readOne(db: Database, head: Head, target: Target): Promise<ReadOne> {
  if ('parquet' in head) return { file: await readParquet(db, head, target), points: [] };
  // Both read the file; together they read it once from the disk.
  const [rows, survey] = await allDone([
    needsMendingAtSight(head.csv) ? Promise.resolve(null) : tryPlain(db, head.csv, target),
    surveyFile(head.csv.path),
  ]);
  if (rows !== null && !needsMending(head.csv, survey)) {
    if (rows + 1 === survey.lines)
      return { file: csvFacts({ file: head.csv, survey, mended: null }, rows), points: [] };
    const patch = await patchRejects(db, head.csv, { survey, rows });
    if (patch !== null) return readPatched(db, patch, { ...target, rows });
  }
  const readable = await mendedCopy(head.csv, survey, db.tempDir);
  const mendedRows = await load(db, readableRelation(readable), { ...target, rowFacts: MENDED });
  if (mendedRows !== readable.mended?.facts.rows) {
    throw new Error(`${head.csv.name}: ${readable.mended?.facts.rows} rows mended, ${mendedRows} read`);
  }
  rmSync(readable.mended.path, { force: true });
  return { file: csvFacts(readable, mendedRows), points: [] };
}

/** Puts the mended rows behind the others, with their own numbers: in such a file every line but the header is a record. */
async function readPatched(
  db: Database,
  patch: CsvPatch,
  target: Target & { readonly rows: number },
): Promise<ReadOne> {
  const line = `[${patch.lines.join(', ')}][${MENDED_COLUMNS.line}::INTEGER - 1]`;
  await db.run(
    `INSERT INTO ${target.target} ${withMade(
      target,
      `SELECT ${target.position}::USMALLINT, ${line}::UINTEGER, ${MENDED_COLUMNS.state}::UTINYINT,
      (${target.first} + ${line} - 2)::UINTEGER, ${target.select}
    FROM ${readableRelation(patch.readable)}`,
    )}`,
  );
  rmSync(patch.readable.mended!.path, { force: true });
  const file = csvFacts(patch.readable, target.rows + patch.lines.length);
  const points = patch.lines.map((at, i) => target.first + at - 2 - i);
  return { file: { ...file, listed: patch.listed }, points };
}

async function readParquet(db: Database, head: ParquetHead, target: Target): Promise<SourceFile> {
  const reading = load(db, parquetRelation(head.parquet), { ...target, rowFacts: PLAIN });
  try {
    const [rows, survey] = await allDone([reading, surveyFile(head.parquet)]);
    return parquetFacts(head, { survey, rows });
  } catch (error) {
    throw notParquet(head.parquet, error);
  }
}

const PLAIN = 'NULL::UINTEGER AS _line, 0::UTINYINT AS _state, NULL::UINTEGER AS _record';
const MENDED = `${MENDED_COLUMNS.line}::UINTEGER AS _line, ${MENDED_COLUMNS.state}::UTINYINT AS _state, NULL::UINTEGER AS _record`;

/** Rows that the engine's reader takes from the file as it is; null when it cannot go on. What it refuses it lists. */
async function tryPlain(db: Database, file: CsvFile, target: Target): Promise<number | null> {
  await forgetRejects(db);
  try {
    const relation = readableRelation({ file, mended: null });
    return await load(db, relation, { ...target, rowFacts: PLAIN });
  } catch (error) {
    if (isReaderError(error)) return null;
    throw error;
  }
}

function withMade({ made }: Target, select: string): string {
  return made.length === 0 ? select : `SELECT *, ${made.join(', ')} FROM (${select})`;
}

async function load(
  db: Database,
  relation: string,
  target: Target & { readonly rowFacts: string },
): Promise<number> {
  const select = `SELECT ${target.position}::USMALLINT AS _file, ${target.rowFacts}, ${target.select} FROM ${relation}`;
  await db.run(`CREATE OR REPLACE TEMP TABLE ${target.target} AS ${withMade(target, select)}`);
  return db.value<number>(`SELECT count(*) FROM ${target.target}`);
}

function csvFacts(readable: ReadableCsv, rows: number): SourceFile {
  const { file, survey, mended } = readable;
  return {
    path: file.path,
    name: file.name,
    sha256: survey.sha256,
    bytes: file.bytes,
    encoding: file.encoding,
    encodingConfidence: file.encodingConfidence,
    fontEncoding: file.fontEncoding,
    delimiter: file.delimiter,
    header: file.header,
    rows,
    rejected: mended?.facts.rejected ?? 0,
    repaired: mended?.facts.repaired ?? 0,
    listed: mended?.facts.listed ?? [],
  };
}

function parquetFacts(
  { parquet, header, bytes }: ParquetHead,
  read: { readonly survey: FileSurvey; readonly rows: number },
): SourceFile {
  return {
    path: parquet,
    name: basename(parquet),
    sha256: read.survey.sha256,
    bytes,
    encoding: 'parquet',
    encodingConfidence: 1,
    fontEncoding: null,
    delimiter: '',
    header,
    rows: read.rows,
    rejected: 0,
    repaired: 0,
    listed: [],
  };
}
