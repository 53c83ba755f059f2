import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { surveyFile } from '../engine/file-survey.js';
import type { Context } from './context.js';
import type { Job } from './job-type.js';
import { REFERENCE_MANIFEST, readReference } from './reference.js';
import { buildReference } from './reference-build.js';

/**
 * The prepared reference of a job: the one it names, or one built from its files in the run's own folder (used again by the
 * next run there while the files are the same).
 */
export async function preparedReference(job: Job, folder: string, context: Context): Promise<string> {
  if (job.reference.type === 'built') return job.reference.folder;
  const { people, idChanges } = job.reference;
  const hashes = createHash('sha256');
  for (const path of [...people.files, ...(idChanges?.files ?? [])])
    hashes.update((await surveyFile(path)).sha256);
  hashes.update(JSON.stringify([people.columns, idChanges?.columns ?? null, job.sector]));
  const out = join(folder, `reference-${hashes.digest('hex').slice(0, 12)}`);
  if (existsSync(join(out, REFERENCE_MANIFEST))) {
    readReference(out);
    return out;
  }
  await buildReference({ files: people, idChanges, out, sector: job.sector }, context);
  return out;
}
