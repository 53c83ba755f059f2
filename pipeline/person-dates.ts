// When what a record says of its person began or ended (his death, his post), as the sector names the fields under `person`.
import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import type { PersonFacts } from '../sectors/schema.js';
import type { Field } from './fields.js';
import { tableOf } from './tables.js';

const DATES = ['from', 'until'] as const;

/** Fields whose values a finished run keeps for this. */
export function personDateFields(person: PersonFacts): string[] {
  return DATES.flatMap((name) => person[name] ?? []);
}

export interface PersonDate {
  /** To be joined with rows `r` of `results`. */
  readonly join: string;
  /** SQL of the canonical date, `2026-11-21` or its beginning; NULL: not known. */
  readonly value: string;
}

/**
 * SQL of such a date in the results of a run. `database`: its alias. Null: the sector names none, the job did not map it, or the run is
 * of a version that did not keep it.
 */
export async function personDate(
  db: Database,
  { database, which }: { readonly database: string; readonly which: (typeof DATES)[number] },
  { person, fields }: { readonly person: PersonFacts; readonly fields: readonly Pick<Field, 'name'>[] },
): Promise<PersonDate | null> {
  const name = person[which];
  if (name === undefined || !fields.some((field) => field.name === name)) return null;
  const kept =
    await db.value<number>(`SELECT count(*) FROM duckdb_columns() WHERE database_name = ${literal(database)}
    AND table_name = 'results' AND column_name = ${literal(`e_${name}`)}`);
  if (kept === 0) return null;
  const t = identifier(`${which}_${name}`);
  const entries = `${identifier(database)}.${tableOf('entries_', name)}`;
  return {
    join: `LEFT JOIN ${entries} ${t} ON r.${identifier(`e_${name}`)} = ${t}.entry`,
    value: `${t}.value`,
  };
}

/** SQL: one date lies before another in every reading of both; NULL where one is not known. */
export function surelyBefore(earlier: string, later: string): string {
  const size = `least(length(${earlier}), length(${later}))`;
  return `left(${earlier}, ${size}) < left(${later}, ${size})`;
}
