/**
 * A tax code (mã số thuế).
 *
 * 10 digits of a taxpayer, the last one a check digit: 10 − (31·N1 + 29·N2 + 23·N3 + 19·N4 + 17·N5 + 13·N6 + 7·N7
 * + 5·N8 + 3·N9) mod 11; numbers whose remainder is 0 are never issued. 13 digits of a dependent unit: these ten, a
 * hyphen, 001–999. Since 1/7/2025 the personal ID (12 digits) takes the place of the code of individuals and households.
 * Canonical value: `0100233488`, `0100233488-001`; a personal ID has the type `citizen-id`.
 * A wrong check digit is only said (weight none): an issued number is never called invalid for it.
 * Sources: Circular 105/2020/TT-BTC, annex 1; Circular 86/2024/TT-BTC.
 */
import type { Normalized, Normalizer } from './normalizer.js';
import { withNotes } from './notes.js';
import { numberProblems, readNumberCell } from './number-cell.js';

const WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/** The tenth digit is the check digit of the first nine. */
export function hasCheckDigit(code: string): boolean {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(code[i]), 0);
  return 10 - (sum % 11) === Number(code[9]);
}

function ofTaxpayer(ten: string, unit: string, lostZero: boolean): Normalized {
  const found = lostZero ? ['lost_zero'] : [];
  if (!hasCheckDigit(ten)) found.push('check_digit');
  return { value: unit === '' ? ten : `${ten}-${unit}`, problems: found };
}

function read(text: string): Normalized {
  if (/^\d{10}$/.test(text)) return ofTaxpayer(text, '', false);
  if (/^\d{13}$/.test(text) && !text.endsWith('000'))
    return ofTaxpayer(text.slice(0, 10), text.slice(10), false);
  // Nine digits are only a code that lost its zero if the check digit says so; else they are an old identity number.
  if (/^\d{9}$/.test(text) && hasCheckDigit(`0${text}`)) return ofTaxpayer(`0${text}`, '', true);
  if (/^\d{12}$/.test(text)) return { value: text, problems: [], type: 'citizen-id' };
  return { value: null, problems: ['invalid'] };
}

function normalize(raw: string): Normalized {
  // The hyphen before the number of a dependent unit belongs to the code.
  const branch = /^\s*(\d{10})-(\d{3})\s*$/.exec(raw);
  if (branch !== null && branch[2] !== '000') return ofTaxpayer(branch[1] ?? '', branch[2] ?? '', false);
  return readNumberCell(raw, read);
}

export const taxCode: Normalizer = withNotes({
  kind: 'tax-code',
  labels: { vi: 'Mã số thuế', en: 'Tax code' },
  problems: {
    ...numberProblems,
    check_digit: { reason: 'invalid', weight: 'none', vi: 'sai chữ số kiểm tra', en: 'wrong check digit' },
  },
  canonical: null,
  normalize,
  format: (value) => value,
  mask: (value) => `${value.slice(0, 2)}${'*'.repeat(Math.max(0, value.length - 4))}${value.slice(-2)}`,
});
