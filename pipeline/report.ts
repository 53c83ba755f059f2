import { join } from 'node:path';
import { writeWhole } from '../engine/whole-file.js';
import { renderHtml } from '../reports/html.js';
import type { Summary } from '../reports/model.js';
import { summaryJson } from '../reports/summary-json.js';
import { type ListPlan, writeMismatches, writeRejected, writeResults } from './result-lists.js';
import type { RunState } from './run.js';

/** Stage 6. Writes every report of the job into the folder and returns their paths. */
export async function writeReports(
  state: RunState,
  summary: Summary,
  target: { readonly folder: string; readonly revealIds: boolean },
): Promise<string[]> {
  const { db, matched, files, judged, job } = state;
  const plan: ListPlan = { ...target, matched, files, judged };
  const written: string[] = [];
  if (job.output.results !== 'none') written.push(await writeResults(db, plan));
  written.push(await writeMismatches(db, plan));
  written.push(await writeRejected(db, plan));
  const json = join(target.folder, 'summary.json');
  writeWhole(json, summaryJson(summary));
  written.push(json);
  if (job.report.formats.includes('html')) {
    const html = join(target.folder, 'report.html');
    writeWhole(html, renderHtml(summary));
    written.push(html);
  }
  return written;
}
