import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { quietContext } from '../pipeline/context.js';
import { existing } from '../pipeline/job.js';
import type { SearchRecord } from '../pipeline/link-search-told.js';
import type { Manifest } from '../pipeline/manifest.js';
import { buildReference } from '../pipeline/reference-build.js';
import { RUN_DATABASE } from '../pipeline/result-rows.js';
import type { RowsRecord } from '../pipeline/rows-told.js';
import { type CsvRow, type FlowOptions, filesBelow, NOW, type Workspace } from './flow.js';

/** Nights of one job, each done twice: with what the night before kept, and in full, each way with a ledger and runs of its own. */

export interface Night {
  readonly search: SearchRecord | undefined;
  readonly rows: RowsRecord | undefined;
  readonly folder: string;
  /** What the run said of its search with `--verbose`. */
  readonly told: readonly string[];
  /** The same of its rows. */
  readonly rowsTold: string;
}

/** Builds the reference `built` of a workspace from a population file of its own. */
export function buildIn(flow: Workspace, population: string): Promise<unknown> {
  const files = {
    files: existing(population, flow.folder, ''),
    encoding: 'auto',
    delimiter: 'auto',
    columns: {},
  } as const;
  const out = join(flow.folder, 'built');
  return buildReference({ files, idChanges: null, out }, quietContext({ clock: () => NOW, threads: 2 }));
}

/** Runs a night the one way, in the workspace's own ledger. */
export async function keptNight(
  flow: Workspace,
  job: string,
  options: Partial<FlowOptions> = {},
): Promise<Night> {
  const told: string[] = [];
  const log = { info: () => 0, warn: () => 0, debug: ({ en }: { en: string }) => told.push(en) };
  const { folder } = await flow.run(job, { keep: true, ...options, context: { ...options.context, log } });
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
  const { search, rows_taken: rows } = manifest;
  return {
    search,
    rows,
    folder,
    told: told.filter((line) => line.startsWith('candidates ')),
    rowsTold: told.filter((line) => / rows /.test(line) && !SLOW_STATEMENT.test(line)).join(),
  };
}

/**
 * The first night of a series, done once: what it left in the workspace is laid aside, and whoever asks again gets a copy. `key` tells
 * whether it would still be done alike.
 */
export function nightOnce(
  flow: () => Workspace,
  first: () => Promise<Night>,
  key: () => unknown = () => null,
): () => Promise<Night> {
  let done: { readonly night: Night; readonly key: unknown } | null = null;
  return async () => {
    const [own, aside] = ['.doisoat', '.first'].map((name) => join(flow().folder, name)) as [string, string];
    if (done !== null && done.key === key()) {
      cpSync(aside, own, { recursive: true, preserveTimestamps: true });
      return done.night;
    }
    const night = await first();
    rmSync(aside, { recursive: true, force: true });
    cpSync(own, aside, { recursive: true, preserveTimestamps: true });
    done = { night, key: key() };
    return night;
  };
}

/** Statements that took long are told as well (pipeline/stage-clock.ts); which do depends on how busy the machine is. */
const SLOW_STATEMENT = / s, CPU [\d.]+ s: /;

/** The same night the other way: everything searched for, in a ledger of its own. */
export async function fullNight(
  flow: Workspace,
  job: string,
  options: Partial<FlowOptions> = {},
): Promise<string> {
  const context = { ...options.context, workspace: join(flow.folder, '.full') };
  return (await flow.run(job, { ...options, restart: true, context })).folder;
}

/** Does a night once more in full, in place of what it wrote, and tells which things come out otherwise. */
export async function unlikeInFull(
  flow: Workspace,
  job: string,
  { folder, period }: { readonly folder: string; readonly period: string },
): Promise<string[]> {
  const before = await writtenBy(flow, folder);
  const full = await flow.run(job, { period, restart: true });
  return unlike(before, await writtenBy(flow, full.folder));
}

/** They hold times, or pages of a database whose layout no promise covers. */
const UNLIKE = /manifest\.json$|\.duckdb$/;

/** Which of the things that two runs have written differ: names of files, and of the tables of links and candidates. */
export async function differing(flow: Workspace, one: string, other: string): Promise<string[]> {
  return unlike(await writtenBy(flow, one), await writtenBy(flow, other));
}

type Written = Readonly<Record<string, string>>;

function unlike(a: Written, b: Written): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]);
}

/** All that a run has written, by name, and its tables of links and candidates. */
async function writtenBy(flow: Workspace, folder: string): Promise<Written> {
  const names = filesBelow(folder).filter((name) => !UNLIKE.test(name) && !name.startsWith('reference-'));
  const files = names.map((name) => [name, readFileSync(join(folder, name), 'latin1')] as const);
  const tables = await tablesOf(flow, folder, ['links', 'candidates']);
  return { ...Object.fromEntries(files), ...tables };
}

async function tablesOf(
  flow: Workspace,
  folder: string,
  names: readonly string[],
): Promise<Record<string, string>> {
  return inRun(flow, folder, async (db) => {
    const texts: Record<string, string> = {};
    const there = await db.rows<{ name: string }>('SELECT table_name AS name FROM duckdb_tables()');
    for (const name of names.filter((one) => there.some((table) => table.name === one))) {
      const rows = await db.rows<{ row: string }>(`SELECT t::VARCHAR AS row FROM ${name} t ORDER BY row`);
      texts[name] = rows.map(({ row }) => row).join('\n');
    }
    return texts;
  });
}

type Database = Awaited<ReturnType<typeof openDatabase>>;

/** Lends the database of a finished run. */
export async function inRun<T>(
  flow: Workspace,
  folder: string,
  work: (db: Database) => Promise<T>,
): Promise<T> {
  const tempDir = join(flow.folder, 'temp');
  const db = await openDatabase({ path: join(folder, RUN_DATABASE), tempDir, memory: '256MB' });
  try {
    return await work(db);
  } finally {
    await db.close();
    rmSync(tempDir, { recursive: true, force: true });
  }
}

/** Writes another key over the one of a finished run, as if the key were not looked at. */
export async function forgeKey(flow: Workspace, folder: string, key: string): Promise<void> {
  await inRun(flow, folder, (db) => db.run(`UPDATE search_key SET key = ${literal(key)}`));
}

export async function keyOf(flow: Workspace, folder: string): Promise<string> {
  return inRun(flow, folder, (db) => db.value<string>('SELECT key FROM search_key'));
}

/** A CSV file of these rows, every cell in quotes. */
export function csvText(rows: readonly CsvRow[]): string {
  const line = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  const header = Object.keys(rows[0] ?? {});
  return `${[header, ...rows.map((row) => header.map((name) => row[name] ?? ''))].map(line).join('\n')}\n`;
}

/** Numbers that look random and are the same on every run (Lehmer's generator, Park and Miller 1988). */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}
