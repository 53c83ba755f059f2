import { statSync } from 'node:fs';
import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import { inUse } from './cases-previous.js';
import type { Context } from './context.js';
import { keyType } from './fields.js';
import { attachedWith, detach, findLastRun, type LastRun } from './last-run.js';
import { holdsKey, type MatchedPlan, mayLackSex } from './matched-sql.js';
import type { PatternPlan } from './pattern.js';
import { hasRoles } from './roles-jobs.js';
import { numberedRows } from './row-numbers.js';
import { type RowsKey, rowsKey } from './rows-key.js';
import { findTakeable, makeTakenParts, type TakenPatterns } from './rows-patterns.js';
import { PRINTS } from './rows-prints.js';
import { seriesOf } from './run-name.js';
import { readRunPlan } from './run-plan.js';
import type { RunState } from './run-state.js';
import { tableOf } from './tables.js';

/** Why every row is matched anew: a part of the key that differs, or what else stands in the way. */
export type RowsNotTaken = keyof RowsKey | 'hints' | 'first_run' | 'nothing_kept' | 'restart';

/** What a run takes of the rows of the last one; as it stands it is kept for a run that goes on. */
export interface RowsTaking {
  /** The run that rows were taken from, or could have been; null: there was none. */
  readonly lastRun: string | null;
  /** Its database as it was found; null: nothing is taken. */
  readonly from: { readonly path: string; readonly size: number; readonly mtimeMs: number } | null;
  readonly rows: number;
  readonly notTaken: readonly RowsNotTaken[];
}

/** How the last run's patterns are to be read; null where nothing is taken. */
export interface TakenFrom {
  readonly patterns: PatternPlan;
  readonly values: TakenPatterns;
}

/** Alias of the attached database of the last run. */
export const LAST_ROWS = 'last_rows';

/** What is kept for the next run: the key, and the day that the run spoke for. */
interface KeptKey extends RowsKey {
  readonly today: string;
}

/**
 * Whether a run keeps what the next one needs to take its rows. The roles of a record of several people have databases of their own; who
 * is dead by a register of deaths stands in the patterns, and the register may say more tomorrow.
 */
export function canKeepRows({ matched, deaths, asked }: RunState): boolean {
  return matched.identity !== null && deaths.length === 0 && !hasRoles(asked.sector);
}

/**
 * Whether this run does; undefined: no run of such a job does. `continues`: it is not the first of its series, or (`nightly`) there will be
 * another. To keep it takes a tenth of the time of a run, and a job that is run once would pay it for nothing.
 */
export function willKeepRows(state: RunState, continues: boolean): boolean | undefined {
  return canKeepRows(state) ? continues : undefined;
}

/**
 * Finds the rows of `raw` that the last run of the series has found already: `taken_rows`, what it found, and `raw_open`, all others.
 * Its database stays attached (`doneWithLast`) until its dictionaries have been taken. `before`: what was decided before an
 * interruption.
 */
export async function takeRows(
  state: RunState,
  context: Context,
  before: RowsTaking | null,
): Promise<{ readonly taking: RowsTaking; readonly takenFrom: TakenFrom | null }> {
  const { db, job, restart } = state;
  const none = (reasons: readonly RowsNotTaken[], last: LastRun | null = null) => {
    // The dictionaries of a run that goes on hold the values of the rows that it matched, not of all.
    if (before !== null) throw inUse(before.from!.path);
    const taking = { lastRun: last?.run ?? null, from: null, rows: 0, notTaken: reasons };
    return { taking, takenFrom: null };
  };
  if (before?.from === null) return { taking: before, takenFrom: null };
  if (restart && before === null) return none(['restart']);
  const last = before === null ? await findLastRun(seriesOf(job), context) : lastRunOf(before);
  if (last === null || state.matched.keepsRows !== true) return none(['first_run']);
  const tables = ['results', 'verdicts', 'run_plan', 'rows_key'];
  if (!(await attachedWith(db, { path: last.database, alias: LAST_ROWS }, tables)))
    return none(['nothing_kept'], last);
  const differing = await differingParts(state);
  if (differing.length > 0) {
    await doneWithLast(db);
    return none(differing, last);
  }
  const { patterns } = await readRunPlan(db, LAST_ROWS);
  const values = await findTakeable(db, LAST_ROWS, patterns);
  await makeTakenRows(db, state.matched);
  const rows = await db.value<number>('SELECT count(*) FROM taken_rows');
  const { size, mtimeMs } = statSync(last.database);
  const from = { path: last.database, size, mtimeMs };
  return { taking: { lastRun: last.run, from, rows, notTaken: [] }, takenFrom: { patterns, values } };
}

function lastRunOf({ lastRun, from }: RowsTaking): LastRun | null {
  return lastRun === null || from === null ? null : { run: lastRun, database: from.path };
}

/** The database that rows were taken from is still as it was: else an interrupted run cannot go on. */
export function isAsTaken({ from }: RowsTaking): boolean {
  if (from === null) return true;
  const found = statSync(from.path, { throwIfNoEntry: false });
  return found?.size === from.size && found.mtimeMs === from.mtimeMs;
}

async function differingParts(state: RunState): Promise<(keyof RowsKey)[]> {
  const ours = await rowsKey(state.db, state);
  const { today, ...last } = JSON.parse(
    await state.db.value<string>(`SELECT key FROM ${LAST_ROWS}.${tableOf('rows_key')}`),
  ) as KeptKey;
  const parts = (Object.keys(ours) as (keyof RowsKey)[]).filter((part) => ours[part] !== last[part]);
  // What was not in the future yesterday may be so the day before.
  return parts.includes('day') || today <= state.today ? parts : [...parts, 'day'];
}

/** Keeps what says under which circumstances the rows of `results` may be taken. */
export async function keepRows(state: RunState): Promise<void> {
  const key: KeptKey = { ...(await rowsKey(state.db, state)), today: state.today };
  await state.db.run(
    `CREATE OR REPLACE TABLE ${tableOf('rows_key')} AS SELECT ${literal(JSON.stringify(key))} AS key`,
  );
}

async function doneWithLast(db: Database): Promise<void> {
  await detach(db, LAST_ROWS);
}

/** Takes back that rows are taken. */
export async function takeNothing(db: Database, taking: RowsTaking): Promise<RowsTaking> {
  await db.run('DROP TABLE taken_rows');
  await db.run('DROP TABLE raw_open');
  await doneWithLast(db);
  return { ...taking, from: null, rows: 0, notTaken: ['hints'] };
}

/** The narrow side is the one that is held in memory: fingerprint and place of every row that was read. */
async function makeTakenRows(db: Database, plan: MatchedPlan): Promise<void> {
  const key = holdsKey(plan) ? ['reference_key'] : [];
  const kept = ['record_key', 'person', ...key, 'find_by', ...PRINTS, ...numbersKept(plan)];
  await db.run(`CREATE OR REPLACE TEMP TABLE taken_rows AS
    SELECT r.record, r.place, r.file, r.line, t.nth, ${kept.map((name) => `l.${identifier(name)}`).join(', ')}
    FROM ${LAST_ROWS}.results l JOIN taken_patterns t ON l.pattern = t.pattern
    JOIN (SELECT _record_number AS record, _place AS place, _file AS file, _line AS line, ${PRINTS.join(', ')}
      FROM ${numberedRows(plan.hasShifts)} WHERE _state = 0) r
      ON ${PRINTS.map((print) => `l.${print} = r.${print}`).join(' AND ')}`);
  await db.run(`CREATE OR REPLACE TEMP TABLE raw_open AS
    SELECT * FROM ${numberedRows(plan.hasShifts, 'ANTI JOIN taken_rows t ON raw.rowid = t.place')}`);
}

/** Columns of `results` that hold a row's numbers in dictionaries. */
function numbersKept({ fields, comparable }: MatchedPlan): string[] {
  return [...fields.flatMap((field) => keptNumbers(field)), ...comparable.map(({ name }) => `r_${name}`)];
}

/** The numbers of a field that a row keeps so that the next run can take it. */
export function keptNumbers({ name, role }: MatchedPlan['fields'][number]): string[] {
  if (role === 'checked') return [];
  return role === 'coded' ? [`e_${name}`, `w_${name}`] : [`e_${name}`];
}

/** SELECT of the taken rows as `matched` has them (pipeline/matched-sql.ts), with their pattern as `whole`. */
export function takenSelect(plan: MatchedPlan): string {
  const { identity } = plan;
  const columns = ['t.record', 't.file', 't.line', '0::UTINYINT AS state', 't.record_key', 't.find_by'];
  columns.push(
    'false AS restored',
    't.person',
    ...(holdsKey(plan) ? ['t.reference_key'] : []),
    'p.status',
    'p.part',
    'p.pattern AS whole',
  );
  columns.push(...[...numbersKept(plan), ...PRINTS].map((name) => `t.${identifier(name)}`));
  // A number that led to a person waits for no zero.
  if (identity !== null && mayLackSex(plan)) columns.push(`NULL::${keyType(identity.kind)} AS zero_key`);
  return `SELECT ${columns.join(', ')} FROM taken_rows t JOIN taken_parts p ON t.nth = p.nth`;
}

/** What `takenSelect` reads besides `taken_rows`, once the combinations of problems of this run are known. */
export async function prepareTaken({ db, takenFrom, patterns }: RunState): Promise<void> {
  await doneWithLast(db);
  if (takenFrom !== null) await makeTakenParts(db, takenFrom, patterns);
}
