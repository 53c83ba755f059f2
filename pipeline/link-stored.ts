import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { forbiddenRecords } from './decisions-forbidden.js';
import type { SearchPlan } from './link-plan.js';
import type { SearchKey } from './link-search-key.js';
import type { LinkSpec } from './link-spec.js';
import { tableOf } from './tables.js';

/** SQL names of what is kept of a search, in the database of a run. */
export const TABLES_OF_SEARCH = {
  searched: tableOf('searched'),
  candidates: tableOf('searched_candidates'),
  key: tableOf('search_key'),
} as const;

/** Adds the candidates of `link_taken` to `link_weighed`. */
export async function takeCandidates(db: Database, database: string): Promise<void> {
  await db.run(`INSERT INTO link_weighed BY NAME SELECT t.record, c.* EXCLUDE (search)
    FROM link_taken t JOIN ${database}.${TABLES_OF_SEARCH.candidates} c ON c.search = t.search`);
}

/**
 * Keeps what was found for the next run, once for all records of the same values: `searched(search, fingerprint, settled)`,
 * `searched_candidates(search, …)` with the columns of `link_weighed` that later steps read, and the key. Records that people have
 * forbidden somebody for are left out: their candidates follow from more than their values.
 */
export async function keepSearch(
  db: Database,
  fields: LinkSpec['fields'],
  { plan, key }: { readonly plan: SearchPlan; readonly key: SearchKey },
): Promise<void> {
  const { searched, candidates } = TABLES_OF_SEARCH;
  await db.run(`CREATE OR REPLACE TEMP TABLE link_known AS SELECT min(record) AS record, fingerprint
    FROM link_fingerprints WHERE record NOT IN (${await forbiddenRecords(db)}) GROUP BY fingerprint`);
  const open = ['SELECT record FROM link_open'];
  if (plan.taken !== null) open.push('SELECT record FROM link_taken WHERE NOT settled');
  await db.run(`CREATE OR REPLACE TABLE ${searched} AS SELECT record::UINTEGER AS search, fingerprint,
    record NOT IN (${open.join(' UNION ALL ')}) AS settled FROM link_known`);
  const levels = fields.map((_, i) => `w.l${i}, w.u${i}::FLOAT AS u${i}`).join(', ');
  await db.run(`CREATE OR REPLACE TABLE ${candidates} AS SELECT k.record::UINTEGER AS search,
      w.person::UINTEGER AS person, w.rule, ${levels}, w.swapped, w.weight, w.nobody
    FROM link_weighed w JOIN link_known k ON w.record = k.record`);
  await db.run(
    `CREATE OR REPLACE TABLE ${TABLES_OF_SEARCH.key} AS SELECT ${literal(JSON.stringify(key))} AS key`,
  );
}
