import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { surveyFile } from '../engine/file-survey.js';
import type { Text } from '../messages/text.js';
import { programId } from './build-id.js';
import type { Context } from './context.js';
import type { Job } from './job-type.js';
import type { LastRun } from './last-run.js';
import { REFERENCE_MANIFEST, readReference } from './reference.js';
import { buildReference } from './reference-build.js';
import { takeReference } from './reference-taken.js';
import { personSector } from './roles-jobs.js';

const PREFIX = 'reference-';

/**
 * The prepared reference of a job: the one it names, or one built from its files in the run's own folder. While the files are the same,
 * the next run there uses it again, and one elsewhere takes that of `last`, the last run of the series.
 */
export async function preparedReference(
  job: Job,
  folder: string,
  context: Context,
  last: LastRun | null = null,
): Promise<string> {
  if (job.reference.type === 'built') return job.reference.folder;
  const { people, idChanges } = job.reference;
  const hashes = createHash('sha256');
  const atATime = pLimit(context.threads);
  const files = [...people.files, ...(idChanges?.files ?? [])];
  const surveys = await Promise.all(files.map((path) => atATime(() => surveyFile(path))));
  for (const { sha256 } of surveys) hashes.update(sha256);
  const readAs = [people, idChanges].map((set) => set && [set.columns, set.encoding, set.delimiter]);
  hashes.update(JSON.stringify([programId(), readAs, personSector(job.sector)]));
  const name = `${PREFIX}${hashes.digest('hex').slice(0, 12)}`;
  const out = join(folder, name);
  if (existsSync(join(out, REFERENCE_MANIFEST))) {
    readReference(out);
    return out;
  }
  const taken = last !== null && takeReference(last, name, out);
  if (taken) context.log.debug(takenFrom(last));
  else await buildReference({ files: people, idChanges, out, sector: personSector(job.sector) }, context);
  for (const other of readdirSync(folder)) {
    if (other.startsWith(PREFIX) && other !== name)
      rmSync(join(folder, other), { recursive: true, force: true });
  }
  return out;
}

function takenFrom({ run }: LastRun): Text {
  return {
    vi: `dữ liệu tham chiếu lấy lại từ lần chạy ${run}: tệp không đổi`,
    en: `reference taken from the run ${run}: its files are the same`,
  };
}
