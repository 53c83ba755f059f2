import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUTCOMES } from '../matchers/outcomes.js';
import { readRows, type Workspace, workspace } from './flow.js';

/**
 * Whole runs beside what they must give: `golden/<case>/input` and `golden/<case>/expected`. After a change that is meant,
 * `UPDATE_GOLDEN=1 npx vitest run test/golden.test.ts` writes the expected files anew; the diff is then read line by line.
 */
const GOLDEN = join(import.meta.dirname, 'golden');
const CASES = readdirSync(GOLDEN).filter((name) => existsSync(join(GOLDEN, name, 'input/job.yaml')));
const FILES = ['results.csv', 'mismatches.csv', 'rejected.csv', 'summary.json'];
const updating = process.env.UPDATE_GOLDEN === '1';

let flow: Workspace;

beforeAll(() => {
  flow = workspace();
});

afterAll(() => flow.remove());

/** The run's name holds the folder it was made in, and the version is not what is tested. */
function portable(text: string): string {
  return text
    .replace(/"run": "(.*)-[0-9a-f]{8}"/g, '"run": "$1"')
    .replace(/"version": ".*"/, '"version": "*"')
    .replace(/"model_hash": ".*"/, '"model_hash": "*"');
}

describe.each(CASES)('golden: %s', (name) => {
  let found: Readonly<Record<string, string>>;

  beforeAll(async () => {
    cpSync(join(GOLDEN, name, 'input'), join(flow.folder, name), { recursive: true });
    const { folder } = await flow.run(`${name}/job.yaml`);
    found = Object.fromEntries(
      FILES.map((file) => [file, portable(readFileSync(join(folder, file), 'utf8'))]),
    );
    if (!updating) return;
    mkdirSync(join(GOLDEN, name, 'expected'), { recursive: true });
    for (const [file, text] of Object.entries(found))
      writeFileSync(join(GOLDEN, name, 'expected', file), text);
  });

  it.each(FILES)('%s', (file) => {
    expect(found[file]).toBe(readFileSync(join(GOLDEN, name, 'expected', file), 'utf8'));
  });
});

describe('the golden cases', () => {
  it('meet every outcome', async () => {
    const lists = await Promise.all(
      CASES.map((name) => readRows(join(GOLDEN, name, 'expected/results.csv'))),
    );
    const met = new Set(lists.flat().map((row) => row.outcome));
    expect(OUTCOMES.filter((outcome) => !met.has(outcome))).toEqual([]);
  });
});
