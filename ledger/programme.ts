// Every series of the workspace with the run that speaks for each of its periods: what a summary over all datasets is made of.
import type Database from 'better-sqlite3';
import { figuresFrom, type RecalledFigures } from './figures.js';

export interface SeriesRun {
  readonly series: string;
  readonly sector: string;
  readonly period: string;
  readonly run: string;
  /** Relative to the workspace. */
  readonly folder: string;
  readonly figures: RecalledFigures;
  /** Cases that were settled in this period, less those that came back; null: cases were not kept. */
  readonly settled: number | null;
}

/** By series, the oldest period first; of several runs of a period the one that finished last. */
export function programmeRuns(db: Database.Database): SeriesRun[] {
  const figures = db.prepare(FIGURES);
  const runs = db.prepare(RUNS).all() as Pick<SeriesRun, 'series' | 'sector' | 'period' | 'run' | 'folder'>[];
  return runs.map((one) => {
    const rows = figures.all(one.run) as { metric: string; n: number }[];
    const metrics = new Map(rows.map(({ metric, n }) => [metric, n]));
    const resolved = metrics.get('case.resolved');
    const settled = resolved === undefined ? null : resolved - (metrics.get('case.reopened') ?? 0);
    return { ...one, figures: figuresFrom(metrics), settled };
  });
}

const RUNS = `
  select series, sector, period, run, folder from (
    select jobs.name as series, sector, period, runs.id as run, folder,
      row_number() over (partition by runs.job, period order by finished desc, runs.id desc) as place
    from runs join jobs on jobs.id = runs.job where state = 'finished')
  where place = 1 order by series, period`;

const FIGURES = `
  select metric, n from figures
  where run = ? and group_field = '' and group_value = ''
    and (metric in ('rows', 'compared', 'mismatch_as_submitted', 'mismatch_after_cleaning', 'case.resolved', 'case.reopened')
      or metric like 'outcome.%')
  order by metric`;
