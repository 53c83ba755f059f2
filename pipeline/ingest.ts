import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import { type CsvFile, inspectCsv } from '../engine/csv-file.js';
import { MENDED_COLUMNS, type MendedRow } from '../engine/csv-mender.js';
import type { Database } from '../engine/database.js';
import { sizeOfFile } from '../engine/file-access.js';
import { type FileSurvey, surveyFile } from '../engine/file-survey.js';
import {
  countRejects,
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
  /** Where a setting stands, for messages. */
  readonly where: (setting: string) => string;
}

/**
 * Stage 1. Reads the mapped columns of all files into a temp table in input order: its rowid + 1 is the record number.
 * Besides the fields it has `file` (position in the list), `line` (NULL where record and line go together) and `state` (0
 * read, 1 repaired, 2 rejected). Every file is tried as it is; what the engine's reader refuses is mended and read again.
 */
export async function readFiles(db: Database, plan: ReadPlan): Promise<SourceFile[]> {
  const heads = await Promise.all(plan.set.files.map((path) => readHead(db, plan.set, path)));
  const selects = heads.map((head) => selectList(plan, head));
  await db.run('SET preserve_insertion_order = true');
  const files: SourceFile[] = [];
  for (const [i, head] of heads.entries()) {
    const target = i === 0 ? plan.table : 'raw_part';
    files.push(await readOne(db, head, { target, select: selects[i]!, position: i }));
    if (i > 0) await db.run(`INSERT INTO ${plan.table} SELECT * FROM raw_part`);
  }
  if (files.length > 1) await db.run('DROP TABLE raw_part');
  await db.run('SET preserve_insertion_order = false');
  return files;
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
  readonly position: number;
}

async function readOne(db: Database, head: Head, target: Target): Promise<SourceFile> {
  if ('parquet' in head) return readParquet(db, head, target);
  // Both read the file; together they read it once from the disk.
  const [rows, survey] = await bothDone(
    needsMendingAtSight(head.csv) ? Promise.resolve(null) : tryPlain(db, head.csv, target),
    surveyFile(head.csv.path),
  );
  if (rows !== null && !needsMending(head.csv, survey) && rows + 1 === survey.lines) {
    return csvFacts({ file: head.csv, survey, mended: null }, rows);
  }
  const readable = await mendedCopy(head.csv, survey, db.tempDir);
  const mendedRows = await load(db, readableRelation(readable), { ...target, lineAndState: MENDED });
  if (mendedRows !== readable.mended?.facts.rows) {
    throw new Error(`${head.csv.name}: ${readable.mended?.facts.rows} rows mended, ${mendedRows} read`);
  }
  rmSync(readable.mended.path, { force: true });
  return csvFacts(readable, mendedRows);
}

async function readParquet(db: Database, head: ParquetHead, target: Target): Promise<SourceFile> {
  const reading = load(db, parquetRelation(head.parquet), { ...target, lineAndState: PLAIN });
  try {
    const [rows, survey] = await bothDone(reading, surveyFile(head.parquet));
    return parquetFacts(head, { survey, rows });
  } catch (error) {
    throw notParquet(head.parquet, error);
  }
}

/** Waits for both even if one fails, so that nothing goes on behind the caller's back. */
async function bothDone<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}

const PLAIN = 'NULL::UINTEGER AS line, 0::UTINYINT AS state';
const MENDED = `${MENDED_COLUMNS.line}::UINTEGER AS line, ${MENDED_COLUMNS.state}::UTINYINT AS state`;

/** Rows that the engine's reader takes from the file as it is; null when it refuses even one. */
async function tryPlain(db: Database, file: CsvFile, target: Target): Promise<number | null> {
  await forgetRejects(db);
  try {
    const relation = readableRelation({ file, mended: null });
    const rows = await load(db, relation, { ...target, lineAndState: PLAIN });
    return (await countRejects(db)) > 0 ? null : rows;
  } catch (error) {
    if (isReaderError(error)) return null;
    throw error;
  }
}

async function load(
  db: Database,
  relation: string,
  target: Target & { readonly lineAndState: string },
): Promise<number> {
  await db.run(`CREATE OR REPLACE TEMP TABLE ${target.target} AS
    SELECT ${target.position}::USMALLINT AS file, ${target.lineAndState}, ${target.select} FROM ${relation}`);
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
