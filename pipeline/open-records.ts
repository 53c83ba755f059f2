import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../engine/database.js';
import type { Context } from './context.js';
import type { Job } from './job-type.js';
import type { LinkSpec } from './link.js';
import { exceptionSpec } from './link-exceptions.js';
import { matchByNumber } from './match.js';
import { preparedReference } from './reference-for-job.js';
import { hasRoles, roleJob, rolesOf } from './roles-jobs.js';
import { runId } from './run-name.js';
import { startState } from './run-state.js';
import { withScratch } from './scratch.js';
import { ingestStage, normalizeStage } from './stages.js';

/**
 * Lends what a run of the job would hand to probabilistic matching: the rows that no number settles, and the reference. Writes
 * nothing but a scratch folder, which is removed. Null when a run would have nothing to match, or nothing to match by.
 */
export async function withOpenRecords<T>(
  job: Job,
  context: Context,
  work: (db: Database, spec: LinkSpec) => Promise<T>,
): Promise<T | null> {
  const folder = mkdtempSync(join(tmpdir(), 'doisoat-open-'));
  try {
    const reference = await preparedReference(job, folder, context);
    return await withScratch(context, async (db) => {
      const task = context.progress.start({
        vi: 'Đọc, chuẩn hóa, tìm theo số',
        en: 'Reading, normalising, matching by number',
      });
      // Of several people in a record the main one stands for all: they share one kind of model.
      const own = hasRoles(job.sector) ? roleJob(job, rolesOf(job)[0]!) : job;
      const state = await startState({ job: own, context, run: runId(job) }, db, reference);
      const rows = await ingestStage(state, context);
      await normalizeStage(state, context);
      await matchByNumber(db, state.matched, state.patterns);
      task.done(rows);
      const spec = await exceptionSpec(db, { ...own, matched: state.matched });
      return spec === null ? null : await work(db, spec);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
