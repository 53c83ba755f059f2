// The rows of a group table that a page has room for, and all others as one. Every format that shortens a table takes it from here.
import type { Figures, GroupRow, GroupTable } from './model.js';
import { sumOfFigures } from './model-sums.js';

export interface ShortTable {
  /** In the order of the table. */
  readonly shown: readonly GroupRow[];
  /** The others added up, as one row without a value; null: all are shown. */
  readonly others: {
    readonly values: number;
    readonly figures: Figures;
    readonly previous: Figures | null;
  } | null;
}

/** The `most` rows with the most mismatches as submitted, and the others as one. */
export function shortened(table: GroupTable, most: number): ShortTable {
  if (table.rows.length <= most) return { shown: table.rows, others: null };
  const ranked = table.rows.toSorted(
    (a, b) => b.figures.mismatch_as_submitted - a.figures.mismatch_as_submitted,
  );
  const kept = new Set(ranked.slice(0, most));
  const rest = ranked.slice(most);
  const before = rest.flatMap(({ previous }) => (previous === null ? [] : [previous]));
  return {
    shown: table.rows.filter((row) => kept.has(row)),
    others: {
      values: rest.length,
      figures: sumOfFigures(rest.map(({ figures }) => figures)),
      previous: before.length === 0 ? null : sumOfFigures(before),
    },
  };
}
