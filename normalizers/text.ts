/**
 * Any text without a kind of its own. Canonical value: NFC, lower case, single spaces; marks are kept.
 * Source: Unicode Standard Annex 15 (NFC). Example: `  Khu  PHỐ 3 ` → `khu phố 3`.
 */
import type { Normalized, Normalizer } from './normalizer.js';
import { withNotes } from './notes.js';
import { tidyCell, writingProblems } from './plain-cell.js';

function normalize(raw: string): Normalized {
  const { text, problems } = tidyCell(raw);
  if (text === '') return { value: null, problems: [] };
  const value = text.toLowerCase().normalize('NFC');
  return { value, problems: value === text ? problems : ['case', ...problems] };
}

export const text: Normalizer = withNotes({
  kind: 'text',
  labels: { vi: 'Văn bản', en: 'Text' },
  problems: writingProblems,
  canonical: '[a-z0-9]+(?: [a-z0-9]+)*',
  normalize,
  format: (value) => value,
  mask: (value) => value.replace(/(\S)\S*/gu, '$1***'),
});
