import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeWorkers } from '../engine/worker-pool.js';
import { ALL_SECTORS } from '../generator/generate.js';
import { quietContext } from '../pipeline/context.js';
import { type Evaluation, evaluate } from '../pipeline/evaluate.js';
import { loadJob } from '../pipeline/job.js';
import { buildReference } from '../pipeline/reference-build.js';
import { runJob } from '../pipeline/run.js';
import { builtInSectors } from '../sectors/load.js';
import { NOW, readRows, TODAY, tally } from './flow.js';

/**
 * Every built-in sector end to end: its committed sample is run against one shared reference, scored by its truth, and laid beside
 * the figures it must give. After a change that is meant, `UPDATE_GOLDEN=1 npx vitest run test/sectors-golden.test.ts`.
 */
const SAMPLES = join(import.meta.dirname, '../sample-data');
const GOLDEN = join(import.meta.dirname, 'golden/sectors');
const LEAST_ROWS = 300;
const MARKS = { precision: 0.995, recall: 0.98, reasons: 0.98 } as const;
const updating = process.env.UPDATE_GOLDEN === '1';

const folder = mkdtempSync(join(tmpdir(), 'doisoat-sectors-'));
const reference = join(folder, 'reference');
const context = quietContext({ clock: () => NOW, workspace: join(folder, '.doisoat'), threads: 2 });

beforeAll(async () => {
  mkdirSync(context.workspace, { recursive: true });
  const job = loadJob(join(SAMPLES, 'generic-people/job.yaml'), { today: TODAY });
  if (job.reference.type !== 'files') throw new Error('the samples read their reference from files');
  const { people, idChanges } = job.reference;
  await buildReference({ files: people, idChanges, out: reference }, context);
});

afterAll(async () => {
  await closeWorkers();
  rmSync(folder, { recursive: true, force: true });
});

it('every built-in sector has a sample', () => {
  expect([...ALL_SECTORS].sort()).toEqual(builtInSectors());
});

describe.each([...ALL_SECTORS].sort())('%s', (name) => {
  it('finds the right people, says why, and gives the figures it gave', async () => {
    const job = loadJob(join(SAMPLES, name, 'job.yaml'), { today: TODAY });
    const out = join(folder, name);
    const { summary } = await runJob(
      { ...job, reference: { type: 'built', folder: reference } },
      { revealIds: false, out },
      context,
    );
    const score = await evaluate(out, join(SAMPLES, name, 'truth.csv'), context);
    print(name, score);
    expect(summary.figures.rows).toBeGreaterThanOrEqual(LEAST_ROWS);
    const { match, match_after_cleaning } = summary.figures.outcomes;
    expect((match ?? 0) + (match_after_cleaning ?? 0)).toBeGreaterThan(0);
    expect(score.links.precision ?? 0).toBeGreaterThanOrEqual(MARKS.precision);
    expect(score.links.recall ?? 0).toBeGreaterThanOrEqual(MARKS.recall);
    expect(score.reasons?.accuracy ?? 0).toBeGreaterThanOrEqual(MARKS.reasons);
    const found = await figuresOf(join(out, 'results.csv'));
    const golden = join(GOLDEN, `${name}.json`);
    if (updating) writeGolden(golden, found);
    expect(found).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
    rmSync(out, { recursive: true });
  });
});

function print(name: string, { links, reasons }: Evaluation): void {
  const percent = (share: number | null | undefined): string =>
    `${(100 * (share ?? 0)).toFixed(2)} %`.padStart(9);
  const parts = [`precision${percent(links.precision)}`, `recall${percent(links.recall)}`];
  console.log(`${name.padEnd(26)} ${parts.join('  ')}  reasons${percent(reasons?.accuracy)}`);
}

/** How often each outcome and each reason is said. */
async function figuresOf(results: string): Promise<Record<string, Record<string, number>>> {
  const rows = await readRows(results);
  const reasons = rows.flatMap((row) => (row.reasons ?? '').split(';')).filter((code) => code !== '');
  return { outcomes: sorted(tally(rows.map((row) => row.outcome ?? ''))), reasons: sorted(tally(reasons)) };
}

function sorted(counts: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function writeGolden(path: string, figures: unknown): void {
  if (!existsSync(GOLDEN)) mkdirSync(GOLDEN, { recursive: true });
  writeFileSync(path, `${JSON.stringify(figures, null, 2)}\n`);
}
