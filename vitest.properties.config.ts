import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import ordinary from './vitest.config.js';

const withProperties = readdirSync('test')
  .map((name) => `test/${name}`)
  .filter((path) => path.endsWith('.test.ts') && readFileSync(path, 'utf8').includes("from './property.js'"));

/** Tests of properties, with cases that no run has drawn before: `npm run test:properties`. */
export default defineConfig({
  test: {
    ...ordinary.test,
    include: withProperties,
    env: { DOISOAT_SEED: String(Date.now() % 2 ** 31) },
  },
});
