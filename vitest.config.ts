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
    // Vitest leaves one of two cores to itself, which hardly needs it: a third of the time of the whole.
    maxWorkers: Math.max(2, availableParallelism() - 1),
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
