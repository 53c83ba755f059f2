/** How grave it is that a value needed this: nothing at all, form only, something lost, or nothing left to compare. */
export type Weight = 'none' | 'form' | 'loss' | 'blank' | 'real';

/**
 * One named thing that was found wrong with a raw value (and, unless the value is null, undone).
 * `reason` is the kind part of the reason code it is reported under (`format` → `name.format`); null is never reported.
 */
export interface Problem {
  readonly reason: string | null;
  readonly weight: Weight;
  readonly vi: string;
  readonly en: string;
  /** True: no fault of a value that says so although it is reported (a year alone where no more is known). */
  readonly note?: true;
}

/** The problems of one kind of value, in a fixed order: the position is the bit in a stored problem mask (at most 50). */
export type ProblemTable = Readonly<Record<string, Problem>>;

/**
 * What is known of the column a value stands in. Decided once per column from evidence, never per cell.
 * A normalizer reads the hints that concern it and must work without any.
 */
export interface Hints {
  /** How the text of the column was encoded before it became Unicode text wrongly; undefined: it is plain Unicode. */
  readonly encoding?: LegacyEncoding;
  readonly dateOrder?: 'dmy' | 'mdy';
  readonly excelEpoch?: 1900 | 1904;
  /** Two-digit years at or above this belong to 19xx, below to 20xx. */
  readonly centuryPivot?: number;
  /** The day the run speaks for, ISO `2026-11-21`: nobody is born later. */
  readonly today?: string;
  /** Day the extract was made, ISO: decides collisions of old and new phone prefixes. */
  readonly fileDate?: string;
  /** Which code list a code column uses, e.g. `1=nam,2=nu` or `gso63`. */
  readonly codeList?: string;
  /** Settings of the sector for this field (data, from its YAML). */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
}

/** Until that day mobile numbers had 11 digits, so that one of 10 in an older file is something else. */
export const MOBILE_10_FROM = '2018-09-15';

/** Files made from that day on are read alike (`Hints.fileDate`): the last change that a reading asks about is the provinces' of 1 July 2025. */
export const FILE_DATES_ALIKE_FROM = '2025-07-01';

/** Whether hints give values that are canonical as they stand another meaning or a problem: `canonical` does not hold then. */
export function readsOtherwise({ encoding, codeList, fileDate, settings }: Hints): boolean {
  const old = fileDate !== undefined && fileDate < MOBILE_10_FROM;
  const listed = codeList ?? settings?.code_list ?? settings?.earliest_year;
  return encoding !== undefined || old || listed !== undefined;
}

export type LegacyEncoding =
  | 'tcvn3'
  | 'vni'
  | 'viscii'
  | 'vps'
  | 'cp1258'
  | 'viqr'
  | 'telex'
  | 'vni-typing'
  | 'mojibake'
  | 'mojibake-twice';

export interface Normalized {
  /** The canonical value, or null when nothing usable is left. */
  readonly value: string | null;
  /** What was wrong with it: keys of the kind's problem table. Empty for a valid value in any usual notation. */
  readonly problems: readonly string[];
  /** What is worth saying of it and no fault (notes.ts): other keys of the same table. Left out where there is none. */
  readonly notes?: readonly string[];
  /** A finer kind, where one column holds several: `old-id`, `passport` … in an ID column. */
  readonly type?: string;
}

/** What a normalizer concludes about a column from the evidence of its values. */
export interface ColumnFinding {
  readonly hints: Hints;
  /** Share of the evidence that agrees with what was decided, 0–1, per hint. */
  readonly confidence: Readonly<Record<string, number>>;
}

export interface Normalizer {
  /** Name of the kind of value, which is also the file's name: `person-name`. */
  readonly kind: string;
  readonly labels: { readonly vi: string; readonly en: string };
  readonly problems: ProblemTable;
  /**
   * Problems without which a value is read the same on every later day of the same year (`Hints.today`). Left out: its reading does not
   * ask for the day.
   */
  readonly untilToday?: readonly string[];
  /**
   * Regular expression (RE2 and JavaScript `u` syntax alike, matched against the whole value) of values that
   * `normalize` leaves as they are, with no problem, no note and no type, in a column without special hints. Null: none.
   */
  readonly canonical: string | null;
  /** Takes any string whatever, never throws. The empty string and blanks give value null without a problem. */
  normalize(raw: string, hints?: Hints): Normalized;
  /** A canonical value as people like to read it. */
  format(value: string): string;
  /** A canonical value with what identifies a person hidden: `079******123`, `N*** V*** A***`. */
  mask(value: string): string;
  /** Names of the observations that this one raw value supports; counted over the distinct values of a column. */
  observe?(raw: string): readonly string[];
  /** From those counts (and the number of values looked at) to hints for the column. */
  decide?(counts: Readonly<Record<string, number>>, values: number): ColumnFinding;
}

/** Bit mask of problem keys, as stored in dictionaries: bit i is the i-th key of the table. */
export function problemMask(table: ProblemTable, problems: readonly string[]): number {
  const keys = Object.keys(table);
  let mask = 0;
  for (const problem of problems) {
    const bit = keys.indexOf(problem);
    if (bit < 0) throw new Error(`unknown problem ${problem}`);
    mask += 2 ** bit;
  }
  return mask;
}

/** Bit mask of all that was said of a value, notes included. */
export function saidMask(table: ProblemTable, { problems, notes = [] }: Normalized): number {
  return problemMask(table, problems) + problemMask(table, notes);
}

/** The problem keys of a stored mask, in table order. */
export function problemsOfMask(table: ProblemTable, mask: number): string[] {
  return Object.keys(table).filter((_, bit) => Math.floor(mask / 2 ** bit) % 2 === 1);
}
