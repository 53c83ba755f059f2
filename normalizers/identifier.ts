/**
 * A number of the user's own: any letters and digits. Canonical value: capitals and digits, without separators.
 * Whether a hyphen belongs to the number is not known, so leaving separators out has no weight. Nothing is restored: how long
 * such a number is, is not known either.
 * Examples: `CF60298775NGXG`; `261-94-8391` → `261948391`; `000000000` → nothing (filler); `7.9E+10` → nothing.
 */
import { digitDamage, maskNumber } from './identity-digits.js';
import type { Normalized, Normalizer } from './normalizer.js';
import { withNotes } from './notes.js';
import { tidyCell, writingProblems } from './plain-cell.js';

const SEPARATORS = /[^\p{L}\p{M}\p{N}]+/gu;
const PLACEHOLDER = /^(?:NULL|NONE|NIL|NAN|N\/A|NA|UNKNOWN|KHÔNG|KHÔNG CÓ|KHONG|KHONG CO|-+|\.+|\?+)$/;

function normalize(raw: string): Normalized {
  const { text, problems } = tidyCell(raw);
  if (text === '') return { value: null, problems: [] };
  const folded = text.normalize('NFKC');
  if (folded !== text && !problems.includes('unicode_form')) problems.push('unicode_form');
  const upper = folded.toUpperCase().normalize('NFC');
  if (upper !== folded) problems.push('case');
  if (PLACEHOLDER.test(upper)) return { value: null, problems: ['placeholder'] };
  if (/^\d[.,]\d+E\+\d+$/.test(upper)) return { value: null, problems: ['digits_lost'] };
  const whole = upper.replace(/^(\d+)[.,]0$/, '$1');
  if (whole !== upper) problems.push('decimal_tail');
  const value = whole.replace(SEPARATORS, '').normalize('NFC');
  if (value === '' || PLACEHOLDER.test(value)) return { value: null, problems: ['placeholder'] };
  if (value.length >= 4 && /^(.)\1+$/u.test(value)) return { value: null, problems: ['filler'] };
  return { value, problems: value === whole ? problems : [...problems, 'separators'] };
}

const { decimal_tail, digits_lost, placeholder } = digitDamage;

/** Two different digits at the start, or a letter before a digit: no filler looks so. */
const DIGITS = [...'0123456789'].map((digit) => `${digit}[${'0123456789'.replace(digit, '')}][0-9]*`);

export const identifier: Normalizer = withNotes({
  kind: 'identifier',
  labels: { vi: 'Số, mã định danh', en: 'Identifier' },
  problems: {
    ...writingProblems,
    separators: { reason: null, weight: 'none', vi: 'dấu ngăn cách', en: 'separators' },
    decimal_tail,
    digits_lost,
    placeholder,
    filler: { reason: 'invalid', weight: 'blank', vi: 'số gõ cho có', en: 'typed to get past a form' },
  },
  canonical: `[A-Z]+[0-9][A-Z0-9]*|${DIGITS.join('|')}`,
  normalize,
  format: (value) => value,
  mask: maskNumber,
});
