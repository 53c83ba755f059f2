import { join } from 'node:path';
import { openLedger } from '../ledger/ledger.js';
import type { Summary } from '../reports/model.js';
import { classify } from './classify.js';
import type { Context } from './context.js';
import { RECORD_KEY } from './fields.js';
import { readFiles } from './ingest.js';
import { linkExceptions } from './link-exceptions.js';
import { matchByNumber } from './match.js';
import { normalizeFields } from './normalize.js';
import { LEDGER_FILE } from './publish.js';
import { firstDayOf, seriesOf } from './run-name.js';
import { saveRunPlan } from './run-plan.js';
import { type Running, type RunState, rowsOf } from './run-state.js';
import { summarize } from './summarize.js';
import { tableOf } from './tables.js';

/** The stages as `run.ts` calls them: each takes what it needs from the state and leaves there what the next ones need. */

export async function ingestStage(state: RunState): Promise<number> {
  const names = [
    ...(state.matched.hasRecordKey ? [RECORD_KEY] : []),
    ...state.fields.map((field) => field.name),
  ];
  const where = (field: string) => state.job.where(`input.columns.${field}`);
  const { files, hasShifts } = await readFiles(state.db, {
    set: state.job.input,
    fields: names,
    table: 'raw',
    where,
  });
  state.files = files;
  state.matched = { ...state.matched, hasShifts };
  return rowsOf(state);
}

export async function normalizeStage(state: RunState): Promise<number> {
  const { db, fields, files, reference, today, job } = state;
  const fileDate = firstDayOf(job.period);
  state.columns = await normalizeFields(db, { fields, files, reference, today, fileDate });
  const problemSets: Record<string, number[]> = {};
  for (const field of fields) {
    const sets = await db.rows<{ problems: number }>(
      `SELECT problems FROM ${tableOf('problem_sets_', field.name)} ORDER BY problem_set`,
    );
    problemSets[field.name] = sets.map((set) => set.problems);
  }
  state.patterns = { ...state.patterns, problemSets, columns: state.columns };
  return rowsOf(state);
}

export async function matchStage(state: RunState, context: Context): Promise<number> {
  await matchByNumber(state.db, state.matched, state.patterns);
  if (state.job.probabilistic) {
    state.links = await linkExceptions(state.db, { ...state.job, matched: state.matched }, context);
  }
  return rowsOf(state);
}

export async function classifyStage(state: RunState): Promise<number> {
  const { db, matched, patterns, job, today } = state;
  state.judged = await classify(db, { matched, patterns, sector: job.sector, today, strict: job.strict });
  const judged = state.judged.reduce((sum, one) => sum + one.rows, 0);
  await saveRunPlan(state);
  if (judged !== rowsOf(state)) throw new Error(`${rowsOf(state)} rows in, ${judged} judged`);
  return judged;
}

export async function reconcileStage(state: RunState, running: Running): Promise<Summary> {
  const ledger = openLedger(join(running.context.workspace, LEDGER_FILE));
  try {
    return await summarize(state, ledger.previousRun(seriesOf(state.job), state.job.period));
  } finally {
    ledger.close();
  }
}
