/** The options that the committed sample-data/ was made with; scripts/sample-data.ts makes it again. */
import { SECTORS } from './draft.js';
import type { GenerateOptions } from './generate.js';

/** The three sectors that the error model is rated for are larger, so that every error occurs. */
const ROWS = { first: 600, others: 320 } as const;

export const SAMPLE: Omit<GenerateOptions, 'out'> = {
  seed: 20261101,
  people: 3000,
  sector: 'all',
  rows: (sector) => (SECTORS.some((one) => one === sector) ? ROWS.first : ROWS.others),
  dirt: 0.22,
  scale: 'rows',
};
