import { createHash } from 'node:crypto';
import type { Job } from './job-type.js';

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

/** First day of a period, ISO: `2026-Q4` → `2026-10-01`. */
export function firstDayOf(period: string): string {
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (quarter !== null) return `${quarter[1]}-${String(Number(quarter[2]) * 3 - 2).padStart(2, '0')}-01`;
  return `${period}-01-01`.slice(0, 10);
}
