import type { Text } from '../messages/text.js';
import type { Summary } from '../reports/model.js';
import { withShares } from '../reports/model-shares.js';
import { reconcileCases } from './cases.js';
import { classify } from './classify.js';
import type { Context } from './context.js';
import { applyDecisions, type DecisionsPlan } from './decisions.js';
import { DECIDED_ROWS, findDecided } from './decisions-rows.js';
import { RECORD_KEY } from './fields.js';
import { readFiles } from './ingest.js';
import { linkExceptions } from './link-exceptions.js';
import { makeMatched, matchByNumber } from './match.js';
import { normalizeFields } from './normalize.js';
import { storeRejects } from './rejects.js';
import { combineRoles } from './roles-combine.js';
import { hasRoles } from './roles-jobs.js';
import { firstDayOf, seriesOf } from './run-name.js';
import { saveRunPlan } from './run-plan.js';
import { type Running, type RunState, rowsOf } from './run-state.js';
import { summarize } from './summarize.js';
import { tableOf } from './tables.js';
import { withLedger } from './workspace-ledger.js';

/** The stages as `run.ts` calls them: each takes what it needs from the state and leaves there what the next ones need. */

export async function ingestStage(state: RunState): Promise<number> {
  const names = [
    ...(state.matched.hasRecordKey && state.matched.keyField === undefined ? [RECORD_KEY] : []),
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
  await storeRejects(state.db, files);
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

/** `decided`: what people decided about a role (pipeline/roles.ts); else what the ledger has is looked up. */
export async function matchStage(
  state: RunState,
  context: Context,
  decided?: Omit<DecisionsPlan, 'matched'>,
): Promise<number> {
  const { db, matched } = state;
  await matchByNumber(db, matched, state.patterns);
  // The people of a record of several are found role by role (pipeline/roles.ts).
  if (hasRoles(state.asked.sector)) return rowsOf(state);
  const found = decided === undefined ? await findDecidedRows(state, [], context) : [];
  const plan = decided ?? { rows: DECIDED_ROWS, role: '' };
  state.decisionNotes = [...found, ...(await applyDecisions(db, { ...plan, matched }))];
  if (state.job.probabilistic) {
    // The database of a role lies beside the run's and is not looked for by the next run.
    const kept = decided === undefined ? state : undefined;
    state.links = await linkExceptions(db, { ...state.job, matched: state.matched }, context, kept);
  }
  return rowsOf(state);
}

/** Looks up in the ledger what people decided about who is who in the rows of `matched`; returns notes. */
export function findDecidedRows(
  { db, job, matched }: RunState,
  roles: readonly string[],
  context: Context,
): Promise<Text[]> {
  return withLedger(context, (ledger) => findDecided(db, { series: seriesOf(job), matched, roles }, ledger));
}

/** `matched` once more, for a run that goes on behind the match stage. */
export function matchAgain({ db, matched, patterns }: RunState): Promise<void> {
  return makeMatched(db, matched, patterns);
}

export async function classifyStage(state: RunState): Promise<number> {
  const { db, matched, patterns, job, today, deaths, links } = state;
  const { sector, strict } = job;
  state.judged = await classify(db, { matched, patterns, sector, today, strict, deaths, links });
  if (state.roles.length > 0) state.judged = await combineRoles(state);
  const judged = state.judged.reduce((sum, one) => sum + one.rows, 0);
  await saveRunPlan(state);
  if (judged !== rowsOf(state)) throw new Error(`${rowsOf(state)} rows in, ${judged} judged`);
  return judged;
}

export async function reconcileStage(state: RunState, running: Running): Promise<Summary> {
  const { db, job, matched } = state;
  const { workspace } = running.context;
  return withLedger(running.context, async (ledger) => {
    const [series, period] = [seriesOf(job), job.period];
    const { summary: cases, notes } = await reconcileCases(db, { job, matched, workspace }, ledger);
    const summary = await summarize(state, {
      previous: ledger.previousRun(series, period),
      trend: ledger.trend(series, period),
    });
    return withShares({ ...summary, cases, notes: [...summary.notes, ...state.decisionNotes, ...notes] });
  });
}
