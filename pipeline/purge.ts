// Retention: personal data of old runs is removed (raw and canonical values, lists, references built for a run), figures and the
// audit trail stay, and so does the state of cases, which names nobody: keys are hashes.
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openDatabase } from '../engine/database.js';
import { engineMemory } from '../engine/memory.js';
import { literal } from '../engine/sql.js';
import type { Ledger, RunRow } from '../ledger/ledger.js';
import { lockWorkspace } from '../ledger/workspace-lock.js';
import { audit } from './audit.js';
import { holdsRun } from './cases-previous.js';
import type { Context } from './context.js';
import { MANIFEST_FILE, readManifest, writeManifest } from './manifest.js';
import { RUN_DATABASE, runDatabasePath } from './result-rows.js';
import { BUILDING } from './run-state.js';
import { withLedger } from './workspace-ledger.js';

export interface PurgedRun {
  readonly run: string;
  readonly job: string;
  readonly period: string;
  /** ISO time. */
  readonly finished: string;
  /** Removed, from the run's folder. */
  readonly files: readonly string[];
  readonly bytes: number;
}

export interface PurgePlan {
  readonly days: number;
  /** Tells what would be removed, and removes nothing. */
  readonly dryRun: boolean;
}

/** Outputs that hold figures only; everything else in a run's folder may name people. */
const FIGURES_ONLY: ReadonlySet<string> = new Set([
  MANIFEST_FILE,
  'summary.json',
  'report.html',
  'report.xlsx',
  'report.docx',
  'report.pdf',
]);

const DAY = 24 * 60 * 60 * 1000;

/**
 * Purges the runs that finished more than so many days ago, and what interrupted ones of that age left. Needs the workspace for
 * itself (UserError, exit code 5). Purging again finds nothing.
 */
export async function purge(plan: PurgePlan, context: Context): Promise<PurgedRun[]> {
  const started = context.clock();
  const before = new Date(started.getTime() - plan.days * DAY).toISOString();
  const lock = lockWorkspace(context.workspace, { command: 'doisoat purge', started: started.toISOString() });
  try {
    return await withLedger(context, async (ledger) => {
      const old = ledger.runs().filter((run) => run.finished < before);
      const purged: PurgedRun[] = [];
      for (const run of old) {
        const found = findPersonal(run, context.workspace);
        if (found === null) continue;
        if (!plan.dryRun) await purgeRun(found, { run, context, ledger });
        purged.push(found.told);
      }
      for (const left of findInterrupted(context.workspace, before)) {
        if (!plan.dryRun) purgeInterrupted(left, { context, ledger });
        purged.push(left.told);
      }
      return purged;
    });
  } finally {
    lock.release();
  }
}

interface Found {
  readonly folder: string;
  readonly told: PurgedRun;
}

/** What a run's folder holds of people; null: it was purged, moved, or holds another run by now. */
function findPersonal(run: RunRow, workspace: string): Found | null {
  const folder = resolve(workspace, run.folder);
  if (!holdsRun(folder, run.run) || readManifest(folder)?.purged !== undefined) return null;
  const files = readdirSync(folder)
    .filter((name) => !FIGURES_ONLY.has(name))
    .sort();
  const bytes = files.reduce((sum, name) => sum + bytesOf(join(folder, name)), 0);
  const { job, period, finished } = run;
  return { folder, told: { run: run.run, job, period, finished, files, bytes } };
}

async function purgeRun(
  { folder, told }: Found,
  { run, context, ledger }: { run: RunRow; context: Context; ledger: Ledger },
): Promise<void> {
  const cases = await keptCases(folder, context);
  for (const name of told.files) rmSync(join(folder, name), { recursive: true, force: true });
  if (cases !== null) renameSync(cases, runDatabasePath(folder));
  audit(ledger, context, {
    command: 'purge',
    details: {
      run: run.run,
      series: run.job,
      period: run.period,
      rows: run.rows,
      files: told.files.join(' '),
      bytes: told.bytes,
    },
  });
  const manifest = readManifest(folder)!;
  const kept = manifest.outputs.filter((name) => existsSync(join(folder, name)));
  const purged = { at: context.clock().toISOString(), files: told.files };
  writeManifest(folder, { ...manifest, columns: {}, outputs: kept, purged });
}

/** A database with nothing but the state of cases, beside the old one; null: the run has none. */
async function keptCases(folder: string, context: Context): Promise<string | null> {
  const path = join(folder, `${RUN_DATABASE}.purged`);
  const temp = join(folder, 'purge-temp');
  rmSync(path, { force: true });
  const db = await openDatabase({
    path,
    memory: engineMemory(context.memory),
    threads: context.threads,
    tempDir: temp,
  });
  try {
    await db.run(`ATTACH ${literal(runDatabasePath(folder))} AS old (READ_ONLY)`);
    const known = await db.value<number>(
      `SELECT count(*) FROM duckdb_tables() WHERE database_name = 'old' AND table_name = 'cases'`,
    );
    if (known > 0) await db.run('CREATE TABLE cases AS SELECT * FROM old.cases');
    await db.run('DETACH old');
    await db.run('CHECKPOINT');
    await db.close();
    if (known > 0) return path;
    rmSync(path);
    return null;
  } finally {
    await db.close().catch(() => undefined);
    rmSync(temp, { recursive: true, force: true });
  }
}

/** What interrupted runs of that age left to go on from. */
function findInterrupted(workspace: string, before: string): Found[] {
  const runs = join(workspace, 'runs');
  if (!existsSync(runs)) return [];
  return readdirSync(runs)
    .sort()
    .flatMap((run) => {
      const folder = join(runs, run, BUILDING);
      if (!existsSync(folder)) return [];
      const finished = statSync(folder).mtime.toISOString();
      const told = { run, job: '', period: '', finished, files: [BUILDING], bytes: bytesOf(folder) };
      return finished < before ? [{ folder, told }] : [];
    });
}

function purgeInterrupted(
  { folder, told }: Found,
  { context, ledger }: { context: Context; ledger: Ledger },
): void {
  rmSync(folder, { recursive: true, force: true });
  audit(ledger, context, {
    command: 'purge',
    details: { run: told.run, files: BUILDING, bytes: told.bytes },
  });
}

function bytesOf(path: string): number {
  const facts = statSync(path);
  if (!facts.isDirectory()) return facts.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}
