// What a night says in its log while it goes on: plain lines with names, times and totals, never a value of the input.
import type { Context } from './context.js';
import type { NightlyJob } from './nightly-jobs.js';
import type { NightJob } from './nightly-result.js';
import { jobSentence, nightName, problemLines } from './nightly-sentences.js';
import type { Shares } from './nightly-shares.js';

export function tellBeginning(
  night: string,
  { jobs, shares }: { readonly jobs: number; readonly shares: Shares },
  { log }: Context,
): void {
  const { atOnce, memory, threads } = shares;
  const name = nightName(night);
  log.info({
    vi: `${name.vi}: ${jobs} công việc, mỗi lúc ${atOnce}, mỗi việc ${memory} và ${threads} luồng.`,
    en: `${name.en}: ${jobs} ${jobs === 1 ? 'job' : 'jobs'}, ${atOnce} at a time, each with ${memory} and ${threads} ${threads === 1 ? 'thread' : 'threads'}.`,
  });
}

export function tellOthers(files: readonly string[], { log }: Context): void {
  if (files.length === 0) return;
  const names = files.join(', ');
  log.debug({ vi: `Không phải tệp công việc: ${names}`, en: `Not job files: ${names}` });
}

export function tellStart({ name }: NightlyJob, { log }: Context): void {
  log.info({ vi: `${name}: bắt đầu`, en: `${name}: started` });
}

export function tellWaiting(job: NightlyJob, missing: readonly string[], { log }: Context): void {
  const { minutes, every } = job.waitFor ?? { minutes: 0, every: 0 };
  const files = missing.length === 0 ? null : missing.join(', ');
  log.info({
    vi: `${job.name}: đợi ${files ?? 'tệp đầu vào được ghi xong'}, cứ ${vietnamese(every)} phút xem lại, nhiều nhất ${vietnamese(minutes)} phút`,
    en: `${job.name}: waiting for ${files ?? 'the input to be complete'}, a look every ${every} min, at most ${minutes} min`,
  });
}

export function tellSkipped({ name }: NightlyJob, because: string, { log }: Context): void {
  log.warn({
    vi: `${name}: bỏ qua vì “${because}” hỏng`,
    en: `${name}: skipped because “${because}” failed`,
  });
}

export function tellEnd(job: NightJob, { log }: Context): void {
  const text = jobSentence(job);
  if (job.state === 'finished' && job.crossed.length === 0) log.info(text);
  else log.warn(text);
  const [vi, en] = [problemLines(job, 'vi'), problemLines(job, 'en')];
  for (const [i, line] of vi.entries()) log.warn({ vi: `${job.job}: ${line}`, en: `${job.job}: ${en[i]}` });
}

function vietnamese(n: number): string {
  return String(n).replace('.', ',');
}

/** A run's own line: its warnings, and the stack of a bug, as warnings, its progress as detail. */
export function passOn({ name }: NightlyJob, line: string, { log }: Context): void {
  const text = `${name}: ${line.replace(/^! /, '')}`;
  if (/^(! |\s+at )/.test(line)) log.warn({ vi: text, en: text });
  else log.debug({ vi: text, en: text });
}
