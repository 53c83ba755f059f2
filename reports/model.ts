import type { Text } from '../messages/text.js';

/**
 * The figures of one run. Every format shows these and computes none of its own. Written as summary.json
 * (schema `doisoat.summary/1`): a field may be added within a version, never renamed or given another meaning.
 */
export interface Summary {
  readonly schema: 'doisoat.summary/1';
  readonly version: string;
  readonly run: string;
  readonly job: string;
  readonly sector: { readonly name: string; readonly labels: Text };
  readonly period: string;
  /** The latest earlier period of the same job in the ledger; null: this is the first. */
  readonly previous: { readonly period: string; readonly run: string; readonly figures: Figures } | null;
  readonly figures: Figures;
  readonly groups: readonly GroupTable[];
  readonly reasons: readonly ReasonRow[];
  readonly fields: readonly FieldQuality[];
  readonly marks: readonly QualityMark[];
  readonly inputs: readonly InputFile[];
  readonly reference: {
    readonly people: number;
    readonly hash: string;
    readonly repeatedIds: number;
  };
  /** Probabilistic matching; null: there was nothing for it to do. */
  readonly linking: Linking | null;
  readonly job_hash: string;
  /** Problems with the run as a whole that a reader must know, e.g. a column decoded from TCVN3. */
  readonly notes: readonly Text[];
}

/** How the rows fared that no number settled, and the thresholds they were decided by. */
export interface Linking {
  /** A best candidate of at least this probability is linked. */
  readonly accept: number;
  /** From here up to `accept` people look at it. */
  readonly review: number;
  /** Expected share of false links among those linked, by the model itself. */
  readonly false_link_rate: number;
  readonly records: number;
  readonly linked: number;
  readonly possible: number;
  readonly ambiguous: number;
  /** sha256 of model.json. */
  readonly model_hash: string;
}

/** rows = sum of outcomes, always; checked when the figures are made. */
export interface Figures {
  readonly rows: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Rows that count as a mismatch as submitted / after cleaning; `compared` = rows − rejected is the denominator of both. */
  readonly compared: number;
  readonly mismatch_as_submitted: number;
  readonly mismatch_after_cleaning: number;
  /** 0–1; null when nothing was compared. */
  readonly rate_as_submitted: number | null;
  readonly rate_after_cleaning: number | null;
}

export interface GroupTable {
  readonly field: string;
  readonly labels: Text;
  readonly rows: readonly {
    readonly value: string | null;
    readonly label: string;
    readonly figures: Figures;
    readonly previous: Figures | null;
  }[];
}

export interface ReasonRow {
  readonly code: string;
  readonly rows: number;
  /** Rows of the same reason in the previous period; null without one. */
  readonly previous: number | null;
  readonly by_outcome: Readonly<Record<string, number>>;
}

/** What normalising found in one column of the extract. */
export interface FieldQuality {
  readonly field: string;
  readonly labels: Text;
  readonly kind: string;
  readonly column: string;
  readonly filled: number;
  readonly distinct: number;
  readonly usable: number;
  readonly problems: readonly { readonly problem: string; readonly labels: Text; readonly rows: number }[];
  readonly hints: Readonly<Record<string, string | number | boolean>>;
  readonly confidence: Readonly<Record<string, number>>;
}

/** đúng, đủ, sạch, sống. */
export interface QualityMark {
  readonly mark: 'correct' | 'complete' | 'clean' | 'live';
  readonly numerator: number;
  readonly denominator: number;
}

export interface InputFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
  readonly rejected: number;
  readonly repaired: number;
  readonly encoding: string;
  readonly delimiter: string;
}
