/**
 * A social insurance number (mã số BHXH).
 *
 * 10 digits; the first two are the province that issued it (codes of the 63-list); no public check digit. The 15-character
 * health card ends in it. Canonical value: the 10 digits, `7916123456`.
 * Sources: QĐ 1351/QĐ-BHXH (card); province digits seen in public samples, so an unknown province is only said.
 */
import { newProvinceOf } from './admin-units.js';
import { maskNumber } from './identity-digits.js';
import type { Normalized, Normalizer } from './normalizer.js';
import { withNotes } from './notes.js';
import { numberProblems, readNumberCell } from './number-cell.js';

function read(text: string): Normalized {
  const card = /^[A-Z]{2}\d{3}(\d{10})$/.exec(text)?.[1];
  if (card !== undefined) return { value: card, problems: ['health_card'] };
  if (/^\d{9}$/.test(text) && newProvinceOf(`0${text[0]}`) !== null) {
    return { value: `0${text}`, problems: ['lost_zero'] };
  }
  if (/^\d{12}$/.test(text)) return { value: null, problems: ['personal_id'] };
  if (!/^\d{10}$/.test(text)) return { value: null, problems: ['invalid'] };
  return { value: text, problems: newProvinceOf(text.slice(0, 2)) === null ? ['unknown_province'] : [] };
}

export const insuranceNo: Normalizer = withNotes({
  kind: 'insurance-no',
  labels: { vi: 'Mã số BHXH', en: 'Social insurance number' },
  problems: {
    ...numberProblems,
    health_card: { reason: 'format', weight: 'form', vi: 'ghi số thẻ BHYT', en: 'a health card number' },
    personal_id: {
      reason: 'invalid',
      weight: 'blank',
      vi: 'số định danh cá nhân ghi nhầm cột',
      en: 'a personal ID in the wrong column',
    },
    unknown_province: { reason: null, weight: 'none', vi: 'mã tỉnh lạ', en: 'unknown province digits' },
  },
  // Provinces whose two digits cannot begin a filler such as 0123456789.
  canonical:
    '(?:0[2468]|1[4579]|2[04567]|3[015678]|4[02689]|5[128]|6[0248]|7[02459]|8[02346]|9[1-6])[0-9]{8}',
  normalize: (raw) => readNumberCell(raw, read),
  format: (value) => value,
  mask: maskNumber,
});
