import type { Database } from '../engine/database.js';

/**
 * What correction files call the run they came from: its name, and eight digits of a hash over whom it proposed for which case. A run
 * that was made again and proposes somebody else has another mark, so that answers about its former proposals are not taken for the
 * new ones. Reads `correction_rows`; the order of rows does not matter.
 */
export async function runMark(db: Database, run: string): Promise<string> {
  const hash = await db.value<string | null>(`SELECT printf('%016x', bit_xor(md5_number_lower(
      concat_ws(' ', case_key, list, outcome, reference_id)))) FROM correction_rows`);
  return `${run}#${(hash ?? '').padStart(8, '0').slice(-8)}`;
}

/** The run's name in a mark; null: it is none. */
export function runOfMark(mark: string): string | null {
  return /^(.+)#[0-9a-f]{8}$/.exec(mark)?.[1] ?? null;
}
