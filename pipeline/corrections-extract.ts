// The owner's own extract once more: every column of it as text, of the rows that need a correction. A run keeps only what it
// compared, so the input files are read again; they must be the files that the run read, byte for byte.
import { basename } from 'node:path';
import { inspectCsv } from '../engine/csv-file.js';
import type { Database } from '../engine/database.js';
import { isParquet, parquetColumns } from '../engine/read-parquet.js';
import { identifier } from '../engine/sql.js';
import { UserError } from '../messages/user-error.js';
import { fileHash } from './file-hash.js';
import { readFiles } from './ingest.js';
import type { FileSet, Job } from './job-type.js';
import type { Manifest } from './manifest.js';
import { numberedRows } from './row-numbers.js';

/** Temporary table: `record` and the columns `x0 … xN-1` of `OwnExtract.header`. */
export const EXTRACT = 'own_extract';

export interface OwnExtract {
  /** Of all files: of the first in its order, then what further files have besides. */
  readonly header: readonly string[];
}

/**
 * Reads the input files into the table EXTRACT, rows of `correction_rows` only. Throws UserError when a file is gone or is not
 * what the run read.
 */
export async function readOwnExtract(db: Database, job: Job, { inputs }: Manifest): Promise<OwnExtract> {
  const paths = await sameFiles(job.input.files, inputs);
  const headers: (readonly string[])[] = [];
  for (const path of paths) headers.push(await headerOf(db, job.input, path));
  const header = [...new Set(headers.flat())];
  const columns = header.map((_, i) => `x${i} VARCHAR`);
  await db.run(`CREATE OR REPLACE TEMP TABLE ${EXTRACT} (record UINTEGER, ${columns.join(', ')})`);
  let first = 0;
  for (const [i, path] of paths.entries()) {
    const own = headers[i]!;
    first += await readOne(db, { set: { ...job.input, files: [path] }, own, header, first });
  }
  return { header };
}

/** The files in the order in which the run read them. */
async function sameFiles(paths: readonly string[], inputs: Manifest['inputs']): Promise<string[]> {
  const changed: string[] = [];
  const found: string[] = [];
  const left = [...paths];
  for (const { name, sha256 } of inputs) {
    const place = left.findIndex((path) => basename(path) === name);
    const [path] = place < 0 ? [] : left.splice(place, 1);
    if (path === undefined || (await fileHash(path)).sha256 !== sha256) changed.push(name);
    else found.push(path);
  }
  if (changed.length === 0) return found;
  throw new UserError({
    what: {
      vi: `Tệp đầu vào của lần chạy này không còn hoặc đã đổi: ${changed.join(', ')}. Tệp sửa phải ghi đúng các dòng mà lần chạy đã đọc.`,
      en: `The input of this run is gone or has changed: ${changed.join(', ')}. Correction files must show the very rows that the run read.`,
    },
    mend: {
      vi: 'Hãy đưa tệp cũ về chỗ cũ, hoặc chạy lại công việc với tệp mới.',
      en: 'Put the former file back, or run the job again with the new one.',
    },
  });
}

async function headerOf(db: Database, set: FileSet, path: string): Promise<readonly string[]> {
  if (isParquet(path)) return parquetColumns(db, path);
  return (await inspectCsv(path, { encoding: set.encoding, delimiter: set.delimiter })).header;
}

interface OneFile {
  readonly set: FileSet;
  /** Its own header, and that of all files. */
  readonly own: readonly string[];
  readonly header: readonly string[];
  /** Rows of the files before. */
  readonly first: number;
}

/** Returns the rows of the file, as the run counted them. */
async function readOne(db: Database, { set, own, header, first }: OneFile): Promise<number> {
  const names = own.map((_, i) => `c${i}`);
  const columns = Object.fromEntries(own.map((name, i) => [`c${i}`, [name]]));
  const { files, hasShifts } = await readFiles(db, {
    set: { ...set, columns },
    fields: names,
    table: 'raw',
    where: () => set.files[0] ?? '',
  });
  const cells = header.map((name) => {
    const at = own.indexOf(name);
    return at < 0 ? 'NULL' : `n.${identifier(`c${at}`)}`;
  });
  await db.run(`INSERT INTO ${EXTRACT} SELECT (n._record_number + ${first})::UINTEGER, ${cells.join(', ')}
    FROM ${numberedRows(hasShifts)} n SEMI JOIN correction_rows w ON n._record_number + ${first} = w.record`);
  await db.run('DROP TABLE raw');
  return files[0]?.rows ?? 0;
}
