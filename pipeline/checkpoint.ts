// What an interrupted run leaves behind so that the next one goes on from its last finished stage: the tables in its database,
// and this file beside them with what the stages handed on to each other besides tables. Written whole after each stage.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../engine/whole-file.js';
import type { Summary } from '../reports/model.js';
import { programId } from './build-id.js';
import type { JudgedPattern } from './classify.js';
import { changedInputs, type InputMark, markInputs, refuseChanged } from './input-guard.js';
import type { StageName, StageRecord } from './manifest.js';
import { restoreRole } from './roles.js';
import { rolesOf } from './roles-jobs.js';
import { isAsTaken } from './rows-taken.js';
import type { Running, RunState } from './run-state.js';

const CHECKPOINT_FILE = 'checkpoint.json';
const CHECKPOINT_VERSION = 'doisoat.checkpoint/3';

interface StoredJudged extends Omit<JudgedPattern, 'pattern' | 'values'> {
  readonly pattern: string;
  readonly values: readonly (readonly [string, number])[];
}

/** `Running` and `RunState` as far as they cannot be told from the job and the tables. */
interface Stored
  extends Pick<RunState, 'today' | 'columns' | 'files' | 'links' | 'decisionNotes' | 'taking'>,
    Pick<RunState['matched'], 'hasShifts' | 'keepsRows'>,
    Pick<RunState['patterns'], 'problemSets'> {
  readonly version: typeof CHECKPOINT_VERSION;
  /** Of the job, the sector, the program and what is shown: a run that differs in one of them is another run. */
  readonly identity: string;
  readonly reference: string;
  readonly started: string;
  readonly inputs: readonly InputMark[];
  readonly stages: readonly StageRecord[];
  readonly judged: readonly StoredJudged[];
  readonly roles: readonly { readonly judged: readonly StoredJudged[]; readonly hasShifts: boolean }[];
  readonly summary: Summary | null;
}

export interface Checkpoint {
  /** Stages that need not run again. */
  readonly stages: readonly StageRecord[];
  has(stage: StageName): boolean;
  /** What the reconcile stage found, once it has. */
  readonly summary: Summary | null;
  /** Throws UserError when an input is no longer what the run began with. */
  assertSameInputs(): Promise<void>;
  /** Keeps the state as it is after these stages. */
  save(stages: readonly StageRecord[], summary: Summary | null): void;
}

/** What there is to go on from, or null: nothing was left, or it is of a run that differs from this one. */
export function findCheckpoint(
  running: Pick<Running, 'job' | 'building' | 'run' | 'revealIds'>,
): { readonly started: Date } | null {
  const stored = readStored(running.building);
  if (stored === null || stored.identity !== identityOf(running) || stored.stages.length === 0) return null;
  if (stored.taking !== null && !isAsTaken(stored.taking)) return null;
  return { started: new Date(stored.started) };
}

/**
 * The run's checkpoint: the one that an interrupted run left, whose findings are put into the state, or a new one. Throws UserError
 * when the inputs or the reference have changed since.
 */
export async function openCheckpoint(running: Running, state: RunState): Promise<Checkpoint> {
  const found = running.resumes ? readStored(running.building) : null;
  if (found !== null) await refuseOthers(found, running, state);
  if (found !== null) await restore(found, state);
  const inputs = found?.inputs ?? markInputs(running.job.input.files);
  const finished = new Set(found?.stages.map(({ stage }) => stage));
  return {
    stages: found?.stages ?? [],
    summary: found?.summary ?? null,
    has: (stage) => finished.has(stage),
    assertSameInputs: async () => {
      const changes = await changedInputs(
        inputs,
        new Map(state.files.map(({ path, sha256 }) => [path, sha256])),
      );
      if (changes.length > 0) throw refuseChanged(changes);
    },
    save(stages, summary) {
      const stored = storedState(running, state, { inputs, stages, summary });
      writeWhole(join(running.building, CHECKPOINT_FILE), JSON.stringify(stored), { durable: false });
    },
  };
}

function readStored(building: string): Stored | null {
  const path = join(building, CHECKPOINT_FILE);
  if (!existsSync(path)) return null;
  try {
    const stored = JSON.parse(readFileSync(path, 'utf8')) as Stored;
    return stored.version === CHECKPOINT_VERSION ? stored : null;
  } catch {
    return null; // what a power failure left of it
  }
}

function identityOf({ job, run, revealIds }: Pick<Running, 'job' | 'run' | 'revealIds'>): string {
  const parts = [programId(), run, job.hash, job.sector, job.input.files, revealIds];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

async function refuseOthers(found: Stored, running: Running, state: RunState): Promise<void> {
  const changes = await changedInputs(
    found.inputs,
    new Map(found.files.map(({ path, sha256 }) => [path, sha256])),
  );
  if (found.reference !== state.reference.hash)
    changes.push({ name: state.referenceFolder, change: 'content' });
  if (changes.length > 0) throw refuseChanged(changes);
  running.context.log.info({
    vi: `Chạy tiếp lần chạy dang dở, đã xong: ${found.stages.map(({ stage }) => stage).join(', ')}.`,
    en: `Going on with an interrupted run that had finished: ${found.stages.map(({ stage }) => stage).join(', ')}.`,
  });
}

async function restore(found: Stored, state: RunState): Promise<void> {
  const { columns, problemSets, hasShifts, keepsRows } = found;
  state.files = found.files;
  state.columns = columns;
  state.matched = { ...state.matched, hasShifts, keepsRows };
  state.patterns = { ...state.patterns, columns, problemSets };
  state.taking = found.taking;
  state.links = found.links;
  state.decisionNotes = found.decisionNotes;
  state.judged = found.judged.map(judgedOf);
  for (const [i, role] of rolesOf(state.asked).entries()) {
    const stored = found.roles[i];
    if (stored === undefined) return;
    const judged = stored.judged.map(judgedOf);
    state.roles = [...state.roles, await restoreRole(state, role, { judged, hasShifts: stored.hasShifts })];
  }
}

function storedState(
  running: Running,
  state: RunState,
  { inputs, stages, summary }: Pick<Stored, 'inputs' | 'stages' | 'summary'>,
): Stored {
  return {
    version: CHECKPOINT_VERSION,
    identity: identityOf(running),
    reference: state.reference.hash,
    started: running.started.toISOString(),
    today: state.today,
    // The rows that were rejected or repaired are in a table by now.
    files: state.files.map((file) => ({ ...file, listed: [] })),
    columns: state.columns,
    hasShifts: state.matched.hasShifts,
    keepsRows: state.matched.keepsRows,
    problemSets: state.patterns.problemSets,
    taking: state.taking,
    links: state.links,
    decisionNotes: state.decisionNotes,
    judged: state.judged.map(storedJudged),
    roles: state.roles.map(({ judged, matched }) => ({
      judged: judged.map(storedJudged),
      hasShifts: matched.hasShifts,
    })),
    inputs,
    stages,
    summary,
  };
}

function storedJudged({ pattern, values, ...rest }: JudgedPattern): StoredJudged {
  return { ...rest, pattern: String(pattern), values: [...values] };
}

function judgedOf({ pattern, values, ...rest }: StoredJudged): JudgedPattern {
  return { ...rest, pattern: BigInt(pattern), values: new Map(values) };
}
