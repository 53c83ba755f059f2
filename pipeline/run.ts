import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { openDatabase } from '../engine/database.js';
import { acquireLock } from '../ledger/lock.js';
import type { Summary } from '../reports/model.js';
import type { Context } from './context.js';
import { troubleWithFiles } from './file-trouble.js';
import type { Job } from './job-type.js';
import type { StageRecord } from './manifest.js';
import { finishDatabase, publish } from './publish.js';
import { preparedReference } from './reference-for-job.js';
import { writeReports } from './report.js';
import { RUN_DATABASE } from './result-rows.js';
import { runId } from './run-name.js';
import { type Running, startState } from './run-state.js';
import { StageClock } from './stage-clock.js';
import { classifyStage, ingestStage, matchStage, normalizeStage, reconcileStage } from './stages.js';

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

const BUILDING = '.building';

/** Bytes of input from which disk is dearer than processor time. */
const COMPRESSED_FROM = 2 * 2 ** 30;

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
    return await runStages({ job, revealIds: options.revealIds, context, started, run, folder, building });
  } catch (error) {
    rmSync(fresh ? folder : building, { recursive: true, force: true });
    throw troubleWithFiles(error, folder);
  } finally {
    lock.release();
  }
}

async function runStages(running: Running): Promise<RunResult> {
  const { job, context, folder, building } = running;
  const referenceFolder = await preparedReference(job, folder, context);
  const db = await openDatabase({
    path: join(building, RUN_DATABASE),
    memory: context.memory,
    threads: context.threads,
    tempDir: join(building, 'temp'),
    compress: bytesOf(job) > COMPRESSED_FROM,
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
    const written = await stages.run('report', () =>
      writeReports(state, summary, { folder: building, revealIds: running.revealIds }),
    );
    context.signal.throwIfAborted();
    await finishDatabase(db);
    return publish(running, { summary, written, stages: stages.records, state });
  } finally {
    context.signal.removeEventListener('abort', stop);
    await db.close().catch(() => undefined);
  }
}

function bytesOf(job: Job): number {
  return job.input.files.reduce((sum, path) => sum + statSync(path).size, 0);
}
