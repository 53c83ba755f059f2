import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { type Database, openDatabase } from '../engine/database.js';
import { writeWhole } from '../engine/whole-file.js';
import { openLedger } from '../ledger/ledger.js';
import { acquireLock } from '../ledger/lock.js';
import type { Summary } from '../reports/model.js';
import { checkCodes } from './checks.js';
import { classify, type JudgedPattern } from './classify.js';
import type { Context } from './context.js';
import { dayInVietnam } from './context.js';
import type { ColumnFacts } from './dictionaries.js';
import { type Field, fieldsOf, RECORD_KEY } from './fields.js';
import { troubleWithFiles } from './file-trouble.js';
import { readFiles, type SourceFile } from './ingest.js';
import type { Job } from './job-type.js';
import type { LinkResult } from './link.js';
import { linkExceptions } from './link-exceptions.js';
import {
  MANIFEST_FILE,
  MANIFEST_VERSION,
  type Manifest,
  manifestInput,
  type StageName,
  type StageRecord,
} from './manifest.js';
import { matchByNumber } from './match.js';
import type { MatchedPlan } from './matched-sql.js';
import { comparableField, normalizeFields } from './normalize.js';
import type { PatternPlan } from './pattern.js';
import type { ReferenceManifest } from './reference.js';
import { attachReference } from './reference-build.js';
import { preparedReference } from './reference-for-job.js';
import { writeReports } from './report.js';
import { RUN_DATABASE } from './result-rows.js';
import { saveRunPlan } from './run-plan.js';
import { summarize } from './summarize.js';
import { tableOf } from './tables.js';
import { VERSION } from './version.js';

export interface RunOptions {
  /** The run's folder; `<workspace>/runs/<run-id>` when left out. */
  readonly out?: string;
  readonly revealIds: boolean;
}

export interface RunResult {
  readonly run: string;
  readonly folder: string;
  readonly summary: Summary;
  readonly files: readonly string[];
  readonly stages: readonly StageRecord[];
  readonly overThreshold: boolean;
  readonly tooManyRejected: boolean;
}

/** What the stages hand on to each other besides tables. */
export interface RunState {
  readonly job: Job;
  readonly run: string;
  readonly db: Database;
  readonly fields: readonly Field[];
  readonly reference: ReferenceManifest;
  readonly referenceFolder: string;
  readonly today: string;
  files: readonly SourceFile[];
  columns: Readonly<Record<string, ColumnFacts>>;
  matched: MatchedPlan;
  patterns: PatternPlan;
  judged: readonly JudgedPattern[];
  /** What probabilistic matching used and found; null when it had nothing to do. */
  links: LinkResult | null;
}

export const LEDGER_FILE = 'ledger.sqlite';
const BUILDING = '.building';

/**
 * Runs a job from its files to its reports. The outputs appear in the run's folder when all of them are complete; the ledger
 * remembers the run. Throws UserError for what the user can mend, with nothing half-written.
 */
export async function runJob(job: Job, options: RunOptions, context: Context): Promise<RunResult> {
  const started = context.clock();
  const lock = acquireLock(join(context.workspace, 'workspace.lock'), {
    command: `doisoat run ${basename(job.path)}`,
    started: started.toISOString(),
  });
  const run = runId(job);
  const folder = resolve(options.out ?? join(context.workspace, 'runs', run));
  const fresh = !existsSync(folder);
  const building = join(folder, BUILDING);
  try {
    rmSync(building, { recursive: true, force: true });
    mkdirSync(join(building, 'temp'), { recursive: true, mode: 0o700 });
    return await runStages({ job, options, context, started, run, folder, building });
  } catch (error) {
    rmSync(fresh ? folder : building, { recursive: true, force: true });
    throw troubleWithFiles(error, folder);
  } finally {
    lock.release();
  }
}

/**
 * What stays the same from period to period: a job called `viettel-2026-11` and `viettel-2026-12` in the next, or run again
 * with another `--period`, are one series, `viettel`.
 */
export function seriesOf(job: Pick<Job, 'name'>): string {
  return job.name.replace(/[-_.]+\d{4}(-Q[1-4]|-\d{2}(-\d{2})?)?$/, '') || job.name;
}

/** Same job and period: same run. Running it again replaces it and counts once. */
export function runId(job: Job): string {
  const facts = createHash('sha256')
    .update(JSON.stringify([job.name, job.period, job.hash]))
    .digest('hex');
  return `${seriesOf(job)}-${job.period}-${facts.slice(0, 8)}`.replace(/[^\p{L}\p{N}._-]/gu, '_');
}

interface Running {
  readonly job: Job;
  readonly options: RunOptions;
  readonly context: Context;
  readonly started: Date;
  readonly run: string;
  readonly folder: string;
  readonly building: string;
}

async function runStages(running: Running): Promise<RunResult> {
  const { job, context, folder, building } = running;
  const referenceFolder = await preparedReference(job, folder, context);
  const db = await openDatabase({
    path: join(building, RUN_DATABASE),
    memory: context.memory,
    threads: context.threads,
    tempDir: join(building, 'temp'),
  });
  const stop = () => db.interrupt();
  context.signal.addEventListener('abort', stop);
  try {
    const state = await startState(running, db, referenceFolder);
    const stages = new StageClock(context, db);
    await stages.run('ingest', () => ingestStage(state));
    await stages.run('normalize', () => normalizeStage(state));
    await stages.run('match', () => matchStage(state, context));
    await stages.run('classify', () => classifyStage(state));
    const summary = await stages.run('reconcile', () => reconcileStage(state, running));
    const written = await stages.run('report', () => writeReports(state, summary, reportTarget(running)));
    context.signal.throwIfAborted();
    await finishDatabase(db);
    return publish(running, { summary, written, stages: stages.records, state });
  } finally {
    context.signal.removeEventListener('abort', stop);
    await db.close().catch(() => undefined);
  }
}

/** The state before the first stage, with the reference attached as `ref`. */
export async function startState(
  running: Pick<Running, 'job' | 'context' | 'run'>,
  db: Database,
  referenceFolder: string,
): Promise<RunState> {
  const { job, context, run } = running;
  const reference = await attachReference(db, referenceFolder);
  const fields = fieldsOf(job.sector, job.input.columns, job.report.groupBy);
  const comparable = fields.filter((field) => field.compare && comparableField(field, reference) !== null);
  const identity =
    fields.find(
      (field) =>
        field.role === 'identify' && reference.fields.some((one) => one.name === field.name && one.key),
    ) ?? null;
  const matched: MatchedPlan = {
    fields,
    comparable,
    identity,
    hasRecordKey: job.input.columns[RECORD_KEY] !== undefined,
    repeatedIds: reference.repeatedIds > 0,
    hasShifts: false,
    referenceHasKey: reference.hasKey,
  };
  const patterns: PatternPlan = {
    fields,
    comparable,
    identity,
    problemSets: {},
    columns: {},
    checks: checkCodes(job.sector.checks),
  };
  const today = dayInVietnam(context.clock());
  return {
    job,
    run,
    db,
    fields,
    reference,
    referenceFolder,
    today,
    files: [],
    columns: {},
    matched,
    patterns,
    judged: [],
    links: null,
  };
}

export async function ingestStage(state: RunState): Promise<number> {
  const names = [
    ...(state.matched.hasRecordKey ? [RECORD_KEY] : []),
    ...state.fields.map((field) => field.name),
  ];
  const where = (field: string) => state.job.where(`input.columns.${field}`);
  const { files, hasShifts } = await readFiles(state.db, {
    set: state.job.input,
    fields: names,
    table: 'raw',
    where,
  });
  state.files = files;
  state.matched = { ...state.matched, hasShifts };
  return rowsOf(state);
}

export async function normalizeStage(state: RunState): Promise<number> {
  const { db, fields, files, reference, today } = state;
  state.columns = await normalizeFields(db, { fields, files, reference, today });
  const problemSets: Record<string, number[]> = {};
  for (const field of fields) {
    const sets = await db.rows<{ problems: number }>(
      `SELECT problems FROM ${tableOf('problem_sets_', field.name)} ORDER BY problem_set`,
    );
    problemSets[field.name] = sets.map((set) => set.problems);
  }
  state.patterns = { ...state.patterns, problemSets, columns: state.columns };
  return rowsOf(state);
}

async function matchStage(state: RunState, context: Context): Promise<number> {
  await matchByNumber(state.db, state.matched);
  state.links = await linkExceptions(state.db, { ...state.job, matched: state.matched }, context);
  return rowsOf(state);
}

async function classifyStage(state: RunState): Promise<number> {
  const { db, matched, patterns, job, today } = state;
  state.judged = await classify(db, { matched, patterns, sector: job.sector, today, strict: job.strict });
  const judged = state.judged.reduce((sum, one) => sum + one.rows, 0);
  await saveRunPlan(state);
  if (judged !== rowsOf(state)) throw new Error(`${rowsOf(state)} rows in, ${judged} judged`);
  return judged;
}

async function reconcileStage(state: RunState, running: Running): Promise<Summary> {
  const ledger = openLedger(join(running.context.workspace, LEDGER_FILE));
  try {
    return await summarize(state, ledger.previousRun(seriesOf(state.job), state.job.period));
  } finally {
    ledger.close();
  }
}

function rowsOf(state: RunState): number {
  return state.files.reduce((sum, file) => sum + file.rows, 0);
}

function reportTarget(running: Running): { folder: string; revealIds: boolean } {
  return { folder: running.building, revealIds: running.options.revealIds };
}

/** What later commands need is in run.duckdb; what can be made again is not. */
async function finishDatabase(db: Database): Promise<void> {
  await db.run('DETACH ref');
  await db.run('CHECKPOINT');
  await db.close();
}

interface Finished {
  readonly summary: Summary;
  readonly written: readonly string[];
  readonly stages: readonly StageRecord[];
  readonly state: RunState;
}

/** Everything is complete: move it into the folder, manifest last, and remember the run. */
function publish(running: Running, finished: Finished): RunResult {
  const { job, context, folder, building, run, started } = running;
  const { summary, stages, state } = finished;
  rmSync(join(building, 'temp'), { recursive: true, force: true });
  chmodSync(join(building, RUN_DATABASE), 0o600);
  const ended = context.clock();
  const manifest = manifestOf(running, finished, ended);
  writeWhole(join(building, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
  rmSync(join(folder, MANIFEST_FILE), { force: true });
  for (const name of readdirSync(building).filter((one) => one !== MANIFEST_FILE))
    move(name, building, folder);
  move(MANIFEST_FILE, building, folder);
  rmSync(building, { recursive: true, force: true });
  const ledger = openLedger(join(context.workspace, LEDGER_FILE));
  try {
    ledger.recordRun(
      { ...summary, job: seriesOf(job) },
      {
        state: 'finished',
        started: started.toISOString(),
        finished: ended.toISOString(),
        inputHash: hashOf(state.files.map((file) => file.sha256)),
        folder: relative(context.workspace, folder),
      },
    );
  } finally {
    ledger.close();
  }
  const { rate_as_submitted: rate, rows, outcomes } = summary.figures;
  const rejectedShare = rows === 0 ? 0 : (outcomes['rejected'] ?? 0) / rows;
  return {
    run,
    folder,
    summary,
    files: [...finished.written.map((path) => join(folder, basename(path))), join(folder, MANIFEST_FILE)],
    stages,
    overThreshold: above(rate, job.alert.mismatchRateAbove),
    tooManyRejected: above(rejectedShare, job.alert.rejectedRateAbove),
  };
}

function above(share: number | null, limit: number | null): boolean {
  return share !== null && limit !== null && share > limit;
}

function move(name: string, from: string, to: string): void {
  rmSync(join(to, name), { recursive: true, force: true });
  renameSync(join(from, name), join(to, name));
}

function manifestOf(running: Running, finished: Finished, ended: Date): Manifest {
  const { job, run, started, folder } = running;
  const { state, stages, written } = finished;
  return {
    schema: MANIFEST_VERSION,
    version: VERSION,
    run,
    job: { name: job.name, path: basename(job.path), hash: job.hash },
    sector: job.sector.name,
    period: job.period,
    started: started.toISOString(),
    finished: ended.toISOString(),
    reference: {
      hash: state.reference.hash,
      people: state.reference.people,
      folder: relative(folder, state.referenceFolder) || '.',
    },
    inputs: state.files.map(manifestInput),
    columns: state.columns,
    stages,
    rows: rowsOf(state),
    outputs: [...written.map((path) => basename(path)), RUN_DATABASE],
  };
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}

/** Runs stages one after another, tells the user, and keeps the seconds. */
class StageClock {
  readonly records: StageRecord[] = [];

  constructor(
    private readonly context: Context,
    private readonly db: Database,
  ) {}

  async run<T extends number | Summary | readonly string[]>(
    stage: StageName,
    work: () => Promise<T>,
  ): Promise<T> {
    this.context.signal.throwIfAborted();
    const task = this.context.progress.start(STAGE_LABELS[stage]);
    const start = performance.now();
    const result = await work();
    const seconds = (performance.now() - start) / 1000;
    const rows = typeof result === 'number' ? result : (this.records.at(-1)?.rows ?? 0);
    task.done(rows);
    this.records.push({ stage, state: 'finished', rows, seconds: Math.round(seconds * 1000) / 1000 });
    this.tellSlowStatements(stage);
    this.db.trace.length = 0;
    return result;
  }

  /** Statements hold names of tables and files, never a value of a row. */
  private tellSlowStatements(stage: StageName): void {
    for (const { sql, seconds, processorSeconds } of this.db.trace) {
      if (seconds < 0.02) continue;
      const line = `${stage} ${seconds.toFixed(3)} s, CPU ${processorSeconds.toFixed(3)} s: ${sql.replace(/\s+/g, ' ').slice(0, 300)}`;
      this.context.log.debug({ vi: line, en: line });
    }
  }
}

const STAGE_LABELS: Readonly<Record<StageName, { vi: string; en: string }>> = {
  ingest: { vi: 'Đọc tệp', en: 'Reading files' },
  normalize: { vi: 'Chuẩn hóa', en: 'Normalising' },
  match: { vi: 'Đối sánh', en: 'Matching' },
  classify: { vi: 'Phân loại', en: 'Classifying' },
  reconcile: { vi: 'So với kỳ trước', en: 'Reconciling' },
  report: { vi: 'Viết báo cáo', en: 'Writing reports' },
};
