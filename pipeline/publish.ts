import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { Database } from '../engine/database.js';
import { writeWhole } from '../engine/whole-file.js';
import { openLedger, type RunMeta } from '../ledger/ledger.js';
import type { Summary } from '../reports/model.js';
import { auditEntry, type Deed } from './audit.js';
import { notBefore } from './context.js';
import {
  MANIFEST_FILE,
  MANIFEST_VERSION,
  type Manifest,
  manifestInput,
  readManifest,
  type StageRecord,
  writeManifest,
} from './manifest.js';
import { RUN_DATABASE } from './result-rows.js';
import { rowsRecord } from './rows-told.js';
import type { RunResult } from './run.js';
import { seriesOf } from './run-name.js';
import { type Running, type RunState, rowsOf } from './run-state.js';
import { VERSION } from './version.js';
import { LEDGER_FILE } from './workspace-ledger.js';

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

/** All that is left to do once the outputs are complete; kept beside them, so that an interrupted run can do it later. */
interface Publication {
  readonly version: typeof PUBLICATION_VERSION;
  readonly series: string;
  readonly summary: Summary;
  readonly meta: RunMeta;
  readonly deed: Deed;
  readonly outputs: readonly string[];
  readonly reports: readonly string[];
  readonly stages: readonly StageRecord[];
}

const PUBLICATION_FILE = 'publication.json';
const PUBLICATION_VERSION = 'doisoat.publication/1';

/** Everything is complete: write it to the ledger and the audit trail, and move it into the folder. */
export function publish(running: Running, finished: Finished): RunResult {
  const { job, context, folder, building, started } = running;
  const { summary, stages, state, written } = finished;
  rmSync(join(building, 'temp'), { recursive: true, force: true });
  chmodSync(join(building, RUN_DATABASE), 0o600);
  const ended = notBefore(started, context.clock());
  const manifest = manifestOf(running, finished, ended);
  writeManifest(building, manifest);
  const publication: Publication = {
    version: PUBLICATION_VERSION,
    series: seriesOf(job),
    summary,
    meta: {
      state: 'finished',
      started: started.toISOString(),
      finished: ended.toISOString(),
      inputHash: hashOf(state.files.map((file) => file.sha256)),
      folder: relative(context.workspace, folder),
    },
    deed: deedOf(running, finished),
    outputs: manifest.outputs,
    reports: written.map((path) => basename(path)),
    stages,
  };
  writeWhole(join(building, PUBLICATION_FILE), JSON.stringify(publication));
  return completePublication(running);
}

/** An interrupted run left outputs that are complete and only wait to be published. */
export function awaitsPublication({ building, run }: Pick<Running, 'building' | 'run'>): boolean {
  return readPublication(building)?.summary.run === run;
}

/** Does what is left of publishing; doing it twice changes nothing. */
export function completePublication(running: Omit<Running, 'started' | 'resumes'>): RunResult {
  const { job, context, folder, building, run } = running;
  const { series, summary, meta, deed, outputs, reports, stages } = readPublication(building)!;
  const ledger = openLedger(join(context.workspace, LEDGER_FILE));
  try {
    if (!ledger.hasRun(run, meta.started)) {
      ledger.recordRun({ ...summary, job: series }, meta, auditEntry(context, deed));
    }
  } finally {
    ledger.close();
  }
  moveOutputs(running, outputs);
  const { rate_as_submitted: rate, rows, outcomes } = summary.figures;
  const rejectedShare = rows === 0 ? 0 : (outcomes['rejected'] ?? 0) / rows;
  return {
    run,
    folder,
    summary,
    files: [...reports, MANIFEST_FILE].map((name) => join(folder, name)),
    stages,
    overThreshold: above(rate, job.alert.mismatchRateAbove),
    tooManyRejected: above(rejectedShare, job.alert.rejectedRateAbove),
    executionPlan: [],
  };
}

function readPublication(building: string): Publication | null {
  const path = join(building, PUBLICATION_FILE);
  if (!existsSync(path)) return null;
  const publication = JSON.parse(readFileSync(path, 'utf8')) as Publication;
  return publication.version === PUBLICATION_VERSION ? publication : null;
}

/** Into the run's folder: manifest last, and the list of what is to be done after everything. */
function moveOutputs(
  { folder, building }: Pick<Running, 'folder' | 'building'>,
  outputs: readonly string[],
): void {
  const left = outputs.filter((name) => existsSync(join(building, name)));
  if (existsSync(join(building, MANIFEST_FILE))) {
    removeOldOutputs(folder, outputs);
    rmSync(join(folder, MANIFEST_FILE), { force: true });
    for (const name of left) move(name, building, folder);
    move(MANIFEST_FILE, building, folder);
  }
  rmSync(building, { recursive: true, force: true });
}

/** What the audit trail keeps of a run: its inputs by hash, and how many rows the lists show unmasked. */
function deedOf({ job, run, revealIds, why }: Running, { state, written }: Finished): Deed {
  const lists = written.some((path) => /(results|mismatches)\./.test(basename(path)));
  return {
    command: 'run',
    inputs: [
      { name: basename(job.path), sha256: job.hash },
      ...state.files.map(({ name, sha256 }) => ({ name, sha256 })),
      { name: 'reference', sha256: state.reference.hash },
    ],
    revealed: revealIds && lists ? rowsOf(state) : 0,
    why: revealIds ? why : '',
    details: { run, series: seriesOf(job), period: job.period },
  };
}

/** What the run before left here and this one does not write: a folder shows one run. */
function removeOldOutputs(folder: string, kept: readonly string[]): void {
  for (const name of readManifest(folder)?.outputs ?? [])
    if (!kept.includes(name)) rmSync(join(folder, basename(name)), { force: true });
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
    ...(state.links?.search && { search: state.links.search }),
    ...(state.taking !== null && { rows_taken: rowsRecord(state.taking, rowsOf(state)) }),
    rows: rowsOf(state),
    outputs: [
      ...written.map((path) => basename(path)),
      RUN_DATABASE,
      ...state.roles.map(({ database }) => database),
    ],
  };
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}
