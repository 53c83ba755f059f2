/**
 * A phone number of Viet Nam, or a foreign one.
 *
 * Mobile: 10 digits, `0` + 2 of prefix + 7. Until 15/9/2018 some had 11 digits (`0162…` became `032…`, the last 7
 * kept). Landline: `02` + area + number, 11 digits; until 17/6/2017 other area codes (`04` Hà Nội became `024`).
 * Canonical value: national digits, `0912345678`, landline `02438251234`; foreign numbers `+12025550123`.
 * Old area codes such as 033 are mobile prefixes today: a file made before 15/9/2018 (hints.fileDate) means the landline,
 * any other the mobile number. Prefixes of newer virtual operators are not all known here: any 10-digit number in
 * 03, 05, 07, 08, 09 is accepted.
 * Sources: data/mobile_changes.csv, mobile_prefixes.csv, area_codes.csv; validity of the rest: libphonenumber.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { lazy, readTable } from './data-table.js';
import { digitDamage, undoDigitDamage } from './identity-digits.js';
import {
  type Hints,
  MOBILE_10_FROM,
  type Normalized,
  type Normalizer,
  type ProblemTable,
} from './normalizer.js';
import { withNotes } from './notes.js';

const { separators: _, ...damage } = digitDamage;

const problems: ProblemTable = {
  ...damage,
  spacing: {
    reason: null,
    weight: 'none',
    vi: 'có dấu cách, dấu chấm',
    en: 'spaces or points between digits',
  },
  international: { reason: 'format', weight: 'form', vi: 'ghi mã nước 84', en: 'with the country code 84' },
  lost_zero: { reason: 'format', weight: 'form', vi: 'mất số 0 đầu', en: 'lost its leading zero' },
  old_prefix: {
    reason: 'old_prefix',
    weight: 'form',
    vi: 'đầu số cũ (di động 11 số, mã vùng trước 2017)',
    en: 'old prefix (11-digit mobile, area code before 2017)',
  },
  several_numbers: {
    reason: null,
    weight: 'none',
    vi: 'nhiều số trong một ô, giữ số hợp lệ đầu tiên',
    en: 'several numbers in one cell; the first valid one is kept',
  },
  ambiguous: {
    reason: null,
    weight: 'none',
    vi: 'có thể là số cố định cũ hoặc số di động, giữ nguyên',
    en: 'may be an old landline or a mobile number; left as it is',
  },
  service_number: { reason: 'invalid', weight: 'blank', vi: 'số dịch vụ, tổng đài', en: 'service number' },
  invalid: { reason: 'invalid', weight: 'blank', vi: 'không phải số điện thoại', en: 'not a phone number' },
};

/** Mobile prefixes that had 10 digits before MOBILE_10_FROM. */
const MOBILE_BEFORE = /^0(?:9\d|8[689])/;
const LABEL =
  /^\s*(?:số\s+)?(?:điện thoại|di động|sđt|đtdđ|đt|dđ|tel|phone|mobile|zalo|hotline|fax)[\s.:]*/iu;
const EXTENSION = /[\s(-]*(?:ext|máy lẻ|nội bộ|số lẻ|#)[\s.:]*\d{1,5}\)?\s*$/iu;
const NOTE = /\([^()\d]*\)|\s+[-–]?\s*\p{L}[\p{L}\s.]*$/gu;
const BETWEEN = /[,;/|\n\r&]+|\s+[-–]\s+|\s+(?:và|hoặc|hay|or|and)\s+/iu;

const tables = lazy(() => ({
  mobileChanges: new Map(readTable('mobile_changes.csv').map(([old = '', now = '']) => [old, now])),
  mobilePrefixes: new Set(readTable('mobile_prefixes.csv').map(([prefix = '']) => prefix)),
  areas: new Map(readTable('area_codes.csv').map(([old = '', now = '']) => [old, now])),
  newAreas: new Set(readTable('area_codes.csv').map(([, now = '']) => now)),
}));

/** New landline number for one with the area code of before 2017; null if there was no such area or length. */
function fromOldArea(digits: string): string | null {
  for (const length of [4, 3, 2]) {
    const area = tables().areas.get(digits.slice(0, length));
    if (area === undefined) continue;
    const now = area + digits.slice(length);
    if (now.length === 11 && /^[2-9]/.test(digits.slice(length))) return now;
  }
  return null;
}

/** Area code of today and a number that begins like one: area and number have 11 digits in all. */
function isLandline(digits: string): boolean {
  const area = [digits.slice(0, 4), digits.slice(0, 3)].find((prefix) => tables().newAreas.has(prefix));
  return digits.length === 11 && area !== undefined && /^[2-9]/.test(digits.slice(area.length));
}

interface Read {
  readonly value: string | null;
  readonly problems: readonly string[];
  readonly type?: string;
}

function mobile(value: string, ...found: string[]): Read {
  return { value, problems: found };
}

function landline(value: string, ...found: string[]): Read {
  return { value, problems: found, type: 'landline' };
}

/** A national number that begins with its zero. */
function readNational(digits: string, fileDate: string | undefined): Read | null {
  const prefix = digits.slice(0, 3);
  if (digits.length === 10 && /^0[35789]/.test(digits)) return readTenDigits(digits, prefix, fileDate);
  if (digits.length === 11 && digits.startsWith('01')) {
    const now = tables().mobileChanges.get(digits.slice(0, 4));
    return now === undefined ? null : mobile(now + digits.slice(4), 'old_prefix');
  }
  if (isLandline(digits)) return landline(digits);
  const moved = fromOldArea(digits);
  return moved === null ? null : landline(moved, 'old_prefix');
}

function readTenDigits(digits: string, prefix: string, fileDate: string | undefined): Read {
  const early = fileDate !== undefined && fileDate < MOBILE_10_FROM;
  const known = tables().mobilePrefixes.has(prefix);
  if (known && !early) return mobile(digits);
  const moved = fromOldArea(digits);
  if (moved === null) return mobile(digits);
  if (early && !MOBILE_BEFORE.test(prefix)) return landline(moved, 'old_prefix');
  if (known) return prefix === '086' ? mobile(digits, 'ambiguous') : mobile(digits);
  return isValid(digits) ? mobile(digits, 'ambiguous') : landline(moved, 'old_prefix');
}

function isValid(national: string): boolean {
  return parsePhoneNumberFromString(national, 'VN')?.isValid() ?? false;
}

function readForeign(digits: string): Read | null {
  const parsed = parsePhoneNumberFromString(`+${digits}`);
  if (parsed === undefined || !parsed.isValid()) return null;
  return { value: parsed.number, problems: [], type: 'foreign' };
}

function withProblem(read: Read | null, problem: string): Read | null {
  return read === null ? null : { ...read, problems: [problem, ...read.problems] };
}

/** Compact digits, without knowing yet whether the zero or a country code stands before them. */
function readDigits(digits: string, plus: boolean, fileDate: string | undefined): Read | null {
  if (/^(\d)\1+$/.test(digits)) return null;
  if (plus && !digits.startsWith('84')) return readForeign(digits);
  if (/^00[1-9]/.test(digits)) return readDigits(digits.slice(2), true, fileDate);
  if (digits.startsWith('0')) return readNational(digits, fileDate);
  if (/^(1800|1900)\d{4,6}$/.test(digits) || /^1\d{2,5}$/.test(digits)) {
    return { value: null, problems: ['service_number'] };
  }
  if (/^84/.test(digits) && digits.length >= 11) {
    return withProblem(readNational(`0${digits.slice(2).replace(/^0/, '')}`, fileDate), 'international');
  }
  return withProblem(readNational(`0${digits}`, fileDate), 'lost_zero');
}

function readOne(part: string, fileDate: string | undefined): Read | null {
  const bare = part.replace(LABEL, '').replace(EXTENSION, '').replace(NOTE, '').trim();
  const repaired = undoDigitDamage(bare);
  if (!/^\d{3,15}$/.test(repaired.text)) {
    const said = repaired.problems.filter(
      (problem) => problem === 'placeholder' || problem === 'digits_lost',
    );
    return said.length > 0 ? { value: null, problems: said } : null;
  }
  const read = readDigits(repaired.text, /^\s*\(?\+/.test(bare), fileDate);
  if (read === null) return null;
  const undone = repaired.problems.map((problem) => (problem === 'separators' ? 'spacing' : problem));
  if (bare !== part.trim()) undone.push('stray_text');
  const spaced = read.type === 'foreign' || read.problems.includes('international');
  const kept = spaced ? undone.filter((problem) => problem !== 'spacing') : undone;
  return { ...read, problems: [...new Set([...kept, ...read.problems])] };
}

function normalize(cell: string, hints?: Hints): Normalized {
  const raw = cell.normalize('NFC');
  if (raw.trim() === '') return { value: null, problems: [] };
  const whole = readOne(raw, hints?.fileDate);
  if (whole !== null) return whole;
  const parts = raw.split(BETWEEN).filter((part) => /\d{3}/.test(part.replace(/[\s.]/g, '')));
  const runs = parts.length > 1 ? parts : (raw.match(/(?:\+?84|0)[1-9][\d.-]{7,12}\d/g) ?? []);
  if (runs.length < 2) return { value: null, problems: ['invalid'] };
  const reads = runs.map((part) => readOne(part, hints?.fileDate));
  const first = reads.find((read) => read !== null && read.value !== null);
  if (first === undefined || first === null) return { value: null, problems: ['invalid'] };
  return { ...first, problems: [...first.problems, 'several_numbers'] };
}

function format(value: string): string {
  if (value.startsWith('+')) return parsePhoneNumberFromString(value)?.formatInternational() ?? value;
  if (value.length === 10) return `${value.slice(0, 4)} ${value.slice(4, 7)} ${value.slice(7)}`;
  const area = /^02[48]/.test(value) ? 3 : 4;
  return `${value.slice(0, area)} ${value.slice(area, -4)} ${value.slice(-4)}`;
}

export const phone: Normalizer = withNotes({
  kind: 'phone',
  labels: { vi: 'Số điện thoại', en: 'Phone number' },
  problems,
  canonical: '0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])[0-9]{7}',
  normalize,
  format,
  mask: (value) => `${value.slice(0, 3)}${'*'.repeat(Math.max(0, value.length - 6))}${value.slice(-3)}`,
});
