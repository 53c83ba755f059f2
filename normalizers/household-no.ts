/**
 * A household number: of the household book (abolished 1/1/2023), of the social insurance household (10 digits), or of a
 * sector's own. Canonical value: capitals and digits without separators, `790123456`. There is no public structure, so
 * only fillers and texts without a digit are refused.
 * Source: practice; Law on Residence 68/2020/QH14 (books no longer valid since 1/1/2023).
 */
import { maskNumber } from './identity-digits.js';
import type { Normalized, Normalizer } from './normalizer.js';
import { withNotes } from './notes.js';
import { numberProblems, readNumberCell } from './number-cell.js';

function read(text: string): Normalized {
  return /^(?=.*\d)[A-Z0-9]{3,20}$/.test(text)
    ? { value: text, problems: [] }
    : { value: null, problems: ['invalid'] };
}

export const householdNo: Normalizer = withNotes({
  kind: 'household-no',
  labels: { vi: 'Số hộ', en: 'Household number' },
  problems: numberProblems,
  canonical: null,
  normalize: (raw) => readNumberCell(raw, read),
  format: (value) => value,
  mask: maskNumber,
});
