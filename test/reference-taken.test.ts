// A job whose reference is a file: while the file is the same, the next run of the series takes what the last one built of it.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { takeReference } from '../pipeline/reference-taken.js';
import { membersSector } from './fixtures/members.js';
import { csv, invented } from './fixtures/people.js';
import { type FlowOptions, readRows, type Workspace, workspace } from './flow.js';

const people = invented(60, 1960);
const JOB = `name: members
sector: ./members.yaml
input: { path: extract.csv, columns: { record_key: ma, id: so, name: ten, born: sinh } }
reference: population.csv
period: auto
output: { results: csv }
`;

describe('the reference of the last run', () => {
  let flow: Workspace;

  /** Runs a period; tells the number of the file that its reference lies in, and whether it was built for it. */
  async function night(period: string, options: Partial<FlowOptions> = {}) {
    const [begun, told]: [string[], string[]] = [[], []];
    const log = { info: () => 0, warn: () => 0, debug: ({ en }: { en: string }) => told.push(en) };
    const task = { advance: () => undefined, at: () => undefined, done: () => undefined };
    const start = ({ en }: { en: string }) => {
      begun.push(en);
      return task;
    };
    const { folder } = await flow.run('job.yaml', {
      period,
      ...options,
      context: { log, progress: { start } },
    });
    const reference = readdirSync(folder).filter((name) => name.startsWith('reference-'));
    expect(reference).toHaveLength(1);
    const path = join(folder, reference[0]!, 'reference.duckdb');
    return {
      folder,
      path,
      file: statSync(path).ino,
      built: begun.includes('Loading the reference'),
      told: told.filter((line) => line.startsWith('reference taken from')),
    };
  }

  beforeAll(() => {
    flow = workspace();
    flow.put('members.yaml', membersSector());
  });
  beforeEach(() => {
    rmSync(join(flow.folder, '.doisoat'), { recursive: true, force: true });
    flow.put('job.yaml', JOB);
    flow.put('population.csv', csv(people.map((one) => ({ ...one }))));
    flow.put(
      'extract.csv',
      csv(
        people.slice(0, 30).map(({ id, name, born }, i) => ({ ma: `B${i}`, so: id, ten: name, sinh: born })),
      ),
    );
  });
  afterAll(() => flow.remove());

  it('is taken while its file is the same, and outlives the folder that it came from', async () => {
    const first = await night('2026-11-01');
    const second = await night('2026-11-02');
    expect([first.built, second.built, second.file]).toEqual([true, false, first.file]);
    expect([first.told.length, second.told.length]).toEqual([0, 1]);
    rmSync(first.folder, { recursive: true });
    const third = await night('2026-11-03');
    expect([third.built, third.file]).toEqual([false, first.file]);
    expect(await readRows(join(third.folder, 'results.csv'))).toEqual(
      await readRows(join(second.folder, 'results.csv')),
    );
  });

  it('is built again when its file, or how it is read, changes, and on --restart', async () => {
    await night('2026-11-01');
    expect((await night('2026-11-02', { restart: true })).built).toBe(true);
    flow.put('population.csv', csv(people.slice(1).map((one) => ({ ...one }))));
    const second = await night('2026-11-03');
    expect(second.built).toBe(true);
    expect((await readRows(join(second.folder, 'results.csv')))[0]!.method).not.toBe('id');
    flow.put(
      'job.yaml',
      JOB.replace('reference: population.csv', 'reference: { path: population.csv, encoding: utf-8 }'),
    );
    expect((await night('2026-11-04')).built).toBe(true);
  });

  it('is built again where what is left of it is not whole', async () => {
    const first = await night('2026-11-01');
    truncateSync(join(first.path, '../reference.json'), 20);
    expect((await night('2026-11-02')).built).toBe(true);
    const [last, out] = [
      { run: 'one', database: join(flow.folder, 'one/run.duckdb') },
      join(flow.folder, 'two'),
    ];
    expect(takeReference(last, 'reference-1', out)).toBe(false);
    flow.put('one/reference-1/reference.json', '{}');
    expect(takeReference(last, 'reference-1', out)).toBe(false);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(flow.folder).filter((name) => name.endsWith('.building'))).toEqual([]);
  });

  it('lets rows be taken', async () => {
    await night('2026-11-01', { keep: true });
    const second = await flow.run('job.yaml', { period: '2026-11-02' });
    const { rows_taken: taken } = JSON.parse(readFileSync(join(second.folder, 'manifest.json'), 'utf8'));
    expect(taken).toMatchObject({ taken: 30, not_taken: [] });
  });
});
