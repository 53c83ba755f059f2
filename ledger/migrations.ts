// The ledger's schema, as the list of steps that led to it. A step is never edited once released: add another.
import type { Database } from 'better-sqlite3';
import { UserError } from '../messages/user-error.js';

/** Step i takes the file from version i to i + 1 (`PRAGMA user_version`). */
export const MIGRATIONS: readonly string[] = [
  `create table jobs (
     id integer primary key,
     name text not null unique
   ) strict;

   create table runs (
     id text primary key,
     job integer not null references jobs (id),
     sector text not null,
     period text not null,
     state text not null check (state in ('finished', 'failed')),
     started text not null,
     finished text not null,
     version text not null,
     job_hash text not null,
     reference_hash text not null,
     input_hash text not null,
     folder text not null
   ) strict;
   create index runs_by_job on runs (job, period, finished);

   -- group_field '' is the whole run; group_value '' is the rows whose value in that field is empty.
   create table figures (
     run text not null references runs (id) on delete cascade,
     group_field text not null,
     group_value text not null,
     metric text not null,
     n integer not null check (n >= 0),
     primary key (run, group_field, group_value, metric)
   ) strict, without rowid;`,
];

/** Brings an open ledger to the newest version; two processes that open a new ledger at once migrate it once. */
export function migrate(db: Database, path: string): void {
  if (version(db) === MIGRATIONS.length) return;
  db.transaction(() => {
    const from = version(db);
    if (from > MIGRATIONS.length) throw tooNew(path, from);
    for (const step of MIGRATIONS.slice(from)) db.exec(step);
    db.pragma(`user_version = ${MIGRATIONS.length}`);
  }).immediate();
}

function version(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

function tooNew(path: string, found: number): UserError {
  return new UserError({
    what: {
      vi: `Sổ cái do một phiên bản doisoat mới hơn ghi (phiên bản ${found}, bản này đọc đến ${MIGRATIONS.length}).`,
      en: `The ledger was written by a newer doisoat (version ${found}, this one reads up to ${MIGRATIONS.length}).`,
    },
    where: path,
    mend: { vi: 'Hãy cập nhật doisoat.', en: 'Update doisoat.' },
  });
}
