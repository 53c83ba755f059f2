// A finished run opened for its correction files: its tables, its plan, and the job file that says where its inputs lie.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { type Database, openDatabase } from '../engine/database.js';
import { engineMemory } from '../engine/memory.js';
import { UserError } from '../messages/user-error.js';
import { insteadOf } from '../sectors/schema-check.js';
import type { Context } from './context.js';
import { dayInVietnam } from './context.js';
import type { Field } from './fields.js';
import { type JobOptions, loadJob } from './job.js';
import type { Job } from './job-type.js';
import type { Manifest } from './manifest.js';
import { manifestOfRun } from './manifest.js';
import { sameReference, sourceOf } from './report-again.js';
import type { ReportSource } from './report-formats.js';
import { runDatabasePath } from './result-rows.js';

export interface CorrectedRun {
  readonly db: Database;
  readonly manifest: Manifest;
  readonly source: ReportSource;
}

/** Lends a finished run, its database read-only. Throws UserError for a run that was purged or is of another version. */
export async function withFinishedRun<T>(
  folder: string,
  context: Context,
  work: (run: CorrectedRun) => Promise<T>,
): Promise<T> {
  const manifest = manifestOfRun(folder);
  if (manifest.purged !== undefined) throw purgedRun(manifest);
  const referenceFolder = referenceOf(folder, manifest);
  const temp = mkdtempSync(join(tmpdir(), 'doisoat-corrections-'));
  try {
    const db = await openRun(folder, temp, context);
    const stop = () => db.interrupt();
    context.signal.addEventListener('abort', stop, { once: true });
    try {
      return await work({ db, manifest, source: await sourceOf(db, { folder, manifest, referenceFolder }) });
    } finally {
      context.signal.removeEventListener('abort', stop);
      await db.close();
    }
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

function referenceOf(folder: string, manifest: Manifest): string {
  try {
    return sameReference(folder, manifest);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const mend = {
      vi: 'Hãy đưa dữ liệu tham chiếu về chỗ cũ, hoặc chạy lại công việc.',
      en: 'Put the reference back, or run the job again.',
    };
    throw new UserError({ ...error.parts, mend });
  }
}

/** Opens a finished run's database without changing it; `temp` is the caller's. */
export function openRun(folder: string, temp: string, { memory, threads }: Context): Promise<Database> {
  return openDatabase({
    path: runDatabasePath(folder),
    readOnly: true,
    memory: engineMemory(memory),
    threads,
    tempDir: temp,
  });
}

/**
 * The job that the run was made by. `path`: as the user gave it; else it is looked for by its name in the current folder, the
 * workspace and the folder above, and must be unchanged.
 */
export function jobOfRun({ job, period }: Manifest, path: string | undefined, context: Context): Job {
  const today = dayInVietnam(context.clock());
  if (path !== undefined) return loadJob(path, { today, period, withoutModel: true });
  const workspace = resolve(context.workspace);
  for (const folder of [process.cwd(), workspace, dirname(workspace)]) {
    const place = join(folder, basename(job.path));
    if (!existsSync(place)) continue;
    const found = jobAt(place, { today, period });
    if (found?.hash === job.hash) return found;
  }
  throw new UserError({
    what: {
      vi: `Không thấy tệp công việc ${job.path} của lần chạy này, nên không biết tệp đầu vào ở đâu.`,
      en: `The job file ${job.path} of this run is not found, so it is not known where its inputs are.`,
    },
    mend: { vi: 'Hãy thêm --job tệp-công-việc.', en: 'Add --job job-file.' },
  });
}

/** Null: a file of that name which is no job, or whose files are gone. */
function jobAt(path: string, options: JobOptions): Job | null {
  try {
    return loadJob(path, options);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** The field that says whose a record is: the one asked for, else the job's first group. Null: the job has none. */
export function ownerField(fields: readonly Field[], job: Job, by: string | undefined): Field | null {
  const wanted = by ?? job.report.groupBy[0];
  const groups = fields.filter(({ group }) => group);
  const found = groups.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  if (by === undefined) return null;
  throw new UserError({
    what: {
      vi: `Lần chạy này không chia số liệu theo “${by}”.`,
      en: `This run does not split its figures by “${by}”.`,
    },
    where: '--by',
    mend: insteadOf(
      by,
      groups.map(({ name }) => name),
    ),
  });
}

function purgedRun({ run }: Manifest): UserError {
  return new UserError({
    what: {
      vi: `Dữ liệu cá nhân của lần chạy ${run} đã được xóa theo thời hạn lưu giữ; chỉ còn số liệu.`,
      en: `The personal data of the run ${run} were removed when their time was over; only figures are left.`,
    },
    mend: { vi: 'Hãy chạy lại công việc của kỳ đó.', en: 'Run the job of that period again.' },
  });
}
