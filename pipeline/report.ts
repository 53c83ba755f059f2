import { join } from 'node:path';
import type { Summary } from '../reports/model.js';
import { FORMATS } from './job-schema.js';
import { MODEL_FILE, writeModel } from './model-file.js';
import { writeRejected } from './rejects.js';
import { type Target, writeFormats } from './report-formats.js';
import { saveReportPlan } from './report-plan.js';
import type { RunState } from './run-state.js';

/**
 * Stage 6. Writes the reports that the job asks for into the folder and returns their paths. The figures and the rejected rows are
 * always written: nothing is lost silently.
 */
export async function writeReports(
  state: RunState,
  summary: Summary,
  target: Target & { readonly begun?: Promise<string[]> | undefined },
): Promise<string[]> {
  const { db, matched, files, judged, job, links, roles, referenceFolder } = state;
  await saveReportPlan(state);
  const lists = { matched, files, judged };
  const asked = FORMATS.filter((format) => format === 'json' || job.report.formats.includes(format));
  const source = {
    ...{ db, lists, roles, referenceFolder, summary },
    results: job.output.results,
    letter: job.report.letter,
    model: links?.model ?? null,
    begun: target.begun,
  };
  const written = await writeFormats(source, asked, target);
  if (!asked.includes('csv')) written.push(await writeRejected(db, { ...lists, ...target }));
  if (links !== null) {
    const path = join(target.folder, MODEL_FILE);
    writeModel(path, links.model);
    written.push(path);
  }
  return written;
}
