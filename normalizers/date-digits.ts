// Reads a date out of digits alone: up to three groups of them with separators, and perhaps a time of day after.
//
// Sources: Vietnam writes day first (d/m/y); month first comes from spreadsheets with American settings and is decided per
// column; yyyymmdd and yyyymmddhhmm stand in health-insurance XML (Decision 130/QĐ-BYT); 20153 is a spreadsheet's day number
// (calendar-days.ts); `1960-03-04T17:00:00Z` is midnight of 5 March in Vietnam (UTC+7) as JavaScript programs write it.
// Examples: `5/3/1960`, `05.03.60`, `1960-03-05`, `05031960`, `196003050000`, `00/00/1960`, `03/1960`, `1960`.
import { dayNumber, daysInMonth, fromDayNumber, fromSpreadsheet } from './calendar-days.js';
import type { Hints } from './normalizer.js';

/** What stands in the cell; nothing is checked but the range of day and month numbers. */
export interface DateReading {
  /** Two digits only where `twoDigitYear` says so; 0: nothing is said at all. */
  readonly year: number;
  /** 0: not said. */
  readonly month: number;
  readonly day: number;
  readonly twoDigitYear: boolean;
  /** Keys of `calendarProblems`. */
  readonly problems: readonly string[];
}

/** Up to three groups of digits; a length of 0 means that there is no such group. */
export interface Groups {
  first: number;
  second: number;
  third: number;
  firstLength: number;
  secondLength: number;
  thirdLength: number;
  /** Character code of what stands after the first group. */
  joint: number;
  /** What follows the third group: a time, or something that is not a date. */
  rest: string;
}

/** Shared, so that reading the usual dates makes no lists. */
export const NOTATION: readonly string[] = ['notation'];
export const NOTHING_SAID: DateReading = {
  year: 0,
  month: 0,
  day: 0,
  twoDigitYear: false,
  problems: ['placeholder'],
};
const TIME =
  /^[T ]*(?:\d{1,2}(?::\d{2}){1,2}(?:[.,]\d+)?) *(?:[AP]M|SA|CH)? *(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?$|^(?:Z|[+-]\d{2}:\d{2})$/i;
/** Midnight in Vietnam as UTC: 17:00 today, 16:00 and 15:00 under the hours of 1945–1975 (IANA Asia/Ho_Chi_Minh). */
const MIDNIGHT_AS_UTC = /^[T ]1[567]:00(?::00(?:\.0+)?)?(?:Z|\+00:?00)$/i;

/** The numbers of a cell that holds nothing but numbers, separators and perhaps a time; null for anything else. */
export function digitGroups(text: string): Groups | null {
  const groups: Groups = {
    first: 0,
    second: 0,
    third: 0,
    firstLength: 0,
    secondLength: 0,
    thirdLength: 0,
    joint: 0,
    rest: '',
  };
  let at = 0;
  while (text.charCodeAt(at) === 32) at++;
  for (let group = 0; group < 3; group++) {
    const from = at;
    let value = 0;
    let code = text.charCodeAt(at);
    while (code >= 48 && code <= 57) {
      value = value * 10 + code - 48;
      code = text.charCodeAt(++at);
    }
    const length = at - from;
    if (length === 0) return null;
    if (group === 0) {
      groups.first = value;
      groups.firstLength = length;
      groups.joint = code;
    } else if (group === 1) {
      groups.second = value;
      groups.secondLength = length;
    } else {
      groups.third = value;
      groups.thirdLength = length;
      break;
    }
    while (isSeparator(text.charCodeAt(at))) at++;
    if (at >= text.length) break;
  }
  if (at < text.length) groups.rest = text.slice(at).trimEnd();
  return groups.rest === '' || TIME.test(groups.rest) ? groups : null;
}

/** Space, `/`, `-`, `.`, `,`, `\` or `_`. */
function isSeparator(code: number): boolean {
  return (
    code === 47 || code === 45 || code === 46 || code === 32 || code === 44 || code === 92 || code === 95
  );
}

/**
 * The date that groups of digits make. In: the groups, and the column's order of day and month. Out: null where they make
 * none, such as a day and a month alone. Source of the rules: file header.
 */
export function fromGroups(g: Groups, hints: Hints): DateReading | null {
  if (g.thirdLength > 0) return fromThree(g, hints);
  // `1960.0` and `20153.0` are numbers that a spreadsheet or a program wrote with decimals.
  const decimals = (g.joint === 46 || g.joint === 44) && (g.second === 0 || g.firstLength === 5);
  const single = g.secondLength === 0 || (decimals && g.firstLength >= 4);
  return single ? fromOne(g, hints) : fromTwo(g);
}

function fromThree(g: Groups, hints: Hints): DateReading | null {
  if (g.secondLength > 2) return null;
  if (g.firstLength === 4) return g.thirdLength > 2 ? null : yearFirst(g);
  if (g.firstLength > 2) return null;
  if (g.thirdLength === 4) return dayAndMonth(g, false, hints);
  if (g.thirdLength !== 2) return null;
  if (g.first + g.second + g.third === 0) return NOTHING_SAID;
  if (g.first <= 31) return dayAndMonth(g, true, hints);
  return reading(g.first, g.second, g.third, ['two_digit_year']);
}

function yearFirst(g: Groups): DateReading {
  const swapped = g.second > 12 && g.third <= 12 && g.third > 0;
  const month = swapped ? g.third : g.second;
  const day = swapped ? g.second : g.third;
  if (MIDNIGHT_AS_UTC.test(g.rest) && day >= 1 && day <= daysInMonth(g.first, month)) {
    const next = fromDayNumber(dayNumber({ year: g.first, month, day }) + 1);
    return reading(next.year, next.month, next.day, ['utc_shift']);
  }
  return reading(g.first, month, day, swapped ? ['part_order'] : NOTATION);
}

/** Day and month by the column's order, unless only the other order makes a date. */
function dayAndMonth(g: Groups, twoDigitYear: boolean, hints: Hints): DateReading {
  const columnMonthFirst = hints.dateOrder === 'mdy';
  const asMonth = columnMonthFirst ? g.first : g.second;
  const asDay = columnMonthFirst ? g.second : g.first;
  const swapped = asMonth > 12 && asDay <= 12 && asDay > 0;
  const month = swapped ? asDay : asMonth;
  const day = swapped ? asMonth : asDay;
  if (!twoDigitYear && !swapped && !columnMonthFirst) {
    return { year: g.third, month, day, twoDigitYear, problems: NOTATION };
  }
  const problems: string[] = twoDigitYear ? ['two_digit_year'] : [];
  if (swapped) problems.push('part_order');
  else if (columnMonthFirst) problems.push('mdy_column');
  return { year: g.third, month, day, twoDigitYear, problems };
}

/** `03/1960`, `1960-03`, `03/60`; a day and a month alone are no date. */
function fromTwo(g: Groups): DateReading | null {
  if (g.firstLength === 4 && g.secondLength <= 2) return reading(g.first, g.second, 0, NOTATION);
  if (g.secondLength === 4 && g.firstLength <= 2) return reading(g.second, g.first, 0, NOTATION);
  if (g.secondLength === 2 && g.second > 31 && g.firstLength <= 2) {
    return reading(g.second, g.first, 0, ['two_digit_year']);
  }
  return null;
}

function fromOne(g: Groups, hints: Hints): DateReading | null {
  const n = g.first;
  if (n === 0) return NOTHING_SAID;
  switch (g.firstLength) {
    case 4:
      return (n < 1900 || n > 2099) && hints.excelEpoch !== undefined
        ? fromSerial(n, hints)
        : reading(n, 0, 0, NOTATION);
    case 5:
      return fromSerial(n, hints);
    case 6:
      return fromSix(n, hints);
    case 7:
    case 8:
      return fromEight(n, hints);
    case 12:
      return yearFirstCompact(Math.floor(n / 1e4));
    case 14:
      return yearFirstCompact(Math.floor(n / 1e6));
    default:
      return null;
  }
}

function fromSerial(serial: number, hints: Hints): DateReading {
  const day = fromSpreadsheet(serial, hints.excelEpoch ?? 1900);
  if (day === null) return reading(1900, 2, 29, ['excel_serial']);
  return reading(day.year, day.month, day.day, ['excel_serial']);
}

/** ddmmyyyy (or mmddyyyy) and yyyymmdd: never both, for no month is 19 or 20. Seven digits have lost the day's zero. */
function fromEight(n: number, hints: Hints): DateReading | null {
  const year = n % 10000;
  if (year < 1900 || year > 2099) return yearFirstCompact(n);
  const parts = { first: Math.floor(n / 1e6), second: Math.floor(n / 1e4) % 100, third: year };
  const found = dayAndMonth({ ...NO_GROUPS, ...parts }, false, hints);
  return { ...found, problems: ['compact', ...found.problems.filter((p) => p !== 'notation')] };
}

function yearFirstCompact(n: number): DateReading | null {
  const year = Math.floor(n / 1e4);
  const month = Math.floor(n / 100) % 100;
  if (year < 1000 || month > 12) return null;
  return reading(year, month, n % 100, ['compact']);
}

/** ddmmyy, mmyyyy or yyyymm; where ddmmyy and yyyymm are both dates there is no telling. */
function fromSix(n: number, hints: Hints): DateReading | null {
  const parts = { first: Math.floor(n / 1e4), second: Math.floor(n / 100) % 100, third: n % 100 };
  const day = dayAndMonth({ ...NO_GROUPS, ...parts }, true, hints);
  const swapped = day.problems.includes('part_order');
  const dayFits =
    !swapped && day.month >= 1 && day.month <= 12 && day.day >= 1 && day.day <= daysInMonth(2000, day.month);
  const yearFirst = Math.floor(n / 100);
  const yearFirstFits = yearFirst >= 1900 && yearFirst <= 2099 && parts.third >= 1 && parts.third <= 12;
  if (dayFits && yearFirstFits) return null;
  if (dayFits) return { ...day, problems: ['compact', ...day.problems] };
  if (yearFirstFits) return reading(yearFirst, parts.third, 0, ['compact']);
  const yearLast = n % 1e4;
  const yearLastFits = yearLast >= 1900 && yearLast <= 2099 && parts.first <= 12;
  return yearLastFits ? reading(yearLast, parts.first, 0, ['compact']) : null;
}

const NO_GROUPS: Groups = {
  first: 0,
  second: 0,
  third: 0,
  firstLength: 0,
  secondLength: 0,
  thirdLength: 0,
  joint: 0,
  rest: '',
};

function reading(year: number, month: number, day: number, problems: readonly string[]): DateReading {
  return { year, month, day, twoDigitYear: problems.includes('two_digit_year'), problems };
}
