/** The options that the committed sample-data/ was made with; scripts/sample-data.ts makes it again. */
import type { GenerateOptions } from './generate.js';

export const SAMPLE: Omit<GenerateOptions, 'out'> = {
  seed: 20261101,
  people: 3000,
  sector: 'all',
  rows: 600,
  dirt: 0.22,
  scale: 'rows',
};
