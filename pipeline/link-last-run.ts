import { resolve } from 'node:path';
import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import type { Model } from '../matchers/model.js';
import { holdsRun } from './cases-previous.js';
import type { Context } from './context.js';
import type { LinkField } from './link-fields.js';
import type { KeepSpec, LastSearch, NotTaken } from './link-plan.js';
import { keyBesidesMode, type SearchKey } from './link-search-key.js';
import { TABLES_OF_SEARCH } from './link-stored.js';
import { runDatabasePath } from './result-rows.js';
import { seriesOf } from './run-name.js';
import type { RunState } from './run-state.js';
import { withLedger } from './workspace-ledger.js';

/** A run whose searches are kept; those of a role, and of commands that only look, are not. */
export type KeptRun = Pick<RunState, 'job' | 'reference' | 'referenceFolder' | 'restart'>;

/** Alias of the attached database of the last run. */
const ALIAS = 'last_run';
/** Sorts behind every period. */
const AFTER_ALL = '~';

/**
 * What a run keeps of its search, and what it can take from the last run of its series, which is attached until `detachLast`. Null: a
 * model that is not frozen, or that leaves the rules open, depends on all records.
 */
export async function keepSpec(
  db: Database,
  run: KeptRun,
  { fields, model }: { readonly fields: readonly LinkField[]; readonly model: Model | null },
  context: Context,
): Promise<KeepSpec | null> {
  if (model === null || model.rules.length === 0) return null;
  const key = await keyBesidesMode(db, { ...run, fields, model });
  const last = run.restart ? 'restart' : await attachLast(db, seriesOf(run.job), context);
  return typeof last === 'string' ? { key, last: null, notTaken: [last] } : { key, last, notTaken: [] };
}

export async function detachLast(db: Database): Promise<void> {
  await db.run(`DETACH DATABASE IF EXISTS ${ALIAS}`);
}

/** The run of the latest period whose folder is where it was; the key alone says whether it fits. */
async function attachLast(db: Database, series: string, context: Context): Promise<LastSearch | NotTaken> {
  const runs = await withLedger(context, (ledger) => ledger.earlierRuns(series, AFTER_ALL));
  const folderOf = (folder: string) => resolve(context.workspace, folder);
  const last = runs.find(({ folder, run }) => holdsRun(folderOf(folder), run));
  if (last === undefined) return 'first_run';
  if (!(await attached(db, runDatabasePath(folderOf(last.folder))))) return 'nothing_kept';
  const known =
    await db.value<number>(`SELECT count(*) FROM duckdb_tables() WHERE database_name = ${literal(ALIAS)}
    AND table_name IN ('searched', 'searched_candidates', 'search_key')`);
  if (known < Object.keys(TABLES_OF_SEARCH).length) return 'nothing_kept';
  const key = await db.value<string>(`SELECT key FROM ${ALIAS}.${TABLES_OF_SEARCH.key}`);
  return { run: last.run, database: ALIAS, key: JSON.parse(key) as SearchKey };
}

/** One that another program is writing, or that a newer engine wrote, is no reason to stop: everything can be searched for. */
async function attached(db: Database, path: string): Promise<boolean> {
  await detachLast(db);
  try {
    await db.run(`ATTACH ${literal(path)} AS ${ALIAS} (READ_ONLY)`);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/^(IO|Serialization|Invalid Input|Binder) Error/.test(message)) return false;
    throw error;
  }
}
