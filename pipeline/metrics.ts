// A night's figures for Prometheus, as a file for node_exporter's textfile collector. Sole home of prom-client. The format:
// https://prometheus.io/docs/instrumenting/exposition_formats/; names follow https://prometheus.io/docs/practices/naming/.
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Gauge, Registry } from 'prom-client';
import { appearWhole } from '../engine/whole-file.js';
import { openLedger } from '../ledger/ledger.js';
import { NIGHT_STATES, type Night, type NightJob } from './nightly-result.js';
import { LEDGER_FILE } from './workspace-ledger.js';

/** In the workspace, when no other place is asked for. */
export const METRICS_FILE = 'nightly.prom';

/** Writes the metrics of a night to `path`, whole or not at all, readable for all: they hold names of jobs and totals only. */
export async function writeMetrics(path: string, night: Night, workspace: string): Promise<void> {
  const text = await metricsText(night, lastSuccesses(workspace));
  await appearWhole(path, async (partial) => {
    writeFileSync(partial, text);
    chmodSync(partial, 0o644);
  });
}

/** The text of the metrics; `lastSuccess`: series → seconds since 1970 at which its last run finished. */
export function metricsText(night: Night, lastSuccess: ReadonlyMap<string, number>): Promise<string> {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Gauge({ name: `doisoat_${name}`, help, labelNames, registers: [registry] });
  nightMetrics(night, gauge);
  jobMetrics(night.jobs, gauge);
  const success = gauge('job_last_success_time_seconds', 'When a run of this job last finished.', ['job']);
  for (const [job, seconds] of [...lastSuccess].sort()) success.set({ job }, seconds);
  return registry.metrics();
}

type MakeGauge = (name: string, help: string, labelNames?: readonly string[]) => Gauge<string>;

function nightMetrics(night: Night, gauge: MakeGauge): void {
  gauge('night_start_time_seconds', 'When the last night began.').set(Date.parse(night.started) / 1000);
  gauge('night_end_time_seconds', 'When the last night ended.').set(Date.parse(night.finished) / 1000);
  gauge('night_duration_seconds', 'How long the last night took.').set(night.seconds);
  gauge('night_exit_code', 'Gravest exit code of the last night (docs/exit-codes.md).').set(night.exit_code);
  const states = gauge('night_jobs', 'Jobs of the last night by how they ended.', ['state']);
  for (const state of NIGHT_STATES) {
    states.set({ state }, night.jobs.filter((job) => job.state === state).length);
  }
}

function jobMetrics(jobs: readonly NightJob[], gauge: MakeGauge): void {
  const success = gauge('job_success', '1 if the job finished in the last night, else 0.', ['job']);
  const exit = gauge('job_exit_code', 'Exit code of the run, where there was one.', ['job']);
  const duration = gauge('job_duration_seconds', 'How long the run took.', ['job']);
  const waited = gauge('job_input_wait_seconds', 'How long it waited for its input.', ['job']);
  const crossed = gauge('job_threshold_crossed', '1 if the threshold was crossed, else 0.', [
    'job',
    'threshold',
  ]);
  const rows = gauge('job_outcome_rows', 'Rows of the extract by outcome.', ['job', 'outcome']);
  const compared = gauge('job_compared_rows', 'Rows that were compared.', ['job']);
  const ratio = gauge('job_mismatch_ratio', 'Mismatching rows over compared rows.', ['job', 'counted']);
  for (const { series: job, state, exit_code, figures, ...rest } of jobs) {
    success.set({ job }, state === 'finished' ? 1 : 0);
    if (exit_code !== null) exit.set({ job }, exit_code);
    duration.set({ job }, rest.seconds);
    waited.set({ job }, rest.waited_seconds);
    if (figures === null) continue;
    for (const threshold of ['mismatch_rate', 'rejected_rate', 'rise'] as const) {
      crossed.set({ job, threshold }, rest.crossed.includes(threshold) ? 1 : 0);
    }
    for (const [outcome, n] of Object.entries(figures.outcomes)) rows.set({ job, outcome }, n);
    compared.set({ job }, figures.compared);
    if (figures.rate_as_submitted !== null) {
      ratio.set({ job, counted: 'as_submitted' }, figures.rate_as_submitted);
      ratio.set({ job, counted: 'after_cleaning' }, figures.rate_after_cleaning ?? 0);
    }
  }
}

function lastSuccesses(workspace: string): Map<string, number> {
  const path = join(workspace, LEDGER_FILE);
  if (!existsSync(path)) return new Map();
  const ledger = openLedger(path);
  try {
    const latest = new Map<string, number>();
    for (const { job, finished, state } of ledger.runs()) {
      if (state !== 'finished') continue;
      latest.set(job, Math.max(latest.get(job) ?? 0, Date.parse(finished) / 1000));
    }
    return latest;
  } finally {
    ledger.close();
  }
}
