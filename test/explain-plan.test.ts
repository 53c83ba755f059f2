import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../engine/database.js';
import { generate } from '../generator/generate.js';
import { planOf, withoutValues } from '../pipeline/explain-plan.js';
import { type Manifest, STAGES } from '../pipeline/manifest.js';
import { watchSpill } from '../pipeline/spill.js';
import { say } from './command-line.js';
import { type CsvRow, readRows, type Workspace, workspace } from './flow.js';

let flow: Workspace;

beforeAll(async () => {
  flow = workspace();
  await generate({ seed: 5, people: 300, sector: 'telecom-subscribers', rows: 300, out: flow.folder });
});

afterAll(() => flow.remove());

describe('a statement without values', () => {
  it.each([
    ["SELECT 1  \n FROM raw WHERE x = ''", "SELECT 1 FROM raw WHERE x = ''"],
    ["INSERT INTO rejects VALUES (1, 'Nguyễn Văn A', '079085000001')", 'INSERT INTO rejects VALUES …'],
    ["SELECT * FROM (VALUES (1, 'Nguyễn Văn A')) t", 'SELECT * FROM (VALUES …'],
    [
      "SELECT * FROM read_csv('/home/a/b/extract.csv', delim = ',')",
      "SELECT * FROM read_csv('extract.csv', delim = ',')",
    ],
    ["COPY x TO '/tmp/run/temp/values-4711-12' (HEADER false)", "COPY x TO 'values' (HEADER false)"],
    ["SELECT a = '079085000001'", "SELECT a = '…'"],
    [`SELECT a = '${'nguyễn '.repeat(12)}'`, "SELECT a = '…'"],
    ["SELECT a = 'it''s'", "SELECT a = 'it''s'"],
    ['SELECT [1, 2, 3][i]', 'SELECT [1, 2, 3][i]'],
    [`SELECT [${Array.from({ length: 500 }, (_, i) => i).join(', ')}][i]`, 'SELECT [0, … 500][i]'],
    [
      `FROM read_csv([${Array.from({ length: 40 }, (_, i) => `'/t/values-1-2/data_${i}.txt'`).join(', ')}], x = 1)`,
      "FROM read_csv(['data_0.txt', … 40], x = 1)",
    ],
  ])('%s', (sql, shown) => {
    expect(withoutValues(sql)).toBe(shown);
  });

  it('equal statements are one step, with their seconds and times', () => {
    const one = { seconds: 0.25, processorSeconds: 0 };
    const plan = planOf('match', [
      { sql: 'SELECT 1', ...one },
      { sql: '-- compareValues (person-name) of 3 values', ...one },
      { sql: 'SELECT  1', ...one },
    ]);
    expect(plan.steps).toEqual([
      { runs_in: 'engine', text: 'SELECT 1', seconds: 0.5, times: 2 },
      { runs_in: 'typescript', text: 'compareValues (person-name) of 3 values', seconds: 0.25, times: 1 },
    ]);
  });
});

describe('doisoat run --explain-plan', () => {
  const run = (...more: string[]) =>
    say([
      'run',
      join(flow.folder, 'telecom-subscribers/job.yaml'),
      '--workspace',
      join(flow.folder, 'ws'),
      ...more,
    ]);

  it('shows every stage, SQL and TypeScript, and no value of a person', async () => {
    const { code, out } = await run('--explain-plan', '--lang', 'en');
    expect(code).toBe(0);
    for (const stage of STAGES)
      expect(out).toMatch(new RegExp(`^${stage} · \\d+ statements · [\\d.]+ s$`, 'm'));
    expect(out).toContain('CREATE OR REPLACE TEMP TABLE matched AS SELECT');
    expect(out).toMatch(/TypeScript normalizeValues \(person-name\) of \d+ values/);
    const people = await readRows(join(flow.folder, 'reference/population.csv'));
    const extract = await readRows(join(flow.folder, 'telecom-subscribers/extract.csv'));
    const personal = (row: CsvRow) =>
      [row.id, row.name, row.born, row.so_giay_to, row.ho_ten, row.ngay_sinh, row.so_thue_bao].filter(
        (value): value is string => value !== undefined && value.length > 5,
      );
    const values = new Set([...people, ...extract].flatMap(personal));
    expect(values.size).toBeGreaterThan(1000);
    expect([...values].filter((value) => out.includes(value))).toEqual([]);
  });

  it('is data under --json, and left out unless asked for', async () => {
    const planned = JSON.parse((await run('--explain-plan', '--json')).out) as {
      execution_plan: { stage: string }[];
    };
    expect(planned.execution_plan.map(({ stage }) => stage)).toEqual([...STAGES]);
    expect(JSON.parse((await run('--json')).out)).not.toHaveProperty('execution_plan');
  });
});

describe('bytes spilled', () => {
  it('the manifest tells them of every stage', async () => {
    const { folder } = await flow.run('telecom-subscribers/job.yaml');
    const { stages } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest;
    expect(stages.map(({ stage }) => stage)).toEqual([...STAGES]);
    for (const { rows, seconds, spilled_bytes: bytes } of stages) {
      expect(rows).toBe(300);
      expect(seconds).toBeGreaterThanOrEqual(0);
      expect(bytes).toBe(0);
    }
  });

  it('are those of the engine, at their highest', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'doisoat-spill-'));
    const db = await openDatabase({ memory: '100MB', threads: 1, tempDir: folder });
    try {
      writeFileSync(join(folder, 'values-1.txt'), 'x'.repeat(1000));
      const watch = watchSpill(folder);
      await db.run(
        'CREATE TEMP TABLE t AS SELECT hash(range)::VARCHAR || hash(range + 1) AS a FROM range(4000000)',
      );
      watch.stop();
      expect(watch.most()).toBeGreaterThan(1_000_000);
      const idle = watchSpill(join(folder, 'none'));
      idle.stop();
      expect(idle.most()).toBe(0);
    } finally {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
