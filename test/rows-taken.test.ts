// A night takes the rows whose cells the last one had too, wherever what was found of them cannot have changed, and writes the same bytes
// as a full run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { literal } from '../engine/sql.js';
import type { Context } from '../pipeline/context.js';
import type { Manifest } from '../pipeline/manifest.js';
import { canKeepRows } from '../pipeline/rows-taken.js';
import { say } from './command-line.js';
import { job, people, rows, SECTOR } from './fixtures/nights.js';
import { type CsvRow, type FlowOptions, readRows, type Workspace, workspace } from './flow.js';
import {
  buildIn,
  csvText,
  fullNight,
  inRun,
  keptNight,
  type Night,
  nightOnce,
  unlikeInFull,
} from './second-night.js';

const program = vi.hoisted(() => ({ version: '9.9.9' }));
vi.mock('../pipeline/version.js', () => ({
  get VERSION() {
    return program.version;
  },
}));

let flow: Workspace;

const night = (period: string, options: Partial<FlowOptions> = {}): Promise<Night> =>
  keptNight(flow, 'job.yaml', { period, ...options });

/** With the rows and the job that every test begins with. */
const firstNight = nightOnce(
  () => flow,
  () => night('2026-11-01'),
  () => statSync(join(flow.folder, 'built/reference.duckdb')).mtimeMs,
);

async function built(list: readonly object[]): Promise<void> {
  flow.put('population.csv', csvText(list.map((one) => ({ ...one }))));
  await buildIn(flow, 'population.csv');
}

const at = (day: string): { context: Partial<Context> } => ({
  context: { clock: () => new Date(`${day}T05:00:00Z`) },
});

/** Ctrl+C where a stage begins. */
function interruptedAt(stage: string): Partial<Context> {
  const stop = new AbortController();
  const task = { advance: () => undefined, at: () => undefined, done: () => undefined };
  const start = ({ en }: { en: string }) => {
    if (en === stage) stop.abort();
    return task;
  };
  return { signal: stop.signal, progress: { start } };
}

/** Nothing was taken for these reasons, which the log names, and the answer is that of a full run. */
async function expectFull(kept: Night, why: readonly string[], words: string, period: string): Promise<void> {
  expect(kept.rows).toMatchObject({ taken: 0, not_taken: why });
  expect(kept.rowsTold).toContain('nothing taken again');
  expect(kept.rowsTold).toContain(words);
  expect(await unlikeInFull(flow, 'job.yaml', { ...kept, period })).toEqual([]);
}

beforeAll(async () => {
  flow = workspace();
  flow.put('members.yaml', SECTOR);
  await built(people);
});
beforeEach(() => {
  Object.assign(program, { version: '9.9.9' });
  rmSync(join(flow.folder, '.doisoat'), { recursive: true, force: true });
  flow.put('job.yaml', job());
  flow.put('extract.csv', csvText(rows));
});
afterAll(() => flow.remove());

/** Rows that their number settles and no two-digit year: all that can be taken. */
const TAKEABLE = 93;

describe('the rows of the night before', () => {
  it('are taken, when nothing has changed', async () => {
    const first = await night('2026-11-01');
    expect(first.rows).toEqual({ last_run: null, taken: 0, matched: 120, not_taken: ['first_run'] });
    const second = await night('2026-11-02');
    const last = JSON.parse(readFileSync(join(first.folder, 'manifest.json'), 'utf8')).run;
    const found = { last_run: last, taken: TAKEABLE, matched: 120 - TAKEABLE, not_taken: [] };
    expect(second.rows).toEqual(found);
    expect(second.rowsTold).toBe(
      `${TAKEABLE} rows taken from the run ${last}, ${120 - TAKEABLE} rows matched`,
    );
    expect((await night('2026-11-03')).rows).toMatchObject({ taken: TAKEABLE });
    expect(await unlikeInFull(flow, 'job.yaml', { ...second, period: '2026-11-02' })).toEqual([]);
  });

  it('are kept by the first run of a series when it is told that there will be another, else by the second', async () => {
    const first = await night('2026-11-01', { keep: false });
    expect(first.rows).toEqual({ last_run: null, taken: 0, matched: 120, not_taken: ['first_run'] });
    const kept = (folder: string) =>
      inRun(flow, folder, (db) =>
        db.value<number>("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'rows_key'"),
      );
    expect(await kept(first.folder)).toBe(0);
    const second = await night('2026-11-02', { keep: false });
    expect(second.rows).toMatchObject({ taken: 0, not_taken: ['nothing_kept'] });
    expect(await kept(second.folder)).toBe(1);
    expect(await unlikeInFull(flow, 'job.yaml', { ...first, period: '2026-11-01' })).toEqual([]);
    expect((await night('2026-11-03', { keep: false })).rows).toMatchObject({ taken: TAKEABLE });
  });

  it('are what is used: another answer of the night before comes back', async () => {
    const first = await firstNight();
    await inRun(flow, first.folder, (db) =>
      db.run(`UPDATE results SET person = other.person, find_by = other.find_by
        FROM (SELECT person, find_by FROM results WHERE record = 5) other WHERE record = 1`),
    );
    const listed = await readRows(join((await night('2026-11-02')).folder, 'results.csv'));
    expect(listed[1]!.reference_id).toBe(listed[5]!.reference_id);
    const full = await readRows(join((await night('2026-11-02', { restart: true })).folder, 'results.csv'));
    expect(full[1]!.reference_id).not.toBe(full[5]!.reference_id);
  });

  it('are taken under another model too, and their dictionaries name no value in the key', async () => {
    const first = await firstNight();
    const key = await inRun(flow, first.folder, (db) => db.value<string>('SELECT key FROM rows_key'));
    for (const { name, id } of people) expect([key.includes(name), key.includes(id)]).toEqual([false, false]);
    flow.put('job.yaml', job().replace('matching: { enabled: false }', 'matching: { enabled: true }'));
    const second = await night('2026-11-02');
    expect(second.rows).toMatchObject({ taken: TAKEABLE });
    expect(await unlikeInFull(flow, 'job.yaml', { ...second, period: '2026-11-02' })).toEqual([]);
  });

  it('are matched again when the program is another version', async () => {
    await firstNight();
    program.version = '9.9.10';
    const second = await night('2026-11-02');
    await expectFull(second, ['program'], 'another version of the program', '2026-11-02');
  });

  it('are matched again when the reference is another build, or the old answers would stay', async () => {
    const first = await firstNight();
    await built(people.map((one, i) => (i === 1 ? { ...one, name: 'Kim Ưng Khác' } : one)));
    const database = join(flow.folder, 'built/reference.duckdb');
    const second = await night('2026-11-02');
    await expectFull(second, ['reference'], 'another reference', '2026-11-02');
    const reasons = async ({ folder }: Night) => (await readRows(join(folder, 'results.csv')))[1]!.reasons;
    expect(await reasons(first)).not.toContain('name.different');
    expect(await reasons(second)).toContain('name.different');
    // Had the key not been looked at, they would have stayed.
    const key = await inRun(flow, second.folder, (db) => db.value<string>('SELECT key FROM rows_key'));
    await inRun(flow, first.folder, (db) => db.run(`UPDATE rows_key SET key = ${literal(key)}`));
    rmSync(second.folder, { recursive: true });
    const misled = await night('2026-11-03');
    expect(misled.rows).toMatchObject({ taken: TAKEABLE });
    expect(await reasons(misled)).not.toContain('name.different');
    // The same files built once more count for another reference.
    await built(people);
    await night('2026-11-04', { restart: true });
    const { mtime } = statSync(database);
    utimesSync(database, mtime, new Date(mtime.getTime() + 1000));
    expect((await night('2026-11-05')).rows).toMatchObject({ taken: 0, not_taken: ['reference'] });
  });

  it('are matched again when the job uses a column for something else', async () => {
    await firstNight();
    flow.put('job.yaml', job({ group: '[place, phone]' }));
    await expectFull(await night('2026-11-02'), ['job'], 'reads other fields', '2026-11-02');
  });

  it('are taken when the job changes in what is made from all rows', async () => {
    await firstNight();
    flow.put('job.yaml', job({ more: 'strict: true\n' }));
    const second = await night('2026-11-02');
    expect(second.rows).toMatchObject({ taken: TAKEABLE });
    expect(await unlikeInFull(flow, 'job.yaml', { ...second, period: '2026-11-02' })).toEqual([]);
  });

  it('are matched again in another year, and for a day before', async () => {
    await night('2026-11-01', at('2026-12-30'));
    const before = await night('2026-11-02', at('2026-12-29'));
    expect(before.rows).toMatchObject({ taken: 0, not_taken: ['day'] });
    expect((await night('2026-11-03', at('2026-12-31'))).rows).toMatchObject({ taken: TAKEABLE });
    const after = await night('2026-11-04', at('2027-01-01'));
    expect(after.rows).toMatchObject({ taken: 0, not_taken: ['day'] });
    expect(after.rowsTold).toContain('another year');
  });

  it('are matched again, those alone, when a date in them need not be what it was', async () => {
    const dated = rows.map((row, i) =>
      i % 6 === 1 ? { ...row, vao: '25/11/2026' } : i % 6 === 2 ? { ...row, sinh: '25/11/2026' } : row,
    );
    flow.put('extract.csv', csvText(dated));
    const first = await night('2026-11-01');
    const second = await night('2026-11-02', at('2026-11-30'));
    expect(second.rows!.taken).toBeLessThan(TAKEABLE - 20);
    expect(second.rows!.taken).toBeGreaterThan(30);
    const full = await fullNight(flow, 'job.yaml', { period: '2026-11-02', ...at('2026-11-30') });
    const [before, now, anew] = await Promise.all(
      [first.folder, second.folder, full].map((folder) => readRows(join(folder, 'results.csv'))),
    );
    expect(now).toEqual(anew);
    expect(now).not.toEqual(before);
  });

  it('are matched again when a column is to be read otherwise', async () => {
    await firstNight();
    // Where the day tells itself, it moves behind the month; a day up to the 12th stands where it stood.
    const american = rows.map((row) => ({
      ...row,
      sinh: row['sinh']!.replace(/^(1[3-9]|2\d)\/(..)/, '$2/$1'),
    }));
    expect(american.filter(({ sinh }, i) => sinh === rows[i]!['sinh']).length).toBeGreaterThan(40);
    flow.put('extract.csv', csvText(american));
    const second = await night('2026-11-02');
    await expectFull(second, ['hints'], 'the order of dates of a column', '2026-11-02');
  });

  it('are matched again on --restart, and where the run before kept nothing', async () => {
    const first = await firstNight();
    expect((await night('2026-11-02', { restart: true })).rows).toMatchObject({ not_taken: ['restart'] });
    await inRun(flow, (await night('2026-11-02')).folder, (db) => db.run('DROP TABLE rows_key'));
    expect((await night('2026-11-03')).rows).toMatchObject({ taken: 0, not_taken: ['nothing_kept'] });
    rmSync(first.folder, { recursive: true });
  });

  it('obey what people decided meanwhile', async () => {
    const first = await firstNight();
    const common = ['--workspace', join(flow.folder, '.doisoat'), '--quiet', '--lang', 'en'];
    const listed = JSON.parse((await say(['cases', 'list', '--json', ...common])).out).shown as CsvRow[];
    const found = await readRows(join(first.folder, 'results.csv'));
    const settled = listed.filter(({ record }) => found[Number(record) - 1]!.method === 'id');
    const [not, same, waived] = settled;
    const other = found.find(({ record }) => record === String(same!['record']))!;
    const meant = people.find(({ id }) => !other.reference_id!.endsWith(id.slice(-3)))!;
    for (const words of [
      [not!['case']!, 'not_same'],
      [same!['case']!, 'same_person', '--person', meant.id],
    ])
      expect(await say(['cases', 'decide', ...words, ...common])).toMatchObject({ code: 0, err: '' });
    const wave = [
      'cases',
      'waive',
      waived!['case']!,
      '--because',
      'test',
      '--until',
      '2027-12-31',
      ...common,
    ];
    expect(await say(wave)).toMatchObject({ code: 0 });
    const second = await night('2026-11-02');
    expect(second.rows).toMatchObject({ taken: TAKEABLE });
    const listedNow = await readRows(join(second.folder, 'results.csv'));
    const methodOf = (one: CsvRow) => listedNow[Number(one['record']) - 1]!.method;
    expect([methodOf(not!), methodOf(same!)]).toEqual(['', 'decision']);
    // Rows that a decision has opened are not taken as they were then.
    const third = await night('2026-11-03');
    expect(third.rows).toMatchObject({ taken: TAKEABLE - 2 });
    expect(await unlikeInFull(flow, 'job.yaml', { ...third, period: '2026-11-03' })).toEqual([]);
  });

  it('are not kept of records of several people, nor beside a register of deaths', async () => {
    const samples = join(import.meta.dirname, '../sample-data');
    for (const name of ['reference/population.csv', 'reference/id-changes.csv', 'marriages/extract.csv'])
      flow.put(name, readFileSync(join(samples, name)));
    flow.put('marriages/job.yaml', readFileSync(join(samples, 'marriages/job.yaml')));
    const { folder } = await flow.run('marriages/job.yaml', { period: '2026-11' });
    const text = readFileSync(join(folder, 'manifest.json'), 'utf8');
    expect((JSON.parse(text) as Manifest).rows_taken).toBeUndefined();
    const state = { matched: { identity: {} }, deaths: [], asked: { sector: { roles: {} } } };
    const keeps = (parts: object) => canKeepRows({ ...state, ...parts } as never);
    expect([keeps({}), keeps({ deaths: ['folder'] })]).toEqual([true, false]);
  });

  it.each(process.env.DOISOAT_ALL_NIGHTS === '1' ? ['Normalising', 'Matching', 'Classifying'] : ['Matching'])(
    'are taken once more by a run that was interrupted at %s',
    async (stage) => {
      await firstNight();
      flow.put('extract.csv', csvText([...rows.slice(20), { ...rows[1]!, ma: 'BD-mới', ten: 'Kim Ưng' }]));
      const options = { period: '2026-11-02', context: interruptedAt(stage) };
      await expect(flow.run('job.yaml', options)).rejects.toThrow();
      const second = await night('2026-11-02');
      const taken = second.rows!.taken;
      expect(second.rows).toMatchObject({ not_taken: [], matched: 101 - taken });
      expect(taken).toBeGreaterThan(60);
      expect(await unlikeInFull(flow, 'job.yaml', { ...second, period: '2026-11-02' })).toEqual([]);
    },
  );

  it('are waited for by a run that goes on while another program holds their database', async () => {
    const first = await firstNight();
    const options = { period: '2026-11-02', context: interruptedAt('Matching') };
    await expect(flow.run('job.yaml', options)).rejects.toThrow();
    const holder = `import { DuckDBInstance } from '@duckdb/node-api';
      await DuckDBInstance.create(process.argv[1]);
      process.stdout.write('held');
      setInterval(() => undefined, 1000);`;
    const arguments_ = ['--input-type=module', '-e', holder, join(first.folder, 'run.duckdb')];
    const child = spawn(process.execPath, arguments_, { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await once(child.stdout, 'data');
      await expect(flow.run('job.yaml', { period: '2026-11-02' })).rejects.toThrow(/Another program/);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    const second = await night('2026-11-02');
    expect(second.rows).toMatchObject({ taken: TAKEABLE });
    expect(await unlikeInFull(flow, 'job.yaml', { ...second, period: '2026-11-02' })).toEqual([]);
  });

  it('are matched again by an interrupted run that finds another database in the place of theirs', async () => {
    const first = await firstNight();
    const second = await night('2026-11-02');
    await expect(
      flow.run('job.yaml', { period: '2026-11-03', context: interruptedAt('Matching') }),
    ).rejects.toThrow();
    copyFileSync(join(first.folder, 'run.duckdb'), join(second.folder, 'run.duckdb'));
    const said: string[] = [];
    const log = { info: ({ en }: { en: string }) => said.push(en), warn: () => 0, debug: () => 0 };
    await flow.run('job.yaml', { period: '2026-11-03', context: { log } });
    expect(said.join()).not.toContain('Going on');
  });
});
