/**
 * An amount in đồng. Canonical value: whole đồng, `1500000`; there is no smaller unit, so decimals other than zeros
 * are refused. Points and commas before groups of three digits are thousands. Words: nghìn, ngàn, k, triệu, tr, tỷ, tỉ.
 * Source: usage; TCVN 1620 and accounting practice for the point as thousands separator.
 * Examples: `1.500.000 đ`, `1,500,000.00`, `1,5 triệu`, `1tr5` → 1500000; `(2.000)` → -2000; `100 USD` → nothing.
 */
import type { Normalized, Normalizer } from './normalizer.js';
import { withNotes } from './notes.js';

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:nghìn|ngàn|nghin|ngan|k)$/, 3],
  [/^(?:triệu|trieu|tr)$/, 6],
  [/^(?:tỷ|tỉ|ty|ti)$/, 9],
];
const CURRENCY = /\s*(?:đồng|dong|vnđ|vnd|đ|₫)\.?\s*(?:\(.*\))?$/u;

function powerOf(word: string): number | null {
  return UNITS.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

/** Whole part and decimals of a written number, separators of thousands left out; null if it is none. */
function partsOf(number: string): { whole: string; decimals: string } | null {
  const compact = number.replace(/\s/g, '');
  if (/^\d+$/.test(compact)) return { whole: compact, decimals: '' };
  const grouped = /^(\d{1,3})((?:[.,]\d{3})+)([.,]\d{1,2})?$/.exec(compact);
  if (grouped !== null) {
    const [, first = '', groups = '', rest = ''] = grouped;
    // One separator for all groups, another one for decimals: 1.500.000,00 or 1,500,000.00.
    const marks = new Set(groups.replace(/\d/g, ''));
    if (marks.size > 1 || (rest !== '' && marks.has(rest[0] ?? ''))) return null;
    return { whole: first + groups.replace(/[.,]/g, ''), decimals: rest.slice(1) };
  }
  const plain = /^(\d+)[.,](\d{1,4})$/.exec(compact);
  return plain === null ? null : { whole: plain[1] ?? '', decimals: plain[2] ?? '' };
}

/** Digits of whole đồng of number × 10^power, or null if something smaller than a đồng would be left. */
function scaled(number: string, power: number): string | null {
  // Before a word, point and comma mean decimals: 1,500 triệu is one and a half, written with care.
  const simple = power > 0 ? /^(\d+)[.,](\d+)$/.exec(number.trim()) : null;
  const parts = simple === null ? partsOf(number) : { whole: simple[1] ?? '', decimals: simple[2] ?? '' };
  if (parts === null) return null;
  const decimals = parts.decimals.replace(/0+$/, '');
  if (decimals.length > power) return null;
  const digits = parts.whole + decimals.padEnd(power, '0');
  return digits.replace(/^0+(?=\d)/, '');
}

function digitsOf(text: string): string | null {
  const short = /^(\d+)(tr|triệu|tỷ|tỉ|k)(\d)$/u.exec(text);
  if (short !== null) return scaled(`${short[1]},${short[3]}`, powerOf(short[2] ?? '') ?? 0);
  const worded = /^([\d.,\s]+?)\s*(\p{L}+)$/u.exec(text);
  if (worded === null) return scaled(text, 0);
  const power = powerOf(worded[2] ?? '');
  return power === null ? null : scaled(worded[1] ?? '', power);
}

function normalize(raw: string): Normalized {
  const text = raw.normalize('NFC').trim().toLowerCase();
  if (text === '') return { value: null, problems: [] };
  if (/\$|€|\b(?:usd|eur|jpy|cny|gbp|krw)\b/.test(text)) return { value: null, problems: ['other_currency'] };
  const bracketed = /^\((.+)\)$/.exec(text);
  const unsigned = (bracketed?.[1] ?? text)
    .replace(/^[-−+]\s*/, '')
    .replace(CURRENCY, '')
    .trim();
  const digits = digitsOf(unsigned);
  if (digits === null || digits.length > 18) return { value: null, problems: ['unreadable'] };
  const negative = digits !== '0' && (bracketed !== null || /^[-−]/.test(text));
  const value = negative ? `-${digits}` : digits;
  return { value, problems: value === raw ? [] : ['notation'] };
}

export const money: Normalizer = withNotes({
  kind: 'money',
  labels: { vi: 'Số tiền (đồng)', en: 'Amount (VND)' },
  problems: {
    notation: { reason: null, weight: 'none', vi: 'cách ghi số tiền', en: 'notation of the amount' },
    other_currency: { reason: 'invalid', weight: 'blank', vi: 'không phải đồng Việt Nam', en: 'not in đồng' },
    unreadable: { reason: 'invalid', weight: 'blank', vi: 'không phải số tiền', en: 'not an amount' },
  },
  canonical: '0|-?[1-9][0-9]{0,17}',
  normalize,
  format: (value) => `${value.replace(/\B(?=(\d{3})+(?!\d))/g, '.')} đồng`,
  mask: (value) => value.replace(/\d/g, '*'),
});
