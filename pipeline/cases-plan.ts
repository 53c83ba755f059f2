import type { CaseBalance } from '../ledger/balances.js';
import type { CaseFigures, PlanProgress } from '../reports/model-cases.js';
import type { Plan } from './job-type.js';
import { firstDayOf } from './run-name.js';

/** The pace is taken over so many days before now: what happened earlier says little of the present. */
const PACE_DAYS = 90;
/** A date further away than this is no forecast. */
const FARTHEST_DAYS = 50 * 366;

export interface PlanFacts {
  /** Values of the plan's field in this extract. */
  readonly owners: readonly string[];
  /** The period of this run. */
  readonly period: string;
  /** Closing balances of earlier periods, the oldest first. */
  readonly balances: readonly CaseBalance[];
  /** This run's figures by value of the plan's field. */
  readonly now: ReadonlyMap<string | null, Pick<CaseFigures, 'closing'>>;
}

interface Point {
  readonly day: string;
  readonly period: string;
  readonly closing: number;
}

/** Each data owner's targets beside what was reached, and when none is left at the present pace. */
export function planProgress(plan: Plan, facts: PlanFacts): PlanProgress[] {
  return plan.owners.map(({ owner, value, targets }) => {
    const points = isKnown(value, facts) ? pointsOf(value, facts) : [];
    return {
      owner,
      months: targets.map(({ month, target }) => ({ month, target, actual: atEndOf(month, points) })),
      projected: projectedEnd(points),
    };
  });
}

/** An owner of whom nothing was ever submitted has no balance, not a balance of none. */
export function isKnown(
  value: string,
  { owners, balances }: Pick<PlanFacts, 'owners' | 'balances'>,
): boolean {
  return owners.some((one) => same(one, value)) || balances.some((one) => same(one.value, value));
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function pointsOf(value: string, { period, balances, now }: PlanFacts): Point[] {
  const before = balances
    .filter((one) => same(one.value, value))
    .map(({ period: at, closing }) => ({ day: firstDayOf(at), period: at, closing }));
  const closing = [...now].find(([owner]) => owner !== null && same(owner, value))?.[1].closing;
  return [...before, { day: firstDayOf(period), period, closing: closing ?? 0 }];
}

/** The last balance known within the month. */
function atEndOf(month: string, points: readonly Point[]): number | null {
  return points.findLast(({ day }) => day.startsWith(month))?.closing ?? null;
}

/** From the earliest balance of the last 90 days to this one as a straight line; at least two days apart from one another. */
export function projectedEnd(
  points: readonly { readonly day: string; readonly closing: number }[],
): string | null {
  const last = points.at(-1);
  if (last === undefined) return null;
  if (last.closing === 0) return last.day;
  const recent = points.slice(0, -1).filter(({ day }) => daysBetween(day, last.day) <= PACE_DAYS);
  const first = recent[0] ?? points.at(-2);
  if (first === undefined || first.day === last.day) return null;
  const fall = (first.closing - last.closing) / daysBetween(first.day, last.day);
  if (fall <= 0) return null;
  const days = Math.ceil(last.closing / fall);
  return days > FARTHEST_DAYS ? null : dayAfter(last.day, days);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
