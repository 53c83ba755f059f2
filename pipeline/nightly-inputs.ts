import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { UserErrorParts } from '../messages/user-error.js';
import { shownPath } from '../sectors/yaml-file.js';
import { expandPattern } from './glob.js';
import type { NightlyJob } from './nightly-jobs.js';

/** What a look at a job's inputs finds. */
interface Look {
  readonly missing: readonly string[];
  /** Paths, sizes and times: the same at two looks means that nobody is writing any more. */
  readonly state: string;
  /** Milliseconds since 1970. */
  readonly newest: number;
}

/**
 * Waits until the inputs of a job are there and nobody writes them any more, as long as its `wait_for` says; a job without it
 * does not wait. `tell` is called once if it has to wait, with what is missing. Resolves to null, or to what to tell the user
 * when they have not arrived in time. Rejects when the signal is aborted.
 */
export async function waitForInputs(
  job: NightlyJob,
  signal: AbortSignal,
  tell: (missing: readonly string[]) => void,
): Promise<UserErrorParts | null> {
  if (job.waitFor === null) return null;
  const every = job.waitFor.every * 60_000;
  const end = performance.now() + job.waitFor.minutes * 60_000;
  let before: Look | null = null;
  for (;;) {
    const now = look(job);
    if (now.missing.length === 0 && (now.state === before?.state || isSettled(now, every))) return null;
    const left = end - performance.now();
    if (left <= 0) return tooLate(job, now.missing);
    if (before === null) tell(now.missing.map(shownPath));
    await sleep(Math.min(every, left), undefined, { signal });
    before = now;
  }
}

/** Which of a job's files are there now, sorted as a run sorts them. */
export function filesOf({ file }: NightlyJob, patterns: readonly string[]): string[] {
  const found = patterns.flatMap((path) => expandPattern(path, dirname(file)));
  return [...new Set(found)].filter((path) => statSync(path, { throwIfNoEntry: false }) !== undefined).sort();
}

function look(job: NightlyJob): Look {
  const missing: string[] = [];
  const found: string[] = [];
  let newest = 0;
  for (const pattern of [...job.inputs, ...job.reference]) {
    const files = expandPattern(pattern, dirname(job.file));
    if (files.length === 0) missing.push(pattern);
    for (const path of files) {
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat === undefined) missing.push(path);
      else found.push(`${path} ${stat.size} ${stat.mtimeMs}`);
      newest = Math.max(newest, stat?.mtimeMs ?? 0);
    }
  }
  return { missing, state: found.join('\n'), newest };
}

/** Not touched since the look before this one would have been; a time in the future proves nothing. */
function isSettled({ newest }: Look, every: number): boolean {
  return Date.now() - newest >= every;
}

function tooLate(job: NightlyJob, missing: readonly string[]): UserErrorParts {
  const minutes = job.waitFor?.minutes ?? 0;
  const what =
    missing.length > 0
      ? {
          vi: `Dữ liệu đầu vào chưa đến sau ${minutes} phút chờ.`,
          en: `The input has not arrived after ${minutes} minutes.`,
        }
      : {
          vi: `Dữ liệu đầu vào vẫn đang được ghi sau ${minutes} phút chờ.`,
          en: `The input is still being written after ${minutes} minutes.`,
        };
  return {
    what,
    where: missing.map(shownPath).join(', ') || job.shown,
    mend: {
      vi: `Hãy hỏi nơi gửi; khi tệp đã đủ, chạy lại bằng doisoat run ${job.shown}${periodOption(job)}.`,
      en: `Ask whoever sends it; once the file is complete run doisoat run ${job.shown}${periodOption(job)}.`,
    },
  };
}

function periodOption({ period }: NightlyJob): string {
  return period === null ? '' : ` --period ${period}`;
}
