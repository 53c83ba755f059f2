// Every format of the report, from one source: a run that is about to end, or one that has long finished. The same source gives the
// same bytes.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { allDone } from '../engine/all-done.js';
import type { Database } from '../engine/database.js';
import { appearWhole, writeWhole } from '../engine/whole-file.js';
import type { Model } from '../matchers/model.js';
import { renderHtml } from '../reports/html.js';
import type { Letter } from '../reports/letter.js';
import type { Summary } from '../reports/model.js';
import { renderModelHtml } from '../reports/model-html.js';
import { summaryJson } from '../reports/summary-json.js';
import { writeDuplicateList } from './duplicates-list.js';
import { FORMATS, type Format } from './job-schema.js';
import type { Job } from './job-type.js';
import type { WriteSlice } from './mismatch-slices.js';
import { MODEL_PAGE } from './model-file.js';
import { writeRejected } from './rejects.js';
import {
  type ListPlan,
  prepareLists,
  writeCsvResults,
  writeMismatches,
  writeResultsParquet,
} from './result-lists.js';
import type { RoleRun } from './roles.js';
import { writeRoleLists } from './roles-lists.js';
import type { WholeRun } from './run-slice.js';

export interface ReportSource {
  /** Open on the run's database, the reference attached as `ref` where a list is asked for. */
  readonly db: Database;
  readonly lists: Pick<ListPlan, 'matched' | 'files' | 'judged'>;
  readonly roles: readonly RoleRun[];
  readonly referenceFolder: string;
  readonly results: Job['output']['results'];
  readonly summary: Summary;
  readonly letter: Letter;
  /** Of probabilistic matching; null: there was none. */
  readonly model: Model | null;
  /** The lists, where they were begun before (pipeline/early-lists.ts). */
  readonly begun?: Promise<string[]> | undefined;
  /** Where the run has ended: a list may be made slice by slice, in little memory. */
  readonly finished?: WholeRun;
}

export interface Target {
  readonly folder: string;
  readonly revealIds: boolean;
}

/** Formats that list records and so need the reference. */
export function needsLists(formats: readonly Format[]): boolean {
  return formats.some((format) => ['csv', 'parquet', 'xlsx'].includes(format));
}

/** Writes the formats into the folder and returns the paths. */
export async function writeFormats(
  source: ReportSource,
  formats: readonly Format[],
  target: Target,
): Promise<string[]> {
  // What is made of the totals alone is put into words while the engine writes the lists.
  const [lists, reports] = await allDone([
    source.begun ?? (needsLists(formats) ? writeLists(source, formats, target) : Promise.resolve([])),
    writeTotals(source, formats, target),
  ]);
  return [...lists, ...reports];
}

async function writeTotals(
  source: ReportSource,
  formats: readonly Format[],
  target: Target,
): Promise<string[]> {
  const written: string[] = [];
  for (const format of FORMATS.filter((one) => formats.includes(one))) {
    written.push(...((await WRITERS[format]?.(source, target.folder)) ?? []));
  }
  return written;
}

type Writer = (source: ReportSource, folder: string) => Promise<string[]>;

/** Formats made of the totals alone. What few runs need is loaded when it is asked for. */
const WRITERS: Readonly<Partial<Record<Format, Writer>>> = {
  xlsx: async ({ summary }, folder) => {
    const { renderXlsx } = await import('../reports/xlsx-report.js');
    const path = join(folder, 'report.xlsx');
    writeWhole(path, await renderXlsx(summary));
    return [path];
  },
  json: async ({ summary }, folder) => {
    const path = join(folder, 'summary.json');
    writeWhole(path, summaryJson(summary));
    return [path];
  },
  html: async (source, folder) => {
    const path = join(folder, 'report.html');
    writeWhole(path, renderHtml(source.summary));
    return [path, ...modelPage(source, folder)];
  },
  docx: async ({ summary, letter }, folder) => {
    const { writeDocx } = await import('../reports/docx.js');
    const path = join(folder, 'report.docx');
    await appearWhole(path, (partial) => writeDocx(partial, summary, letter));
    return [path];
  },
  pdf: async ({ summary }, folder) => {
    const { renderPdf } = await import('../reports/pdf.js');
    const path = join(folder, 'report.pdf');
    writeWhole(path, await renderPdf(renderHtml(summary)));
    return [path];
  },
};

function modelPage({ model, summary, lists }: ReportSource, folder: string): string[] {
  if (model === null) return [];
  const path = join(folder, MODEL_PAGE);
  const labels = new Map(lists.matched.fields.map((field) => [field.name, field.labels]));
  writeWhole(
    path,
    renderModelHtml(model, { linking: summary.linking, labels, title: summary.sector.labels }),
  );
  return [path];
}

async function writeLists(
  source: ReportSource,
  formats: readonly Format[],
  target: Target,
): Promise<string[]> {
  const { finished } = source;
  const inWhole = finished === undefined || formats.includes('csv') || formats.includes('parquet');
  return inWhole
    ? writeWholeLists(source, formats, target)
    : [await slicedWorkbook(source, finished, target)];
}

/** mismatches.xlsx alone: of each slice its CSV, so that it says what that of the whole run would say. */
async function slicedWorkbook(source: ReportSource, run: WholeRun, target: Target): Promise<string> {
  const [{ mismatchesInSlices }, { writeListWorkbook }] = await Promise.all([
    import('./mismatch-slices.js'),
    import('./mismatch-files.js'),
  ]);
  const { db, lists, roles, summary } = source;
  const write: WriteSlice = async (own, { folder, referenceFolder }) => {
    const plan: ListPlan = { ...lists, ...target, folder };
    if (roles.length === 0) await prepareLists(own, plan, ['csv']);
    const written = await recordLists({ ...source, db: own, referenceFolder }, 'none', plan);
    return written.at(-1)!;
  };
  const list = await mismatchesInSlices(run, db.tempDir, { write });
  return writeListWorkbook(list, { ...target, matched: lists.matched, roles, summary });
}

export type ListSource = Pick<ReportSource, 'db' | 'lists' | 'roles' | 'referenceFolder' | 'results'>;

/** results and mismatches in the format csv, and the lists that stand beside them. */
export async function writeCsvLists(source: ListSource, target: Target): Promise<string[]> {
  const { db, lists, roles, results } = source;
  const plan: ListPlan = { ...lists, ...target };
  // results.parquet may be asked for of a run whose results are CSV.
  if (roles.length === 0) await prepareLists(db, plan, ['csv', 'parquet']);
  const [made, others] = await allDone([recordLists(source, results, plan), sideLists(db, plan)]);
  return [...made, ...others];
}

/** The same of a record of one person, once its texts are prepared: the longest list on the one connection, all others on the other. */
export async function writePreparedLists(
  [db, beside]: readonly [Database, Database],
  results: Job['output']['results'],
  plan: ListPlan,
): Promise<string[]> {
  const [made, others] = await allDone([personLists([db, beside], results, plan), sideLists(beside, plan)]);
  return [...made, ...others];
}

/** results and, last, mismatches.csv; while one is brought to the disk the engine writes another. */
function personLists(
  [db, beside]: readonly [Database, Database],
  results: Job['output']['results'],
  plan: ListPlan,
): Promise<string[]> {
  if (results === 'csv') return writeCsvResults([db, beside], plan);
  const list = results === 'none' ? [] : [writeResultsParquet(db, plan)];
  return allDone([...list, writeMismatches(beside, plan)]);
}

function sideLists(db: Database, plan: ListPlan): Promise<string[]> {
  return allDone([writeRejected(db, plan), writeDuplicateList(db, plan)]);
}

/** The lists as CSV, then the list of mismatches in other formats from its CSV, so that all of them say the same. */
async function writeWholeLists(
  source: ReportSource,
  formats: readonly Format[],
  target: Target,
): Promise<string[]> {
  const { db, lists, roles, summary, results } = source;
  const asked = (format: Format) => formats.includes(format);
  const scratch = join(db.tempDir, 'lists');
  mkdirSync(scratch, { recursive: true, mode: 0o700 });
  const plan: ListPlan = { ...lists, ...target };
  try {
    const own = asked('csv') ? results : 'none';
    if (!asked('csv') && roles.length === 0) await prepareLists(db, plan, ['csv', 'parquet']);
    const written = asked('csv') ? await writeCsvLists(source, target) : [];
    const list = asked('csv')
      ? join(target.folder, 'mismatches.csv')
      : (await recordLists(source, own, { ...plan, folder: scratch })).at(-1)!;
    const { listOfFile, writeListParquet, writeListWorkbook } = await import('./mismatch-files.js');
    if (asked('parquet')) {
      if (results === 'csv' || (results === 'parquet' && own === 'none')) {
        written.push(await resultsParquet(source, plan, scratch));
      }
      written.push(await writeListParquet(db, list, target.folder));
    }
    if (asked('xlsx')) {
      const { matched } = lists;
      const rows = await listOfFile(db, list);
      written.push(await writeListWorkbook(rows, { ...target, matched, roles, summary }));
    }
    return written;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** results and, last, mismatches.csv. */
async function recordLists(
  { db, roles, referenceFolder }: Omit<ListSource, 'results'>,
  results: Job['output']['results'],
  plan: ListPlan,
): Promise<string[]> {
  if (roles.length > 0) return writeRoleLists({ db, roles, referenceFolder, results }, plan);
  return personLists([db, db], results, plan);
}

async function resultsParquet(source: ReportSource, plan: ListPlan, scratch: string): Promise<string> {
  const { db, roles, referenceFolder } = source;
  if (roles.length === 0) return writeResultsParquet(db, plan);
  const folder = join(scratch, 'parquet');
  mkdirSync(folder, { mode: 0o700 });
  const [made] = await writeRoleLists(
    { db, roles, referenceFolder, results: 'parquet' },
    { ...plan, folder },
  );
  const path = join(plan.folder, basename(made!));
  await appearWhole(path, async (partial) => copyFileSync(made!, partial));
  return path;
}
