// A generated extract of 20,000 rows with its prepared reference, and the command line run on it in processes of its own.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { generate } from '../../generator/generate.js';
import { quietContext } from '../../pipeline/context.js';
import { loadJob } from '../../pipeline/job.js';
import { buildReference } from '../../pipeline/reference-build.js';
import { filesBelow } from '../flow.js';

export const ROWS = 20_000;
const SECTOR = 'telecom-subscribers';
const MAIN = join(import.meta.dirname, '../../dist/cli/main.js');

export interface Ended {
  readonly code: number;
  readonly killed: boolean;
  readonly milliseconds: number;
  readonly said: string;
}

/** Makes the files; returns their folder. */
export async function prepareFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'doisoat-heavy-'));
  await generate({ seed: 31, people: ROWS, rows: ROWS, sector: SECTOR, out: folder });
  const path = join(folder, SECTOR, 'job.yaml');
  const { reference, sector } = loadJob(path, { today: '2026-11-21' });
  if (reference.type !== 'files') throw new Error('the generated job has its reference as files');
  const files = { files: reference.people, idChanges: reference.idChanges };
  await buildReference(
    { ...files, out: join(folder, 'prepared'), sector },
    quietContext({ workspace: folder }),
  );
  const text = readFileSync(path, 'utf8').replace(/^reference:\n( .*\n)+/m, 'reference: ../prepared\n');
  writeFileSync(path, text);
  return folder;
}

/** So many milliseconds after the process began or, if a number of stages is given, after that many had finished. */
export interface Kill {
  readonly milliseconds: number;
  readonly stages?: number;
}

/** `doisoat run` as a schedule calls it; killed without warning. */
export function run(folder: string, workspace: string, kill?: Kill): Promise<Ended> {
  const argv = [MAIN, 'run', join(folder, SECTOR, 'job.yaml'), '--workspace', workspace, '--quiet'];
  const child = spawn(process.execPath, argv, { stdio: ['ignore', 'ignore', 'pipe'] });
  const start = performance.now();
  const cancel =
    kill === undefined ? () => undefined : killLater(() => child.kill('SIGKILL'), workspace, kill);
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      cancel();
      const milliseconds = performance.now() - start;
      resolve({ code: code ?? 1, killed: signal === 'SIGKILL', milliseconds, said });
    });
  });
}

/** Waits for the stages, then for the time; returns what calls it off. */
function killLater(strike: () => void, workspace: string, { milliseconds, stages = 0 }: Kill): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watch = setInterval(() => {
    if (finishedStages(workspace) < stages) return;
    clearInterval(watch);
    timer = setTimeout(strike, milliseconds);
  }, 3);
  return () => {
    clearInterval(watch);
    clearTimeout(timer);
  };
}

/** Stages that the run in `.building` has behind it; none when there is no such run. */
export function finishedStages(workspace: string): number {
  const folder = startedRun(workspace);
  if (folder === null) return 0;
  const text = unlessGone(() => readFileSync(join(folder, '.building/checkpoint.json'), 'utf8'));
  return text === null ? 0 : (JSON.parse(text) as { stages: unknown[] }).stages.length;
}

/** The run at work makes and removes what is looked at. */
function unlessGone<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** The folder of the one run of a workspace. */
export function runFolder(workspace: string): string {
  const folder = startedRun(workspace);
  if (folder === null) throw new Error(`no run in ${workspace}`);
  return folder;
}

/** The same; null where it has not got so far as to make it. */
export function startedRun(workspace: string): string | null {
  const runs = join(workspace, 'runs');
  const [run] = unlessGone(() => readdirSync(runs)) ?? [];
  return run === undefined ? null : join(runs, run);
}

/** Hashes of all that a run wrote, but for what holds times or pages of a database. */
export function outputs(workspace: string): Record<string, string> {
  const out = runFolder(workspace);
  const names = filesBelow(out).filter((name) => !/manifest\.json$|\.duckdb$/.test(name));
  const hash = (name: string) =>
    createHash('sha256')
      .update(readFileSync(join(out, name)))
      .digest('hex');
  return Object.fromEntries(names.map((name) => [name, hash(name)]));
}

/** Files that only a run at work may have. */
export function leftOvers(workspace: string): string[] {
  return filesBelow(workspace).filter((name) => /\.building|\.partial|values-|\/temp\/|\.tmp/.test(name));
}

export function ledgerState(workspace: string) {
  const db = new Database(join(workspace, 'ledger.sqlite'), { readonly: true });
  try {
    return {
      integrity: db.pragma('integrity_check', { simple: true }),
      runs: db.prepare('select count(*) from runs').pluck().get(),
      figures: db
        .prepare('select group_field, group_value, metric, n from figures order by 1, 2, 3, 4')
        .all(),
    };
  } finally {
    db.close();
  }
}
