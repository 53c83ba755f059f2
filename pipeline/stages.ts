import { dropTemporary } from '../engine/temporary.js';
import type { Text } from '../messages/text.js';
import type { Summary } from '../reports/model.js';
import { withShares } from '../reports/model-shares.js';
import { reconcileCases } from './cases.js';
import { findRepeatedRows } from './checks.js';
import { classify } from './classify.js';
import type { Context } from './context.js';
import { applyDecisions, type DecisionsPlan } from './decisions.js';
import { DECIDED_ROWS, findDecided } from './decisions-rows.js';
import { RECORD_KEY } from './fields.js';
import { readFiles } from './ingest.js';
import { linkExceptions } from './link-exceptions.js';
import { makeMatched, settleByNumber } from './match.js';
import { normalizeFields } from './normalize.js';
import { storeRejects } from './rejects.js';
import { combineRoles } from './roles-combine.js';
import { hasRoles } from './roles-jobs.js';
import { carryLevels } from './rows-carried.js';
import { sameHints } from './rows-key.js';
import { takenMasks } from './rows-patterns.js';
import { printColumns } from './rows-prints.js';
import { keepRows, prepareTaken, takeNothing, takeRows } from './rows-taken.js';
import { rowsRecord, rowsTold } from './rows-told.js';
import { firstDayOf, seriesOf } from './run-name.js';
import { saveRunPlan } from './run-plan.js';
import { type Running, type RunState, rowsOf } from './run-state.js';
import { summarize } from './summarize.js';
import { tableOf } from './tables.js';
import { withLedger } from './workspace-ledger.js';

/** The stages as `run.ts` calls them: each takes what it needs from the state and leaves there what the next ones need. */

export async function ingestStage(state: RunState, context: Context): Promise<number> {
  const names = [
    ...(state.matched.hasRecordKey && state.matched.keyField === undefined ? [RECORD_KEY] : []),
    ...state.fields.map((field) => field.name),
  ];
  const where = (field: string) => state.job.where(`input.columns.${field}`);
  const { files, hasShifts } = await readFiles(state.db, {
    set: state.job.input,
    fields: names,
    table: 'raw',
    made: state.matched.keepsRows === true ? printColumns(names) : [],
    where,
  });
  state.files = files;
  state.matched = { ...state.matched, hasShifts };
  await storeRejects(state.db, files);
  if (state.matched.keepsRows !== undefined) await findTakenRows(state, context);
  return rowsOf(state);
}

/** A run that goes on takes from where it took before. */
async function findTakenRows(state: RunState, context: Context): Promise<void> {
  const { taking, takenFrom } = await takeRows(state, context, state.taking);
  state.taking = taking;
  state.takenFrom = takenFrom;
  state.matched = { ...state.matched, takesRows: takenFrom !== null };
}

export async function normalizeStage(state: RunState, context: Context): Promise<number> {
  const { db, fields } = state;
  await normalizeColumns(state);
  if (state.taking !== null) context.log.debug(rowsTold(rowsRecord(state.taking, rowsOf(state))));
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

/** Columns that are to be read by other rules than the last run's make its answers useless. */
async function normalizeColumns(state: RunState): Promise<void> {
  const { db, fields, files, reference, today, job, takenFrom, matched } = state;
  const plan = { fields, files, reference, today, fileDate: firstDayOf(job.period) };
  const taken = takenFrom === null ? null : await takenMasks(db, takenFrom);
  state.columns = await normalizeFields(db, { ...plan, taken });
  if (takenFrom === null) return;
  const same = sameHints(state.columns, takenFrom.patterns.columns);
  if (same) await carryLevels(db, matched.comparable);
  await dropTemporary(db, 'carried_*', 'sought_*');
  if (same) return;
  state.taking = await takeNothing(db, state.taking!);
  state.takenFrom = null;
  state.matched = { ...matched, takesRows: false };
  state.columns = await normalizeFields(db, plan);
}

/** `decided`: what people decided about a role (pipeline/roles.ts); else what the ledger has is looked up. */
export async function matchStage(
  state: RunState,
  context: Context,
  { decided }: { readonly decided?: Omit<DecisionsPlan, 'matched'> } = {},
): Promise<number> {
  const { db, matched } = state;
  await prepareTaken(state);
  await makeMatched(db, matched, state.patterns, () => leaveRawRows(state));
  await settleByNumber(db, matched);
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
export async function matchAgain(state: RunState): Promise<void> {
  await prepareTaken(state);
  await makeMatched(state.db, state.matched, state.patterns, () => leaveRawRows(state));
}

/** The rows as they were read are the widest table: at national size candidate pairs need the room. */
async function leaveRawRows({ db, matched, job }: RunState): Promise<void> {
  await findRepeatedRows(db, { matched, sector: job.sector });
  await dropTemporary(db, 'raw', 'shifts', 'shift_points');
}

export async function classifyStage(state: RunState): Promise<number> {
  const { db, matched, patterns, job, today, deaths, links } = state;
  const { sector, strict } = job;
  state.judged = await classify(db, { matched, patterns, sector, today, strict, deaths, links });
  if (state.roles.length > 0) state.judged = await combineRoles(state);
  const judged = state.judged.reduce((sum, one) => sum + one.rows, 0);
  await saveRunPlan(state);
  if (matched.keepsRows === true) await keepRows(state);
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
