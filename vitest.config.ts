import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Test files whose text has a word in it. */
export function testsWith(word: string): string[] {
  return readdirSync('test')
    .map((name) => `test/${name}`)
    .filter((path) => path.endsWith('.test.ts') && readFileSync(path, 'utf8').includes(word));
}

const mocking = testsWith('vi.mock(');

export default defineConfig({
  test: {
    pool: 'forks',
    // Runs wait for their engine and for programs of their own: one worker more than cores keeps all of them busy.
    maxWorkers: availableParallelism() + 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      // The engine, the tables and the compiled code are loaded once a worker, not once a file.
      {
        extends: true,
        test: {
          name: 'shared',
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: ['test/heavy/**', ...mocking],
        },
      },
      { extends: true, test: { name: 'alone', include: mocking } },
    ],
  },
});
