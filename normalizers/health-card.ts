/**
 * A health insurance card number (thẻ BHYT).
 *
 * 15 characters: two letters of the insured group, benefit level 1–5, two digits of the province (63-list), the 10 digits
 * of the social insurance number: `DN4797912345678`. Cards printed since 1/4/2021 show the 10 digits only (type
 * `number-only`). Temporary cards of children: `TE1` + province + 10 digits, the same structure.
 * Groups changed with Law 51/2024, so the letters are not checked; a level or province that is unknown is only said.
 * Source: QĐ 1351/QĐ-BHXH; QĐ 1666/QĐ-BHXH.
 */
import { newProvinceOf } from './admin-units.js';
import type { Normalized, Normalizer } from './normalizer.js';
import { withNotes } from './notes.js';
import { numberProblems, readNumberCell } from './number-cell.js';

/** The O and I of a typist among the 13 digits. */
function withDigits(text: string): string {
  return text.length === 15
    ? text.slice(0, 2) + text.slice(2).replaceAll('O', '0').replace(/[IL]/g, '1')
    : text;
}

function read(text: string): Normalized {
  if (/^\d{10}$/.test(text)) return { value: text, problems: [], type: 'number-only' };
  const card = withDigits(text);
  if (!/^[A-Z]{2}\d{13}$/.test(card)) return { value: null, problems: ['invalid'] };
  const found = card === text ? [] : ['letter_for_digit'];
  if (!/[1-5]/.test(card[2] ?? '') || newProvinceOf(card.slice(3, 5)) === null) found.push('unknown_part');
  return { value: card, problems: found };
}

/** The social insurance number that a card value ends in. */
export function insuranceNoOf(card: string): string {
  return card.slice(-10);
}

export const healthCard: Normalizer = withNotes({
  kind: 'health-card',
  labels: { vi: 'Số thẻ BHYT', en: 'Health card number' },
  problems: {
    ...numberProblems,
    unknown_part: {
      reason: null,
      weight: 'none',
      vi: 'mức hưởng hoặc mã tỉnh lạ',
      en: 'unknown benefit level or province',
    },
  },
  // Letters that could be misread digits in both places are left to the careful way.
  canonical:
    '(?:[A-HJKMNP-Z][A-Z]|[OIL][A-HJKMNP-Z])[1-5](?:0[12468]|1[0124579]|2[024567]|3[01345678]|4[024-689]|5[12468]|6[024678]|7[024579]|8[0234679]|9[1-6])[0-9]{10}',
  normalize: (raw) => readNumberCell(raw, read),
  format: (value) => (value.length === 15 ? value.replace(/^(..)(.)(..)/, '$1 $2 $3 ') : value),
  mask: (value) => `${value.slice(0, value.length - 10)}*******${value.slice(-3)}`,
});
