import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { type EncodingChoice, inspectCsv } from '../engine/csv-file.js';
import { MENDED_COLUMNS, type MendedRow } from '../engine/csv-mender.js';
import type { Database } from '../engine/database.js';
import { surveyFile } from '../engine/file-survey.js';
import { openCsv, readableRelation } from '../engine/read-csv.js';
import { isParquet, parquetColumns, parquetRelation } from '../engine/read-parquet.js';
import { identifier } from '../engine/sql.js';
import type { Hints } from '../normalizers/normalizer.js';
import type { SectorField } from '../sectors/schema.js';

export interface FileChoice {
  readonly path: string;
  readonly encoding: EncodingChoice;
  /** `auto` or one character. */
  readonly delimiter: string;
}

/** A whole file as the table `input`: columns `c0 … cN-1` of text in file order, without the rejected rows. */
export interface InputTable {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly encoding: string;
  readonly encodingConfidence: number;
  readonly fontEncoding: 'tcvn3' | 'vni' | null;
  /** Empty for Parquet. */
  readonly delimiter: string;
  readonly header: readonly string[];
  readonly rows: number;
  readonly rejected: number;
  readonly repaired: number;
  readonly listed: readonly MendedRow[];
}

export const INPUT = 'input';

export async function loadInput(db: Database, choice: FileChoice): Promise<InputTable> {
  const loaded = isParquet(choice.path) ? await loadParquet(db, choice.path) : await loadCsv(db, choice);
  return { ...loaded, rows: await db.value<number>(`SELECT count(*) FROM ${INPUT}`) };
}

async function loadCsv(db: Database, choice: FileChoice): Promise<Omit<InputTable, 'rows'>> {
  const file = await inspectCsv(choice.path, { encoding: choice.encoding, delimiter: choice.delimiter });
  const readable = await openCsv(db, file);
  const columns = file.header.map((_, i) => `c${i}`).join(', ');
  const kept = readable.mended === null ? '' : `WHERE ${MENDED_COLUMNS.state} <> '2'`;
  await db.run(`CREATE TABLE ${INPUT} AS SELECT ${columns} FROM ${readableRelation(readable)} ${kept}`);
  return {
    name: file.name,
    bytes: file.bytes,
    sha256: readable.survey.sha256,
    encoding: readable.file.encoding,
    encodingConfidence: readable.file.encodingConfidence,
    fontEncoding: file.fontEncoding,
    delimiter: file.delimiter,
    header: file.header,
    rejected: readable.mended?.facts.rejected ?? 0,
    repaired: readable.mended?.facts.repaired ?? 0,
    listed: readable.mended?.facts.listed ?? [],
  };
}

async function loadParquet(db: Database, path: string): Promise<Omit<InputTable, 'rows'>> {
  const { sha256 } = await surveyFile(path);
  const header = await parquetColumns(db, path);
  const columns = header.map((name, i) => `CAST(${identifier(name)} AS VARCHAR) AS c${i}`).join(', ');
  await db.run(`CREATE TABLE ${INPUT} AS SELECT ${columns} FROM ${parquetRelation(path)}`);
  return {
    name: basename(path),
    bytes: statSync(path).size,
    sha256,
    encoding: 'parquet',
    encodingConfidence: 1,
    fontEncoding: null,
    delimiter: '',
    header,
    rejected: 0,
    repaired: 0,
    listed: [],
  };
}

/** What a field's settings and the file say before any value is looked at. */
export function givenHints(
  field: Pick<SectorField, 'settings'>,
  known: { readonly today: string; readonly fontEncoding: 'tcvn3' | 'vni' | null },
): Hints {
  const { century_pivot: pivot, code_list: codeList } = field.settings;
  return {
    today: known.today,
    ...(known.fontEncoding === null ? {} : { encoding: known.fontEncoding }),
    ...(typeof pivot === 'number' ? { centuryPivot: pivot } : {}),
    ...(typeof codeList === 'string' ? { codeList } : {}),
    ...(Object.keys(field.settings).length === 0 ? {} : { settings: field.settings }),
  };
}
