/**
 * A nationality.
 *
 * Canonical value: ISO 3166-1 code of two letters, `VN`. Read from two- and three-letter codes and from names in
 * Vietnamese and English, with or without marks; anything else is a problem, not a guess.
 * Sources: ISO 3166-1; names of Unicode CLDR 48 and common usage (data/nationalities.csv).
 * Examples: `Việt Nam`, `Quốc tịch: Việt Nam`, `VNM`, `vn` → VN; `Nam Hàn` → KR.
 */
import { codeLookUp } from './code-words.js';
import { lazy, readTable } from './data-table.js';
import type { Normalized, Normalizer } from './normalizer.js';
import { withNotes } from './notes.js';

const countries = lazy(() => {
  const rows = readTable('nationalities.csv');
  return {
    names: new Map(rows.map(([code = '', , vi = '']) => [code, vi])),
    byName: new Map(rows.map(([code = '', , vi = '']) => [vi, code])),
    find: codeLookUp(
      rows.map(([code = '', alpha3 = '', vi = '', en = '', others = '']) => ({
        code,
        words: [code, alpha3, vi, en, ...others.split('/')].filter((word) => word !== ''),
      })),
    ),
  };
});

function normalize(raw: string): Normalized {
  const text = raw.normalize('NFC').trim();
  if (text === '') return { value: null, problems: [] };
  if (countries().names.has(text)) return { value: text, problems: [] };
  // `Nga` as a name is Russia; in capitals it may also be the code of Nigeria.
  const named = countries().byName.get(text);
  if (named !== undefined) return { value: named, problems: ['spelling'] };
  const code = countries().find(text.replace(/^(?:quốc tịch|quoc tich|người|nước)\s*:?\s*/iu, ''));
  if (code === null || code === 'ambiguous') return { value: null, problems: ['unreadable'] };
  return { value: code, problems: ['spelling'] };
}

export const nationality: Normalizer = withNotes({
  kind: 'nationality',
  labels: { vi: 'Quốc tịch', en: 'Nationality' },
  problems: {
    spelling: { reason: null, weight: 'none', vi: 'ghi tên nước thay vì mã', en: 'a name, not the code' },
    unreadable: { reason: 'invalid', weight: 'blank', vi: 'không rõ nước nào', en: 'no such country' },
  },
  canonical: null,
  normalize,
  format: (value) => countries().names.get(value) ?? value,
  mask: (value) => value,
});
