// Reads a calendar date out of a cell, in any of the shapes that Vietnamese files hold; shared by dates of birth and of
// issue, which differ in what dates they believe.
//
// Sources: digits alone in date-digits.ts, dates with words in written-date.ts, where each rule comes from is said there.
// Examples: `5/3/1960`, `05.03.60`, `1960-03-05`, `05031960`, `ngày 5 tháng 3 năm 1960`, `00/00/1960`, `1960`.
import { daysInMonth, isoDate } from './calendar-days.js';
import { type DateReading, digitGroups, fromGroups, NOTATION, NOTHING_SAID } from './date-digits.js';
import type { Hints, ProblemTable } from './normalizer.js';
import { readWrittenDate } from './written-date.js';

/** Problems of every date, in the order in which both kinds of date list them. */
export const calendarProblems = {
  notation: {
    reason: null,
    weight: 'none',
    vi: 'Cách ghi ngày thông thường (d/m/y …)',
    en: 'A usual date notation (d/m/y …)',
  },
  stray_text: {
    reason: 'format',
    weight: 'form',
    vi: 'Có chữ thừa quanh ngày',
    en: 'Stray text around the date',
  },
  two_digit_year: { reason: 'format', weight: 'form', vi: 'Năm chỉ có hai chữ số', en: 'Two-digit year' },
  excel_serial: {
    reason: 'format',
    weight: 'form',
    vi: 'Số ngày của bảng tính (20153)',
    en: 'Spreadsheet day number (20153)',
  },
  compact: {
    reason: 'format',
    weight: 'form',
    vi: 'Ghi liền không dấu ngăn',
    en: 'Written without separators',
  },
  mdy_column: {
    reason: 'format',
    weight: 'form',
    vi: 'Cả cột ghi tháng trước ngày',
    en: 'The whole column writes the month first',
  },
  part_order: {
    reason: 'format',
    weight: 'form',
    vi: 'Tháng và ngày ngược với cả cột; chỉ đọc được một cách',
    en: 'Day and month the other way round than the column; only one reading is possible',
  },
  utc_shift: {
    reason: 'format',
    weight: 'form',
    vi: 'Nửa đêm giờ Việt Nam ghi theo giờ UTC, lệch một ngày',
    en: 'Vietnamese midnight written in UTC, one day early',
  },
  letter_for_digit: {
    reason: 'format',
    weight: 'form',
    vi: 'Chữ O thay số 0, chữ l hoặc I thay số 1',
    en: 'Letter O for 0, letter l or I for 1',
  },
  lunar_note: {
    reason: 'lunar_suspected',
    weight: 'none',
    vi: 'Ghi rõ là âm lịch',
    en: 'Says that it is a lunar date',
  },
  year_only: { reason: 'year_only', weight: 'loss', note: true, vi: 'Chỉ có năm', en: 'Year only' },
  month_only: {
    reason: 'year_only',
    weight: 'loss',
    note: true,
    vi: 'Chỉ có tháng và năm',
    en: 'Month and year only',
  },
  impossible: {
    reason: 'impossible',
    weight: 'loss',
    vi: 'Ngày không có trên lịch, chỉ giữ lại năm',
    en: 'Not in the calendar; only the year is kept',
  },
  future: { reason: 'impossible', weight: 'blank', vi: 'Ngày trong tương lai', en: 'In the future' },
  unreadable: {
    reason: 'impossible',
    weight: 'blank',
    vi: 'Không đọc được thành ngày',
    en: 'Not readable as a date',
  },
  placeholder: { reason: 'missing', weight: 'blank', vi: 'Ghi là không rõ', en: 'Says that it is not known' },
} as const satisfies ProblemTable;

/** Whether a cell is exactly `yyyy-mm-dd` with a day that the calendar has: the one form that needs no problem. */
export function isRealIsoDay(raw: string): boolean {
  if (raw.length !== 10 || raw.charCodeAt(4) !== 45 || raw.charCodeAt(7) !== 45) return false;
  const month = twoDigits(raw, 5);
  const day = twoDigits(raw, 8);
  const century = twoDigits(raw, 0);
  const years = twoDigits(raw, 2);
  if (century < 0 || years < 0 || month < 1 || day < 1) return false;
  return day <= 28 ? month <= 12 : day <= daysInMonth(century * 100 + years, month);
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const units = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : -1;
}

/**
 * Reads a date. In: any cell that is not blank. Out: its parts with the problems undone; year 0 with `placeholder` where
 * it says that nothing is known; null where it is no date. Source of the rules: file header.
 */
export function readDate(raw: string, hints: Hints): DateReading | null {
  const groups = digitGroups(raw);
  if (groups !== null) return fromGroups(groups, hints);
  const written = readWrittenDate(raw);
  if (written === null) return null;
  if (written.text === '') return NOTHING_SAID;
  const again = digitGroups(written.text);
  const order = written.dayFirst ? { ...hints, dateOrder: 'dmy' as const } : hints;
  const reading = again === null ? null : fromGroups(again, order);
  if (reading === null || written.problems.length === 0) return reading;
  const others = reading.problems === NOTATION ? [] : reading.problems;
  return { ...reading, problems: [...written.problems, ...others] };
}

/** A four-digit year as a window of a hundred: `firstYear` is the first of them. */
export function yearInWindow(twoDigit: number, firstYear: number): number {
  return firstYear + ((((twoDigit - firstYear) % 100) + 100) % 100);
}

/**
 * The value that is left of a reading with a four-digit year, by what the cell said: full, month or year, or only the
 * year of a day that the calendar does not have; with the problems that this adds.
 */
export function precisionOf(
  year: number,
  month: number,
  day: number,
): { value: string; problem: string | null } {
  if (month === 0) return { value: isoDate(year, 0, 0), problem: day > 31 ? 'impossible' : 'year_only' };
  if (month > 12 || day > daysInMonth(year, month))
    return { value: isoDate(year, 0, 0), problem: 'impossible' };
  if (day === 0) return { value: isoDate(year, month, 0), problem: 'month_only' };
  return { value: isoDate(year, month, day), problem: null };
}
