import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { coveragePage, measure } from '../scripts/coverage.js';
import { coverage } from '../sectors/coverage.js';
import { builtInSectors } from '../sectors/load.js';

const ROOT = join(import.meta.dirname, '..');
const SAMPLES = join(ROOT, 'sample-data');

describe('the dossier of coverage', () => {
  const known = coverage();

  it('knows every sample, and only built-in sectors', () => {
    const sampled = builtInSectors().filter((name) => existsSync(join(SAMPLES, name, 'job.yaml')));
    expect(sampled.length).toBeGreaterThan(2);
    expect(Object.keys(known)).toEqual(sampled);
  });

  it.each(Object.entries(known))('%s: the outcomes add up to the rows', (_, { rows, outcomes }) => {
    expect(Object.values(outcomes).reduce((sum, n) => sum + n, 0)).toBe(rows);
  });

  it('is written as a page (node dist/scripts/coverage.js)', () => {
    expect(readFileSync(join(ROOT, 'docs', 'coverage.md'), 'utf8')).toBe(coveragePage(known));
  });

  it('says what a run of a sample says', async () => {
    const measured = await measure(['civil-registry'], SAMPLES);
    expect(measured['civil-registry']).toEqual(known['civil-registry']);
  });
});
