// What people decided about cases: decisions, waivers and assignments. Nothing is overwritten (triggers forbid it, see
// migrations.ts); a later row supersedes an earlier one by the rules of the views `current_*`.
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { UserError } from '../messages/user-error.js';

export const DECISION_KINDS = [
  'same_person',
  'not_same',
  'unsure',
  'corrected_at_source',
  'corrected_in_reference',
] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

interface Entered {
  /** Name of the job's series. */
  readonly series: string;
  /** A UUID in lower case (`caseKey` in pipeline/cases-key.ts). */
  readonly caseKey: string;
  /** The OS user or who signed in. */
  readonly who: string;
  /** ISO time. */
  readonly at: string;
}

export interface Decision extends Entered {
  readonly decision: DecisionKind;
  /** The person of the reference it is about, as the reference names him; `same_person` and `not_same` need it. */
  readonly referenceId?: string;
  /** Which of several people in a record; left out: the record's one person, or the case as a whole. */
  readonly role?: string;
  /** The row it was made about; left out: whatever row the case key alone names. */
  readonly row?: RowMeant;
  readonly note?: string;
}

/** What tells a row where its record key does not: kept with a decision about who somebody is. */
export interface RowMeant {
  /** The key of the record where several rows had it, as a UUID in lower case; empty: one row had it. */
  readonly sharedKey: string;
  /** A hash of all that the row said (`contentsSelect` in pipeline/cases-rows.ts). */
  readonly content: string;
}

export interface Waiver extends Entered {
  readonly reason: string;
  /** ISO day, the last on which the case is waived; a day in the past takes an earlier waiver back. */
  readonly expires: string;
}

export interface Assignment extends Entered {
  /** Empty: nobody any more. */
  readonly assignee: string;
}

export interface KeptDecision {
  readonly case_key: string;
  readonly decision: DecisionKind;
  /** `personKey` of the reference's person; empty: about the case as a whole. */
  readonly person_key: string;
  /** Empty: the record's one person, or the case as a whole. */
  readonly role: string;
  /** `RowMeant`; both empty where it was not kept. */
  readonly shared_key: string;
  readonly content: string;
  readonly note: string;
  readonly who: string;
  readonly at: string;
}

export interface KeptWaiver {
  readonly case_key: string;
  readonly reason: string;
  readonly expires: string;
  readonly who: string;
}

export interface KeptAssignment {
  readonly case_key: string;
  readonly assignee: string;
}

/** What is entered in one go: all of it or nothing. */
export interface Answers {
  readonly decisions?: Iterable<Decision>;
  readonly waivers?: Iterable<Waiver>;
  readonly assignments?: Iterable<Assignment>;
}

/**
 * The name a person of the reference has in the ledger: it never holds a number of a person. SQL says the same with
 * `personKeySql` in pipeline/cases-key.ts.
 */
export function personKey(referenceId: string): string {
  return createHash('md5').update(`person\u001f${referenceId}`).digest('hex');
}

/** Enters answers in one transaction. Throws UserError when a series is unknown or a person is missing. */
export function recordAnswers(db: Database, answers: Answers): void {
  const decision = db.prepare(`insert into decisions
    (series, case_key, decision, person_key, note, who, at, role, shared_key, content) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const waiver = db.prepare('insert into waivers values (null, ?, ?, ?, ?, ?, ?)');
  const assignment = db.prepare('insert into assignments values (null, ?, ?, ?, ?, ?)');
  const known = new Set(db.prepare('select name from jobs').pluck().all());
  const checked = <T extends Entered>(one: T): T => {
    if (!known.has(one.series)) throw unknownSeries(one.series);
    return one;
  };
  db.transaction(() => {
    for (const one of answers.decisions ?? []) {
      const { series, caseKey, note = '', who, at, role = '', row } = checked(one);
      const { sharedKey = '', content = '' } = row ?? {};
      const person = personOf(one);
      decision.run(series, caseKey, one.decision, person, note, who, at, role, sharedKey, content);
    }
    for (const one of answers.waivers ?? []) {
      const { series, caseKey, reason, expires, who, at } = checked(one);
      waiver.run(series, caseKey, reason, expires, who, at);
    }
    for (const one of answers.assignments ?? []) {
      const { series, caseKey, assignee, who, at } = checked(one);
      assignment.run(series, caseKey, assignee, who, at);
    }
  }).immediate();
}

/** The decisions that stand, the earliest first. */
export function currentDecisions(db: Database, series: string): IterableIterator<KeptDecision> {
  return db
    .prepare(
      `select case_key, decision, person_key, role, shared_key, content, note, who, at from current_decisions
       where series = ? order by id`,
    )
    .iterate(series) as IterableIterator<KeptDecision>;
}

/** The last waiver of each case, whether it has expired or not. */
export function currentWaivers(db: Database, series: string): IterableIterator<KeptWaiver> {
  return db
    .prepare('select case_key, reason, expires, who from current_waivers where series = ? order by id')
    .iterate(series) as IterableIterator<KeptWaiver>;
}

/** Who has each case, as far as somebody has it. */
export function currentAssignments(db: Database, series: string): IterableIterator<KeptAssignment> {
  return db
    .prepare(
      `select case_key, assignee from current_assignments where series = ? and assignee <> '' order by id`,
    )
    .iterate(series) as IterableIterator<KeptAssignment>;
}

function personOf({ decision, referenceId, caseKey }: Decision): string {
  if (referenceId !== undefined) return personKey(referenceId);
  if (decision !== 'same_person' && decision !== 'not_same') return '';
  throw new UserError({
    what: {
      vi: `Quyết định ${decision} chưa nói về người nào.`,
      en: `The decision ${decision} does not say about whom.`,
    },
    where: caseKey,
    mend: {
      vi: 'Hãy chọn ứng viên, hoặc ghi mã của người đó trong dữ liệu tham chiếu.',
      en: 'Name a candidate, or the id of the person in the reference.',
    },
  });
}

function unknownSeries(series: string): UserError {
  return new UserError({
    what: { vi: `Sổ theo dõi chưa có chuỗi “${series}”.`, en: `The ledger has no series “${series}”.` },
    mend: {
      vi: 'Hãy xem các chuỗi bằng doisoat runs, hoặc chạy công việc đó trước.',
      en: 'See the series with doisoat runs, or run the job first.',
    },
  });
}
