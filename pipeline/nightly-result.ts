import type { Figures } from '../reports/model.js';
import type { Problem, RunAnswer } from './nightly-child.js';
import type { NightlyJob } from './nightly-jobs.js';

export const NIGHT_VERSION = 'doisoat.night/1';

/** A night as nightly.json and `--json` tell it: names, times and totals, never a value of the input. */
export interface Night {
  readonly schema: typeof NIGHT_VERSION;
  readonly version: string;
  /** ISO day in Vietnam on which it began. */
  readonly night: string;
  readonly started: string;
  readonly finished: string;
  readonly seconds: number;
  /** The gravest of the jobs' codes. */
  readonly exit_code: number;
  /** In the order in which they were to run. */
  readonly jobs: readonly NightJob[];
  readonly webhooks: readonly Delivery[];
}

export const NIGHT_STATES = ['finished', 'failed', 'skipped', 'stopped'] as const;
export type NightState = (typeof NIGHT_STATES)[number];

/** `mismatch_rate`, `rejected_rate`: over the job's `alert`; `rise`: more than `notify.rise_above` over the last period. */
export type Crossing = 'mismatch_rate' | 'rejected_rate' | 'rise';

export interface NightJob {
  readonly job: string;
  readonly series: string;
  /** Name of the job file. */
  readonly file: string;
  readonly state: NightState;
  /** null: it was not run. */
  readonly exit_code: number | null;
  readonly period: string | null;
  readonly run: string | null;
  /** From the workspace. */
  readonly folder: string | null;
  readonly started: string | null;
  readonly finished: string | null;
  /** Of the run, without the wait for its inputs. */
  readonly seconds: number;
  readonly waited_seconds: number;
  readonly crossed: readonly Crossing[];
  readonly figures: Figures | null;
  readonly previous: { readonly period: string; readonly figures: Figures } | null;
  /** Of a skipped job: the one that failed. */
  readonly because: string | null;
  readonly problem: Problem | null;
}

/** How a webhook was told; its path and query may be secret and are not kept. */
export interface Delivery {
  readonly host: string;
  readonly delivered: boolean;
  readonly attempts: number;
}

/** From the least grave: a job that has not run outranks one that ran over a threshold. */
const BY_GRAVITY = [0, 3, 4, 5, 2, 1, 130];

export function gravest(codes: readonly (number | null)[]): number {
  const rank = (code: number) =>
    BY_GRAVITY.includes(code) ? BY_GRAVITY.indexOf(code) : BY_GRAVITY.indexOf(1);
  return codes.reduce<number>((worst, code) => (code !== null && rank(code) > rank(worst) ? code : worst), 0);
}

/** Which of its thresholds a finished run has crossed. */
export function crossings({ notify }: Pick<NightlyJob, 'notify'>, answer: RunAnswer): Crossing[] {
  const { figures, previous } = answer.summary;
  const [now, before] = [figures.rate_as_submitted, previous?.figures.rate_as_submitted ?? null];
  const rise =
    now !== null && before !== null && notify.riseAbove !== null && now - before > notify.riseAbove;
  return [
    ...(answer.over_threshold ? ['mismatch_rate' as const] : []),
    ...(answer.too_many_rejected ? ['rejected_rate' as const] : []),
    ...(rise ? ['rise' as const] : []),
  ];
}

/** A job that somebody should hear of: it failed, or its figures crossed a threshold. */
export function isTroubled({ state, crossed }: NightJob): boolean {
  return state === 'failed' || crossed.length > 0;
}
