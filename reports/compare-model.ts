// What `doisoat compare` found between two runs. Written as compare.json (schema `doisoat.compare/1`).
import type { Text } from '../messages/text.js';
import type { Figures } from './model.js';
import type { FigureChanges } from './model-changes.js';

export interface ComparedRun {
  readonly run: string;
  readonly job: string;
  readonly period: string;
  readonly rows: number;
  readonly version: string;
  readonly job_hash: string;
  readonly reference_hash: string;
}

/** Rows with a reason in both runs. */
export interface ReasonCounts {
  readonly code: string;
  /** Field and reason in words. */
  readonly labels: Text;
  readonly before: number;
  readonly after: number;
  /** `after` − `before`. */
  readonly change: number;
}

export interface ComparedGroup {
  readonly field: string;
  readonly labels: Text;
  readonly rows: readonly {
    /** Null: the rows whose value is empty. */
    readonly value: string | null;
    readonly label: string;
    readonly before: Figures | null;
    readonly after: Figures | null;
    /** Of the rate as submitted, in parts of 1; null where one of the two has none. */
    readonly change: number | null;
    /** Records in both runs that were a mismatch as submitted and are none any more, and the other way round; null: not known. */
    readonly settled: number | null;
    readonly broken: number | null;
  }[];
}

/** Why the outcome or the reasons of a record are others than before. */
export const CAUSES = {
  decision: { vi: 'Theo quyết định của cán bộ', en: 'A decision of people' },
  record: { vi: 'Bản ghi đã được sửa', en: 'The record was changed' },
  person: {
    vi: 'Bản ghi không đổi; tìm ra người khác',
    en: 'The record is the same; another person is found',
  },
  other: {
    vi: 'Bản ghi và người không đổi; dữ liệu tham chiếu, quy tắc, mô hình hoặc bản ghi khác đã đổi',
    en: 'Record and person are the same; the reference, the rules, the model or other records changed',
  },
} as const satisfies Readonly<Record<string, Text>>;

export type Cause = keyof typeof CAUSES;

/** Records of both runs side by side. */
export interface Moves {
  readonly in_both: number;
  readonly appeared: number;
  readonly gone: number;
  /** Of those in both: with another outcome; with the same outcome and other reasons. */
  readonly other_outcome: number;
  readonly other_reasons: number;
  /** Rows by outcome before and after; null: the record was not in that run. */
  readonly matrix: readonly {
    readonly before: string | null;
    readonly after: string | null;
    readonly records: number;
  }[];
  /** Of the records in both that changed. */
  readonly causes: readonly { readonly cause: Cause; readonly records: number }[];
  /** Reasons that records in both runs have now and had not, and the other way round. */
  readonly reasons: readonly { readonly code: string; readonly gained: number; readonly lost: number }[];
  /** Name of the list beside; null: nothing changed. */
  readonly list: string | null;
}

export interface Comparison {
  readonly schema: 'doisoat.compare/1';
  readonly version: string;
  readonly sector: { readonly name: string; readonly labels: Text };
  readonly before: ComparedRun;
  readonly after: ComparedRun;
  readonly figures: { readonly before: Figures; readonly after: Figures; readonly change: FigureChanges };
  readonly reasons: readonly ReasonCounts[];
  readonly groups: readonly ComparedGroup[];
  /** Null: one of the runs has figures only. */
  readonly moves: Moves | null;
  /** What else differs between the runs, and what could not be compared. */
  readonly notes: readonly Text[];
}
