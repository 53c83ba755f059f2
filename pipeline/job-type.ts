import type { Model } from '../matchers/model.js';
import type { Letter } from '../reports/letter.js';
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

/** Open cases that data owners want to be down to at the end of each month. */
export interface Plan {
  /** A field that the report groups by. */
  readonly field: string;
  readonly owners: readonly {
    /** As the job file writes it. */
    readonly owner: string;
    /** The same as a canonical value of the field. */
    readonly value: string;
    /** By month (YYYY-MM), ascending. */
    readonly targets: readonly { readonly month: string; readonly target: number }[];
  }[];
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
  readonly report: {
    readonly formats: readonly string[];
    readonly groupBy: readonly string[];
    /** Which list of provinces the figures are split by. */
    readonly provinces: 34 | 63;
    readonly letter: Letter;
  };
  readonly output: { readonly results: 'csv' | 'parquet' | 'none' };
  readonly alert: { readonly mismatchRateAbove: number | null; readonly rejectedRateAbove: number | null };
  readonly strict: boolean;
  /** Runs of registers of deaths, as the job file writes them: folders, or series of the workspace. */
  readonly deaths: readonly string[];
  /** Null: nobody has a plan. */
  readonly plan: Plan | null;
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
