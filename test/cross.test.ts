import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quietContext } from '../pipeline/context.js';
import { type CrossAnswer, crossRuns } from '../pipeline/cross.js';
import { csv, type Invented, invented } from './fixtures/people.js';
import { readRows, workspace } from './flow.js';

/** Deaths, pupils and teachers against one reference; the findings below are all there are. */
const sector = (name: string, person: string, rest = '') => `
name: ${name}-of-tests
labels: { vi: Dữ liệu ${name}, en: The ${name} }
fields:
  id: { kind: citizen-id, labels: { vi: Số định danh, en: ID } }
  name: { kind: person-name, labels: { vi: Họ tên, en: Name }, required: true, compare: true }
  born: { kind: birth-date, labels: { vi: Ngày sinh, en: Born }, compare: true }
identify_by: [id]
person: ${person}
${rest}`;

const job = (name: string, reference = 'reference') => `
name: ${name}-2026-11
sector: ./${name}.yaml
input: { path: ${name}.csv, columns: { record_key: key, id: id, name: name, born: born } }
reference: ${reference}
period: 2026-11
`;

const adults = invented(80, 1970);
const children = invented(80, 2006);
const rowOf = ({ id, name, born }: Invented, i: number, prefix: string) => ({
  key: `${prefix}${i}`,
  id,
  name,
  born,
});

const pupils = [...children.slice(0, 60), adults[3]!];
const teachers = [...adults.slice(10, 30), adults[12]!];
const deaths = [children[5]!, adults[20]!, adults[70]!];

describe('doisoat cross', () => {
  const flow = workspace();
  const folders: Record<string, string> = {};
  let answer: CrossAnswer;

  const context = quietContext({ workspace: join(flow.folder, '.doisoat'), threads: 2 });
  const out = join(flow.folder, 'cross');
  const list = (name: string) => readRows(join(out, `${name}.csv`));
  const check = (name: string) => answer.report.checks.find((one) => one.check === name)!;

  beforeAll(async () => {
    flow.put('population.csv', csv([...adults, ...children].map((one) => ({ ...one }))));
    flow.put(
      'pupils.yaml',
      sector('pupils', '{ state: active, age: { min: 5, max: 25 }, exclusive: place }'),
    );
    flow.put('teachers.yaml', sector('teachers', '{ state: active, exclusive: post }'));
    flow.put('deaths.yaml', sector('deaths', '{ state: dead }'));
    const other = { key: 'GV-other', id: children[7]!.id, name: 'Đinh Quốc Khải', born: '02/02/1981' };
    flow.put('pupils.csv', csv(pupils.map((one, i) => rowOf(one, i, 'HS-'))));
    flow.put('teachers.csv', csv([...teachers.map((one, i) => rowOf(one, i, 'GV-')), other]));
    flow.put('deaths.csv', csv(deaths.map((one, i) => rowOf(one, i, 'KT-'))));
    for (const name of ['pupils', 'teachers', 'deaths']) {
      flow.put(`${name}-job.yaml`, job(name, 'population.csv'));
      const { folder } = await flow.run(`${name}-job.yaml`);
      folders[name] = folder;
    }
    const all = ['deaths', 'pupils', 'teachers'].map((name) => folders[name]!);
    answer = await crossRuns({ folders: all, out, revealIds: false }, context);
  });

  afterAll(() => flow.remove());

  it('says how much of each dataset it could look at, and how much it found in all', () => {
    const { datasets, checks, records } = answer.report;
    for (const { found, rows, share } of datasets) expect(share).toBe(found / rows);
    expect(records).toBe(checks.reduce((sum, one) => sum + one.records, 0));
  });

  it('finds the dead among the active', async () => {
    expect(check('deceased_active')).toMatchObject({ code: 'person.deceased', people: 2, records: 2 });
    const rows = await list('deceased_active');
    expect(
      rows.map((row) => [row['dataset'], row['record'], row['other_dataset'], row['other_record']]),
    ).toEqual([
      ['pupils-2026-11', '6', 'deaths-2026-11', '1'],
      ['teachers-2026-11', '11', 'deaths-2026-11', '2'],
    ]);
    expect(rows[0]).toMatchObject({
      note_vi: 'dữ liệu tham chiếu: còn sống',
      note_en: 'reference: alive',
    });
  });

  it('finds a pupil of 56', async () => {
    expect(check('age_outside')).toMatchObject({ people: 1, records: 1 });
    expect((await list('age_outside'))[0]).toMatchObject({
      dataset: 'pupils-2026-11',
      record: '61',
      note_vi: 'sinh năm 1970',
      note_en: 'born 1970',
    });
  });

  it('finds two posts of one person, and not a pupil who teaches', async () => {
    expect(check('two_posts')).toMatchObject({ people: 1, records: 1 });
    expect((await list('two_posts'))[0]).toMatchObject({
      record: '21',
      other_record: '3',
      note_vi: 'post: 2 bản ghi',
      note_en: 'post: 2 records',
    });
  });

  it('finds one number under two names', async () => {
    expect(check('id_two_names')).toMatchObject({ code: 'record.id_shared', people: 1, records: 1 });
    expect((await list('id_two_names'))[0]).toMatchObject({ record: '8', other_record: '22' });
  });

  it('masks numbers, keys and names unless asked for', async () => {
    const [row] = await list('id_two_names');
    expect(row).toMatchObject({
      other_name: 'Đ*** Q*** K***',
      number: expect.stringMatching(/^001\*{6}\d{3}$/),
    });
    const everything = ['deceased_active', 'age_outside', 'two_posts', 'id_two_names']
      .map((name) => readFileSync(join(out, `${name}.csv`), 'utf8'))
      .join();
    for (const { id, name } of [...adults, ...children]) {
      expect(everything).not.toContain(id);
      expect(everything).not.toContain(name);
    }
    const told: number[] = [];
    const beforeRevealing = async (records: number) => {
      told.push(records);
      expect(existsSync(join(flow.folder, 'open'))).toBe(false);
    };
    const open = { folders: Object.values(folders), out: join(flow.folder, 'open'), revealIds: true };
    await crossRuns({ ...open, beforeRevealing }, context);
    expect(told).toEqual([5]);
    const [shown] = await readRows(join(flow.folder, 'open', 'id_two_names.csv'));
    expect(shown).toMatchObject({ number: children[7]!.id });
  });

  it('is the same files again, and lists nothing that is no longer found', async () => {
    const before = readFileSync(join(out, 'cross.json'), 'utf8');
    const all = ['deaths', 'pupils', 'teachers'].map((name) => folders[name]!);
    await crossRuns({ folders: all, out, revealIds: false }, { ...context, threads: 1 });
    expect(readFileSync(join(out, 'cross.json'), 'utf8')).toBe(before);
    const few = await crossRuns({ folders: [folders['deaths']!], out, revealIds: false }, context);
    expect(few.report.checks.map((one) => one.not_done === null)).toEqual([false, false, false, false]);
    expect(existsSync(join(out, 'deceased_active.csv'))).toBe(false);
  });

  it('takes runs whose sectors read other fields of the same people', async () => {
    const rest = `identify_by: [id]`;
    const more = sector('drivers', '{ state: active }').replace(
      rest,
      `  sex: { kind: code, labels: { vi: Giới tính, en: Sex }, compare: true }\n${rest}`,
    );
    flow.put('drivers.yaml', more);
    flow.put('drivers.csv', csv(adults.slice(18, 24).map((one, i) => rowOf(one, i, 'LX-'))));
    flow.put('drivers-job.yaml', job('drivers', 'population.csv'));
    const { folder } = await flow.run('drivers-job.yaml');
    const both = {
      folders: [folders['deaths']!, folder],
      out: join(flow.folder, 'drivers'),
      revealIds: false,
    };
    const hashOf = (one: string) =>
      JSON.parse(readFileSync(join(one, 'manifest.json'), 'utf8')).reference.hash;
    expect(hashOf(folder)).not.toBe(hashOf(folders['deaths']!));
    const { report } = await crossRuns(both, context);
    expect(report.checks[0]).toMatchObject({ check: 'deceased_active', people: 1, records: 1 });
  });

  it('refuses runs of different references, and folders that are no runs', async () => {
    flow.put('smaller.csv', csv(children.map((one) => ({ ...one }))));
    flow.put('other-job.yaml', job('pupils', 'smaller.csv').replace('name: pupils', 'name: others'));
    const { folder } = await flow.run('other-job.yaml');
    const both = [folders['deaths']!, folder];
    await expect(crossRuns({ folders: both, out, revealIds: false }, context)).rejects.toThrow(
      /tham chiếu khác/,
    );
    const none = [join(flow.folder, 'nothing')];
    await expect(crossRuns({ folders: none, out, revealIds: false }, context)).rejects.toThrow(
      /lần chạy đã xong/,
    );
  });
});

describe('a register of deaths that other jobs name', () => {
  const flow = workspace();
  const people = invented(60, 1970);
  const living = (name: string, deaths: string) =>
    job(name, 'population.csv').replace('period:', `deaths: ${deaths}\nperiod:`);

  beforeAll(async () => {
    flow.put('population.csv', csv(people.map((one, i) => ({ ...one, status: i === 1 ? 'dead' : 'alive' }))));
    flow.put('deaths.yaml', sector('deaths', '{ state: dead }'));
    flow.put('pupils.yaml', sector('pupils', '{ state: active }'));
    flow.put('deaths.csv', csv(people.slice(3, 6).map((one, i) => rowOf(one, i, 'KT-'))));
    flow.put('pupils.csv', csv(people.slice(0, 8).map((one, i) => rowOf(one, i, 'HS-'))));
    flow.put('reference.yaml', job('deaths', 'population.csv'));
    await flow.run('reference.yaml');
  });

  afterAll(() => flow.remove());

  it('makes its people dead in them, and changes no outcome', async () => {
    flow.put('job.yaml', living('pupils', 'deaths'));
    const { folder, summary } = await flow.run('job.yaml');
    const rows = await readRows(join(folder, 'results.csv'));
    expect(rows.map((row) => row['reasons'])).toEqual([
      '',
      'person.deceased',
      '',
      ...Array(3).fill('person.deceased'),
      '',
      '',
    ]);
    expect(summary.figures.outcomes['match']).toBe(8);
  });

  it.each([
    ['there is no such run', 'births', /“births”/],
    ['it is no register of deaths', 'pupils', /khai tử/],
  ])('is refused when %s', async (_, name, message) => {
    flow.put(
      'job.yaml',
      living('pupils', name)
        .replace('2026-11\ninput', '2026-12\ninput')
        .replace('name: pupils', 'name: later'),
    );
    await expect(flow.run('job.yaml')).rejects.toThrow(message);
  });
});

describe('where the days are known', () => {
  const flow = workspace();
  const context = quietContext({ workspace: join(flow.folder, '.doisoat'), threads: 2 });
  const dated = (name: string, person: string) =>
    sector(name, person).replace(
      'identify_by',
      `  started: { kind: date-of-issue, labels: { vi: Từ ngày, en: From } }
  ended: { kind: date-of-issue, labels: { vi: Đến ngày, en: Until } }
identify_by`,
    );
  const datedJob = (name: string) =>
    job(name, 'population.csv').replace('born: born', 'born: born, started: tu, ended: den');
  const at = (i: number, tu: string, den: string) => ({ ...rowOf(adults[i]!, i, 'K-'), tu, den });
  const posts = [
    at(1, '01/02/2000', ''), // died in 2020, and still there
    at(2, '01/02/2000', '31/05/2019'), // had left before
    at(3, '01/02/2021', ''), // came after his death
    at(4, '01/02/2000', '2020'), // left in the year of his death
    at(5, '01/02/2000', '01/07/2015'), // two posts, one after the other
    at(5, '02/07/2015', ''),
    at(6, '01/02/2000', ''), // two posts at once
    at(6, '02/07/2015', ''),
  ];
  let folders: string[];

  beforeAll(async () => {
    flow.put('population.csv', csv(adults.map((one) => ({ ...one }))));
    flow.put('posts.yaml', dated('posts', '{ state: active, from: started, until: ended, exclusive: post }'));
    flow.put('deaths.yaml', dated('deaths', '{ state: dead, from: started }'));
    flow.put('posts.csv', csv([...posts, ...range(20, 60).map((i) => at(i, '01/02/2000', ''))]));
    flow.put('deaths.csv', csv([1, 2, 3, 4].map((i) => at(i, '15/06/2020', ''))));
    folders = [];
    for (const name of ['deaths', 'posts']) {
      flow.put(`${name}-job.yaml`, datedJob(name));
      folders.push((await flow.run(`${name}-job.yaml`)).folder);
    }
  });
  afterAll(() => flow.remove());

  it('what had ended before the death is no finding, and what began after it is said', async () => {
    const out = join(flow.folder, 'cross');
    await crossRuns({ folders, out, revealIds: false }, context);
    const found = await readRows(join(out, 'deceased_active.csv'));
    expect(found.map((row) => [row['record'], row['note_en']])).toEqual([
      ['1', 'reference: alive'],
      ['3', 'reference: alive; began after the death'],
      ['4', 'reference: alive'],
    ]);
    expect(found[1]!['note_vi']).toBe('dữ liệu tham chiếu: còn sống; bắt đầu sau ngày chết');
  });

  it('a post that had ended is not two posts', async () => {
    const found = await readRows(join(flow.folder, 'cross/two_posts.csv'));
    expect(found.map((row) => [row['record'], row['other_record']])).toEqual([['8', '7']]);
  });

  it('a job that names the deaths leaves alone what had ended before', async () => {
    flow.put('posts-job.yaml', `${datedJob('posts')}deaths: deaths\noutput: { results: csv }\n`);
    const { folder } = await flow.run('posts-job.yaml');
    const rows = await readRows(join(folder, 'results.csv'));
    const dead = rows.filter(({ reasons }) => reasons!.includes('person.deceased'));
    expect(dead.map(({ record }) => record)).toEqual(['1', '3', '4']);
  });

  it.each(['endet', 'name'])('%s, which is no date of the sector, is refused', (until) => {
    flow.put('posts.yaml', dated('posts', `{ state: active, until: ${until} }`));
    expect(() => flow.run('posts-job.yaml')).toThrow(until);
  });
});

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
