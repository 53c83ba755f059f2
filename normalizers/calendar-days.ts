// Days of the Gregorian calendar and their numbers. Day numbers are Julian day numbers: 2000-01-01 is 2451545.
// Source: H. F. Fliegel, T. C. Van Flandern, "A machine algorithm for processing calendar dates", CACM 11 (1968) 657.
// A spreadsheet's day number counts from 1900-01-01 = 1 with a 29 February 1900 that never was (ECMA-376, part 1,
// 18.17.4.1), or from 1904-01-01 = 0 in workbooks made on old Macintoshes. Example: 20153 = 1955-03-05.

export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const MONTH_DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const PADDED = Array.from({ length: 32 }, (_, n) => String(n).padStart(2, '0'));

/** 0 for a month that does not exist. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return 29;
  return MONTH_DAYS[month] ?? 0;
}

export function dayNumber({ year, month, day }: CalendarDay): number {
  const early = month < 3 ? 1 : 0;
  const y = year + 4800 - early;
  const m = month + 12 * early - 3;
  return (
    day +
    Math.floor((153 * m + 2) / 5) +
    365 * y +
    Math.floor(y / 4) -
    Math.floor(y / 100) +
    Math.floor(y / 400) -
    32045
  );
}

export function fromDayNumber(number: number): CalendarDay {
  const a = number + 32044;
  const b = Math.floor((4 * a + 3) / 146097);
  const c = a - Math.floor((146097 * b) / 4);
  const d = Math.floor((4 * c + 3) / 1461);
  const e = c - Math.floor((1461 * d) / 4);
  const m = Math.floor((5 * e + 2) / 153);
  return {
    year: 100 * b + d - 4800 + Math.floor(m / 10),
    month: m + 3 - 12 * Math.floor(m / 10),
    day: e - Math.floor((153 * m + 2) / 5) + 1,
  };
}

/** The day of a spreadsheet's day number; null for number 60 of the 1900 system, the day that never was. */
export function fromSpreadsheet(serial: number, epoch: 1900 | 1904): CalendarDay | null {
  if (epoch === 1904) return fromDayNumber(2416481 + serial);
  if (serial === 60) return null;
  return fromDayNumber((serial < 60 ? 2415020 : 2415019) + serial);
}

/** `1960-03-05`, `1960-03` or `1960`: a month or day of 0 is not said. */
export function isoDate(year: number, month: number, day: number): string {
  if (month === 0) return String(year);
  return day === 0 ? `${year}-${PADDED[month]}` : `${year}-${PADDED[month]}-${PADDED[day]}`;
}

/** From `1960-03-05`, `1960-03` or `1960`; parts that are not said are 0. */
export function partsOfIso(iso: string): CalendarDay {
  return {
    year: 100 * twoDigits(iso, 0) + twoDigits(iso, 2),
    month: twoDigits(iso, 5),
    day: twoDigits(iso, 8),
  };
}

/** Read in place: a date is taken to its parts some hundred thousand times in a run. 0 behind the end of the text. */
function twoDigits(text: string, at: number): number {
  return text.length < at + 2 ? 0 : 10 * (text.charCodeAt(at) - ZERO) + text.charCodeAt(at + 1) - ZERO;
}

const ZERO = '0'.charCodeAt(0);
