// One job of a night: in a process of its own, with its share of the machine, and what became of it.
import { basename, relative } from 'node:path';
import type { UserErrorParts } from '../messages/user-error.js';
import { type Context, notBefore } from './context.js';
import { type ChildEnd, type Problem, type RunAnswer, runChild } from './nightly-child.js';
import type { NightlyJob } from './nightly-jobs.js';
import { crossings, type NightJob, type NightState } from './nightly-result.js';
import type { Shares } from './nightly-shares.js';
import { passOn, tellEnd, tellStart } from './nightly-words.js';
import type { LineageNight } from './open-lineage.js';

/** What the jobs of a night have in common. */
export interface Running {
  readonly context: Context;
  /** Program and arguments that stand before `run JOB …`. */
  readonly program: readonly string[];
  /** Minutes after which a run is given up as hung. */
  readonly giveUp: number;
  readonly shares: Shares;
  readonly lineage: LineageNight;
}

export async function runInChild(job: NightlyJob, running: Running): Promise<NightJob> {
  const { context, program, lineage } = running;
  if (context.signal.aborted) return ending(job, { state: 'stopped' });
  const started = context.clock();
  const begin = performance.now();
  const run = lineage.start(job, started);
  tellStart(job, context);
  const end = await runChild({
    command: [...program, ...runArguments(job, running)],
    signal: context.signal,
    limit: running.giveUp * 60_000,
    tell: (line) => passOn(job, line, context),
  });
  const finished = notBefore(started, context.clock());
  const state = stateOf(end, context);
  run.end(finished, { state, ...end });
  const done = ending(job, {
    ...(end.answer === null ? {} : answered(job, end.answer, context)),
    state,
    exit_code: state === 'stopped' ? 130 : end.exitCode,
    problem: state === 'failed' ? end.problem : null,
    started: started.toISOString(),
    finished: finished.toISOString(),
    seconds: secondsSince(begin),
  });
  tellEnd(done, context);
  return done;
}

function stateOf({ answer }: ChildEnd, { signal }: Context): NightState {
  if (answer !== null) return 'finished';
  return signal.aborted ? 'stopped' : 'failed';
}

function runArguments(job: NightlyJob, { context, shares }: Running): string[] {
  const { workspace, language } = context;
  return [
    'run',
    job.file,
    '--keep',
    ...['--json', '--lang', language, '--workspace', workspace],
    ...['--memory', shares.memory, '--threads', String(shares.threads)],
    ...(job.period === null ? [] : ['--period', job.period]),
  ];
}

function answered(job: NightlyJob, answer: RunAnswer, { workspace }: Context): Partial<NightJob> {
  const { summary, run, folder } = answer;
  const { previous, figures, period } = summary;
  return {
    period,
    run,
    folder: relative(workspace, folder),
    crossed: crossings(job, answer),
    figures,
    previous: previous === null ? null : { period: previous.period, figures: previous.figures },
  };
}

/** What `parts` leaves out did not happen. */
export function ending(
  job: NightlyJob,
  { problem, ...parts }: Partial<Omit<NightJob, 'problem'>> & { problem?: UserErrorParts | Problem | null },
): NightJob {
  return {
    job: job.name,
    series: job.series,
    file: basename(job.file),
    state: 'failed',
    exit_code: null,
    period: job.period,
    run: null,
    folder: null,
    started: null,
    finished: null,
    seconds: 0,
    waited_seconds: 0,
    crossed: [],
    figures: null,
    previous: null,
    because: null,
    problem:
      problem == null ? null : { what: problem.what, where: problem.where ?? null, mend: problem.mend },
    ...parts,
  };
}

/** Whole milliseconds since `performance.now()` was `begin`; this clock is never set back. */
export function secondsSince(begin: number): number {
  return Math.round(performance.now() - begin) / 1000;
}
