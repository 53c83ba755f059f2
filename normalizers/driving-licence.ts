/**
 * A driving licence number (số GPLX).
 *
 * Plastic licences since 7/2013: 12 digits, 2 of the issuing province, 1 of sex and century, 2 of the year of the
 * examination, 7 running. It has the length of a personal ID but is another number, so the column says which it is.
 * Paper licences (1995–2013) bear other numbers, also with letters: accepted as type `paper`.
 * Source: fields as a public decoder reads them; exact widths are not confirmed, so no part is checked.
 */
import { maskNumber } from './identity-digits.js';
import type { Normalized, Normalizer } from './normalizer.js';
import { withNotes } from './notes.js';
import { numberProblems, readNumberCell } from './number-cell.js';

function read(text: string): Normalized {
  if (/^\d{12}$/.test(text)) return { value: text, problems: [] };
  if (/^\d{11}$/.test(text)) return { value: `0${text}`, problems: ['lost_zero'] };
  if (/^[A-Z]{0,3}\d{4,10}[A-Z]{0,2}$/.test(text)) return { value: text, problems: [], type: 'paper' };
  return { value: null, problems: ['invalid'] };
}

export const drivingLicence: Normalizer = withNotes({
  kind: 'driving-licence',
  labels: { vi: 'Số giấy phép lái xe', en: 'Driving licence number' },
  problems: numberProblems,
  canonical: null,
  normalize: (raw) => readNumberCell(raw, read),
  format: (value) => value,
  mask: maskNumber,
});
