import { setMaxListeners } from 'node:events';
import { basename, join } from 'node:path';
import pLimit from 'p-limit';
import { writeWhole } from '../engine/whole-file.js';
import { lockNight } from '../ledger/workspace-lock.js';
import { type Context, notBefore } from './context.js';
import { waitForInputs } from './nightly-inputs.js';
import { type NightlyJob, readNightlyFolder } from './nightly-jobs.js';
import { announce, type NoticeOptions } from './nightly-notices.js';
import { inOrder } from './nightly-order.js';
import { gravest, NIGHT_VERSION, type Night, type NightJob } from './nightly-result.js';
import { ending, type Running, runInChild, secondsSince } from './nightly-run.js';
import { shareOut } from './nightly-shares.js';
import { tellBeginning, tellEnd, tellOthers, tellSkipped, tellWaiting } from './nightly-words.js';
import { beginNight } from './open-lineage.js';
import { VERSION } from './version.js';

/** In the workspace: how the last night went. */
const NIGHT_FILE = 'nightly.json';

export interface NightOptions {
  /** Holds the job files. */
  readonly folder: string;
  /** ISO day in Vietnam; the period of jobs whose file says `auto`. */
  readonly night: string;
  /** Jobs at a time, at most. */
  readonly atOnce: number;
  /** Program and arguments that stand before `run JOB …`. */
  readonly program: readonly string[];
  /** Minutes after which a run is given up as hung. */
  readonly giveUp: number;
  readonly notices: NoticeOptions;
}

/** The jobs of a folder in the order of a night. Throws UserError where the folder cannot be understood; runs nothing. */
export function planNight(folder: string, night: string): NightlyJob[] {
  return inOrder(readNightlyFolder(folder, night).jobs);
}

/**
 * Runs every job of a folder, each in a process of its own and after those it depends on; leaves nightly.json, the metrics and
 * the lineage events in the workspace and tells whoever is to be told. Throws UserError, with nothing run, where the folder
 * cannot be understood (docs/nights.md) or another night goes on; a job that fails is part of the answer.
 */
export async function runNight(options: NightOptions, context: Context): Promise<Night> {
  const { jobs, others } = readNightlyFolder(options.folder, options.night);
  const ordered = inOrder(jobs);
  const started = context.clock();
  const lock = lockNight(context.workspace, {
    command: `doisoat nightly ${basename(options.folder)}`,
    started: started.toISOString(),
  });
  // Every job that waits or runs listens for the end of the night; Node takes more than ten for a leak.
  setMaxListeners(0, context.signal);
  try {
    tellOthers(others, context);
    const night = await runOrdered(ordered, options, { context, started });
    writeNight(night, context);
    const webhooks = await announce(night, { jobs: ordered, options: options.notices, context });
    const told: Night = { ...night, webhooks };
    if (webhooks.length > 0) writeNight(told, context);
    return told;
  } finally {
    lock.release();
  }
}

function writeNight(night: Night, { workspace }: Context): void {
  writeWhole(join(workspace, NIGHT_FILE), `${JSON.stringify(night, null, 2)}\n`);
}

async function runOrdered(
  jobs: readonly NightlyJob[],
  { night, atOnce, program, giveUp }: NightOptions,
  { context, started }: { readonly context: Context; readonly started: Date },
): Promise<Night> {
  const begin = performance.now();
  const shares = shareOut(context, Math.min(atOnce, jobs.length));
  const lineage = beginNight(context.workspace, started);
  tellBeginning(night, { jobs: jobs.length, shares }, context);
  const done = await runAll(jobs, { context, program, giveUp, shares, lineage });
  const finished = notBefore(started, context.clock());
  const codes = [...done.map(({ exit_code }) => exit_code), context.signal.aborted ? 130 : 0];
  const exit_code = gravest(codes);
  lineage.end(finished, exit_code);
  return {
    schema: NIGHT_VERSION,
    version: VERSION,
    night,
    started: started.toISOString(),
    finished: finished.toISOString(),
    seconds: secondsSince(begin),
    exit_code,
    jobs: done,
    webhooks: [],
  };
}

/** Every job waits for those before it, and for the one before it in its series: two periods of a series must not race. */
async function runAll(jobs: readonly NightlyJob[], running: Running): Promise<NightJob[]> {
  const limit = pLimit(running.shares.atOnce);
  const ends = new Map<string, Promise<NightJob>>();
  const lastOfSeries = new Map<string, Promise<NightJob>>();
  for (const job of jobs) {
    const before = Promise.all(job.after.map((name) => ends.get(name)!));
    const end = Promise.all([before, lastOfSeries.get(job.series)]).then(([all]) =>
      runOne(job, all, (work) => limit(work), running),
    );
    ends.set(job.name, end);
    lastOfSeries.set(job.series, end);
  }
  // A bug in one must not let go of the lock while the others still run.
  await Promise.allSettled(ends.values());
  return Promise.all(ends.values());
}

/** Waits for a free place. */
type Turn = <T>(work: () => Promise<T>) => Promise<T>;

async function runOne(
  job: NightlyJob,
  before: readonly NightJob[],
  inTurn: Turn,
  running: Running,
): Promise<NightJob> {
  const { context } = running;
  const failed = before.find(({ state }) => state !== 'finished');
  if (context.signal.aborted) return ending(job, { state: 'stopped' });
  if (failed !== undefined) {
    const because = failed.because ?? failed.job;
    tellSkipped(job, because, context);
    return ending(job, { state: 'skipped', because });
  }
  if (job.problem !== null) return unready(job, { problem: job.problem }, context);
  const begin = performance.now();
  try {
    const problem = await waitForInputs(job, context.signal, (missing) => tellWaiting(job, missing, context));
    const waited_seconds = job.waitFor === null ? 0 : secondsSince(begin);
    if (problem !== null) return unready(job, { problem, waited_seconds }, context);
    return await inTurn(async () => ({ ...(await runInChild(job, running)), waited_seconds }));
  } catch (error) {
    if (context.signal.aborted) return ending(job, { state: 'stopped' });
    throw error;
  }
}

/** A job that could not even be begun, by the user's mistake or for want of its input. */
function unready(job: NightlyJob, why: Parameters<typeof ending>[1], context: Context): NightJob {
  const failed = ending(job, { ...why, state: 'failed', exit_code: 2 });
  tellEnd(failed, context);
  return failed;
}
