import type { Weight } from '../normalizers/normalizer.js';

/**
 * One level of a comparison. The level *is* the reason shown to the user: `reason` is the kind part of its code
 * (`typo` → `name.typo`), null for agreement.
 */
export interface Level {
  readonly name: string;
  readonly reason: string | null;
  readonly weight: Weight;
}

/** Compares two canonical values of one kind. Levels are ordered: 0 is `exact`, the last is `different`. */
export interface Matcher {
  readonly kind: string;
  readonly levels: readonly Level[];
  /**
   * Index into `levels`. `ours` is the sector's canonical value, `reference` the reference's; both are non-empty and
   * not equal as strings when the pipeline calls it (equal ones are level 0 without asking).
   */
  compare(ours: string, reference: string): number;
}
