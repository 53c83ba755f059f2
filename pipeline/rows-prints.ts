import { identifier, literal } from '../engine/sql.js';
import { RECORD_KEY } from './fields.js';
import type { MatchedPlan } from './matched-sql.js';

/** Columns of a row's fingerprint. */
export const PRINTS = ['print_a', 'print_b'] as const;

/**
 * SQL of a row's fingerprint, 128 bits of its mapped cells as read: a hash of the cells, each for itself (an empty cell is none, and no
 * cell runs over into the next), and one of all their text. Who made two rows with one fingerprint would only have one of them counted
 * as the other, which he could have written in its place.
 */
export function printColumns(
  { fields, hasRecordKey }: Pick<MatchedPlan, 'fields' | 'hasRecordKey'>,
  row: string,
): string[] {
  const names = [...(hasRecordKey ? [RECORD_KEY] : []), ...fields.map(({ name }) => name)];
  const cells = names.map((name) => `${row}.${identifier(name)}`).join(', ');
  return [
    `hash(${cells}) AS ${PRINTS[0]}`,
    `hash(concat_ws(${literal('\u001f')}, ${cells})) AS ${PRINTS[1]}`,
  ];
}
