import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { openDatabase } from '../engine/database.js';
import { engineMemory, keptMemory } from '../engine/memory.js';
import { flushWhile } from '../engine/whole-file.js';
import { lockRun } from '../ledger/workspace-lock.js';
import { UserError } from '../messages/user-error.js';
import type { Summary } from '../reports/model.js';
import { requireBrowser } from '../reports/pdf.js';
import { reasonToReveal } from './audit.js';
import { findCheckpoint, openCheckpoint } from './checkpoint.js';
import type { Context } from './context.js';
import { type EarlyLists, prepareEarlyLists } from './early-lists.js';
import type { StagePlan } from './explain-plan.js';
import { troubleWithFiles } from './file-trouble.js';
import { assertColumns } from './ingest.js';
import type { Job } from './job-type.js';
import { isLargeInput } from './large-input.js';
import { findLastRun } from './last-run.js';
import type { StageRecord } from './manifest.js';
import { awaitsPublication, completePublication, finishDatabase, publish } from './publish.js';
import { preparedReference } from './reference-for-job.js';
import { writeReports } from './report.js';
import { RUN_DATABASE } from './result-rows.js';
import { matchRoles } from './roles.js';
import { hasRoles } from './roles-jobs.js';
import { willKeepRows } from './rows-taken.js';
import { runId, seriesOf } from './run-name.js';
import { BUILDING, type Running, startState } from './run-state.js';
import { StageClock } from './stage-clock.js';
import {
  classifyStage,
  ingestStage,
  matchAgain,
  matchStage,
  normalizeStage,
  reconcileStage,
} from './stages.js';

export interface RunOptions {
  /** The run's folder; `<workspace>/runs/<run-id>` when left out. */
  readonly out?: string;
  readonly revealIds: boolean;
  /** Why ids are revealed, for the audit trail; needed when they are. */
  readonly why?: string | undefined;
  /** Begins anew even where an interrupted run left something to go on from, or the last run something to take. */
  readonly restart?: boolean;
  /** Keeps what the next run of the series needs to take its rows, even if this is the first one; others keep it in any case. */
  readonly keep?: boolean;
}

export interface RunResult {
  readonly run: string;
  readonly folder: string;
  readonly summary: Summary;
  readonly files: readonly string[];
  readonly stages: readonly StageRecord[];
  readonly overThreshold: boolean;
  readonly tooManyRejected: boolean;
  /** What the engine and TypeScript did in each stage that ran now; empty where all was done by an interrupted run. */
  readonly executionPlan: readonly StagePlan[];
}

/** Half of what is usual: the tables of a million rows have a dozen groups then. */
const ROW_GROUP = 61_440;

/**
 * Runs a job from its files to its reports. The outputs appear in the run's folder when all of them are complete; the ledger
 * remembers the run. Where an earlier one was interrupted it goes on from its last finished stage. Throws UserError for what the user can mend, with nothing half-written.
 */
export async function runJob(job: Job, options: RunOptions, context: Context): Promise<RunResult> {
  const why = reasonToReveal(options.revealIds, options.why, 'run');
  if (job.report.formats.includes('pdf')) requireBrowser(job.where('report.formats'));
  const started = context.clock();
  const out = options.out === undefined ? undefined : resolve(options.out);
  const lock = lockRun(
    context.workspace,
    { series: seriesOf(job), out },
    { command: `doisoat run ${basename(job.path)}`, started: started.toISOString() },
  );
  const run = runId(job);
  const folder = out ?? resolve(context.workspace, 'runs', run);
  const fresh = !existsSync(folder);
  const asked = {
    job,
    revealIds: options.revealIds,
    why,
    context,
    run,
    folder,
    building: join(folder, BUILDING),
    restart: options.restart === true,
    keep: options.keep === true,
  };
  try {
    if (asked.restart) rmSync(asked.building, { recursive: true, force: true });
    if (awaitsPublication(asked)) return completePublication(asked);
    const left = findCheckpoint(asked);
    return await runStages({ ...asked, started: left?.started ?? started, resumes: left !== null });
  } catch (error) {
    // A statement that is stopped on its way fails as a bug would.
    if (findCheckpoint(asked) !== null && (context.signal.aborted || !isBug(error)))
      rmSync(tempOf(asked), { recursive: true, force: true });
    else rmSync(fresh ? folder : asked.building, { recursive: true, force: true });
    throw troubleWithFiles(error, folder);
  } finally {
    lock.release();
  }
}

async function runStages(running: Running): Promise<RunResult> {
  const { job, context, folder, building } = running;
  rmSync(running.resumes ? tempOf(running) : building, { recursive: true, force: true });
  mkdirSync(tempOf(running), { recursive: true, mode: 0o700 });
  if (job.reference.type === 'files')
    await assertColumns(job.input, (field) => job.where(`input.columns.${field}`));
  const last = await findLastRun(seriesOf(job), context);
  const referenceFolder = await preparedReference(job, folder, context, running.restart ? null : last);
  const isLarge = isLargeInput(job);
  const database = join(building, RUN_DATABASE);
  const db = await openDatabase({
    path: database,
    memory: engineMemory(context.memory),
    threads: context.threads,
    tempDir: tempOf(running),
    ...(isLarge ? {} : { compress: false, keptMemory: keptMemory(context.memory), rowGroup: ROW_GROUP }),
  });
  const stop = () => db.interrupt();
  context.signal.addEventListener('abort', stop);
  const lists: { begun?: EarlyLists | null } = {};
  try {
    const state = await startState(running, db, referenceFolder);
    state.matched = { ...state.matched, keepsRows: willKeepRows(state, running.keep || last !== null) };
    const checkpoint = await openCheckpoint(running, state);
    const stages = new StageClock(context, db, checkpoint);
    await stages.run(
      'ingest',
      () => ingestStage(state, context),
      () => ingestStage(state, context),
    );
    await stages.run('normalize', () => normalizeStage(state, context));
    const target = { folder: building, revealIds: running.revealIds };
    const prepareLists = async () => {
      if (lists.begun === undefined) lists.begun = await prepareEarlyLists(state, target, context);
    };
    await stages.run(
      'match',
      () => matchStage(state, context),
      () => matchAgain(state),
    );
    // Texts of many values would take the memory from the widest tables.
    if (!isLarge) await prepareLists();
    const classified = stages.run('classify', async () => {
      if (hasRoles(job.sector)) await matchRoles(state, context);
      return classifyStage(state);
    });
    await flushWhile(database, classified);
    await prepareLists();
    const begun = lists.begun?.begin();
    const reconciled = stages.run('reconcile', () => reconcileStage(state, running));
    const summary = (await flushWhile(database, reconciled)) ?? checkpoint.summary!;
    const written = await stages.last('report', () => writeReports(state, summary, { ...target, begun }));
    context.signal.throwIfAborted();
    await finishDatabase(db);
    const published = publish(running, { summary, written, stages: stages.records, state });
    return { ...published, executionPlan: stages.plans };
  } finally {
    context.signal.removeEventListener('abort', stop);
    await lists.begun?.stop();
    await db.close().catch(() => undefined);
  }
}

function tempOf({ building }: Pick<Running, 'building'>): string {
  return join(building, 'temp');
}

/** What the user cannot mend would only come again: nothing is kept to go on from. */
function isBug(error: unknown): boolean {
  const known = troubleWithFiles(error, '');
  return !(known instanceof UserError) && (known as Error).name !== 'AbortError';
}
