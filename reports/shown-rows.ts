// How much of a long list a page shows. All rows are in the file for machines beside it.

export interface ShownRows<Row> {
  readonly shown: readonly Row[];
  /** How many more there are. */
  readonly left: number;
}

/** The first `most` rows. */
export function firstRows<Row>(rows: readonly Row[], most: number): ShownRows<Row> {
  return { shown: rows.slice(0, most), left: Math.max(0, rows.length - most) };
}

/** The rows with their numbers, from 1. */
export function numbered<Row>(rows: readonly Row[]): (readonly [number: number, row: Row])[] {
  return rows.map((row, i) => [i + 1, row]);
}
