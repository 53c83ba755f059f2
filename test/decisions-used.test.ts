// What later runs make of decisions about who somebody is: where several rows have one record key, and where a record holds several people.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseKey } from '../pipeline/cases-key.js';
import type { RunResult } from '../pipeline/run.js';
import { say } from './command-line.js';
import { membersSector } from './fixtures/members.js';
import { csv, type Invented, invented } from './fixtures/people.js';
import { type CsvRow, filesBelow, readRows, type Workspace, workspace } from './flow.js';

const LISTS = ['results.csv', 'mismatches.csv', 'summary.json'];

function commands(flow: () => Workspace) {
  const common = () => ['--workspace', join(flow().folder, '.doisoat'), '--quiet', '--lang', 'en'];
  const cases = (...given: string[]) => say(['cases', ...given, ...common()]);
  const enter = async (...given: string[]) => {
    const { code, err } = await cases(...given);
    expect([code, err]).toEqual([0, '']);
  };
  const listed = async (): Promise<Record<string, unknown>[]> =>
    JSON.parse((await cases('list', '--json')).out).shown;
  return { cases, enter, listed };
}

const bytes = ({ folder }: RunResult) => LISTS.map((name) => readFileSync(join(folder, name), 'utf8'));
const rowsOf = ({ folder }: RunResult) => readRows(join(folder, 'results.csv'));
const masked = (id: string) => `${id.slice(0, 3)}******${id.slice(-3)}`;
const notes = ({ summary }: RunResult) => summary.notes.map(({ en }) => en).join('\n');

describe('several rows with one record key', () => {
  const SECTOR = membersSector();
  const job = (columns: string) => `name: members
sector: ./members.yaml
input: { path: extract.csv, columns: { ${columns} id: so, name: ten, born: sinh } }
reference: population.csv
period: auto
output: { results: csv }
`;
  const people = invented(200, 1960);
  const [meant, other] = [people[150]!, people[160]!];
  let flow: Workspace;
  const { cases, enter, listed } = commands(() => flow);

  /** Rows of one key whose names are quite others than those of their numbers. */
  const first = { ma: 'HD-7', so: people[1]!.id, ten: 'Đoàn Quốc Vượng', sinh: people[1]!.born };
  const second = { ma: 'HD-7', so: people[2]!.id, ten: 'Lương Thị Xuân', sinh: people[2]!.born };
  const good = people
    .slice(10, 30)
    .map(({ id, name, born }, i) => ({ ma: `HD-${i + 100}`, so: id, ten: name, sinh: born }));

  async function night(period: string, rows: readonly Record<string, string>[]): Promise<CsvRow[]> {
    flow.put('extract.csv', csv([...rows, ...good]));
    last = await flow.run('job.yaml', { period });
    return rowsOf(last);
  }
  let last: RunResult;
  /** The case of a row, by its position from 0 in the last run. */
  const caseOf = async (i: number) =>
    (await listed()).find(({ record }) => record === i + 1)!['case'] as string;

  beforeAll(() => {
    flow = workspace();
    flow.put('members.yaml', SECTOR);
    flow.put('job.yaml', job('record_key: ma,'));
    flow.put('population.csv', csv(people.map((one) => ({ ...one }))));
  });
  afterAll(() => flow.remove());

  it('goes to the row that it was made about, whatever the order of rows', async () => {
    await night('2026-11-01', [first, second]);
    expect(new Set([await caseOf(0), await caseOf(1)]).size).toBe(2);
    await enter('decide', await caseOf(1), 'same_person', '--person', meant.id);
    await enter('decide', await caseOf(0), 'not_same');
    for (const [period, order] of [
      ['2026-11-02', [first, second]],
      ['2026-11-03', [second, first]],
    ] as const) {
      const rows = await night(period, order);
      const [one, two] = order[0] === first ? [rows[0]!, rows[1]!] : [rows[1]!, rows[0]!];
      expect(two).toMatchObject({ method: 'decision', reference_id: masked(meant.id) });
      expect(one.reference_id).not.toBe(masked(people[1]!.id));
      expect(notes(last)).toBe('');
    }
  });

  it('gives the same bytes when the period runs again', async () => {
    const before = bytes(last);
    last = await flow.run('job.yaml', { period: '2026-11-03', context: { threads: 2 } });
    expect(bytes(last)).toEqual(before);
  });

  it('stays with its row when the other one is mended, although the case takes its number', async () => {
    const mended = { ...first, ten: people[1]!.name };
    const rows = await night('2026-11-04', [mended, second]);
    expect(rows[0]).toMatchObject({ outcome: 'match', method: 'id' });
    expect(rows[1]).toMatchObject({ method: 'decision', reference_id: masked(meant.id) });
    expect(notes(last)).toContain('1 decisions were not used: several rows have');
  });

  it('stays with its row when the other one is gone, and not with the other', async () => {
    const [left] = await night('2026-11-05', [second]);
    expect(left).toMatchObject({ method: 'decision', reference_id: masked(meant.id) });
    const [another] = await night('2026-11-06', [first]);
    expect(another!.reference_id).not.toBe(masked(meant.id));
  });

  it('is superseded by a later one about the row, under whichever number its case goes', async () => {
    await night('2026-11-07', [second]);
    expect(await caseOf(0)).toBe(caseKey('members', 'HD-7'));
    await enter('decide', 'HD-7', 'same_person', '--person', other.id);
    expect((await night('2026-11-08', [first, second]))[1]).toMatchObject({
      method: 'decision',
      reference_id: masked(other.id),
    });
    await enter('decide', await caseOf(1), 'unsure');
    await night('2026-11-09', [second]);
    await enter('decide', await caseOf(0), 'unsure');
    expect((await night('2026-11-10', [first, second]))[1]).toMatchObject({ method: 'id' });
  });

  it('is said not to be used when the row says something else than it did', async () => {
    await enter('decide', await caseOf(1), 'same_person', '--person', meant.id);
    const rows = await night('2026-11-11', [first, { ...second, sinh: '01/02/1999' }]);
    expect(rows.map(({ method }) => method)).not.toContain('decision');
    expect(notes(last)).toContain('decisions were not used: several rows have (or had) the same record key');
  });

  it('is used for rows without a key, each by what it says', async () => {
    flow.put('job.yaml', job('').replace('name: members', 'name: keyless'));
    await night('2026-11-01', [first, second, second]);
    const { shown } = JSON.parse((await cases('list', '--json', '--job', 'keyless')).out);
    const numbered = shown.find(({ record }: { record: number }) => record === 3).case;
    await enter('decide', numbered, 'same_person', '--person', meant.id, '--job', 'keyless');
    const rows = await night('2026-11-02', [second, first, second]);
    expect(rows.slice(0, 3).map(({ method }) => method)).toEqual(['decision', 'id', 'decision']);
  });

  it('goes to its row when it comes back in a correction file', async () => {
    flow.put('job.yaml', job('record_key: ma,').replace('name: members', 'name: corrected'));
    const misnamed = ({ id, born }: Invented) => ({ ma: 'HD-9', so: id, ten: 'Đoàn Thị Xuân', sinh: born });
    const [one, two] = [misnamed(people[3]!), misnamed(people[4]!)];
    const found = (await night('2026-11-01', [one, two])).slice(0, 2);
    expect(found.map(({ reference_id }) => reference_id)).toEqual([3, 4].map((i) => masked(people[i]!.id)));
    const out = join(flow.folder, 'asked');
    const corrections = (...given: string[]) =>
      say(['corrections', ...given, '--workspace', join(flow.folder, '.doisoat'), '--quiet', '--lang', 'en']);
    await corrections(last.folder, '--job', join(flow.folder, 'job.yaml'), '-o', out, '--format', 'csv');
    const list = filesBelow(out).find((name) => name.endsWith('can-xac-minh.csv'))!;
    const asked = (await readRows(join(out, list))).map((cells) =>
      Object.fromEntries(
        Object.entries(cells).map(([name, cell]) => [
          name,
          name.startsWith('Trả lời (') && cells['so'] === two['so'] ? 'không phải người này' : cell,
        ]),
      ),
    );
    flow.put('answers.csv', csv(asked));
    const { code, err } = await corrections('import', join(flow.folder, 'answers.csv'));
    expect([code, err]).toEqual([0, '']);
    const [first, second] = await night('2026-11-02', [two, one]);
    expect(first!.reference_id).not.toBe(masked(people[4]!.id));
    expect(second).toMatchObject({ outcome: 'mismatch', reference_id: masked(people[3]!.id) });
    expect(notes(last)).toBe('');
  });
});

describe('several people in one record', () => {
  const parents = invented(200, 1960);
  const children = invented(200, 2006, 20);
  const mothers = parents.filter(({ sex }) => sex === 'Nữ');
  const fathers = parents.filter(({ sex }) => sex === 'Nam');
  const person = (role: string, { id, name, born }: Invented): Record<string, string> => ({
    [`${role}_so`]: id,
    [`${role}_ten`]: name,
    [`${role}_ns`]: born,
  });
  const family = (i: number): Record<string, string> => ({
    key: `KS-${i}`,
    ...person('con', children[i]!),
    ...person('me', mothers[i]!),
    ...person('cha', fathers[i]!),
  });
  /** KS-1: the mother's name and birth are another's; KS-2: both parents are; KS-3: the mother's number is missing. */
  const faults: Readonly<Record<number, CsvRow>> = {
    1: { me_ten: 'Đoàn Thị Vượng', me_ns: '02/03/1941' },
    2: { me_ten: 'Đoàn Thị Vượng', cha_ten: 'Lương Quốc Xuân' },
    3: { me_so: '' },
  };
  const JOB = `name: khai-sinh
sector: ./births.yaml
input:
  path: births.csv
  columns: { record_key: key, id: con_so, name: con_ten, born: con_ns, mother_id: me_so, mother_name: me_ten,
    mother_born: me_ns, father_id: cha_so, father_name: cha_ten, father_born: cha_ns }
reference: population.csv
period: auto
output: { results: csv }
`;
  let flow: Workspace;
  let last: RunResult;
  const { cases, enter } = commands(() => flow);
  const night = async (period: string): Promise<CsvRow[]> => {
    last = await flow.run('job.yaml', { period });
    return rowsOf(last);
  };

  beforeAll(async () => {
    flow = workspace();
    copyFileSync(join(import.meta.dirname, 'fixtures/births.yaml'), join(flow.folder, 'births.yaml'));
    flow.put('population.csv', csv([...parents, ...children].map((one) => ({ ...one }))));
    flow.put('births.csv', csv(Array.from({ length: 60 }, (_, i) => ({ ...family(i), ...faults[i] }))));
    flow.put('job.yaml', JOB);
    await night('2026-11-01');
  });
  afterAll(() => flow.remove());

  it('a decision without a role means the only one that differs, and asks where several do', async () => {
    const before = await rowsOf(last);
    expect(before[1]).toMatchObject({ child_outcome: 'match', father_outcome: 'match' });
    const told = await cases('decide', 'KS-1', 'same_person', '--person', mothers[80]!.id);
    expect(told).toMatchObject({ code: 0, out: expect.stringContaining('about: Mother') });
    const asked = await cases('decide', 'KS-2', 'not_same');
    expect(asked).toMatchObject({
      code: 2,
      err: expect.stringContaining('mother (Mother), father (Father)'),
    });
    expect(await cases('decide', 'KS-2', 'not_same', '--role', 'wife')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no role “wife”'),
    });
    await enter('decide', 'KS-2', 'not_same', '--role', 'cha');
  });

  it('is used for the people of that role only', async () => {
    const rows = await night('2026-11-02');
    expect(rows[1]).toMatchObject({
      mother_method: 'decision',
      mother_reference_id: masked(mothers[80]!.id),
      child_method: 'id',
      father_method: 'id',
    });
    expect(rows[2]!['father_reference_id']).not.toBe(masked(fathers[2]!.id));
    expect(rows[2]).toMatchObject({ mother_method: 'id', mother_reference_id: masked(mothers[2]!.id) });
    expect(notes(last)).toBe('');
  });

  it('forbids a person to probabilistic matching in that role', async () => {
    const proposed = (await rowsOf(last))[3]!;
    expect(proposed).toMatchObject({ mother_method: 'link', mother_reference_id: masked(mothers[3]!.id) });
    await enter('decide', 'KS-3', 'not_same', '--role', 'mother');
    const [, , , after] = await night('2026-11-03');
    expect(after!['mother_reference_id']).not.toBe(masked(mothers[3]!.id));
  });

  it('is superseded by a second one about the role, and by one that takes all back', async () => {
    await enter('decide', 'KS-1', 'same_person', '--role', 'Mẹ', '--person', mothers[81]!.id);
    expect((await night('2026-11-04'))[1]).toMatchObject({ mother_reference_id: masked(mothers[81]!.id) });
    const first = bytes(last);
    last = await flow.run('job.yaml', { period: '2026-11-04', context: { threads: 2 } });
    expect(bytes(last)).toEqual(first);
    await enter('decide', 'KS-1', 'unsure', '--role', 'father');
    expect((await night('2026-11-05'))[1]).toMatchObject({ mother_method: 'decision' });
    await enter('decide', 'KS-1', 'unsure');
    expect((await night('2026-11-06'))[1]!['mother_method']).not.toBe('decision');
  });

  it('goes out and comes back as a CSV that names the role', async () => {
    const path = join(flow.folder, 'tra-loi.csv');
    await enter('export', '-o', path);
    const rows = await readRows(path);
    const of = (key: string) => rows.find((one) => one['Mã trường hợp'] === caseKey('khai-sinh', key))!;
    expect(of('KS-2')).toMatchObject({ Vai: '', 'Người được đề xuất (Mẹ)': masked(mothers[2]!.id) });
    expect(of('KS-2')['Lý do']).toContain('Mẹ, họ tên');
    const write = (role: string) =>
      writeFileSync(
        path,
        csv([{ 'Mã trường hợp': caseKey('khai-sinh', 'KS-2'), Vai: role, 'Quyết định': 'not_same' }]),
      );
    for (const [role, message] of [
      ['', 'the column “Role” must say'],
      ['vợ', 'there is no role “vợ”'],
    ] as const) {
      write(role);
      expect(await cases('import', path)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
    }
    write('MẸ');
    await enter('import', path);
    expect((await night('2026-11-07'))[2]!['mother_reference_id']).not.toBe(masked(mothers[2]!.id));
    expect((await cases('list', 'KS-2')).out).toContain('not the same person (Mother)');
  });

  it('is used by a run that goes on after it was interrupted', async () => {
    const controller = new AbortController();
    const task = { advance: () => undefined, at: () => undefined, done: () => undefined };
    const progress = {
      start: (label: { readonly vi: string }) => {
        if (label.vi === 'Phân loại') controller.abort();
        return task;
      },
    };
    const stopped = flow.run('job.yaml', {
      period: '2026-11-09',
      context: { signal: controller.signal, progress },
    });
    await expect(stopped).rejects.toThrow();
    const rows = await night('2026-11-09');
    expect(rows[2]!['mother_reference_id']).not.toBe(masked(mothers[2]!.id));
    expect(rows[2]!['father_reference_id']).not.toBe(masked(fathers[2]!.id));
  });

  it('is said not to be used when nobody in the reference is called so any more', async () => {
    await enter('decide', 'KS-1', 'same_person', '--role', 'mother', '--person', '001199000001');
    await night('2026-11-08');
    expect(notes(last)).toContain('Mother: 1 decisions are about people who are no longer in the reference');
  });
});
