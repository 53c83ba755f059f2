// The rows of two runs side by side. A record is known by its owner's key; several rows of one key, and rows without one, are told
// apart by their contents, as cases are. Each run's rows are taken from its own database, so that neither is changed.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase } from '../engine/database.js';
import { engineMemory } from '../engine/memory.js';
import { parquetRelation } from '../engine/read-parquet.js';
import { identifier, literal } from '../engine/sql.js';
import { METHODS } from '../matchers/judge.js';
import { caseKeySql, contentKeySql, numberedKeySql } from './cases-key.js';
import { columnsOf } from './cases-merge.js';
import { contentsSelect } from './cases-rows.js';
import type { Context } from './context.js';
import { readReportPlan } from './report-plan.js';
import { outcomeName, referenceIdText, runDatabasePath } from './result-rows.js';
import { type RunPlan, readRunPlan } from './run-plan.js';
import { tableOf } from './tables.js';

export type Side = 'before' | 'after';

/** What a record may be known by in the two runs, whatever their series. */
const SERIES = 'compare';

export interface SideRows {
  /** Group fields, as columns `g_<name>` of the side. */
  readonly groups: readonly string[];
  readonly files: RunPlan['files'];
  /** The sector has every value of a person masked in lists, not only the numbers. */
  readonly restricted: boolean;
}

/** False: the run was purged, or comes from a version that kept no rows. */
export async function hasRows(folder: string, context: Context, temp: string): Promise<boolean> {
  if (!existsSync(runDatabasePath(folder))) return false;
  return withRun(runDatabasePath(folder), { context, temp }, async (db) => {
    const columns = await columnsOf(db, await currentName(db), 'results');
    return columns.includes('record_key');
  });
}

/**
 * Makes the table `before` or `after` in `db`: key, record, record_key, file, line, outcome, reasons, reference_id, decided, content and
 * `g_<name>`. `temp`: a folder of the caller's for what is handed over.
 */
export async function loadSide(
  db: Database,
  { side, folder, temp }: { readonly side: Side; readonly folder: string; readonly temp: string },
  context: Context,
): Promise<SideRows> {
  const own = join(temp, side);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  const rowsFile = join(own, 'rows.parquet');
  const contents: string[] = [];
  const { plan, roles, matched } = await withRun(
    runDatabasePath(folder),
    { context, temp: own },
    async (run) => {
      const name = await currentName(run);
      const read = await readRunPlan(run, name);
      await hand(run, rowsSelect(read), rowsFile);
      contents.push(await handContents(run, read, join(own, 'contents.parquet')));
      return { plan: read, ...(await readReportPlan(run, name)) };
    },
  );
  for (const [i, { database }] of roles.entries()) {
    await withRun(join(folder, database), { context, temp: own }, async (run) => {
      const read = await readRunPlan(run, await currentName(run));
      contents.push(await handContents(run, read, join(own, `contents-${i}.parquet`)));
    });
  }
  await makeSide(db, side, { rowsFile, contents });
  return { groups: groupsOf(plan), files: plan.files, restricted: matched.restricted === true };
}

function groupsOf({ patterns }: RunPlan): string[] {
  return patterns.fields.filter(({ group }) => group).map(({ name }) => name);
}

function rowsSelect(plan: RunPlan): string {
  const groups = groupsOf(plan);
  const joins = groups.map(
    (
      name,
    ) => `LEFT JOIN (SELECT DISTINCT value_id, value FROM ${tableOf('entries_', name)} WHERE value_id IS NOT NULL)
      ${identifier(`d_${name}`)} ON r.${identifier(`w_${name}`)} = ${identifier(`d_${name}`)}.value_id`,
  );
  const columns = groups.map((name) => `, ${identifier(`d_${name}`)}.value AS ${identifier(`g_${name}`)}`);
  return `SELECT r.record, r.record_key::VARCHAR AS record_key, ${caseKeySql(SERIES, 'r.record_key')} AS own_key, r.file, r.line,
      ${outcomeName('v.outcome')} AS outcome, coalesce(v.reasons, '') AS reasons,
      ${referenceIdText('r.reference_key')} AS reference_id, (r.method = ${METHODS.indexOf('decision')}) AS decided ${columns.join('')}
    FROM results r JOIN verdicts v ON r.pattern = v.pattern ${joins.join(' ')}`;
}

async function handContents(run: Database, { patterns }: RunPlan, path: string): Promise<string> {
  await hand(run, contentsSelect('results', patterns), path);
  return path;
}

async function hand(run: Database, select: string, path: string): Promise<void> {
  await run.run(`COPY (${select}) TO ${literal(path)} (FORMAT parquet)`);
}

async function makeSide(
  db: Database,
  side: Side,
  { rowsFile, contents }: { readonly rowsFile: string; readonly contents: readonly string[] },
): Promise<void> {
  const joins = contents.map((path, i) => `JOIN ${parquetRelation(path)} c${i} ON r.record = c${i}.record`);
  const content = contents.map((_, i) => `c${i}.content`).join(' || ');
  await db.run(`CREATE OR REPLACE TABLE ${side} AS
    SELECT ${numberedKeySql('base', 'n')} AS key, * EXCLUDE (base, n) FROM (
      SELECT *, row_number() OVER (PARTITION BY base ORDER BY content, record) AS n FROM (
        SELECT r.* EXCLUDE (own_key), md5(${content}) AS content,
          coalesce(r.own_key, ${contentKeySql(SERIES, `md5(${content})`)}) AS base
        FROM ${parquetRelation(rowsFile)} r ${joins.join(' ')}))`);
}

async function withRun<T>(
  path: string,
  { context, temp }: { readonly context: Context; readonly temp: string },
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const { memory, threads } = context;
  const db = await openDatabase({
    path,
    readOnly: true,
    memory: engineMemory(memory),
    threads,
    tempDir: join(temp, 'spill'),
  });
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

function currentName(db: Database): Promise<string> {
  return db.value<string>('SELECT current_database()');
}
