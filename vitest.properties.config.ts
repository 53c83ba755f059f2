import { defineConfig } from 'vitest/config';
import { testsWith } from './vitest.config.js';

/** Tests of properties, with cases that no run has drawn before: `npm run test:properties`. */
export default defineConfig({
  test: {
    include: testsWith("from './property.js'"),
    env: { DOISOAT_SEED: String(Date.now() % 2 ** 31) },
    pool: 'forks',
    testTimeout: 1_200_000,
    hookTimeout: 120_000,
  },
});
