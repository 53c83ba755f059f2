import type { Database } from '../engine/database.js';
import { megabytesOf } from '../engine/memory.js';
import type { Field } from './fields.js';
import { tableOf } from './tables.js';

/** About what a row of a dictionary or of the people takes while it is joined: its string or number, what is asked of it, its place. */
const BYTES_A_ROW = 100;
/** Of the engine's memory; the rest is for the rows that pass by. */
const SHARE_FOR_JOINS = 0.6;

/**
 * Whether the dictionaries of all fields and the people can be held in memory together. A statement that joins them all needs them all at
 * the same time, and what does not fit fails or is put aside with the rows that pass by; where it would, they are joined in two steps.
 * Both give the same rows. Reads `entries_*` and `ref.people`.
 */
export async function fitsAtOnce(db: Database, fields: readonly Field[]): Promise<boolean> {
  const tables = [...fields.map(({ name }) => tableOf('entries_', name)), 'ref.people'];
  const counts = tables.map((table) => `(SELECT count(*) FROM ${table})`);
  const rows = await db.value<number>(`SELECT ${counts.join(' + ')}`);
  const engine = await db.value<string>("SELECT current_setting('memory_limit')");
  return rows * BYTES_A_ROW <= SHARE_FOR_JOINS * megabytesOf(engine) * 1e6;
}
