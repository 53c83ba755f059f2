// The earlier periods of a series, one run each, for the picture of how its figures moved.
import type Database from 'better-sqlite3';
import { type FigureRow, figuresFrom, type Metrics, type RecalledFigures } from './figures.js';

export interface TrendRun {
  readonly period: string;
  readonly run: string;
  readonly figures: RecalledFigures;
}

/** Every period before `period` in which the series has a finished run, the oldest first; of several runs the last. */
export function trendOf(db: Database.Database, series: string, period: string): TrendRun[] {
  const runs = db.prepare(RUNS).all(series, period) as { id: string; period: string }[];
  const figures = db.prepare(FIGURES);
  return runs.map(({ id, period: of }) => ({
    period: of,
    run: id,
    figures: figuresFrom(metricsOf(figures.all(id) as FigureRow[])),
  }));
}

function metricsOf(rows: readonly Pick<FigureRow, 'metric' | 'n'>[]): Metrics {
  return new Map(rows.map(({ metric, n }) => [metric, n]));
}

const RUNS = `
  select id, period from (
    select runs.id, period, row_number() over (partition by period order by finished desc, runs.id desc) as nth
    from runs join jobs on jobs.id = runs.job
    where jobs.name = ? and state = 'finished' and period < ?)
  where nth = 1 order by period`;

const FIGURES = `
  select metric, n from figures
  where run = ? and group_field = '' and group_value = ''
    and (metric in ('rows', 'compared', 'mismatch_as_submitted', 'mismatch_after_cleaning') or metric like 'outcome.%')
  order by metric`;
