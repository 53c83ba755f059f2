// A night takes the candidates that the last one has found, wherever these cannot have changed, and writes the same bytes as a full run.
import { cpSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { quietContext } from '../pipeline/context.js';
import { purge } from '../pipeline/purge.js';
import { say } from './command-line.js';
import { invented } from './fixtures/people.js';
import { type CsvRow, NOW, readRows, type Workspace, workspace } from './flow.js';
import {
  buildIn,
  csvText,
  forgeKey,
  inRun,
  keptNight,
  keyOf,
  type Night,
  nightOnce,
  unlikeInFull,
} from './second-night.js';

/** Few records go the ways of many. */
const program = vi.hoisted(() => ({ version: '9.9.9', atOnce: 100_000, variants: 40_000 }));

vi.mock('../pipeline/version.js', () => ({
  get VERSION() {
    return program.version;
  },
}));
vi.mock('../pipeline/link-limits.js', () => ({
  get MOST_AT_ONCE() {
    return program.atOnce;
  },
  get MOST_RECORDS_FOR_VARIANTS() {
    return program.variants;
  },
}));

beforeEach(() => {
  Object.assign(program, { version: '9.9.9', atOnce: 100_000, variants: 40_000 });
});

/** In `npm run test:heavy` the dearest tests, too. */
const all = process.env.DOISOAT_ALL_NIGHTS === '1';

describe('what was kept', () => {
  const SECTOR = (fields: string) => `name: members
labels: { vi: Bạn đọc, en: Members }
fields:
  id: { kind: citizen-id, labels: { vi: Số định danh, en: Personal ID }, required: true }
${fields}identify_by: [id]
`;
  const NAME =
    '  name: { kind: person-name, labels: { vi: Họ tên, en: Name }, compare: true, required: true }\n';
  const BORN = '  born: { kind: birth-date, labels: { vi: Ngày sinh, en: Born }, compare: true }\n';
  const SEX = '  sex: { kind: sex, labels: { vi: Giới tính, en: Sex }, compare: true }\n';
  const job = (parts: { reference?: string; more?: string; name?: string } = {}) => `name: members
sector: ./members.yaml
input: { path: extract.csv, columns: { record_key: ma, id: so, name: ${parts.name ?? 'ten'}, born: sinh, sex: gioi } }
reference: ${parts.reference ?? 'population.csv'}
period: auto
output: { results: csv }
${parts.more ?? ''}`;
  const FROZEN = 'model: model.json\n';
  const people = invented(300, 1960);
  /** Not in the reference at first. */
  const [stranger, ...known] = people.toReversed();
  /** Half of the rows have no number, so that only matching finds their people. */
  const rows: CsvRow[] = people.slice(-120).map(({ id, name, born, sex }, i) => ({
    ma: `BD-${i}`,
    so: i % 2 === 0 || id === stranger!.id ? '' : id,
    ten: name,
    ten_khac: i % 3 === 0 ? name.toUpperCase() : `${name.split(' ')[0]} Văn Khác`,
    sinh: born,
    gioi: sex,
  }));
  let flow: Workspace;
  const night = (period: string, more = {}) => keptNight(flow, 'job.yaml', { period, ...more });
  /** With the rows and the job that every test begins with. */
  const firstNight = nightOnce(
    () => flow,
    () => night('2026-11-01'),
  );
  const rowOf = async ({ folder }: { folder: string }, key: string) =>
    (await readRows(join(folder, 'results.csv'))).find(({ record_key }) => record_key === key)!;

  function putAll(): void {
    flow.put('members.yaml', SECTOR(NAME + BORN + SEX));
    flow.put('job.yaml', job({ more: FROZEN }));
    flow.put('population.csv', csvText(known.map((one) => ({ ...one }))));
    flow.put('extract.csv', csvText(rows));
  }

  /** Nothing was taken for that reason, which the log names, and the answer is that of a full run. */
  async function expectFull(kept: Night, why: readonly string[], words: string): Promise<void> {
    expect(kept.search).toMatchObject({ taken: 0, not_taken: why });
    expect(kept.search!.searched).toBeGreaterThan(50);
    expect(kept.told.join()).toMatch(new RegExp(`nothing taken again: .*${words}`));
  }

  beforeAll(async () => {
    flow = workspace();
    putAll();
    flow.put('job.yaml', job());
    const { folder } = await night('2026-10-01');
    cpSync(join(folder, 'model.json'), join(flow.folder, 'model.json'));
  });
  beforeEach(async () => {
    rmSync(join(flow.folder, '.doisoat'), { recursive: true, force: true });
    putAll();
  });
  afterAll(() => flow.remove());

  it('is everything, when nothing has changed', async () => {
    const first = await night('2026-11-01');
    expect(first.search).toEqual({ last_run: null, taken: 0, searched: 61, not_taken: ['first_run'] });
    const second = await night('2026-11-02');
    const last = JSON.parse(readFileSync(join(first.folder, 'manifest.json'), 'utf8')).run;
    expect(second.search).toEqual({ last_run: last, taken: 61, searched: 0, not_taken: [] });
    expect(second.told).toEqual([
      `candidates of 61 records taken from the run ${last}, 0 records searched for`,
    ]);
    const again = await night('2026-11-02');
    expect(again.search).toMatchObject({ taken: 61, searched: 0 });
    expect(await unlikeInFull(flow, 'job.yaml', { ...again, period: '2026-11-02' })).toEqual([]);
  });

  it('is nothing without a frozen model, and the next night says so', async () => {
    flow.put('job.yaml', job());
    const first = await night('2026-11-01');
    expect(first.search).toBeUndefined();
    const tables = await inRun(flow, first.folder, (db) =>
      db.rows<{ name: string }>('SELECT table_name AS name FROM duckdb_tables()'),
    );
    expect(tables.filter(({ name }) => name.startsWith('search'))).toEqual([]);
    flow.put('job.yaml', job({ more: FROZEN }));
    await expectFull(await night('2026-11-02'), ['nothing_kept'], 'kept nothing');
  });

  it('names nobody and no value', async () => {
    const { folder } = await firstNight();
    const held = await inRun(flow, folder, (db) =>
      db.rows<{
        row: string;
      }>(`SELECT t::VARCHAR AS row FROM searched t UNION ALL SELECT c::VARCHAR FROM searched_candidates c
        UNION ALL SELECT k::VARCHAR FROM search_key k`),
    );
    expect(held.length).toBeGreaterThan(100);
    const text = held.map(({ row }) => row).join('\n');
    for (const { id, name } of people)
      expect([text.includes(name), text.includes(id)]).toEqual([false, false]);
  });

  it('is left alone on --restart, when it was purged, and when its folder is gone', async () => {
    const first = await firstNight();
    await expectFull(await night('2026-11-01', { restart: true }), ['restart'], 'fresh start');
    const at = new Date(NOW.getTime() + 100 * 24 * 3_600_000);
    const context = quietContext({ clock: () => at, workspace: join(flow.folder, '.doisoat'), threads: 2 });
    await purge({ days: 90, dryRun: false }, context);
    const left = await inRun(flow, first.folder, (db) =>
      db.rows<{ name: string }>('SELECT table_name AS name FROM duckdb_tables()'),
    );
    expect(left).toEqual([{ name: 'cases' }]);
    const second = await night('2026-11-02');
    await expectFull(second, ['nothing_kept'], 'kept nothing');
    for (const { folder } of [first, second]) renameSync(folder, `${folder}-moved`);
    await expectFull(await night('2026-11-03'), ['first_run'], 'no run before');
  });

  it('is taken from the folder that was given with -o', async () => {
    const out = join(flow.folder, 'here');
    await night('2026-11-01', { out });
    expect((await night('2026-11-02', { out })).search).toMatchObject({ taken: 61, searched: 0 });
    rmSync(out, { recursive: true });
  });

  it('is given up when the reference changes, or the right person would stay unknown', async () => {
    const first = await firstNight();
    const key = rows.find(({ ten, sinh }) => ten === stranger!.name && sinh === stranger!.born)!['ma']!;
    const before = await rowOf(first, key);
    expect(before['method']).not.toBe('link');
    flow.put('population.csv', csvText([...known, stranger!].map((one) => ({ ...one }))));
    const second = await night('2026-11-02');
    await expectFull(second, ['reference'], 'another reference');
    expect(await rowOf(second, key)).toMatchObject({ method: 'link' });
    expect((await rowOf(second, key)).reference_id).not.toBe(before.reference_id);
    // Had the key not been looked at, the person would not have been found: what was kept is what is used.
    const keyOfAll = await keyOf(flow, second.folder);
    putAll();
    const stale = await night('2026-11-03');
    expect(stale.search!.not_taken).toEqual(['reference']);
    await forgeKey(flow, stale.folder, keyOfAll);
    flow.put('population.csv', csvText([...known, stranger!].map((one) => ({ ...one }))));
    const misled = await night('2026-11-04');
    expect(misled.search).toMatchObject({ searched: 0 });
    expect((await rowOf(misled, key)).method).not.toBe('link');
  });

  it('is given up when a column of the reference becomes another field', async () => {
    flow.put(
      'population.csv',
      csvText(known.map((one, i) => ({ ...one, real: one.name, name: known.at(i - 7)!.name }))),
    );
    const mapped = (column: string) =>
      job({
        reference: `{ path: population.csv, columns: { id: id, name: ${column}, born: born, sex: sex, status: status } }`,
        more: FROZEN,
      });
    flow.put('job.yaml', mapped('name'));
    const first = await night('2026-11-01');
    flow.put('job.yaml', mapped('real'));
    const second = await night('2026-11-02');
    await expectFull(second, ['reference'], 'another reference');
    const named = async ({ folder }: Night) =>
      (await readRows(join(folder, 'results.csv'))).filter(({ reasons }) => reasons!.includes('name.'))
        .length;
    expect(await named(first)).toBeGreaterThan((await named(second)) + 50);
    expect(await unlikeInFull(flow, 'job.yaml', { ...second, period: '2026-11-02' })).toEqual([]);
  });

  it('is given up when a built reference is another build', async () => {
    await buildIn(flow, 'population.csv');
    flow.put('job.yaml', job({ reference: 'built', more: FROZEN }));
    await night('2026-11-01');
    expect((await night('2026-11-02')).search).toMatchObject({ searched: 0, taken: 61 });
    const database = join(flow.folder, 'built/reference.duckdb');
    const { mtime } = statSync(database);
    await buildIn(flow, 'population.csv');
    utimesSync(database, mtime, new Date(mtime.getTime() + 1000));
    await expectFull(await night('2026-11-03'), ['reference'], 'another reference');
  });

  it('is given up when the model changes, in its last digit too', async () => {
    await firstNight();
    const model = readFileSync(join(flow.folder, 'model.json'), 'utf8');
    flow.put('other.json', model.replace(/"found": ([\d.]+)/, '"found": 0.4321098765'));
    flow.put('job.yaml', job({ more: 'model: other.json\n' }));
    const second = await night('2026-11-02');
    await expectFull(second, ['model'], 'another model');
    flow.put('other.json', model.replace(/"found": ([\d.]+)/, '"found": 0.4321098766'));
    await expectFull(await night('2026-11-03'), ['model'], 'another model');
  });

  it('is given up when the job compares otherwise, or the evidence would go to another field', async () => {
    await firstNight();
    flow.put('members.yaml', SECTOR(BORN + NAME + SEX));
    const second = await night('2026-11-02');
    await expectFull(second, ['job'], 'compares other fields');
    expect(await unlikeInFull(flow, 'job.yaml', { ...second, period: '2026-11-02' })).toEqual([]);
  });

  it('stays when the job changes in what matching does not see', async () => {
    await firstNight();
    const more = `${FROZEN}report: { formats: [csv, json] }\nmatching: { accept: 0.97, review: 0.5 }\nstrict: true\n`;
    flow.put('job.yaml', job({ more }));
    const second = await night('2026-11-02');
    expect(second.search).toMatchObject({ taken: 61, searched: 0 });
    expect(await unlikeInFull(flow, 'job.yaml', { ...second, period: '2026-11-02' })).toEqual([]);
  });

  it('is searched for again, row by row, when another column becomes a field', async () => {
    await firstNight();
    flow.put('job.yaml', job({ more: FROZEN, name: 'ten_khac' }));
    const second = await night('2026-11-02');
    expect(second.search!.taken).toBeGreaterThan(10);
    expect(second.search!.searched).toBeGreaterThan(30);
    expect(await unlikeInFull(flow, 'job.yaml', { ...second, period: '2026-11-02' })).toEqual([]);
  });

  it('is given up when the program is another version', async () => {
    await firstNight();
    program.version = '9.9.10';
    const second = await night('2026-11-02');
    expect(second.search!.not_taken).toContain('program');
    expect(second.told.join()).toContain('another version of the program');
    expect(second.search).toMatchObject({ taken: 0, searched: 61 });
  });

  it.each([
    ['fewer go at once', { atOnce: 10, variants: 40_000 }],
    ['too many for variants', { atOnce: 100_000, variants: 10 }],
  ])('is given up when the search goes another way: %s', async (_, limits) => {
    await firstNight();
    Object.assign(program, limits);
    await expectFull(await night('2026-11-02'), ['mode'], 'another way of searching');
  });

  it.runIf(all)('makes a new row go as far as a full run of all rows would, and no further', async () => {
    const { id, sex } = known[0]!;
    const so = id.slice(0, -1) + String((Number(id.at(-1)) + 1) % 10);
    flow.put('extract.csv', csvText(rows));
    const candidates = ({ folder }: Night) =>
      inRun(flow, folder, (db) =>
        db.value<number>("SELECT count(*) FROM candidates WHERE rule = 'id.one_error'"),
      );
    program.variants = 61;
    await night('2026-11-01', { restart: true });
    const wrong = { ...rows[1]!, ma: 'BD-mới', so, ten: 'Kim Ưng Lạ', ten_khac: '', sinh: '', gioi: sex };
    flow.put('extract.csv', csvText([...rows, wrong]));
    program.variants = 62;
    const few = await night('2026-11-02');
    expect(few.search).toMatchObject({ taken: 61, searched: 1 });
    expect(await candidates(few)).toBe(1);
    program.variants = 60;
    flow.put('extract.csv', csvText(rows));
    await night('2026-11-03', { restart: true });
    flow.put('extract.csv', csvText([...rows, wrong]));
    const many = await night('2026-11-04');
    expect(many.search).toMatchObject({ taken: 61, searched: 1 });
    expect(await candidates(many)).toBe(0);
    expect(await unlikeInFull(flow, 'job.yaml', { ...many, period: '2026-11-04' })).toEqual([]);
  });

  it.runIf(all)('is given up when the first wave leaves more open than before', async () => {
    Object.assign(program, { atOnce: 10, variants: 40_000 });
    const first = await night('2026-11-01');
    const open = await inRun(flow, first.folder, (db) =>
      db.value<number>('SELECT count(*) FROM searched WHERE NOT settled'),
    );
    expect(open).toBeGreaterThan(0);
    program.variants = open;
    const strange = { ...rows[1]!, ma: 'BD-lạ', so: '001060999999', ten: 'Kim Văn Lạ', sinh: '01/02/1993' };
    flow.put('extract.csv', csvText([...rows, strange]));
    const second = await night('2026-11-02');
    expect(second.search).toMatchObject({ taken: 0, searched: 62, not_taken: ['mode'] });
    expect(await unlikeInFull(flow, 'job.yaml', { ...second, period: '2026-11-02' })).toEqual([]);
    // With as many open as before the rest is taken.
    flow.put('extract.csv', csvText(rows));
    program.variants = open + 1;
    await night('2026-11-03', { restart: true });
    flow.put('extract.csv', csvText([...rows, strange]));
    expect((await night('2026-11-04')).search).toMatchObject({ taken: 61, searched: 1, not_taken: [] });
  });

  it('is told of in the manifest of a run that was interrupted behind its matching', async () => {
    const first = await firstNight();
    const stop = new AbortController();
    const task = { advance: () => undefined, at: () => undefined, done: () => undefined };
    const start = ({ en }: { en: string }) => {
      if (en === 'Classifying') stop.abort();
      return task;
    };
    const context = { signal: stop.signal, progress: { start } };
    await expect(flow.run('job.yaml', { period: '2026-11-02', context })).rejects.toThrow();
    const gone = await night('2026-11-02');
    expect(gone.told).toEqual([]);
    const last = JSON.parse(readFileSync(join(first.folder, 'manifest.json'), 'utf8')).run;
    expect(gone.search).toEqual({ last_run: last, taken: 61, searched: 0, not_taken: [] });
    expect((await night('2026-11-03')).search).toMatchObject({ taken: 61, searched: 0 });
    expect(await unlikeInFull(flow, 'job.yaml', { ...gone, period: '2026-11-02' })).toEqual([]);
  });

  it('is not for a record that people have forbidden somebody for', async () => {
    const first = await firstNight();
    const common = ['--workspace', join(flow.folder, '.doisoat'), '--quiet', '--lang', 'en'];
    const listed = JSON.parse((await say(['cases', 'list', '--json', ...common])).out).shown as CsvRow[];
    const linked = (await readRows(join(first.folder, 'results.csv'))).filter(
      ({ method }) => method === 'link',
    );
    const one = listed.find(({ record }) => linked.some((row) => row.record === String(record)))!;
    const found = linked.find(({ record }) => record === String(one.record))!;
    const { code, err } = await say(['cases', 'decide', one['case']!, 'not_same', ...common]);
    expect([code, err]).toEqual([0, '']);
    const second = await night('2026-11-02');
    expect(second.search).toMatchObject({ taken: 60, searched: 1 });
    const row = await rowOf(second, found.record_key!);
    expect(row.reference_id).not.toBe(found.reference_id);
    const third = await night('2026-11-03');
    expect(third.search).toMatchObject({ taken: 60, searched: 1 });
    expect(await unlikeInFull(flow, 'job.yaml', { ...third, period: '2026-11-03' })).toEqual([]);
  });
});
