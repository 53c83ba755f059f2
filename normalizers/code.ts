/**
 * A code or name by which figures are grouped (carrier, unit, branch). Canonical value: as written, NFC, single spaces,
 * so that reports show what the file says. Example: ` Viettel ` → `Viettel`.
 */
import type { Normalized, Normalizer } from './normalizer.js';
import { withNotes } from './notes.js';
import { tidyCell, writingProblems } from './plain-cell.js';

function normalize(raw: string): Normalized {
  const { text, problems } = tidyCell(raw);
  return text === '' ? { value: null, problems: [] } : { value: text, problems };
}

const { spaces, unicode_form } = writingProblems;

export const code: Normalizer = withNotes({
  kind: 'code',
  labels: { vi: 'Mã', en: 'Code' },
  problems: { spaces, unicode_form },
  canonical: '[A-Za-z0-9]+(?:[ ._-][A-Za-z0-9]+)*',
  normalize,
  format: (value) => value,
  mask: (value) => value,
});
