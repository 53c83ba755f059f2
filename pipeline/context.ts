import { availableParallelism, userInfo } from 'node:os';
import { halfOfMemory } from '../engine/memory.js';
import type { Language, Text } from '../messages/text.js';

/** Everything a stage may do to the world outside its tables comes in here, so that a test can watch it. */
export interface Context {
  readonly log: Log;
  readonly progress: Progress;
  readonly clock: () => Date;
  readonly language: Language;
  /** Aborted when the user presses Ctrl+C. */
  readonly signal: AbortSignal;
  /** What the process shall stay within, as DuckDB writes it: `12GB`; the engine gets its part of it (engine/memory.ts). */
  readonly memory: string;
  readonly threads: number;
  /** Folder that holds the ledger and the runs. */
  readonly workspace: string;
  /** Who asks, for decisions and the audit trail: the OS user, or who signed in. */
  readonly user: string;
}

/** Never a value of the input: counts, column names and file names only. */
export interface Log {
  info(message: Text): void;
  warn(message: Text): void;
  debug(message: Text): void;
}

/** A live bar on a terminal, plain lines elsewhere (cli/progress.ts). */
export interface Progress {
  /** `total` rows when it is known; without it only the rate is shown. */
  start(label: Text, total?: number): Task;
}

export interface Task {
  /** That many rows more are done. */
  advance(rows: number): void;
  /** Share of the whole, 0–1, for work whose rows cannot be counted. */
  at(share: number): void;
  done(rows?: number): void;
}

const SILENT_LOG: Log = { info: () => {}, warn: () => {}, debug: () => {} };
const SILENT_TASK: Task = { advance: () => {}, at: () => {}, done: () => {} };
const SILENT_PROGRESS: Progress = { start: () => SILENT_TASK };

/** A context for the library and for tests: says nothing, uses half of the machine; `parts` replace what they name. */
export function quietContext(parts: Partial<Context> = {}): Context {
  return {
    log: SILENT_LOG,
    progress: SILENT_PROGRESS,
    clock: () => new Date(),
    language: 'vi',
    signal: new AbortController().signal,
    memory: halfOfMemory(),
    threads: availableParallelism(),
    workspace: '.doisoat',
    user: osUser(),
    ...parts,
  };
}

/** The operating system's name of the user; his number where he has no name (in a bare container). */
function osUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? '?'}`;
  }
}

/** The run's day, ISO, in Vietnam's time zone (UTC+7, no summer time), whatever the machine's own. */
export function dayInVietnam(moment: Date): string {
  return new Date(moment.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
}

/** An end never lies before its beginning, even where the clock was set back meanwhile. */
export function notBefore(started: Date, ended: Date): Date {
  return ended < started ? started : ended;
}
