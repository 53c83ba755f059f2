// Date of issue of a paper: `yyyy-mm-dd`, or less where less is said.
//
// Read like a date of birth (calendar-date.ts). What is believed of it: no paper is issued in the future, unless the field's
// setting says so of a date of expiry (`future: true`); two-digit years belong to the hundred years that end with the run's
// day; a first of January is a day like any other here.
// Source of the layout: the front or back of every identity paper, "ngày, tháng, năm cấp" (Circular 07/2016/TT-BCA and those
// before and after it). Which years a file can hold differs by paper: a setting of the sector, not a rule here.
// Examples: `12/3/2005` → `2005-03-12`; `cấp ngày 12/3/2005` → the same with `stray_text`.

import { birthDate } from './birth-date.js';
import { calendarProblems, isRealIsoDay, precisionOf, readDate, yearInWindow } from './calendar-date.js';
import type { DateReading } from './date-digits.js';
import type { Hints, Normalized, Normalizer } from './normalizer.js';
import { withNotes } from './notes.js';

const NO_HINTS: Hints = {};
/** `Ngày cấp:`, `cấp ngày` before the date; who issued it after the date. */
const ISSUED =
  /^\s*(?:ngày\s+)?cấp(?:\s+ngày)?[\s:]+|(?<=\d)[\s,;-]+(?:tại|do|nơi cấp|ca|công an|cục)(?=[\s.:]).*$/giu;
/** Papers still shown are younger, but by how much is for the sector to say: its setting `earliest_year`. */
const EARLIEST_YEAR = 1900;

const problems = {
  ...calendarProblems,
  too_old: { reason: 'impossible', weight: 'blank', vi: 'Ngày cấp quá xa xưa', en: 'Issued too long ago' },
} as const;

export const dateOfIssue: Normalizer = withNotes({
  kind: 'date-of-issue',
  labels: { vi: 'Ngày cấp', en: 'Date of issue' },
  problems,
  untilToday: ['future', 'two_digit_year'],
  canonical: '(?:19[5-9][0-9]|20[01][0-9])-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])',
  normalize,
  format: birthDate.format,
  mask: birthDate.mask,
  observe: birthDate.observe,
  decide: birthDate.decide,
});

/** In: any string. Out: the date as precise as the cell is, null for none that can be. Source of the rules: file header. */
function normalize(raw: string, hints: Hints = NO_HINTS): Normalized {
  if (raw.trim() === '') return { value: null, problems: [] };
  const written = raw.normalize('NFC');
  const text = written.replace(ISSUED, '');
  const read = readDate(text, hints);
  const reading = read === null ? null : withStrayText(read, text !== written);
  if (reading === null) return { value: null, problems: ['unreadable'] };
  if (reading.year === 0 && !reading.twoDigitYear) return { value: null, problems: ['placeholder'] };
  return judge(isRealIsoDay(raw) ? { ...reading, problems: [] } : reading, hints);
}

function withStrayText(read: DateReading, stray: boolean): DateReading {
  if (!stray) return read;
  const others = read.problems.filter((problem) => problem !== 'notation' && problem !== 'stray_text');
  return { ...read, problems: ['stray_text', ...others] };
}

function judge(reading: DateReading, hints: Hints): Normalized {
  const year = reading.twoDigitYear ? century(reading, hints) : reading.year;
  const { value, problem } = precisionOf(year, reading.month, reading.day);
  const found =
    problem === null ? reading.problems : [...reading.problems.filter((p) => p !== 'notation'), problem];
  const earliest = hints.settings?.earliest_year ?? EARLIEST_YEAR;
  if (hints.settings?.future !== true && value > (hints.today ?? '2100'))
    return { value: null, problems: [...found, 'future'] };
  if (typeof earliest === 'number' && year < earliest)
    return { value: null, problems: [...found, 'too_old'] };
  return { value, problems: found };
}

function century(reading: DateReading, hints: Hints): number {
  if (hints.today === undefined) return yearInWindow(reading.year, 1950);
  const year = yearInWindow(reading.year, Number(hints.today.slice(0, 4)) - 99);
  return precisionOf(year, reading.month, reading.day).value > hints.today ? year - 100 : year;
}
