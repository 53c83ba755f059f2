import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { BUG } from '../messages/command-line.js';
import type { Text } from '../messages/text.js';
import type { Summary } from '../reports/model.js';

/** What went wrong, as the user reads it; never a value of the input. */
export interface Problem {
  readonly what: Text;
  readonly where: string | null;
  readonly mend: Text;
}

/** What `doisoat run --json` prints. */
export interface RunAnswer {
  readonly run: string;
  readonly folder: string;
  readonly files: readonly string[];
  readonly over_threshold: boolean;
  readonly too_many_rejected: boolean;
  readonly summary: Summary;
}

export interface ChildEnd {
  /** The run's exit code; a process that died without one counts as a bug: 1. */
  readonly exitCode: number;
  /** What it printed; null: it has not finished. */
  readonly answer: RunAnswer | null;
  readonly problem: Problem | null;
}

export interface Child {
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly signal: AbortSignal;
  /** Milliseconds after which it is given up as hung. */
  readonly limit: number;
  /** Called with each line of progress or warning. */
  readonly tell: (line: string) => void;
}

/** A child that has not stopped by then is killed; the night itself has ten seconds (cli/main.ts). */
const STOP_MS = 8_000;

/**
 * Runs a job in a process of its own: if it crashes, runs out of memory or is killed, the others do not notice. When the signal
 * is aborted it is asked to stop, and clean up behind itself, by SIGTERM.
 */
export function runChild({ command, signal, limit, tell }: Child): Promise<ChildEnd> {
  const [program = process.execPath, ...args] = command;
  // A process group of its own: Ctrl+C on the terminal reaches the night only, which passes it on once.
  const detached = process.platform !== 'win32';
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached, windowsHide: true });
  const errors = new ErrorReader(tell);
  createInterface({ input: child.stderr }).on('line', (line) => errors.line(line));
  const output: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => output.push(part));
  const stop = () => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), STOP_MS).unref();
  };
  let hung = false;
  const watch = setTimeout(() => {
    hung = true;
    stop();
  }, limit);
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop);
  return new Promise((resolve) => {
    // No process at all: the machine has none left to give, or no memory for one.
    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(watch);
      resolve({ exitCode: 1, answer: null, problem: died(error.code ?? error.message) });
    });
    child.once('close', (exitCode, killedBy) => {
      clearTimeout(watch);
      signal.removeEventListener('abort', stop);
      const end = endOf(exitCode, killedBy, { output: Buffer.concat(output).toString('utf8'), errors });
      resolve(hung && end.answer === null ? { ...end, exitCode: 1, problem: tookTooLong(limit) } : end);
    });
  });
}

function endOf(
  exitCode: number | null,
  killedBy: string | null,
  said: { readonly output: string; readonly errors: ErrorReader },
): ChildEnd {
  if (exitCode === null) return { exitCode: 1, answer: null, problem: died(killedBy ?? '?') };
  if (FINISHED.includes(exitCode)) return finished(exitCode, said.output);
  const problem = said.errors.problem ?? (said.errors.isBug || exitCode === 1 ? BUG_PROBLEM : died(exitCode));
  return { exitCode, answer: null, problem };
}

function finished(exitCode: number, output: string): ChildEnd {
  try {
    return { exitCode, answer: JSON.parse(output) as RunAnswer, problem: null };
  } catch {
    return { exitCode: 1, answer: null, problem: BUG_PROBLEM };
  }
}

/** Exit codes of a run that has written all of its outputs (docs/exit-codes.md). */
const FINISHED = [0, 3, 4];

/** Reads a run's stderr: the error object of `--json`, and lines that are safe to pass on. */
class ErrorReader {
  problem: Problem | null = null;
  isBug = false;

  constructor(private readonly tell: (line: string) => void) {}

  line(line: string): void {
    if (line.startsWith('{"error":')) {
      const { what, where, mend } = (JSON.parse(line) as { error: Problem }).error;
      this.problem = { what, where, mend };
    } else if (line === BUG.vi || line === BUG.en) {
      this.isBug = true;
    } else if (line.trim() !== '' && (!this.isBug || /^\s+at /.test(line))) {
      // The message of a bug may quote what it tripped over; the frames of its stack do not.
      this.tell(line);
    }
  }
}

const BUG_PROBLEM: Problem = {
  what: {
    vi: 'Lỗi của chương trình, không phải của dữ liệu hay công việc.',
    en: 'A bug of the program, not a mistake in the data or the job.',
  },
  where: null,
  mend: {
    vi: 'Hãy chạy riêng công việc này bằng doisoat run để xem dấu vết, rồi gửi cho người phát triển.',
    en: 'Run this job by itself with doisoat run to see the stack, and send it to the developers.',
  },
};

function died(how: string | number): Problem {
  const out = how === 'SIGKILL' || how === 'SIGABRT' || how === 134 || how === 137;
  return {
    what: {
      vi: `Tiến trình bị dừng giữa chừng (${how})${out ? ', có thể vì hết bộ nhớ' : ''}.`,
      en: `The process was ended midway (${how})${out ? ', perhaps for want of memory' : ''}.`,
    },
    where: null,
    mend: {
      vi: 'Hãy chạy lại công việc này; nếu thiếu bộ nhớ, giảm --at-once hoặc tăng --memory.',
      en: 'Run this job again; if memory is short, lower --at-once or raise --memory.',
    },
  };
}

function tookTooLong(limit: number): Problem {
  const minutes = Math.round(limit / 6_000) / 10;
  return {
    what: {
      vi: `Chạy quá ${String(minutes).replace('.', ',')} phút nên đã bị dừng.`,
      en: `It ran for more than ${minutes} minutes and was stopped.`,
    },
    where: null,
    mend: {
      vi: 'Hãy chạy riêng để xem nó dừng ở đâu; nếu dữ liệu lớn thật, tăng --give-up.',
      en: 'Run it by itself to see where it stands still; if the data are that large, raise --give-up.',
    },
  };
}
