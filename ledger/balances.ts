// Closing balances of cases period by period, for the plan of a data owner.
import type { Database } from 'better-sqlite3';

export interface CaseBalance {
  readonly period: string;
  /** As in `figures`: '' is the rows whose value in the field is empty. */
  readonly value: string;
  readonly closing: number;
}

/**
 * The closing balance of every value of a field at the end of every period before `before`, the oldest first. One run speaks for
 * a period: the one that finished last.
 */
export function caseBalances(
  db: Database,
  { series, field, before }: { readonly series: string; readonly field: string; readonly before: string },
): readonly CaseBalance[] {
  return db.prepare(BALANCES).all({ series, field, before }) as CaseBalance[];
}

const BALANCES = `
  with last_runs as (
    select runs.id, period, row_number() over (partition by period order by finished desc, runs.id desc) as place
    from runs join jobs on jobs.id = runs.job
    where jobs.name = @series and state = 'finished' and period < @before)
  select period, group_value as value, n as closing
  from last_runs join figures on figures.run = last_runs.id
  where place = 1 and group_field = @field and metric = 'case.closing'
  order by period, group_value`;

export interface EarlierRun {
  readonly run: string;
  readonly period: string;
  /** Relative to the workspace. */
  readonly folder: string;
  /** Cases open at its end; null: it was recorded before there were cases. */
  readonly closing: number | null;
}

/** The run that speaks for each period before `before`, the latest first. */
export function earlierRuns(db: Database, series: string, before: string): readonly EarlierRun[] {
  return db.prepare(EARLIER_RUNS).all({ series, before }) as EarlierRun[];
}

const EARLIER_RUNS = `
  with last_runs as (
    select runs.id, period, folder, row_number() over (partition by period order by finished desc, runs.id desc) as place
    from runs join jobs on jobs.id = runs.job
    where jobs.name = @series and state = 'finished' and period < @before)
  select last_runs.id as run, period, folder, n as closing
  from last_runs left join figures on figures.run = last_runs.id and group_field = '' and metric = 'case.closing'
  where place = 1 order by period desc`;
