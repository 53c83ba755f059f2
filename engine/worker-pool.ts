import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';

/** What a task gets: a file of values, the file to write its answers to, and what it needs to know besides. */
export interface ValueTask {
  readonly input: string;
  readonly output: string;
  readonly options: unknown;
}

/** Counts that a task may hand back, summed over all files by the caller. */
export type TaskCounts = Record<string, number>;

export type TaskFunction = (task: ValueTask) => TaskCounts;

/** A module of pure functions over values, and where it lies, so that worker threads can load it as well. */
export interface WorkerModule {
  readonly url: URL;
  readonly tasks: Readonly<Record<string, TaskFunction>>;
}

/** Below this many values starting threads costs more than the work. */
const WORTH_THREADS = 30_000;

/** Values live for a moment only: with more room for the young, little is left of them when it is cleared. */
const YOUNG_MEGABYTES = 32;

let pool: { readonly file: string; readonly piscina: Piscina } | null = null;

/**
 * Runs one task per file: on this thread when there is little to do, else in worker threads. The result does not
 * depend on which.
 */
export async function runTasks(
  module: WorkerModule,
  task: string,
  work: { readonly files: readonly ValueTask[]; readonly values: number; readonly threads: number },
): Promise<TaskCounts> {
  const run = module.tasks[task];
  if (run === undefined) throw new Error(`no worker task ${task}`);
  const file = compiledFile(module.url);
  const parts =
    work.values < WORTH_THREADS || file === null
      ? work.files.map((one) => run(one))
      : await Promise.all(work.files.map((one) => poolFor(file, work.threads).run(one, { name: task })));
  return sumCounts(parts as TaskCounts[]);
}

export async function closeWorkers(): Promise<void> {
  const open = pool;
  pool = null;
  await open?.piscina.destroy();
}

function poolFor(file: string, threads: number): Piscina {
  if (pool?.file !== file) {
    pool = {
      file,
      piscina: new Piscina({
        filename: file,
        minThreads: 0,
        maxThreads: threads,
        idleTimeout: 30_000,
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
      }),
    };
  }
  return pool.piscina;
}

/** Worker threads need JavaScript: running from TypeScript sources (tests) they load what the build made. */
function compiledFile(url: URL): string | null {
  const file = fileURLToPath(url);
  if (!file.endsWith('.ts')) return file;
  const compiled = fileURLToPath(
    new URL(`../dist/${url.pathname.split('/').slice(-2).join('/')}`, url),
  ).replace(/\.ts$/, '.js');
  return existsSync(compiled) ? compiled : null;
}

function sumCounts(parts: readonly TaskCounts[]): TaskCounts {
  const sum: TaskCounts = {};
  for (const part of parts) {
    for (const [name, n] of Object.entries(part)) sum[name] = (sum[name] ?? 0) + n;
  }
  return sum;
}
