// The ledger: what must never be lost between runs, in one SQLite file per workspace. Sole home of better-sqlite3.
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database as Sqlite } from 'better-sqlite3';
import { UserError } from '../messages/user-error.js';
import {
  type AuditEntry,
  type AuditHead,
  type AuditReport,
  appendAudit,
  auditEntries,
  type KeptEntry,
  verifyAudit,
} from './audit.js';
import { backupLedger, type LedgerCopy } from './backup.js';
import { type CaseBalance, caseBalances, type EarlierRun, earlierRuns } from './balances.js';
import {
  type Answers,
  currentAssignments,
  currentDecisions,
  currentWaivers,
  type Decision,
  type KeptAssignment,
  type KeptDecision,
  type KeptWaiver,
  recordAnswers,
} from './decisions.js';
import {
  type CountedRun,
  type FigureRow,
  figureRows,
  figuresFrom,
  type RecalledFigures,
  under,
} from './figures.js';
import { ledgerError } from './ledger-error.js';
import { migrate } from './migrations.js';
import { openSqlite } from './native-objects.js';
import { programmeRuns, type SeriesRun } from './programme.js';
import { type TrendRun, trendOf } from './trend.js';

/** What is known of a run beside its figures. Times are ISO strings of the caller's clock. */
export interface RunMeta {
  readonly state: 'finished' | 'failed';
  readonly started: string;
  readonly finished: string;
  /** One hash over all input files. */
  readonly inputHash: string;
  /** The run's folder, relative to the workspace. */
  readonly folder: string;
}

export interface RunRow {
  readonly run: string;
  readonly job: string;
  readonly sector: string;
  readonly period: string;
  readonly state: 'finished' | 'failed';
  readonly started: string;
  readonly finished: string;
  readonly version: string;
  readonly job_hash: string;
  readonly reference_hash: string;
  readonly input_hash: string;
  readonly folder: string;
  readonly rows: number;
  readonly compared: number;
  readonly mismatch_as_submitted: number;
  readonly mismatch_after_cleaning: number;
}

/** An earlier run, as far as reports compare with it. */
export interface PreviousRun {
  readonly period: string;
  readonly run: string;
  readonly figures: RecalledFigures;
  readonly groups: readonly { field: string; value: string | null; figures: RecalledFigures }[];
  /** Rows per reason code. */
  readonly reasons: Readonly<Record<string, number>>;
  readonly marks: Readonly<Record<string, { readonly numerator: number; readonly denominator: number }>>;
  /** `<field>.filled`, `.usable`, `.distinct`, `.problem.<problem>` → rows or values; nothing of runs from before these were kept. */
  readonly fields: Readonly<Record<string, number>>;
  /** Rows by what they need. */
  readonly mending: Readonly<Record<string, number>>;
}

export interface Ledger {
  /** Remembers a run and its figures; recording the same run again replaces them, so each counts once. */
  /** With its entry in the audit trail: both or none. */
  recordRun(summary: CountedRun, meta: RunMeta, entry?: AuditEntry): void;
  /** Whether the run that started at that time (ISO) is recorded. */
  hasRun(run: string, started: string): boolean;
  /** The latest finished run of the latest period before `period` of the same job; null: there is none. */
  previousRun(job: string, period: string): PreviousRun | null;
  /** Every period of the series before `period`, the oldest first. */
  trend(job: string, period: string): readonly TrendRun[];
  /** The run that speaks for each period of every series. */
  programme(): readonly SeriesRun[];
  /** All runs, the latest first. */
  runs(): readonly RunRow[];
  /** The run that speaks for each period of a series before `period`, the latest first. */
  earlierRuns(series: string, period: string): readonly EarlierRun[];
  /** Closing balances of a group field before `before`, the oldest first. */
  caseBalances(of: { series: string; field: string; before: string }): readonly CaseBalance[];
  /** Enters decisions, waivers and assignments in one transaction; nothing is ever overwritten. */
  recordAnswers(answers: Answers): void;
  /** What stands now, the earliest first; read to the end before anything else is asked of the ledger. */
  decisions(series: string): IterableIterator<KeptDecision>;
  waivers(series: string): IterableIterator<KeptWaiver>;
  assignments(series: string): IterableIterator<KeptAssignment>;
  appendAudit(entry: AuditEntry): AuditHead;
  auditEntries(): Iterable<KeptEntry>;
  /** `known`: hashes by number of an export kept elsewhere. */
  verifyAudit(known?: ReadonlyMap<number, string>): AuditReport;
  /** Copies the ledger to a file that is not there yet, whole or not at all, and checks the copy. */
  backup(path: string): Promise<LedgerCopy>;
  close(): void;
}

export interface LedgerOptions {
  /** How long to wait for another process that is writing. */
  readonly busyMs?: number;
}

/** Opens the ledger at `path` and makes it when there is none. Throws UserError when it is locked, damaged or too new. */
export function openLedger(path: string, { busyMs = 10_000 }: LedgerOptions = {}): Ledger {
  const db = guard(path, () => open(path, busyMs));
  return {
    recordRun: (summary, meta, entry) => guard(path, () => recordRun(db, summary, { meta, entry })),
    hasRun: (run, started) => guard(path, () => db.prepare(HAS_RUN).get(run, started) !== undefined),
    previousRun: (job, period) => guard(path, () => previousRun(db, job, period)),
    trend: (job, period) => guard(path, () => trendOf(db, job, period)),
    programme: () => guard(path, () => programmeRuns(db)),
    runs: () => guard(path, () => db.prepare(RUNS).all() as RunRow[]),
    earlierRuns: (series, period) => guard(path, () => earlierRuns(db, series, period)),
    caseBalances: (of) => guard(path, () => caseBalances(db, of)),
    recordAnswers: (answers) => guard(path, () => recordAnswers(db, answers)),
    decisions: (series) => guard(path, () => currentDecisions(db, series)),
    waivers: (series) => guard(path, () => currentWaivers(db, series)),
    assignments: (series) => guard(path, () => currentAssignments(db, series)),
    appendAudit: (entry) => guard(path, () => appendAudit(db, entry)),
    auditEntries: () => auditEntries(db),
    verifyAudit: (known) => guard(path, () => verifyAudit(db, known)),
    backup: (file) => backupLedger(db, file),
    close: () => {
      db.close();
    },
  };
}

/** Enters decisions of people: the importer of answers and correction files use this. */
export function recordDecisions(ledger: Ledger, rows: Iterable<Decision>): void {
  ledger.recordAnswers({ decisions: rows });
}

function open(path: string, busyMs: number): Sqlite {
  mkdirSync(dirname(path), { recursive: true });
  const isNew = !existsSync(path);
  const db = openSqlite(path, { timeout: busyMs });
  try {
    if (isNew) chmodSync(path, 0o600);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    migrate(db, path);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function recordRun(
  db: Sqlite,
  summary: CountedRun,
  { meta, entry }: { readonly meta: RunMeta; readonly entry: AuditEntry | undefined },
): void {
  db.transaction(() => {
    if (entry !== undefined) appendAudit(db, entry);
    db.prepare('insert into jobs (name) values (?) on conflict (name) do nothing').run(summary.job);
    const job = db.prepare('select id from jobs where name = ?').pluck().get(summary.job) as number;
    const kept = db.prepare('select job from runs where id = ?').pluck().get(summary.run);
    if (kept !== undefined && kept !== job) throw takenRun(summary);
    const { run: id, sector, period, version, job_hash, reference } = summary;
    const facts = { id, job, sector: sector.name, period, version, job_hash, reference_hash: reference.hash };
    db.prepare(UPSERT_RUN).run({ ...facts, ...meta, finished: afterTheOthers(db, facts, meta.finished) });
    db.prepare('delete from figures where run = ?').run(summary.run);
    const insert = db.prepare('insert into figures values (?, ?, ?, ?, ?)');
    for (const row of figureRows(summary)) {
      insert.run(summary.run, row.group_field, row.group_value, row.metric, row.n);
    }
  }).immediate();
}

/**
 * Of the runs of one period the one recorded last counts, also where the clock was set back between them: it is then said to have
 * finished a millisecond after the other.
 */
function afterTheOthers(
  db: Sqlite,
  { id, job, period }: { readonly id: string; readonly job: number; readonly period: string },
  finished: string,
): string {
  const latest = db
    .prepare('select max(finished) from runs where job = ? and period = ? and id <> ?')
    .pluck()
    .get(job, period, id) as string | null;
  if (latest === null || latest < finished) return finished;
  return new Date(Date.parse(latest) + 1).toISOString();
}

function previousRun(db: Sqlite, job: string, period: string): PreviousRun | null {
  const found = db.prepare(PREVIOUS_RUN).get(job, period) as { id: string; period: string } | undefined;
  if (found === undefined) return null;
  const groups = metricsByGroup(db.prepare(FIGURES).all(found.id) as FigureRow[]);
  const whole = groups.get(WHOLE_RUN)?.metrics ?? new Map<string, number>();
  groups.delete(WHOLE_RUN);
  const marks = new Map(under(whole, 'mark.'));
  const markNames = [...new Set([...marks.keys()].map((name) => name.slice(0, name.indexOf('.'))))];
  return {
    period: found.period,
    run: found.id,
    figures: figuresFrom(whole),
    groups: [...groups.values()]
      .filter(({ metrics }) => metrics.has('rows'))
      .map(({ field, value, metrics }) => ({
        field,
        value: value === '' ? null : value,
        figures: figuresFrom(metrics),
      })),
    reasons: Object.fromEntries(under(whole, 'reason.')),
    marks: Object.fromEntries(markNames.map((name) => [name, markFrom(marks, name)])),
    fields: Object.fromEntries(under(whole, 'field.')),
    mending: Object.fromEntries(under(whole, 'mending.')),
  };
}

function markFrom(marks: ReadonlyMap<string, number>, name: string) {
  return {
    numerator: marks.get(`${name}.numerator`) ?? 0,
    denominator: marks.get(`${name}.denominator`) ?? 0,
  };
}

const WHOLE_RUN = JSON.stringify(['', '']);

function metricsByGroup(rows: readonly FigureRow[]) {
  const groups = new Map<string, { field: string; value: string; metrics: Map<string, number> }>();
  for (const { group_field: field, group_value: value, metric, n } of rows) {
    const key = JSON.stringify([field, value]);
    const group = groups.get(key) ?? { field, value, metrics: new Map<string, number>() };
    group.metrics.set(metric, n);
    groups.set(key, group);
  }
  return groups;
}

function takenRun(summary: CountedRun): UserError {
  return new UserError({
    what: {
      vi: `Mã lần chạy ${summary.run} đã thuộc về một công việc khác, không phải ${summary.job}.`,
      en: `Run ${summary.run} already belongs to another job than ${summary.job}.`,
    },
    mend: { vi: 'Chạy lại với một thư mục kết quả mới.', en: 'Run again with a new output folder.' },
  });
}

function guard<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw ledgerError(path, error);
  }
}

const HAS_RUN = 'select 1 from runs where id = ? and started = ?';

const UPSERT_RUN = `
  insert into runs values (
    @id, @job, @sector, @period, @state, @started, @finished, @version, @job_hash, @reference_hash, @inputHash, @folder)
  on conflict (id) do update set
    sector = excluded.sector, period = excluded.period, state = excluded.state, started = excluded.started,
    finished = excluded.finished, version = excluded.version, job_hash = excluded.job_hash,
    reference_hash = excluded.reference_hash, input_hash = excluded.input_hash, folder = excluded.folder`;

// Periods sort as text (2026-10 < 2026-11); a later finish wins among the runs of one period.
const PREVIOUS_RUN = `
  select runs.id, period from runs join jobs on jobs.id = runs.job
  where jobs.name = ? and state = 'finished' and period < ?
  order by period desc, finished desc, runs.id desc limit 1`;

const FIGURES = `
  select group_field, group_value, metric, n from figures where run = ?
  order by group_field, group_value, metric`;

const RUNS = `
  select runs.id as run, jobs.name as job, sector, period, state, started, finished, version,
    job_hash, reference_hash, input_hash, folder,
    coalesce(max(n) filter (where metric = 'rows'), 0) as rows,
    coalesce(max(n) filter (where metric = 'compared'), 0) as compared,
    coalesce(max(n) filter (where metric = 'mismatch_as_submitted'), 0) as mismatch_as_submitted,
    coalesce(max(n) filter (where metric = 'mismatch_after_cleaning'), 0) as mismatch_after_cleaning
  from runs join jobs on jobs.id = runs.job
    left join figures on figures.run = runs.id and group_field = ''
  group by runs.id order by finished desc, runs.id desc`;
