// Compares two dates of birth by their parts. Never by likeness of the text: 1960-03-05 and 1960-03-06 look alike and are
// two days; 05/03 and 03/05 do not and are one slip.
//
// Sources: which differences officials tell apart: domain practice of the cleaning campaigns (day and month swapped, 01/01
// put in for an unknown day, one part wrong, lunar date registered as solar). Days that the calendar does not have are
// year-only values here (normalizers/birth-date.ts), so that a registrar's 01/03 for 30/02 does not contradict them.
// Examples: `1955` and `1955-03-05` → year_only; `1955-02-10` and `1955-03-03` → lunar_suspected.
import { assumption } from '../normalizers/assumptions.js';
import { type CalendarDay, partsOfIso } from '../normalizers/calendar-days.js';
import { isLunarOf } from '../normalizers/lunar-calendar.js';
import type { Matcher } from './matcher.js';

const LEVELS = [
  { name: 'exact', reason: null, weight: 'none' },
  { name: 'year_only', reason: 'year_only', weight: 'loss' },
  { name: 'reference_year_only', reason: 'year_only', weight: 'loss' },
  { name: 'default_day', reason: 'default_day', weight: 'real' },
  { name: 'day_month_swapped', reason: 'day_month_swapped', weight: 'real' },
  { name: 'one_part', reason: 'one_part', weight: 'real' },
  { name: 'lunar_suspected', reason: 'lunar_suspected', weight: 'real' },
  { name: 'different', reason: 'different', weight: 'real' },
] as const;

const PLACES: ReadonlyMap<string, number> = new Map(LEVELS.map(({ name }, i) => [name, i]));

type LevelName = (typeof LEVELS)[number]['name'];

export const birthDateMatcher: Matcher = {
  kind: 'birth-date',
  levels: LEVELS,
  compare: (ours, reference) => PLACES.get(levelOf(ours, reference))!,
};

function levelOf(ours: string, reference: string): LevelName {
  if (ours === reference) return 'exact';
  if (reference.startsWith(ours)) return 'year_only';
  if (ours.startsWith(reference)) return 'reference_year_only';
  const a = partsOfIso(ours);
  const b = partsOfIso(reference);
  if (a.day === 0 || b.day === 0) return levelOfLess(a, b);
  if (a.year === b.year && (isDefaultDay(a) || isDefaultDay(b))) return 'default_day';
  if (a.year === b.year && a.day === b.month && a.month === b.day) return 'day_month_swapped';
  if (partsThatDiffer(a, b) === 1) return 'one_part';
  return isLunarOf(a, b) || isLunarOf(b, a) ? 'lunar_suspected' : 'different';
}

/** At least one side has no day: what both say differs already. */
function levelOfLess(a: CalendarDay, b: CalendarDay): LevelName {
  if (a.month === 0 || b.month === 0) return isYearSlip(a.year, b.year) ? 'one_part' : 'different';
  // A 01/01 that stands for an unknown day does not agree with another month either.
  if (a.year === b.year && (isDefaultDay(a) || isDefaultDay(b))) return 'default_day';
  return partsThatDiffer({ ...a, day: 0 }, { ...b, day: 0 }) === 1 ? 'one_part' : 'different';
}

/** A year alone has only itself to err in: the years beside it (age counted the old way), or a slip of the keyboard. */
function isYearSlip(a: number, b: number): boolean {
  const [x, y] = [String(a), String(b)];
  const differing = [...x].filter((digit, i) => digit !== y[i]).length;
  return Math.abs(a - b) === 1 || differing === 1 || [...x].sort().join('') === [...y].sort().join('');
}

function partsThatDiffer(a: CalendarDay, b: CalendarDay): number {
  return Number(a.year !== b.year) + Number(a.month !== b.month) + Number(a.day !== b.day);
}

const [DEFAULT_MONTH, DEFAULT_DAY] = assumption('default_day').split('-').map(Number);

function isDefaultDay(date: CalendarDay): boolean {
  return date.month === DEFAULT_MONTH && date.day === DEFAULT_DAY;
}
