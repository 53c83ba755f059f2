import { defineConfig } from 'vitest/config';

/** Tests that take minutes: `npm run test:heavy`, one file after the other. */
export default defineConfig({
  test: {
    include: [
      'test/heavy/**/*.test.ts',
      'test/resume.test.ts',
      'test/second-night.test.ts',
      'test/rows-taken.test.ts',
      'test/rows-nights.test.ts',
    ],
    env: { DOISOAT_ALL_NIGHTS: '1' },
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
  },
});
