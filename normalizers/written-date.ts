// Dates written with words: `ngày 5 tháng 3 năm 1960`, `mùng 5 tháng Chạp năm 1960`, `Sinh năm 1960`, `5 thg 3, 1960`,
// `05-MAR-60`, `Sat Mar 05 00:00:00 ICT 1960`, and blanks of printed forms: `__/__/1960`, `ngày … tháng … năm 1960`.
//
// Sources: the layout of dates in official papers (Decree 30/2020/NĐ-CP, annex I: "ngày … tháng … năm …"), short month
// names of the locales vi and en in Unicode CLDR; `05-MAR-60` is how an Oracle database prints dates.
// Out comes the same date in digits (`5/3/1960`), for calendar-date.ts to read.

export interface WrittenDate {
  /** Numbers joined by `/`; empty when the cell says that nothing is known. */
  readonly text: string;
  /** The words said which number is the day, so that the column's order does not matter. */
  readonly dayFirst: boolean;
  /** Keys of `calendarProblems`. */
  readonly problems: readonly string[];
}

const MONTH_WORDS: Readonly<Record<string, number>> = {
  gieng: 1,
  mot: 1,
  hai: 2,
  ba: 3,
  tu: 4,
  sau: 6,
  bay: 7,
  tam: 8,
  chin: 9,
  muoi: 10,
  chap: 12,
};
const ENGLISH_MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'.split('|');
const ENGLISH_MONTH =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/;
const ROLES: Readonly<Record<string, 'day' | 'month' | 'year'>> = {
  ngay: 'day',
  mung: 'day',
  mong: 'day',
  thang: 'month',
  thg: 'month',
  th: 'month',
  t: 'month',
  nam: 'year',
};
/** Words that say nothing about the date, and those that say that it is not known. */
const STRAY = new Set(
  'sinh|sn|ns|khoang|chung|dob|born|year|of|birth|date|c|ca|duong|lich|dl|am|al|luc'.split('|'),
);
const UNKNOWN = new Set(
  'khong|ko|ro|chua|biet|nho|co|null|none|nan|nat|na|n|a|undefined|unknown|trong|xac|dinh|ngay|thang|nam|sinh'.split(
    '|',
  ),
);
const SILENT = new Set(
  'mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|ict|gmt|utc|st|nd|rd|x|xx|xxxx'.split(
    '|',
  ),
);
const TIME =
  /\bt?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: *(?:am|pm|sa|ch)\b)?(?: *(?:z|utc|gmt)?(?:[+-]\d{2}:?\d{2})?)?/g;
const SPOKEN_TIME = /\b(?:luc )?\d{1,2} ?(?:h|gio)(?: ?\d{1,2} ?(?:p|phut)?)?\b/g;

/** In: a cell with letters, blanks of a form, or unusual characters. Out: see `WrittenDate`; null when it is no date. */
export function readWrittenDate(raw: string): WrittenDate | null {
  if (raw.length > 80) return null;
  const folded = fold(raw);
  const problems: string[] = [];
  const mended = folded.replace(/(?<=\d[/.-]?)[oil](?=[\d/.-]|$)|(?<![a-z])[oil](?=[\d/.-])/g, (c) =>
    c === 'o' ? '0' : '1',
  );
  if (mended !== folded) problems.push('letter_for_digit');
  if (/\b(?:am lich|al)\b/.test(mended)) problems.push('lunar_note');
  const tokens =
    mended
      .replace(TIME, ' ')
      .replace(SPOKEN_TIME, ' ')
      .match(/\d+|[a-z]+|[~?()]/g) ?? [];
  if (!tokens.some((token) => /\d/.test(token))) return nothingSaid(tokens);
  const parts = sortParts(tokens);
  if (parts === null) return null;
  if (parts.stray || /^['"]/.test(folded)) problems.unshift('stray_text');
  return assemble(parts, problems);
}

function fold(raw: string): string {
  const plain = raw
    .normalize('NFKC')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\u00AD\u200B-\u200F\u2060]/g, '');
  return plain.toLowerCase().replaceAll('đ', 'd').replace(/\s+/g, ' ').trim();
}

/** A form left empty, or words like “không rõ”; other words are no date. */
function nothingSaid(tokens: readonly string[]): WrittenDate | null {
  const known = tokens.every((token) => UNKNOWN.has(token) || SILENT.has(token) || !/[a-z]/.test(token));
  return known ? { text: '', dayFirst: false, problems: [] } : null;
}

interface Parts {
  month: string | null;
  year: string | null;
  /** All numbers but those of month and year, in reading order. */
  plain: string[];
  /** All numbers in reading order. */
  all: string[];
  stray: boolean;
}

/** Which number is what, by the word before it; null when a word is not one of a date. */
function sortParts(tokens: readonly string[]): Parts | null {
  const parts: Parts = { month: null, year: null, plain: [], all: [], stray: false };
  let role: 'day' | 'month' | 'year' | null = null;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    const next = tokens[i + 1];
    if (/\d/.test(token)) {
      addNumber(parts, token, role);
      role = null;
    } else if (role === 'month' && monthWord(token, next) > 0) {
      parts.month = String(monthWord(token, next));
      if (token === 'muoi' && parts.month !== '10') i++;
      role = null;
    } else if (ROLES[token] !== undefined) {
      role = ROLES[token]!;
    } else if (ENGLISH_MONTH.test(token)) {
      parts.month = String(ENGLISH_MONTHS.indexOf(token.slice(0, 3)) + 1);
    } else if (STRAY.has(token) || UNKNOWN.has(token) || !/[a-z]/.test(token)) {
      parts.stray = true;
      role = null;
    } else if (!SILENT.has(token)) {
      return null;
    }
  }
  return parts;
}

function addNumber(parts: Parts, number: string, role: 'day' | 'month' | 'year' | null): void {
  parts.all.push(number);
  if (role === 'month' && number.length <= 2) parts.month = number;
  else if (role === 'year' && number.length !== 1 && parts.year === null) parts.year = number;
  else parts.plain.push(number);
}

/** The month that a word after “tháng” names; “tháng năm” is May only where the year's own “năm” follows. */
function monthWord(word: string, next: string | undefined): number {
  if (word === 'nam') return next === 'nam' ? 5 : 0;
  if (word === 'muoi' && next === 'mot') return 11;
  if (word === 'muoi' && next === 'hai') return 12;
  return MONTH_WORDS[word] ?? 0;
}

function assemble(parts: Parts, problems: readonly string[]): WrittenDate | null {
  const { month, plain, all } = parts;
  if (month === null) {
    const yearAlone = all.length === 1 && parts.year?.length === 2;
    const text = yearAlone ? `00/00/${parts.year}` : all.join('/');
    return all.length > 3 ? null : { text, dayFirst: false, problems };
  }
  const rest = [...plain];
  const year = parts.year ?? takeYear(rest);
  if (year === null || rest.length > 1) return null;
  return { text: `${rest[0] ?? '00'}/${month}/${year}`, dayFirst: true, problems };
}

/** Takes the four-digit number out of the list, else the last. */
function takeYear(numbers: string[]): string | null {
  const four = numbers.findIndex((number) => number.length === 4);
  return numbers.splice(four >= 0 ? four : numbers.length - 1, 1)[0] ?? null;
}
