// Damage that any column of numbers suffers on its way through spreadsheets, forms and keyboards, undone alike for every
// kind of number (personal ID, phone, tax code …): what is left is compact upper-case text, and what was undone is named.
//
// Source: the classes of damage that Vietnamese bank and telecom tools sort ID cells into (public "validateIdCardNumber"
// code), and the way spreadsheets write numbers (`7.9085E+10`, `079085001234.0`, a leading apostrophe for text).
// Example: `'079.085.001.234` → `079085001234`, problems `apostrophe`, `separators`. A lost leading zero is not undone
// here: how long a number must be is known to its own kind only.
import { readTable } from './data-table.js';
import type { ProblemTable } from './normalizer.js';

export interface DigitRepair {
  /** Compact and upper-case; empty when the cell is blank, a placeholder, or its digits are lost. */
  readonly text: string;
  /** Keys of `digitDamage`. */
  readonly problems: readonly string[];
}

/** To be spread into the problem table of every kind that calls `undoDigitDamage`. */
export const digitDamage = {
  separators: {
    reason: 'format',
    weight: 'form',
    vi: 'Có dấu cách, dấu chấm hoặc dấu gạch giữa các chữ số',
    en: 'Spaces, dots or dashes between the digits',
  },
  full_width: {
    reason: 'format',
    weight: 'form',
    vi: 'Chữ số toàn chiều rộng (bàn phím Đông Á)',
    en: 'Full-width digits (East Asian keyboard)',
  },
  letter_for_digit: {
    reason: 'format',
    weight: 'form',
    vi: 'Chữ O thay số 0, chữ l hoặc I thay số 1',
    en: 'Letter O for 0, letter l or I for 1',
  },
  decimal_tail: {
    reason: 'format',
    weight: 'form',
    vi: 'Bảng tính thêm phần thập phân (.0)',
    en: 'A spreadsheet added decimals (.0)',
  },
  apostrophe: {
    reason: 'format',
    weight: 'form',
    vi: 'Dấu nháy hoặc dấu = của bảng tính quanh số',
    en: 'Spreadsheet quotes or equals sign around the number',
  },
  exponent: {
    reason: 'format',
    weight: 'form',
    vi: 'Dạng số mũ của bảng tính, còn đủ chữ số',
    en: 'Spreadsheet exponent, all digits still there',
  },
  stray_text: {
    reason: 'format',
    weight: 'form',
    vi: 'Có chữ thừa quanh số (CCCD:, cấp ngày …)',
    en: 'Stray text around the number (CCCD:, issued on …)',
  },
  digits_lost: {
    reason: 'invalid',
    weight: 'blank',
    vi: 'Bảng tính đã làm mất chữ số (7,9E+10)',
    en: 'A spreadsheet lost the digits (7.9E+10)',
  },
  placeholder: {
    reason: 'missing',
    weight: 'blank',
    vi: 'Ghi là không có',
    en: 'Says that there is none',
  },
} as const satisfies ProblemTable;

const NONE: readonly string[] = [];
const SEPARATORS_ONLY: readonly string[] = ['separators'];
const BLANK: DigitRepair = { text: '', problems: NONE };

/** What says that there is no number: capital letters without marks. */
const PLACEHOLDERS = new Set(readTable('no_number_words.csv').map(([text = '']) => text));
/** Letters that are typed for a digit. */
const DIGIT_LETTERS = new Map(
  readTable('digit_letters.csv').map(([letter = '', digit = '']) => [letter, digit]),
);
const LETTERS = [...DIGIT_LETTERS.keys()].join('');
const ANY_DIGIT_LETTER = new RegExp(`[${LETTERS}]`, 'g');
const DIGITS_OR_LETTERS = new RegExp(`^[\\d${LETTERS}]+$`);

const LABEL = new RegExp(
  `^(?:(?:SO )?(?:THE )?(?:CAN CUOC CONG DAN|CAN CUOC|CHUNG MINH NHAN DAN|DINH DANH(?: CA NHAN)?|HO CHIEU|MA SO THUE|` +
    `DIEN THOAI|CCCD|CMND|CMTND|CMT|GTTT|DDCN|SDDCN|PASSPORT|MST|SDT|TEL|BHXH|BHYT|GPLX)(?![A-Z])[ .:#/-]*)+` +
    `|^(?:SO|CC|HC|ID|DT|NO)[ .:#-]+(?=[A-Z]?\\d{7})`,
);
const ISSUE_NOTE = /(\d{4}\w*)[ ,;(.-]+(?:NGAY|CAP|DO|NOI|TAI|CA)(?![A-Z]).*$/;
const BRACKET_NOTE = /(\d{4}) *\([^)]*[A-Z][^)]*\)$/;
const SEPARATORS = /[ .\-‐‑‒–—―_/\\,:;·•()[\]#+]+/g;
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g;

/**
 * Undoes the damage that number cells share. In: any string. Out: the compact upper-case text and the problems undone.
 * Blanks give empty text without a problem. Never guesses at length or leading zeros. Source of the rules: file header.
 */
export function undoDigitDamage(raw: string): DigitRepair {
  let digits = true;
  for (let i = 0; i < raw.length && digits; i++) {
    const code = raw.charCodeAt(i);
    if (code < 48 || code > 57) digits = false;
  }
  if (digits && raw.length > 3) return { text: raw, problems: NONE };
  return joinPlainGroups(raw) ?? repair(raw);
}

/** Digits in groups kept apart by single spaces, dots or dashes: the most frequent damage, without regular expressions. */
function joinPlainGroups(raw: string): DigitRepair | null {
  let text = '';
  let from = 0;
  let groups = 0;
  let last = 0;
  for (let i = 0; i <= raw.length; i++) {
    const code = i === raw.length ? 32 : raw.charCodeAt(i);
    if (code >= 48 && code <= 57) continue;
    if ((code !== 32 && code !== 46 && code !== 45) || i === from) return null;
    last = i - from;
    text += raw.slice(from, i);
    groups++;
    from = i + 1;
  }
  // A last group of one or two zeros may be decimals: leave it to the careful way.
  return groups > 1 && last > 2 && text.length > 6 ? { text, problems: SEPARATORS_ONLY } : null;
}

function repair(raw: string): DigitRepair {
  const problems: string[] = [];
  let text = foldToAscii(raw, problems);
  if (text === '') return BLANK;
  if (PLACEHOLDERS.has(text) || !/[\p{L}\p{N}]/u.test(text)) return { text: '', problems: ['placeholder'] };
  text = change(text, /^=?["'’‘`´]+|["'’‘`´]+$/g, '', { problem: 'apostrophe', problems });
  const exponent = /^(\d)(?:[.,](\d+))?E\+?(\d{1,2})$/.exec(text);
  if (exponent !== null) return expand(exponent, problems);
  if (/[A-Z]/.test(text)) text = dropStrayText(text, problems);
  if (/^[\d .,-]{5,}[.,]0{1,2}$/.test(text)) {
    text = change(text, /[.,]0{1,2}$/, '', { problem: 'decimal_tail', problems });
  }
  text = change(text, SEPARATORS, '', { problem: 'separators', problems });
  // A label may have stood behind or between separators: `/CCCD 079…`, `C.C.C.D 079…`.
  if (/[A-Z]/.test(text)) text = dropStrayText(text, problems);
  return { text: lettersToDigits(text, problems), problems };
}

function change(
  text: string,
  pattern: RegExp,
  by: string,
  note: { problem: string; problems: string[] },
): string {
  const changed = text.replace(pattern, by).trim();
  if (changed !== text) note.problems.push(note.problem);
  return changed;
}

/** Upper case without marks and invisible characters: all that numbers of papers are made of. */
function foldToAscii(raw: string, problems: string[]): string {
  if (/[０-９]/.test(raw)) problems.push('full_width');
  const plain = /^[\x00-\x7F]*$/.test(raw)
    ? raw
    : raw.normalize('NFKC').replace(INVISIBLE, '').normalize('NFD');
  return plain.replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toUpperCase().replaceAll('Đ', 'D');
}

/** `7.9085001234E+10` has all its digits; `7.9085E+10` has lost six of them for ever. */
function expand(exponent: RegExpExecArray, problems: string[]): DigitRepair {
  const decimals = exponent[2] ?? '';
  if (decimals.length !== Number(exponent[3])) return { text: '', problems: [...problems, 'digits_lost'] };
  return { text: `${exponent[1]}${decimals}`, problems: [...problems, 'exponent'] };
}

function dropStrayText(text: string, problems: string[]): string {
  const dropped = text.replace(LABEL, '').replace(BRACKET_NOTE, '$1').replace(ISSUE_NOTE, '$1').trim();
  if (dropped === text || dropped === '') return text;
  if (!problems.includes('stray_text')) problems.push('stray_text');
  return dropped;
}

/** Only where all the rest is digits and long enough for a number: `B1234567` and `L12345678` are passports. */
function lettersToDigits(text: string, problems: string[]): string {
  if (text.length < 9 || !DIGITS_OR_LETTERS.test(text) || /^L\d{8}$/.test(text)) return text;
  const letters = text.replace(/\d/g, '').length;
  if (letters === 0 || letters * 3 > text.length) return text;
  problems.push('letter_for_digit');
  return text.replace(ANY_DIGIT_LETTER, (letter) => DIGIT_LETTERS.get(letter) ?? letter);
}

/** A number with what identifies a person hidden: `079******123`; shorter ones keep at most a third of their characters. */
export function maskNumber(value: string): string {
  if (value.length === 12) return `${value.slice(0, 3)}******${value.slice(-3)}`;
  const kept = Math.floor(value.length / 3);
  return '*'.repeat(value.length - kept) + value.slice(value.length - kept);
}

/** All characters equal, or a run up or down the keyboard (`123456789012`, `987654321`): typed to get past a form. */
export function isTypedFiller(digits: string): boolean {
  if (digits.length < 8) return false;
  const step = (digits.charCodeAt(1) - digits.charCodeAt(0) + 10) % 10;
  if (step !== 0 && step !== 1 && step !== 9) return false;
  for (let i = 2; i < digits.length; i++) {
    if ((digits.charCodeAt(i) - digits.charCodeAt(i - 1) + 10) % 10 !== step) return false;
  }
  return true;
}

/** The problems of a whole cell: of damage and of the number; where no number is left, only why. */
export function allProblems(
  damage: readonly string[],
  read: { readonly value: string | null; readonly problems: readonly string[] },
): readonly string[] {
  if (damage.length === 0 || read.value === null) return read.problems;
  return read.problems.length === 0 ? damage : [...damage, ...read.problems];
}
