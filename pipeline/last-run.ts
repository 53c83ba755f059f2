import { resolve } from 'node:path';
import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { holdsRun } from './cases-previous.js';
import type { Context } from './context.js';
import { runDatabasePath } from './result-rows.js';
import { withLedger } from './workspace-ledger.js';

/** The run of a series that a run may take things from. */
export interface LastRun {
  readonly run: string;
  /** Path of its database. */
  readonly database: string;
}

/** Sorts behind every period. */
const AFTER_ALL = '~';

/** The run of the latest period whose folder is where it was, this period's own among them; whether it fits its keys say. */
export async function findLastRun(series: string, context: Context): Promise<LastRun | null> {
  const runs = await withLedger(context, (ledger) => ledger.earlierRuns(series, AFTER_ALL));
  const folderOf = (folder: string) => resolve(context.workspace, folder);
  const last = runs.find(({ folder, run }) => holdsRun(folderOf(folder), run));
  return last === undefined ? null : { run: last.run, database: runDatabasePath(folderOf(last.folder)) };
}

/**
 * Attaches a run's database to be read, if it can be and has these tables. One that another program is writing, or that a newer engine
 * wrote, is no reason to stop: everything can be done anew.
 */
export async function attachedWith(
  db: Database,
  { path, alias }: { readonly path: string; readonly alias: string },
  tables: readonly string[],
): Promise<boolean> {
  await detach(db, alias);
  try {
    await db.run(`ATTACH ${literal(path)} AS ${alias} (READ_ONLY)`);
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/^(IO|Serialization|Invalid Input|Binder) Error/.test(message)) return false;
    throw error;
  }
  const known = await db.value<number>(`SELECT count(*) FROM duckdb_tables()
    WHERE database_name = ${literal(alias)} AND table_name IN (${tables.map(literal).join(', ')})`);
  return known === tables.length;
}

export async function detach(db: Database, alias: string): Promise<void> {
  await db.run(`DETACH DATABASE IF EXISTS ${alias}`);
}
