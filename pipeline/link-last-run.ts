import type { Database } from '../engine/database.js';
import type { Model } from '../matchers/model.js';
import type { Context } from './context.js';
import { attachedWith, detach, findLastRun } from './last-run.js';
import type { LinkField } from './link-fields.js';
import type { KeepSpec, LastSearch, NotTaken } from './link-plan.js';
import { keyBesidesMode, type SearchKey } from './link-search-key.js';
import { TABLES_OF_SEARCH } from './link-stored.js';
import { seriesOf } from './run-name.js';
import type { RunState } from './run-state.js';

/** A run whose searches are kept; those of a role, and of commands that only look, are not. */
export type KeptRun = Pick<RunState, 'job' | 'reference' | 'referenceFolder' | 'restart'>;

/** Alias of the attached database of the last run. */
const ALIAS = 'last_run';

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
  await detach(db, ALIAS);
}

async function attachLast(db: Database, series: string, context: Context): Promise<LastSearch | NotTaken> {
  const last = await findLastRun(series, context);
  if (last === null) return 'first_run';
  const tables = ['searched', 'searched_candidates', 'search_key'];
  if (!(await attachedWith(db, { path: last.database, alias: ALIAS }, tables))) return 'nothing_kept';
  const key = await db.value<string>(`SELECT key FROM ${ALIAS}.${TABLES_OF_SEARCH.key}`);
  return { run: last.run, database: ALIAS, key: JSON.parse(key) as SearchKey };
}
