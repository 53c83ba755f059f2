// Old identity number (CMND): 9 digits, issued until about 2021, still found in most extracts.
//
// How it is built: two or three digits for the province that issued it, then a running number; no sex, year or check
// digit. It changed when its holder moved to another province, and about 50,000 numbers (271450001–271500000) were issued
// by both Đồng Nai and Bà Rịa - Vũng Tàu, so that it alone never identifies a person.
// Sources: table of prefixes in data/old_id_prefixes.csv (with its own source); damage classes as in identity-digits.ts.
// Examples: `271234567`; `12345670` → `012345670` with `lost_zero`; `271234567DNA` → `271234567` with `suffix`.
import { lazy, readTable } from './data-table.js';
import { allProblems, digitDamage, isTypedFiller, maskNumber, undoDigitDamage } from './identity-digits.js';
import type { Normalized, Normalizer, ProblemTable } from './normalizer.js';
import { withNotes } from './notes.js';

/** Problems that an old number can have wherever it stands. */
export const oldIdProblems = {
  lost_zero: {
    reason: 'format',
    weight: 'form',
    vi: 'Mất số 0 ở đầu',
    en: 'Leading zero lost',
  },
  suffix: {
    reason: 'format',
    weight: 'form',
    vi: 'Có chữ viết tắt tên tỉnh sau số',
    en: 'Letters of the province after the number',
  },
  unknown_prefix: {
    reason: null,
    weight: 'none',
    vi: 'Đầu số CMND không có trong bảng',
    en: 'Prefix not in the table',
  },
  issued_twice: {
    reason: null,
    weight: 'none',
    vi: 'Dải số hai tỉnh cùng cấp (Đồng Nai, Bà Rịa - Vũng Tàu)',
    en: 'From the range that two provinces issued',
  },
  junk: {
    reason: 'invalid',
    weight: 'blank',
    vi: 'Số gõ cho có (111…, 123456789 …)',
    en: 'Typed to get past a form (111…, 123456789 …)',
  },
} as const satisfies ProblemTable;

const NONE: readonly string[] = [];
/** Two-digit prefixes of the table. */
const prefixes = lazy(
  () => new Set(readTable('old_id_prefixes.csv').map(([prefix = '']) => prefix.slice(0, 2))),
);

/**
 * Reads an old number. In: compact upper-case text, 8 or 9 digits perhaps with letters after. Out: its 9 digits with the
 * problems, or null where it is none. Source of the rules: file header.
 */
export function readOldId(text: string): Normalized | null {
  const found = /^(\d{8,9})([A-Z]{0,4})$/.exec(text);
  if (found === null) return null;
  const [, digits = '', letters] = found;
  if (digits.length === 8 && digits.startsWith('0')) return null;
  if (isTypedFiller(digits) || digits.startsWith('000000')) return { value: null, problems: ['junk'] };
  const value = digits.padStart(9, '0');
  const problems: string[] = [];
  if (digits.length === 8) problems.push('lost_zero');
  if (letters !== '') problems.push('suffix');
  if (!prefixes().has(value.slice(0, 2))) problems.push('unknown_prefix');
  if (value >= '271450001' && value <= '271500000') problems.push('issued_twice');
  return { value, problems: problems.length === 0 ? NONE : problems };
}

export const oldId: Normalizer = withNotes({
  kind: 'old-id',
  labels: { vi: 'Số CMND (9 số)', en: 'Old identity number (9 digits)' },
  problems: {
    ...digitDamage,
    ...oldIdProblems,
    wrong_length: {
      reason: 'invalid',
      weight: 'blank',
      vi: 'Không phải số CMND 9 số',
      en: 'Not an old 9-digit number',
    },
  },
  // Prefixes whose two digits do not begin typed filler (11…, 12…, 21…); 27 holds the range that was issued twice.
  canonical: '(?:0[2-8]|1[3-9]|2[045689]|3[015-8])[0-9]{7}',
  normalize,
  format: (value) => (value.length === 9 ? value.replace(/(\d{3})(?=\d)/g, '$1 ') : value),
  mask: maskNumber,
});

/**
 * In: any string. Out: the 9 digits; 12 digits (identity cards of 2012–2016 bore the personal ID already) with type
 * `citizen-id`; null for anything else. Source of the rules: file header.
 */
function normalize(raw: string): Normalized {
  const { text, problems } = undoDigitDamage(raw);
  if (text === '') return { value: null, problems };
  if (isTypedFiller(text)) return { value: null, problems: ['junk'] };
  if (/^\d{12}$/.test(text)) return { value: text, problems, type: 'citizen-id' };
  const read = readOldId(text) ?? { value: null, problems: ['wrong_length'] };
  return { value: read.value, problems: allProblems(problems, read) };
}
