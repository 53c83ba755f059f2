import type { Model } from '../matchers/model.js';
import type { Sector } from '../sectors/schema.js';

/** Columns of a file that make up one field: usually one; several are joined with a space (`[ho, ten]`). */
export type ColumnMap = Readonly<Record<string, readonly string[]>>;

export interface FileSet {
  /** Absolute paths, sorted. */
  readonly files: readonly string[];
  readonly encoding: 'auto' | 'utf-8' | 'utf-16' | 'windows-1258' | 'tcvn3' | 'vni';
  readonly delimiter: 'auto' | string;
  readonly columns: ColumnMap;
}

/** What a job sets of the thresholds itself; the program sets what is left out. */
export interface MatchingSettings {
  readonly falseLinkRate?: number;
  readonly accept?: number;
  readonly review?: number;
}

/** A job file after it was read, checked and resolved against its own folder: nothing in it is relative or optional. */
export interface Job {
  readonly name: string;
  /** Absolute path of the job file. */
  readonly path: string;
  readonly sector: Sector;
  readonly input: FileSet;
  readonly reference:
    | { readonly type: 'built'; readonly folder: string }
    | { readonly type: 'files'; readonly people: FileSet; readonly idChanges: FileSet | null };
  /** `2026-11`, `2026-11-21`, `2026-Q4` or `2026`: sorts as text. */
  readonly period: string;
  readonly report: { readonly formats: readonly string[]; readonly groupBy: readonly string[] };
  readonly output: { readonly results: 'csv' | 'parquet' | 'none' };
  readonly alert: { readonly mismatchRateAbove: number | null; readonly rejectedRateAbove: number | null };
  readonly strict: boolean;
  /** A trained model to match by as it is; null: each run trains its own. */
  readonly model: Model | null;
  readonly matching: MatchingSettings;
  /** Rows that no number settles go to probabilistic matching; else they stay `not_found`. */
  readonly probabilistic: boolean;
  /** sha256 of the job file's bytes, of those of the user's own sector file, and of the model it names. */
  readonly hash: string;
  /** Where a setting stands in the job file, for messages: `input.columns.name` → `job.yaml:9`. */
  readonly where: (setting: string) => string;
}
