import type { Mending } from '../matchers/mending.js';
import type { Text } from '../messages/text.js';
import type { CaseSummary } from './model-cases.js';

/**
 * The figures of one run. Every format shows these and computes none of its own: what is called `share` follows from the counts
 * (model-shares.ts), and differences come from model-changes.ts. Written as summary.json (schema `doisoat.summary/1`): a field may be
 * added within a version, never renamed or given another meaning.
 */
export interface Summary {
  readonly schema: 'doisoat.summary/1';
  readonly version: string;
  readonly run: string;
  readonly job: string;
  readonly sector: { readonly name: string; readonly labels: Text };
  readonly period: string;
  /** The latest earlier period of the same job in the ledger; null: this is the first. */
  readonly previous: {
    readonly period: string;
    readonly run: string;
    readonly figures: Figures;
    readonly share: RowShares;
  } | null;
  readonly figures: Figures;
  readonly share: RowShares;
  /** Every period of the series up to this one, the oldest first; this run is the last. */
  readonly trend: readonly TrendPoint[];
  /** Left out where a record is one person's. */
  readonly roles?: readonly RoleRow[];
  /** They add up to the outcome `apart`; left out where the sector sets nobody apart. */
  readonly apart?: readonly ApartRow[];
  /** What the mismatches as submitted need; the rows add up to `figures.mismatch_as_submitted`. */
  readonly mending: readonly MendingRow[];
  /** By data owner, province, age group and whatever else the job splits by. */
  readonly groups: readonly GroupTable[];
  /** Left out where nobody is in the extract twice and no number is shared. */
  readonly duplicates?: Duplicates;
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
  /** Mismatches that live on from period to period; null: cases are not kept. */
  readonly cases: CaseSummary | null;
  /** A loss of information counts as a mismatch. */
  readonly strict: boolean;
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
  /** No candidate fits: the other `records`. */
  readonly none: number;
  /** sha256 of model.json. */
  readonly model_hash: string;
}

/** rows = sum of outcomes, always; checked when the figures are made. */
export interface Figures {
  readonly rows: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Rows that count as a mismatch as submitted / after cleaning; `compared` = rows − rejected − apart is the denominator of both. */
  readonly compared: number;
  readonly mismatch_as_submitted: number;
  readonly mismatch_after_cleaning: number;
  /** 0–1; null when nothing was compared. */
  readonly rate_as_submitted: number | null;
  readonly rate_after_cleaning: number | null;
}

/** Parts of the rows read, 0–1; null when none was read. */
export interface RowShares {
  /** All of them: 1. */
  readonly rows: number | null;
  /** Rows compared that agree as submitted, and those that do not. */
  readonly match_as_submitted: number | null;
  readonly mismatch_as_submitted: number | null;
  /** The usual outcomes, and those that this period or the last one had. */
  readonly outcomes: Readonly<Record<string, number | null>>;
}

/** The figures of one period of a series. */
export interface TrendPoint {
  readonly period: string;
  readonly run: string;
  readonly figures: Figures;
}

/** Rows that the sector sets apart for one reason. */
export interface ApartRow {
  /** `record.foreigner`, `record.without_number` or `record.organisation`. */
  readonly code: string;
  readonly rows: number;
  /** A person was found for them in the reference after all … */
  readonly found: number;
  /** … and agrees with it once form is undone. */
  readonly matched: number;
  /** `matched` of `rows`, 0–1. */
  readonly share: number | null;
  /** By the outcome they would have had. */
  readonly by_outcome: Readonly<Record<string, number>>;
}

/** Rows of one person, and rows under one number, as duplicates.csv lists them. */
export interface Duplicates {
  /** People who are in the extract more than once, and their rows, the first ones included. */
  readonly clusters: number;
  readonly records: number;
  /** The second and further rows by how they were found: `same_row`, `same_person`, `alike`. */
  readonly by: Readonly<Record<string, number>>;
  /** Numbers under which plainly several people stand, and their rows. */
  readonly shared_numbers: number;
  readonly shared_records: number;
}

/** How the people in one role fared, where a record holds several. */
export interface RoleRow {
  readonly role: string;
  readonly labels: Text;
  readonly figures: Figures;
  /** Records in which nobody stands in it. */
  readonly nobody: number;
}

export interface MendingRow {
  readonly who: Mending;
  readonly rows: number;
  /** Of the mismatches as submitted, 0–1; null without one. */
  readonly share: number | null;
  /** Rows of the previous period; null without one, or where it was not counted then. */
  readonly previous: number | null;
  readonly by_outcome: Readonly<Record<string, number>>;
}

/** What the values of a group are, so that a page can draw provinces as a map and ages in their order. */
export type GroupBy = 'value' | 'age' | 'province-34' | 'province-63';

export interface GroupTable {
  /** Name of the field; `born.age`, `commune.province` … where the values are not the field's own. */
  readonly field: string;
  readonly labels: Text;
  readonly by: GroupBy;
  readonly rows: readonly GroupRow[];
}

export interface GroupRow {
  /** Null: the rows whose value is empty. Of provinces the code, of ages the band (`25-39`). */
  readonly value: string | null;
  readonly label: string;
  readonly figures: Figures;
  readonly previous: Figures | null;
}

export interface ReasonRow {
  readonly code: string;
  readonly rows: number;
  /** Of the rows compared, 0–1; null when none was, or when the reason is only of rows that are not (set apart, rejected). */
  readonly share: number | null;
  /** Of the rows read, 0–1; null when none was. */
  readonly share_of_rows: number | null;
  /** Rows of the same reason in the previous period; null without one. */
  readonly previous: number | null;
  readonly by_outcome: Readonly<Record<string, number>>;
}

/** One named problem of a column's values. */
export interface FieldProblem {
  readonly problem: string;
  readonly labels: Text;
  readonly rows: number;
  /** Of the previous period; null without one, or where it was not counted then. */
  readonly previous: number | null;
}

/** Parts of the rows that could be read, 0–1; null when none could. */
export interface FieldShares {
  readonly filled: number | null;
  readonly usable: number | null;
}

/** What normalising found in one column of the extract. */
export interface FieldQuality {
  readonly field: string;
  readonly labels: Text;
  readonly kind: string;
  /** What it served for: finding the person, comparing, or being counted only. */
  readonly use: 'identify' | 'compare' | 'count';
  readonly column: string;
  readonly filled: number;
  readonly distinct: number;
  readonly usable: number;
  readonly share: FieldShares;
  /** Of the previous period; null without one, or where it was not counted then. */
  readonly previous: {
    readonly filled: number;
    readonly usable: number;
    readonly distinct: number;
    readonly share: FieldShares;
  } | null;
  readonly problems: readonly FieldProblem[];
  readonly hints: Readonly<Record<string, string | number | boolean>>;
  readonly confidence: Readonly<Record<string, number>>;
}

/** đúng, đủ, sạch, sống. */
export interface QualityMark {
  readonly mark: 'correct' | 'complete' | 'clean' | 'live';
  readonly numerator: number;
  readonly denominator: number;
  /** 0–1; null when the denominator is 0. */
  readonly share: number | null;
  /** Of the previous period; null without one. */
  readonly previous: {
    readonly numerator: number;
    readonly denominator: number;
    readonly share: number | null;
  } | null;
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
