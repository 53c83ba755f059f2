import type { Database } from '../engine/database.js';
import { forbiddenRecords } from './decisions-forbidden.js';
import { fingerprintRecords } from './link-fingerprints.js';
import { type KeyBesidesMode, type SearchKey, waysOf } from './link-search-key.js';
import type { LinkSpec } from './link-spec.js';
import { TABLES_OF_SEARCH } from './link-stored.js';

/** Why the candidates of every record are searched for: a part of the key that differs, or what else stands in the way. */
export type NotTaken = keyof SearchKey | 'first_run' | 'nothing_kept' | 'restart';

/** The tables of an earlier run that `keepSearch` made, attached to be read. */
export interface LastSearch {
  readonly run: string;
  /** Name of its attached database. */
  readonly database: string;
  readonly key: SearchKey;
}

/** What to keep for the next run, and what there is to take. */
export interface KeepSpec {
  readonly key: KeyBesidesMode;
  readonly last: LastSearch | null;
  /** Why nothing can be taken, besides what the keys tell; empty where `last` is given. */
  readonly notTaken: readonly NotTaken[];
}

/** How the records of a run come by their candidates. */
export interface SearchPlan {
  /** As `LinkSpec.ours`: the records that are searched for. */
  readonly ours: string;
  /** All that are to be linked, searched for or not. */
  readonly records: number;
  readonly taken: Taken | null;
  readonly notTaken: readonly NotTaken[];
}

export interface Taken {
  readonly records: number;
  /** Those among them that the first wave of the last run left open. */
  readonly open: number;
  /** How the last run searched. */
  readonly mode: string;
}

const KEY_PARTS = ['program', 'reference', 'model', 'job'] as const;

/**
 * Which records are searched for: all of them, or those whose values the last run has not searched for. Leaves `link_fingerprints`
 * and, where something is taken, `link_taken(record, search, settled)`.
 */
export async function planSearch(db: Database, spec: LinkSpec): Promise<SearchPlan> {
  const { keep, ours, fields } = spec;
  const records = await db.value<number>(`SELECT count(*) FROM ${ours}`);
  const all = { ours, records, taken: null, notTaken: keep?.notTaken ?? [] };
  if (keep === undefined) return all;
  await fingerprintRecords(db, fields, ours);
  if (keep.last === null) return all;
  const { key, database } = keep.last;
  const differing = KEY_PARTS.filter((part) => keep.key[part] !== key[part]);
  const otherWay = key.mode.startsWith(waysOf(records)) ? [] : (['mode'] as const);
  if (differing.length + otherWay.length > 0) return { ...all, notTaken: [...differing, ...otherWay] };
  const facts = await takeKnown(db, ours, database);
  return { ours: 'link_unknown', records, taken: { ...facts, mode: key.mode }, notTaken: [] };
}

/** The same with nothing taken, where the search turns out to go another way than the last one. */
export function inFull(plan: SearchPlan, { ours }: LinkSpec): SearchPlan {
  return { ...plan, ours, taken: null, notTaken: ['mode'] };
}

async function takeKnown(db: Database, ours: string, database: string): Promise<Omit<Taken, 'mode'>> {
  const searched = `${database}.${TABLES_OF_SEARCH.searched}`;
  await db.run(`CREATE OR REPLACE TEMP TABLE link_taken AS SELECT f.record, s.search, s.settled
    FROM link_fingerprints f JOIN ${searched} s ON s.fingerprint = f.fingerprint
    WHERE f.record NOT IN (${await forbiddenRecords(db)})`);
  await db.run(`CREATE OR REPLACE TEMP TABLE link_unknown AS
    SELECT o.* FROM ${ours} o ANTI JOIN link_taken t ON o.record = t.record`);
  const [facts] = await db.rows<{ records: number; open: number }>(
    'SELECT count(*) AS records, count(*) FILTER (WHERE NOT settled) AS open FROM link_taken',
  );
  return facts ?? { records: 0, open: 0 };
}
