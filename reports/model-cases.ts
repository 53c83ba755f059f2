import type { Text } from '../messages/text.js';

/** Cases open at closing by age in days since first seen: `from` ≤ age ≤ `to` (null: without end). */
export interface AgeBand {
  readonly from: number;
  readonly to: number | null;
  readonly cases: number;
  /** Of the cases open at closing, 0–1; null without one. */
  readonly share: number | null;
}

/** The days that cases of a band without end are older than. */
export function olderThan({ from }: AgeBand): number {
  return from - 1;
}

/** Cases of one period: opening + new + reopened − resolved − waived = closing, always; checked when they are counted. */
export interface CaseFigures {
  readonly opening: number;
  readonly new: number;
  readonly reopened: number;
  readonly resolved: number;
  readonly waived: number;
  readonly closing: number;
  /** Adds up to closing. */
  readonly ageing: readonly AgeBand[];
}

/** The plan of one data owner against what was reached. */
export interface PlanProgress {
  readonly owner: string;
  /** Open cases wanted at the end of a month (YYYY-MM), and those there were (null: not yet). */
  readonly months: readonly {
    readonly month: string;
    readonly target: number;
    readonly actual: number | null;
  }[];
  /** The day (YYYY-MM-DD) on which none is left at the present pace; null: the number does not fall. */
  readonly projected: string | null;
}

/** Mismatches that live on from period to period. Shown by every format; computed in pipeline/cases*.ts. */
export interface CaseSummary {
  readonly total: CaseFigures;
  readonly groups: readonly {
    readonly field: string;
    readonly labels: Text;
    readonly rows: readonly {
      readonly value: string | null;
      readonly label: string;
      readonly figures: CaseFigures;
    }[];
  }[];
  readonly plan: readonly PlanProgress[];
}
