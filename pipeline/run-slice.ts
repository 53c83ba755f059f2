// Some records of a finished run, with the values that they point at, as a run of its own in a folder laid out like the run's: what
// makes lists of a run makes them of a slice as well, and needs memory for the slice alone.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase } from '../engine/database.js';
import { engineMemory, megabytesOf } from '../engine/memory.js';
import { identifier, literal } from '../engine/sql.js';
import type { Context } from './context.js';
import { REFERENCE_DATABASE, REFERENCE_MANIFEST } from './reference.js';
import { RUN_DATABASE } from './result-rows.js';

/** A run that nobody writes to any more. */
export interface WholeRun {
  readonly folder: string;
  readonly referenceFolder: string;
  /** Names of the databases of its roles (pipeline/roles.ts). */
  readonly roles: readonly string[];
  readonly context: Pick<Context, 'memory' | 'signal'>;
}

/** Which records: those of the numbers `from` up to but not including `to` that the SQL condition over `results` holds for. */
export interface Records {
  readonly from: number;
  readonly to: number;
  readonly where: string;
}

export interface RunSlice {
  readonly folder: string;
  readonly referenceFolder: string;
}

/** In conditions, the run's own database; those of its roles are `whole_1`, `whole_2` … */
export const WHOLE = 'whole_0';
const WHOLE_REFERENCE = 'whole_reference';
const PART_REFERENCE = 'part_reference';

/** Rows are passed on as they are read, and the hash tables hold numbers of one slice: this is enough, and the engine takes all it gets. */
const CUTTING_MEMORY_MB = 48;

/** Lets `work` read the run, attached as `WHOLE`, with little memory; with all that the context allows where that is too little. */
export async function withWholeRun<T>(
  run: WholeRun,
  temp: string,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const allowed = engineMemory(run.context.memory);
  const little = Math.min(CUTTING_MEMORY_MB, megabytesOf(allowed));
  try {
    return await withRunAttached(run, { temp, memory: `${little}MB` }, work);
  } catch (error) {
    if (!/^Out of Memory Error/.test(error instanceof Error ? error.message : '')) throw error;
    return withRunAttached(run, { temp, memory: allowed }, work);
  }
}

async function withRunAttached<T>(
  run: WholeRun,
  { temp, memory }: { readonly temp: string; readonly memory: string },
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const { folder, referenceFolder, context } = run;
  context.signal.throwIfAborted();
  const db = await openDatabase({ memory, threads: 1, tempDir: temp, compress: false });
  const stop = () => db.interrupt();
  context.signal.addEventListener('abort', stop, { once: true });
  try {
    for (const [i, name] of databasesOf(run).entries()) {
      await attach(db, join(folder, name), `${wholeOf(i)} (READ_ONLY)`);
    }
    await attach(db, join(referenceFolder, REFERENCE_DATABASE), `${WHOLE_REFERENCE} (READ_ONLY)`);
    return await work(db);
  } finally {
    context.signal.removeEventListener('abort', stop);
    await db.close();
  }
}

/** Writes the slice to a folder, in place of what is there. */
export async function cutSlice(run: WholeRun, records: Records, folder: string): Promise<RunSlice> {
  const slice = { folder, referenceFolder: join(folder, 'reference') };
  await withWholeRun(run, `${folder}-temp`, async (db) => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(slice.referenceFolder, { recursive: true, mode: 0o700 });
    const parts: string[] = [];
    for (const [i, name] of databasesOf(run).entries()) {
      await attach(db, join(folder, name), partOf(i));
      await cutPart(db, i, i === 0 ? wanted(records) : `record IN (SELECT record FROM ${partOf(0)}.results)`);
      parts.push(partOf(i));
    }
    const { referenceFolder } = slice;
    copyFileSync(join(run.referenceFolder, REFERENCE_MANIFEST), join(referenceFolder, REFERENCE_MANIFEST));
    await attach(db, join(referenceFolder, REFERENCE_DATABASE), PART_REFERENCE);
    await cutReference(db, parts);
    for (const part of [...parts, PART_REFERENCE]) await db.run(`CHECKPOINT ${part}`);
  });
  return slice;
}

function wanted({ from, to, where }: Records): string {
  return `record >= ${from} AND record < ${to} AND (${where})`;
}

function databasesOf({ roles }: WholeRun): string[] {
  return [RUN_DATABASE, ...roles];
}

function wholeOf(i: number): string {
  return `whole_${i}`;
}

function partOf(i: number): string {
  return `part_${i}`;
}

async function attach(db: Database, path: string, as: string): Promise<void> {
  await db.run(`ATTACH ${literal(path)} AS ${as}`);
}

/** The rows of `results`, and of each dictionary the entries that occur in them. */
async function cutPart(db: Database, i: number, where: string): Promise<void> {
  const [whole, part] = [wholeOf(i), partOf(i)];
  await db.run(`CREATE TABLE ${part}.results AS SELECT * FROM ${whole}.results WHERE ${where}`);
  const dictionaries = new Set(await tablesOf(db, whole));
  for (const column of await columnsOf(db, part)) {
    const table = `entries_${column.slice(2)}`;
    if (!column.startsWith('e_') || !dictionaries.has(table)) continue;
    await db.run(`CREATE TABLE ${part}.${identifier(table)} AS SELECT * FROM ${whole}.${identifier(table)}
      WHERE entry IN (SELECT ${identifier(column)} FROM ${part}.results)`);
  }
}

/** Of each dictionary of the reference the values of the people found. */
async function cutReference(db: Database, parts: readonly string[]): Promise<void> {
  const used = new Map<string, string[]>();
  for (const part of parts) {
    for (const column of await columnsOf(db, part)) {
      if (!column.startsWith('r_')) continue;
      const table = `values_${column.slice(2)}`;
      const ids = `SELECT ${identifier(column)} FROM ${part}.results`;
      used.set(table, [...(used.get(table) ?? []), ids]);
    }
  }
  const dictionaries = await tablesOf(db, WHOLE_REFERENCE);
  for (const table of dictionaries.filter((name) => used.has(name))) {
    await db.run(`CREATE TABLE ${PART_REFERENCE}.${identifier(table)} AS
      SELECT * FROM ${WHOLE_REFERENCE}.${identifier(table)} WHERE value_id IN (${used.get(table)!.join(' UNION ALL ')})`);
  }
}

async function tablesOf(db: Database, database: string): Promise<string[]> {
  const rows = await db.rows<{ name: string }>(
    `SELECT table_name AS name FROM duckdb_tables() WHERE database_name = ${literal(database)}`,
  );
  return rows.map(({ name }) => name);
}

/** Of `results`. */
async function columnsOf(db: Database, database: string): Promise<string[]> {
  const rows = await db.rows<{ name: string }>(`SELECT column_name AS name FROM duckdb_columns()
    WHERE database_name = ${literal(database)} AND table_name = 'results' ORDER BY column_index`);
  return rows.map(({ name }) => name);
}
