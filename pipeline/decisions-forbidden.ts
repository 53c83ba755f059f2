import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';

/** `forbidden_pairs(record, person)`: people decided that the record is not this person (pipeline/decisions.ts). */
export const FORBIDDEN = 'forbidden_pairs';

/** SQL of the records for which somebody is forbidden. */
export async function forbiddenRecords(db: Database): Promise<string> {
  return (await decisionsWereLookedUp(db))
    ? `SELECT record FROM ${FORBIDDEN}`
    : 'SELECT NULL::BIGINT WHERE false';
}

/** Takes the forbidden pairs out of a table of candidate pairs; there are none where no decisions were looked up. */
export async function dropForbidden(db: Database, pairs: string): Promise<void> {
  if (!(await decisionsWereLookedUp(db))) return;
  await db.run(`DELETE FROM ${pairs} USING ${FORBIDDEN} f
    WHERE ${pairs}.record = f.record AND ${pairs}.person = f.person`);
}

async function decisionsWereLookedUp(db: Database): Promise<boolean> {
  const made = await db.value<number>(
    `SELECT count(*) FROM duckdb_tables() WHERE table_name = ${literal(FORBIDDEN)} AND temporary`,
  );
  return made > 0;
}
