// Passport and other papers of foreigners: capital letters and digits.
//
// How it is built: Vietnamese ones have one letter and 7 digits (B, C, N …), newer series up to 8 digits; foreign numbers
// have up to 9 characters in the machine-readable zone (ICAO Doc 9303, part 4), and cards of residence a few more.
// There is no check digit outside the machine-readable zone, so that no number of the right shape is called wrong.
// Examples: `B1234567`, `b 1234567` → `B1234567`, `E12345678`; `AB1234567` has type `foreign`.
import { assumption } from './assumptions.js';
import { allProblems, digitDamage, isTypedFiller, maskNumber, undoDigitDamage } from './identity-digits.js';
import type { Normalized, Normalizer, ProblemTable } from './normalizer.js';
import { withNotes } from './notes.js';
import { readOldId } from './old-id.js';

const NONE: readonly string[] = [];

/** Seven digits are certain; that newer series have eight is general knowledge. */
const MOST_DIGITS = Number(assumption('passport_most_digits'));

const SHAPE = new RegExp(`^([A-Z])([\\dOI]{7,${MOST_DIGITS}})$`);

/**
 * Reads a passport. In: compact upper-case text with at least one letter. Out: the number, with type `passport` for the
 * Vietnamese shape and `foreign` for others; null where it is none. Source of the rules: file header.
 */
export function readPassport(text: string): Normalized | null {
  const shape = SHAPE.exec(text);
  // A letter right after the first is part of a foreign series (`AO123456`).
  if (shape !== null && /\d/.test(shape[2]![0]!) && shape[2]!.replace(/\D/g, '').length >= 5) {
    const digits = shape[2]!.replaceAll('O', '0').replaceAll('I', '1');
    // `I00000OIO`: the first may be a digit as well, and no number of a Vietnamese paper is told for sure.
    if (digits !== shape[2] && /[OI]/.test(text[0]!)) return { value: text, problems: NONE, type: 'foreign' };
    if (/^(\d)\1+$/.test(digits)) return { value: null, problems: ['junk'] };
    const problems = digits === shape[2] ? NONE : ['letter_for_digit'];
    return { value: shape[1] + digits, problems, type: 'passport' };
  }
  if (!/^[A-Z\d]{6,12}$/.test(text) || !/[A-Z]/.test(text)) return null;
  return text.replace(/\D/g, '').length >= 4 ? { value: text, problems: NONE, type: 'foreign' } : null;
}

export const passportProblems = {
  junk: {
    reason: 'invalid',
    weight: 'blank',
    vi: 'Số gõ cho có (B0000000 …)',
    en: 'Typed to get past a form (B0000000 …)',
  },
} as const satisfies ProblemTable;

export const passport: Normalizer = withNotes({
  kind: 'passport',
  labels: { vi: 'Số hộ chiếu', en: 'Passport number' },
  problems: {
    ...digitDamage,
    ...passportProblems,
    not_a_passport: {
      reason: 'invalid',
      weight: 'blank',
      vi: 'Không phải số hộ chiếu',
      en: 'Not a passport number',
    },
  },
  // Two different digits after the letter; O and I before eight digits would be taken for digits themselves.
  canonical: `[A-HJ-NP-Z](?:0[1-9]|1[02-9]|2[013-9]|3[0-24-9]|4[0-35-9]|5[0-46-9]|6[0-57-9]|7[0-689]|8[0-79]|9[0-8])[0-9]{5,${MOST_DIGITS - 2}}`,
  normalize,
  format: (value) => value,
  mask: maskNumber,
});

/**
 * In: any string. Out: the number; a personal ID or old number in this column is kept with type `citizen-id` or `old-id`;
 * digits alone of another length are a foreign passport where they have 7 or more. Source of the rules: file header.
 */
function normalize(raw: string): Normalized {
  const { text, problems } = undoDigitDamage(raw);
  if (text === '') return { value: null, problems };
  const read = readPassport(text) ?? readDigits(text);
  const all = allProblems(problems, read);
  const type = read.type === 'passport' ? undefined : read.type;
  return type === undefined
    ? { value: read.value, problems: all }
    : { value: read.value, problems: all, type };
}

function readDigits(text: string): Normalized {
  if (!/^\d{7,12}$/.test(text)) return { value: null, problems: ['not_a_passport'] };
  if (isTypedFiller(text)) return { value: null, problems: ['junk'] };
  if (text.length === 12) return { value: text, problems: NONE, type: 'citizen-id' };
  const old = text.length === 9 ? readOldId(text) : null;
  if (old?.value !== null && old !== null && !old.problems.includes('unknown_prefix')) {
    return { value: old.value, problems: NONE, type: 'old-id' };
  }
  return { value: text, problems: NONE, type: 'foreign' };
}
