import { join } from 'node:path';
import { writeWhole } from '../engine/whole-file.js';
import type { Model } from '../matchers/model.js';
import { renderHtml } from '../reports/html.js';
import type { Summary } from '../reports/model.js';
import { renderModelHtml } from '../reports/model-html.js';
import { summaryJson } from '../reports/summary-json.js';
import { MODEL_FILE, MODEL_PAGE, writeModel } from './model-file.js';
import { type ListPlan, prepareLists, writeMismatches, writeRejected, writeResults } from './result-lists.js';
import type { RunState } from './run-state.js';

/**
 * Stage 6. Writes the reports that the job asks for into the folder and returns their paths. The figures and the rejected rows are
 * always written: nothing is lost silently.
 */
export async function writeReports(
  state: RunState,
  summary: Summary,
  target: { readonly folder: string; readonly revealIds: boolean },
): Promise<string[]> {
  const { db, matched, files, judged, job } = state;
  const plan: ListPlan = { ...target, matched, files, judged };
  const written: string[] = [];
  if (job.report.formats.includes('csv')) {
    await prepareLists(db, plan);
    if (job.output.results !== 'none') written.push(await writeResults(db, plan, job.output.results));
    written.push(await writeMismatches(db, plan));
  }
  written.push(await writeRejected(db, plan));
  const json = join(target.folder, 'summary.json');
  writeWhole(json, summaryJson(summary));
  written.push(json);
  if (job.report.formats.includes('html')) {
    const html = join(target.folder, 'report.html');
    writeWhole(html, renderHtml(summary));
    written.push(html);
  }
  if (state.links !== null)
    written.push(...writeModelFiles(state, state.links.model, summary, target.folder));
  return written;
}

/** model.json, which another job may freeze, and model.html, which shows what it says. */
function writeModelFiles(
  { job, fields }: RunState,
  model: Model,
  summary: Summary,
  folder: string,
): string[] {
  const json = join(folder, MODEL_FILE);
  writeModel(json, model);
  if (!job.report.formats.includes('html')) return [json];
  const html = join(folder, MODEL_PAGE);
  const labels = new Map(fields.map((field) => [field.name, field.labels]));
  writeWhole(html, renderModelHtml(model, { linking: summary.linking, labels, title: job.sector.labels }));
  return [json, html];
}
