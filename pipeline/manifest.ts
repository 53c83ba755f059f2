import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../engine/whole-file.js';
import { UserError } from '../messages/user-error.js';
import type { ColumnFacts } from './dictionaries.js';
import type { SourceFile } from './ingest.js';
import type { SearchRecord } from './link-search-told.js';
import { runDatabasePath } from './result-rows.js';
import type { RowsRecord } from './rows-told.js';

export const MANIFEST_VERSION = 'doisoat.manifest/1';
export const MANIFEST_FILE = 'manifest.json';

export const STAGES = ['ingest', 'normalize', 'match', 'classify', 'reconcile', 'report'] as const;
export type StageName = (typeof STAGES)[number];

export interface StageRecord {
  readonly stage: StageName;
  readonly state: 'finished';
  readonly rows: number;
  readonly seconds: number;
  /** The most that the engine had put aside on disk at once because it did not fit into its memory. */
  readonly spilled_bytes: number;
}

/** What a run was made from and how it went; the only output that holds times. */
export interface Manifest {
  readonly schema: typeof MANIFEST_VERSION;
  readonly version: string;
  readonly run: string;
  readonly job: { readonly name: string; readonly path: string; readonly hash: string };
  readonly sector: string;
  readonly period: string;
  readonly started: string;
  readonly finished: string;
  readonly reference: {
    readonly hash: string;
    readonly people: number;
    /** From the run's folder; `why` looks there for the values it compared with. */
    readonly folder: string;
  };
  readonly inputs: readonly ManifestInput[];
  readonly columns: Readonly<Record<string, ColumnFacts>>;
  readonly stages: readonly StageRecord[];
  /** How records came by their candidates; only where a frozen model lets the next run take them. */
  readonly search?: SearchRecord;
  /** Rows that the last run had found already; left out where no run keeps any. */
  readonly rows_taken?: RowsRecord;
  readonly rows: number;
  readonly outputs: readonly string[];
  /** Personal data was removed (`doisoat purge`): when, and what. */
  readonly purged?: { readonly at: string; readonly files: readonly string[] };
}

export interface ManifestInput {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly encoding: string;
  readonly encodingConfidence: number;
  readonly delimiter: string;
  readonly rows: number;
  readonly rejected: number;
  readonly repaired: number;
}

export function manifestInput(file: SourceFile): ManifestInput {
  const { name, sha256, bytes, encoding, encodingConfidence, delimiter, rows, rejected, repaired } = file;
  return { name, sha256, bytes, encoding, encodingConfidence, delimiter, rows, rejected, repaired };
}

/** What the folder of a finished run says of it; null: the folder holds none, or what it says is damaged. */
export function readManifest(folder: string): Manifest | null {
  const path = join(folder, MANIFEST_FILE);
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  } catch {
    return null;
  }
}

export function writeManifest(folder: string, manifest: Manifest): void {
  writeWhole(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** The manifest of a run that can be looked into. Throws UserError for a folder that holds no finished run. */
export function manifestOfRun(folder: string): Manifest {
  const manifest = readManifest(folder);
  if (manifest === null || !existsSync(runDatabasePath(folder))) {
    throw new UserError({
      what: {
        vi: 'Thư mục này không có cơ sở dữ liệu của một lần chạy đã xong.',
        en: 'This folder does not hold the database of a finished run.',
      },
      where: folder,
      mend: { vi: 'Hãy xem các lần chạy bằng doisoat runs.', en: 'See the runs with doisoat runs.' },
    });
  }
  return manifest;
}
