import { digitDamage, isTypedFiller, undoDigitDamage } from './identity-digits.js';
import type { Normalized, ProblemTable } from './normalizer.js';

/** Problems that every kind of number of a paper may have; spread into its table. */
export const numberProblems = {
  ...digitDamage,
  lost_zero: { reason: 'format', weight: 'form', vi: 'mất số 0 đầu', en: 'lost its leading zero' },
  filler: { reason: 'invalid', weight: 'blank', vi: 'số gõ cho có', en: 'typed to get past a form' },
  invalid: { reason: 'invalid', weight: 'blank', vi: 'không đúng cấu trúc', en: 'not of this structure' },
} as const satisfies ProblemTable;

/**
 * Undoes the damage of a number cell and hands the compact text to `read`, whose problems are added. Blanks and fillers
 * never get there.
 */
export function readNumberCell(raw: string, read: (text: string) => Normalized): Normalized {
  if (raw.trim() === '') return { value: null, problems: [] };
  const { text, problems } = undoDigitDamage(raw);
  if (text === '') return { value: null, problems: problems.length > 0 ? problems : ['invalid'] };
  // What remains of a spreadsheet's exponent once its sign or point is gone.
  if (/^\d+E\d+$/.test(text)) return { value: null, problems: [...problems, 'digits_lost'] };
  if (isFiller(text)) return { value: null, problems: [...problems, 'filler'] };
  const result = read(text);
  // A filler may also come out: the number within `DN4790123456789`.
  if (result.value !== null && result.value !== text && isFiller(result.value)) {
    return { value: null, problems: [...problems, 'filler'] };
  }
  if (problems.length === 0) return result;
  return { ...result, problems: [...problems, ...result.problems] };
}

function isFiller(text: string): boolean {
  return isTypedFiller(text) || /^0+$/.test(text);
}
