import type { BlockingRule } from '../matchers/blocking.js';
import type { Model } from '../matchers/model.js';
import type { FixedThresholds } from '../matchers/thresholds.js';
import type { LinkField, PlannedField } from './link-fields.js';
import type { KeepSpec } from './link-plan.js';

export interface LinkSpec {
  /** Table of `record` (BIGINT) and one column of canonical values (VARCHAR) per field. */
  readonly ours: string;
  /** Table of `person` (BIGINT) and the same columns. */
  readonly reference: string;
  readonly fields: readonly LinkField[];
  /** Rules as `field.key` names; empty: chosen from the kinds. */
  readonly blocking: readonly BlockingRule[];
  /** At most one record per person. */
  readonly oneToOne: boolean;
  /** SELECT of `person`: people who have a record by their number already. A further claim on one weighs less; only one to one. */
  readonly claimed?: string;
  /** A frozen model; without one it is trained on these data. */
  readonly model?: Model;
  /** Expected share of false links that is accepted, 0.001 unless said. */
  readonly falseLinkRate?: number;
  /** Thresholds in place of the program's own. */
  readonly fixed?: FixedThresholds;
  /** Table with the fields' columns that says how common each value is, where `reference` is too small to tell. */
  readonly frequencies?: string;
  /** What is kept for the next run and can be taken from the last one; only with a frozen model that has rules. */
  readonly keep?: KeepSpec;
}

export interface LinkContext {
  /** Called with the name of each step as it begins. */
  readonly progress?: (step: string) => void;
}

/** The reference of a file that is compared with itself. */
export const SAME_FILE = 'link_same';

/** Both sides made ready: numbers for values, blocking keys, what strangers have in common. */
export interface Prepared {
  readonly fields: readonly PlannedField[];
  readonly rules: readonly BlockingRule[];
  /** Those of the first wave, where there are waves; empty: the first of `rules`. */
  readonly firstRules: readonly BlockingRule[];
  readonly random: readonly (readonly number[])[];
  readonly people: number;
  readonly records: number;
}
