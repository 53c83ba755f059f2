import { UserError } from '../messages/user-error.js';
import { insteadOf } from '../sectors/schema-check.js';
import type { NightlyJob } from './nightly-jobs.js';

/**
 * The jobs so that each stands behind those it comes after, else by name. Throws UserError for a job that is not there and for
 * jobs that wait for each other.
 */
export function inOrder(jobs: readonly NightlyJob[]): NightlyJob[] {
  const byName = new Map(jobs.map((job) => [job.name, job]));
  const ordered = new Set<NightlyJob>();
  const place = (job: NightlyJob, path: readonly NightlyJob[]): void => {
    if (ordered.has(job)) return;
    const from = path.indexOf(job);
    if (from >= 0) throw circle([...path.slice(from), job]);
    for (const name of job.after) {
      const before = byName.get(name);
      if (before === undefined) throw unknownJob(job, name, [...byName.keys()]);
      place(before, [...path, job]);
    }
    ordered.add(job);
  };
  for (const job of jobs.toSorted((a, b) => (a.name < b.name ? -1 : 1))) place(job, []);
  return [...ordered];
}

function unknownJob(job: NightlyJob, name: string, names: readonly string[]): UserError {
  const others = names.filter((one) => one !== job.name).sort();
  return new UserError({
    what: {
      vi: `“${job.name}” phải chạy sau “${name}”, nhưng thư mục không có công việc nào tên như vậy.`,
      en: `“${job.name}” comes after “${name}”, but the folder holds no job of that name.`,
    },
    where: job.where('after'),
    mend: insteadOf(name, others),
  });
}

function circle(path: readonly NightlyJob[]): UserError {
  const [first] = path;
  const names = path.map(({ name }) => name).join(' → ');
  return new UserError({
    what: {
      vi: `Các công việc chờ nhau thành vòng: ${names}.`,
      en: `The jobs wait for each other in a circle: ${names}.`,
    },
    where: first?.where('after') ?? '',
    mend: {
      vi: 'Hãy bỏ một tên trong “after” của một trong các công việc này.',
      en: 'Take a name out of “after” in one of these jobs.',
    },
  });
}
