import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { cleaningPage } from '../../scripts/readme-clean.js';

/** docs/cleaning-samples.md shows what `doisoat clean` does to the samples as they are now. In `npm run test:heavy`: all 48 samples are cleaned. */

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

it('the page of the cleaned samples is up to date (node dist/scripts/readme-clean.js)', async () => {
  const page = readFileSync(at('docs/cleaning-samples.md'), 'utf8');
  expect(page).toBe(await cleaningPage(at('sample-data')));
  expect(page.match(/^## /gm)?.length).toBeGreaterThanOrEqual(3);
}, 300_000);
