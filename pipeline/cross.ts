// `doisoat cross`: what datasets say against each other about the person found. Works on finished runs, and writes cross.json,
// cross.html and one list per check that found something, all of them or none.
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { writeWhole } from '../engine/whole-file.js';
import { type CsvColumn, spreadsheetSafe, writeCsv } from '../engine/write-csv.js';
import { renderCrossHtml } from '../reports/cross-html.js';
import type { CrossReport, CrossResult } from '../reports/cross-model.js';
import { shareOf } from '../reports/model-shares.js';
import type { Context } from './context.js';
import { CROSS_CHECKS, type CrossCheck, type Placed, together } from './cross-checks.js';
import { attachDatasets } from './cross-datasets.js';
import { withScratch } from './scratch.js';
import { VERSION } from './version.js';

export interface CrossRequest {
  /** Folders of finished runs. */
  readonly folders: readonly string[];
  /** Folder to write; files of an earlier check in it are replaced. */
  readonly out: string;
  /** Numbers, keys and names as they are in the lists; else masked. */
  readonly revealIds: boolean;
  /** Called with the number of records in the lists before any of them can be seen, when they are not masked. */
  readonly beforeRevealing?: (records: number) => Promise<void>;
}

export interface CrossAnswer {
  readonly report: CrossReport;
  readonly files: readonly string[];
}

/** Throws UserError for folders that are no runs, runs of different references, and a reference that is no longer there. */
export async function crossRuns(request: CrossRequest, context: Context): Promise<CrossAnswer> {
  const out = resolve(request.out);
  const building = `${out}.building`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true, mode: 0o700 });
  try {
    const report = await withScratch(context, (db) => check(db, request, building));
    writeWhole(join(building, 'cross.json'), `${JSON.stringify(report, null, 2)}\n`);
    writeWhole(join(building, 'cross.html'), renderCrossHtml(report));
    if (request.revealIds && report.records > 0) await request.beforeRevealing?.(report.records);
    mkdirSync(out, { recursive: true });
    const lists = report.checks.map(({ list }) => list).filter((list) => list !== null);
    for (const { check: name } of CROSS_CHECKS) rmSync(join(out, `${name}.csv`), { force: true });
    const names = [...lists, 'cross.html', 'cross.json'];
    for (const name of names) renameSync(join(building, name), join(out, name));
    return { report, files: names.map((name) => join(out, name)) };
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

async function check(db: Database, request: CrossRequest, folder: string): Promise<CrossReport> {
  const datasets = await attachDatasets(
    db,
    request.folders.map((one) => resolve(one)),
  );
  const all = datasets.map((set, at): Placed => ({ at, set }));
  const checks: CrossResult[] = [];
  for (const one of CROSS_CHECKS) checks.push(await runCheck(db, one, { all, folder, ...request }));
  return {
    schema: 'doisoat.cross/1',
    version: VERSION,
    datasets: datasets.map(({ job, run, sector, period, role, rows, found }) => ({
      job,
      run,
      sector,
      period,
      role,
      rows,
      found,
      share: shareOf(found, rows),
    })),
    checks,
    records: checks.reduce((sum, one) => sum + one.records, 0),
  };
}

interface Checked extends CrossRequest {
  readonly all: readonly Placed[];
  readonly folder: string;
}

async function runCheck(db: Database, one: CrossCheck, checked: Checked): Promise<CrossResult> {
  const { check: name, code, label, meaning } = one;
  const facts = { check: name, code, label, meaning };
  const lacking = one.lacks(checked.all);
  if (lacking !== null)
    return { ...facts, not_done: lacking, people: 0, records: 0, by_dataset: [], list: null };
  await db.run(`CREATE OR REPLACE TEMP TABLE findings AS ${await one.select(db, checked.all)}`);
  const by_dataset = await db.rows<{ dataset: number; records: number }>(
    'SELECT dataset, count(*) AS records FROM findings GROUP BY dataset ORDER BY dataset',
  );
  const people = await db.value<number>('SELECT count(DISTINCT subject) FROM findings');
  const records = by_dataset.reduce((sum, row) => sum + row.records, 0);
  if (records > 0) await writeList(db, name, checked);
  return { ...facts, not_done: null, people, records, by_dataset, list: records > 0 ? `${name}.csv` : null };
}

/** One line per finding, with where both records are. */
async function writeList(db: Database, name: string, { all, folder, revealIds }: Checked): Promise<void> {
  const jobs = `[${all.map(({ set }) => literal(set.job)).join(', ')}]`;
  const roles = `[${all.map(({ set }) => literal(set.role?.vi ?? '')).join(', ')}]`;
  const side = (alias: string, prefix: string, dataset: string): CsvColumn[] => [
    { name: `${prefix}dataset`, sql: spreadsheetSafe(`${jobs}[${dataset} + 1]`) },
    { name: `${prefix}role`, sql: `nullif(${roles}[${dataset} + 1], '')` },
    { name: `${prefix}record`, sql: `${alias}.record` },
    { name: `${prefix}record_key`, sql: shown(`${alias}.record_key`, 'number', revealIds) },
    { name: `${prefix}number`, sql: shown(`lpad(${alias}.number, 12, '0')`, 'number', revealIds) },
    { name: `${prefix}name`, sql: shown(`${alias}.name`, 'name', revealIds) },
  ];
  await writeCsv(db, join(folder, `${name}.csv`), {
    columns: [
      ...side('a', '', 'f.dataset'),
      ...side('b', 'other_', 'f.other'),
      { name: 'note_vi', sql: 'f.note_vi' },
      { name: 'note_en', sql: 'f.note_en' },
    ],
    from: `findings f JOIN ${together(all)} a ON f.dataset = a.dataset AND f.record = a.record
      LEFT JOIN ${together(all)} b ON f.other = b.dataset AND f.other_record = b.record
      ORDER BY f.dataset, f.record, f.other, f.other_record, f.note_vi`,
  });
}

function shown(text: string, what: 'number' | 'name', revealed: boolean): string {
  if (revealed) return spreadsheetSafe(text);
  if (what === 'name') return `regexp_replace(${text}, '(\\p{L})\\p{L}*', '\\1***', 'g')`;
  return `if(length(${text}) >= 9, left(${text}, 3) || repeat('*', length(${text}) - 6) || right(${text}, 3),
    repeat('*', greatest(length(${text}) - 2, 0)) || right(${text}, 2))`;
}
