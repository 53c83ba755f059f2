// What `doisoat cross` found between datasets: the figures that cross.json holds (schema `doisoat.cross/1`) and cross.html shows.
import type { Text } from '../messages/text.js';

export interface CrossDataset {
  readonly job: string;
  readonly run: string;
  readonly sector: Text;
  readonly period: string;
  /** Of several people in a record, which one; null: a record is one person's. */
  readonly role: Text | null;
  readonly rows: number;
  /** Rows whose person was found with certainty: only these can be held against other datasets. */
  readonly found: number;
  /** `found` of `rows`, 0–1; null when there is no row. */
  readonly share: number | null;
}

export interface CrossFinding {
  /** Position in the report's list of datasets. */
  readonly dataset: number;
  readonly records: number;
}

export interface CrossResult {
  readonly check: string;
  /** A reason code where the finding is one. */
  readonly code: string | null;
  readonly label: Text;
  readonly meaning: Text;
  /** Why it could not be done with these datasets; null: it was. */
  readonly not_done: Text | null;
  readonly people: number;
  readonly records: number;
  readonly by_dataset: readonly CrossFinding[];
  /** The list in the folder; null: nothing was found. */
  readonly list: string | null;
}

export interface CrossReport {
  readonly schema: 'doisoat.cross/1';
  readonly version: string;
  readonly datasets: readonly CrossDataset[];
  readonly checks: readonly CrossResult[];
  /** Of all checks; a record that several of them name is counted for each. */
  readonly records: number;
}
