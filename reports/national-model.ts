// The summary over all datasets of a period: the figures that national.json holds (schema `doisoat.national/1`) and every format shows.
import type { Text } from '../messages/text.js';

export interface NationalFigures {
  readonly rows: number;
  /** Rows less those that could not be read or are set apart: what shares are of. */
  readonly compared: number;
  /** As submitted, and once damage of form is undone. */
  readonly matched: number;
  readonly matched_after_cleaning: number;
  /** 0–1; null when nothing was compared. */
  readonly share: number | null;
  readonly share_after_cleaning: number | null;
  readonly apart: number;
  readonly rejected: number;
}

export interface NationalRow {
  /** The series: a job without its period. */
  readonly job: string;
  readonly sector: Text;
  readonly run: string;
  readonly period: string;
  readonly figures: NationalFigures;
  /** The latest earlier period; null: this is the first. */
  readonly previous: { readonly period: string; readonly figures: NationalFigures } | null;
  /** Of the share matched against `previous`, 0.012 for 1.2 percentage points; null where one of the two has none. */
  readonly change: number | null;
  /**
   * Mismatches settled since the first period: cases resolved less those that came back; where no cases were kept, by how much the
   * mismatches after cleaning have become fewer, at least 0.
   */
  readonly cleaned: number;
}

export interface National {
  readonly schema: 'doisoat.national/1';
  readonly version: string;
  readonly period: string;
  readonly datasets: readonly NationalRow[];
  readonly total: {
    readonly figures: NationalFigures;
    /** As that of a dataset, of those that have an earlier period; null: none has. */
    readonly change: number | null;
    readonly cleaned: number;
  };
}
