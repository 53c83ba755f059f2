import { identifier, literal } from '../engine/sql.js';

/** Columns of a row's fingerprint in `raw`. */
export const PRINTS = ['_print_a', '_print_b'] as const;

/**
 * SQL of a row's fingerprint, 128 bits of its mapped cells as read: a hash of the cells, each for itself (an empty cell is none, and no
 * cell runs over into the next), and one of all their text. Who made two rows with one fingerprint would only have one of them counted
 * as the other, which he could have written in its place.
 */
export function printColumns(names: readonly string[]): string[] {
  const cells = names.map(identifier).join(', ');
  return [
    `hash(${cells}) AS ${PRINTS[0]}`,
    `hash(concat_ws(${literal('\u001f')}, ${cells})) AS ${PRINTS[1]}`,
  ];
}
