import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Database } from '../engine/database.js';
import { writeWhole } from '../engine/whole-file.js';
import { openLedger } from '../ledger/ledger.js';
import type { Summary } from '../reports/model.js';
import {
  MANIFEST_FILE,
  MANIFEST_VERSION,
  type Manifest,
  manifestInput,
  type StageRecord,
} from './manifest.js';
import { RUN_DATABASE } from './result-rows.js';
import type { RunResult } from './run.js';
import { seriesOf } from './run-name.js';
import { type Running, type RunState, rowsOf } from './run-state.js';
import { VERSION } from './version.js';

export const LEDGER_FILE = 'ledger.sqlite';

/** What later commands need is in run.duckdb; what can be made again is not. */
export async function finishDatabase(db: Database): Promise<void> {
  await db.run('DETACH ref');
  await db.run('CHECKPOINT');
  await db.close();
}

export interface Finished {
  readonly summary: Summary;
  readonly written: readonly string[];
  readonly stages: readonly StageRecord[];
  readonly state: RunState;
}

/** Everything is complete: move it into the folder, manifest last, and remember the run. */
export function publish(running: Running, finished: Finished): RunResult {
  const { job, context, folder, building, run, started } = running;
  const { summary, stages, state } = finished;
  rmSync(join(building, 'temp'), { recursive: true, force: true });
  chmodSync(join(building, RUN_DATABASE), 0o600);
  const ended = context.clock();
  const manifest = manifestOf(running, finished, ended);
  writeWhole(join(building, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
  removeOldOutputs(folder, manifest.outputs);
  rmSync(join(folder, MANIFEST_FILE), { force: true });
  for (const name of readdirSync(building).filter((one) => one !== MANIFEST_FILE))
    move(name, building, folder);
  move(MANIFEST_FILE, building, folder);
  rmSync(building, { recursive: true, force: true });
  const ledger = openLedger(join(context.workspace, LEDGER_FILE));
  try {
    ledger.recordRun(
      { ...summary, job: seriesOf(job) },
      {
        state: 'finished',
        started: started.toISOString(),
        finished: ended.toISOString(),
        inputHash: hashOf(state.files.map((file) => file.sha256)),
        folder: relative(context.workspace, folder),
      },
    );
  } finally {
    ledger.close();
  }
  const { rate_as_submitted: rate, rows, outcomes } = summary.figures;
  const rejectedShare = rows === 0 ? 0 : (outcomes['rejected'] ?? 0) / rows;
  return {
    run,
    folder,
    summary,
    files: [...finished.written.map((path) => join(folder, basename(path))), join(folder, MANIFEST_FILE)],
    stages,
    overThreshold: above(rate, job.alert.mismatchRateAbove),
    tooManyRejected: above(rejectedShare, job.alert.rejectedRateAbove),
  };
}

/** What the run before left here and this one does not write: a folder shows one run. */
function removeOldOutputs(folder: string, kept: readonly string[]): void {
  const path = join(folder, MANIFEST_FILE);
  if (!existsSync(path)) return;
  const { outputs = [] } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Manifest>;
  for (const name of outputs) if (!kept.includes(name)) rmSync(join(folder, basename(name)), { force: true });
}

function above(share: number | null, limit: number | null): boolean {
  return share !== null && limit !== null && share > limit;
}

function move(name: string, from: string, to: string): void {
  rmSync(join(to, name), { recursive: true, force: true });
  renameSync(join(from, name), join(to, name));
}

function manifestOf(running: Running, finished: Finished, ended: Date): Manifest {
  const { job, run, started, folder } = running;
  const { state, stages, written } = finished;
  return {
    schema: MANIFEST_VERSION,
    version: VERSION,
    run,
    job: { name: job.name, path: basename(job.path), hash: job.hash },
    sector: job.sector.name,
    period: job.period,
    started: started.toISOString(),
    finished: ended.toISOString(),
    reference: {
      hash: state.reference.hash,
      people: state.reference.people,
      folder: relative(folder, state.referenceFolder) || '.',
    },
    inputs: state.files.map(manifestInput),
    columns: state.columns,
    stages,
    rows: rowsOf(state),
    outputs: [...written.map((path) => basename(path)), RUN_DATABASE],
  };
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}
