// Date of birth: `yyyy-mm-dd`, or `yyyy-mm` or `yyyy` where no more is known (its precision).
//
// How it is read: see calendar-date.ts. What is believed of it: nobody is born in the future or lives longer than 120
// years; a day that the calendar does not have (30/02) does stand on old papers, and re-registration moves it to the days
// after (guidance of the Quảng Điền justice office, 11/3/2020), so that its year is kept; 01/01 is flagged because a missing
// day and month is filled in by it (Circular 04/2020/TT-BTP, article 18), and left to the comparison to judge.
// A two-digit year gets the century of the sector's setting, else the latest that is not in the future, and type
// `two-digit-year`, so that the record's own personal ID can correct it (record-context.ts).
// Examples: `5/3/1960` → `1960-03-05`; `00/00/1955` → `1955` with `year_only`; `30/02/1957` → `1957` with `impossible`.
import { assumption } from './assumptions.js';
import { calendarProblems, isRealIsoDay, precisionOf, readDate, yearInWindow } from './calendar-date.js';
import { type DateReading, digitGroups } from './date-digits.js';
import type { ColumnFinding, Hints, Normalized, Normalizer } from './normalizer.js';
import { withNotes } from './notes.js';

const NO_HINTS: Hints = {};
const NO_PROBLEMS: readonly string[] = [];
const BLANK: Normalized = { value: null, problems: NO_PROBLEMS };
const DEFAULT_DAY: readonly string[] = ['default_day'];

const OLDEST_AGE = Number(assumption('oldest_age'));
/** Where neither the sector nor the run's day says more: 30–99 are 19xx, 00–29 are 20xx. */
const DEFAULT_WINDOW = Number(assumption('two_digit_window'));
const DEFAULT_MONTH_AND_DAY = assumption('default_day');

const problems = {
  ...calendarProblems,
  default_day: {
    reason: null,
    weight: 'none',
    vi: 'Ngày 01/01, có thể là ngày mặc định',
    en: '1 January, maybe a default',
  },
  over_120_years: {
    reason: 'impossible',
    weight: 'blank',
    vi: 'Quá 120 năm trước',
    en: 'More than 120 years ago',
  },
} as const;

export const birthDate: Normalizer = withNotes({
  kind: 'birth-date',
  labels: { vi: 'Ngày sinh', en: 'Date of birth' },
  problems,
  untilToday: ['future', 'two_digit_year'],
  // Days 29–31 and 01/01 go the long way: they need the calendar, or a flag.
  canonical:
    '(?:19[3-9][0-9]|20[01][0-9])-(?:01-(?:0[2-9]|1[0-9]|2[0-8])|(?:0[2-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8]))',
  normalize,
  format: (value) => value.split('-').reverse().join('/'),
  mask: (value) => `${value.length === 10 ? '**/' : ''}${value.length >= 7 ? '**/' : ''}${value.slice(0, 4)}`,
  observe,
  decide,
});

/** In: any string. Out: the date as precise as the cell is, null for none that can be. Source of the rules: file header. */
function normalize(raw: string, hints: Hints = NO_HINTS): Normalized {
  if (isRealIsoDay(raw)) return judgeIso(raw, hints);
  if (raw.trim() === '') return BLANK;
  const reading = readDate(raw, hints);
  if (reading === null) return { value: null, problems: ['unreadable'] };
  if (reading.year === 0 && !reading.twoDigitYear) return { value: null, problems: ['placeholder'] };
  return judge(reading, hints);
}

function judgeIso(raw: string, hints: Hints): Normalized {
  const wrong = outOfRange(Number(raw.slice(0, 4)), raw, hints);
  if (wrong !== null) return { value: null, problems: [wrong] };
  return { value: raw, problems: raw.endsWith(DEFAULT_MONTH_AND_DAY) ? DEFAULT_DAY : NO_PROBLEMS };
}

function judge(reading: DateReading, hints: Hints): Normalized {
  const year = reading.twoDigitYear ? century(reading, hints) : reading.year;
  const { value, problem } = precisionOf(year, reading.month, reading.day);
  const wrong = outOfRange(year, value, hints);
  if (wrong !== null) return { value: null, problems: [...withoutNotation(reading.problems), wrong] };
  let found = reading.problems;
  if (problem !== null) found = [...withoutNotation(found), problem];
  else if (value.endsWith(DEFAULT_MONTH_AND_DAY)) found = [...found, 'default_day'];
  return reading.twoDigitYear
    ? { value, problems: found, type: 'two-digit-year' }
    : { value, problems: found };
}

function withoutNotation(found: readonly string[]): readonly string[] {
  return found.filter((problem) => problem !== 'notation');
}

/** Without the run's day, only the centuries tell. */
function outOfRange(year: number, value: string, hints: Hints): 'future' | 'over_120_years' | null {
  const today = hints.today;
  if (today === undefined) {
    if (year < 1900) return 'over_120_years';
    return year > 2099 ? 'future' : null;
  }
  if (value > today) return 'future';
  return Number(today.slice(0, 4)) - year > OLDEST_AGE ? 'over_120_years' : null;
}

function century(reading: DateReading, hints: Hints): number {
  const { today } = hints;
  const year = yearInWindow(reading.year, firstYear(hints));
  const { value } = precisionOf(year, reading.month, reading.day);
  return today !== undefined && value > today ? year - 100 : year;
}

/** A pivot of two digits (30) or as a year (1930): the first of the hundred years that two digits can mean. */
function firstYear(hints: Hints): number {
  const pivot = hints.centuryPivot ?? hints.settings?.century_pivot;
  if (typeof pivot === 'number') return pivot < 100 ? 1900 + pivot : pivot;
  return hints.today === undefined ? DEFAULT_WINDOW : Number(hints.today.slice(0, 4)) - 99;
}

/** Evidence that one cell gives about its column: which part cannot be a month, and day numbers of a spreadsheet. */
function observe(raw: string): readonly string[] {
  if (/^-\d{1,4}(?:\.0+)?$/.test(raw)) return ['day_number_before_epoch'];
  const groups = digitGroups(raw);
  if (groups === null) return NO_PROBLEMS;
  if (groups.firstLength === 5 && groups.thirdLength === 0) return ['day_number'];
  if (groups.firstLength > 2 || groups.secondLength > 2 || groups.thirdLength < 2) return NO_PROBLEMS;
  if (groups.first > 12 && groups.first <= 31 && groups.second <= 12) return ['day_first'];
  if (groups.second > 12 && groups.second <= 31 && groups.first <= 12) return ['month_first'];
  return NO_PROBLEMS;
}

/**
 * Month first needs four fifths of at least two telling cells. A column of day numbers counts from 1904 only if some lie
 * before that epoch; otherwise it shows nothing, and 1900, the usual one, is taken unless the job says 1904.
 */
function decide(counts: Readonly<Record<string, number>>, values: number): ColumnFinding {
  const dayFirst = counts.day_first ?? 0;
  const monthFirst = counts.month_first ?? 0;
  const serials = counts.day_number ?? 0;
  const negative = counts.day_number_before_epoch ?? 0;
  const told = dayFirst + monthFirst;
  const hints: { dateOrder?: 'dmy' | 'mdy'; excelEpoch?: 1900 | 1904 } = {};
  const confidence: Record<string, number> = {};
  if (told > 0) {
    hints.dateOrder = monthFirst >= 2 && monthFirst >= 4 * dayFirst ? 'mdy' : 'dmy';
    confidence.dateOrder = (hints.dateOrder === 'mdy' ? monthFirst : dayFirst) / told;
  }
  if (serials > 0 && (serials + negative) * 2 >= values) {
    hints.excelEpoch = negative > 0 ? 1904 : 1900;
    confidence.excelEpoch = Math.min(1, (serials + negative) / values);
  }
  return { hints, confidence };
}

/** The same day in another year; null where that year does not have it (29/02). */
export function inYear(date: string, year: number): string | null {
  const { value, problem } = precisionOf(year, Number(date.slice(5, 7)), Number(date.slice(8, 10)));
  return problem === 'impossible' ? null : value;
}
