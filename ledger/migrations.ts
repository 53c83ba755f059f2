// The ledger's schema, as the list of steps that led to it. A step is never edited once released: add another.
import type { Database } from 'better-sqlite3';
import { UserError } from '../messages/user-error.js';
import { AUDIT_START } from './audit.js';

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

  `create table decisions (
     id integer primary key,
     series text not null references jobs (name),
     case_key text not null,
     decision text not null check (
       decision in ('same_person', 'not_same', 'unsure', 'corrected_at_source', 'corrected_in_reference')),
     -- A hash: the ledger holds no number of a person. '' is about the case as a whole.
     person_key text not null check (decision not in ('same_person', 'not_same') or person_key <> ''),
     note text not null,
     who text not null,
     at text not null
   ) strict;
   create index decisions_by_case on decisions (series, case_key);

   create table waivers (
     id integer primary key,
     series text not null references jobs (name),
     case_key text not null,
     reason text not null check (reason <> ''),
     expires text not null check (expires glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
     who text not null,
     at text not null
   ) strict;
   create index waivers_by_case on waivers (series, case_key);

   create table assignments (
     id integer primary key,
     series text not null references jobs (name),
     case_key text not null,
     assignee text not null,
     who text not null,
     at text not null
   ) strict;
   create index assignments_by_case on assignments (series, case_key);

   -- A decision is superseded by a later “unsure”, by a later one that answers the same question (who it is; whether it was
   -- corrected), and by a later one about the same person (same / not the same).
   create view current_decisions as
     select * from decisions d where not exists (
       select 1 from decisions e
       where e.series = d.series and e.case_key = d.case_key and e.id > d.id and (
         e.decision = 'unsure'
         or (e.decision = 'same_person' and d.decision in ('same_person', 'unsure'))
         or (e.decision like 'corrected%' and d.decision like 'corrected%')
         or (e.person_key <> '' and e.person_key = d.person_key)));
   create view current_waivers as
     select * from waivers where id in (select max(id) from waivers group by series, case_key);
   create view current_assignments as
     select * from assignments where id in (select max(id) from assignments group by series, case_key);

   create table audit (
     seq integer primary key,
     at text not null,
     who text not null,
     command text not null,
     inputs text not null,
     revealed integer not null check (revealed >= 0),
     why text not null,
     details text not null,
     previous text not null,
     hash text not null unique
   ) strict;
   create table audit_head (
     one integer primary key check (one = 1),
     entries integer not null,
     hash text not null
   ) strict;
   insert into audit_head values (1, 0, '${AUDIT_START}');

   ${['decisions', 'waivers', 'assignments', 'audit'].map(appendOnly).join('\n')}`,

  // role: which of several people in a record; '' is the record's one person, or the case as a whole. shared_key, content: what tells
  // the row where several had its key (pipeline/cases-meant.ts); '' where the key alone told it, or it was not kept.
  `alter table decisions add column role text not null default '';
   alter table decisions add column shared_key text not null default '';
   alter table decisions add column content text not null default '';

   -- As before, role by role; “unsure” and a correction without a role are about all of them.
   drop view current_decisions;
   create view current_decisions as
     select * from decisions d where not exists (
       select 1 from decisions e
       where e.series = d.series and e.case_key = d.case_key and e.id > d.id and (
         (e.role in ('', d.role) and (
           e.decision = 'unsure' or (e.decision like 'corrected%' and d.decision like 'corrected%')))
         or (e.role = d.role and (
           (e.decision = 'same_person' and d.decision in ('same_person', 'unsure'))
           or (e.person_key <> '' and e.person_key = d.person_key)))));`,
];

function appendOnly(table: string): string {
  return ['update', 'delete']
    .map(
      (change) => `create trigger ${table}_keeps_${change} before ${change} on ${table}
        begin select raise(abort, '${table} is append-only'); end;`,
    )
    .join('\n');
}

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
