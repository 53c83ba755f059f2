import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../pipeline/run.js';
import { csv, invented } from './fixtures/people.js';
import { type CsvRow, readRows, tally, workspace } from './flow.js';

/** Pensions paid into accounts: one person a row, with the checks and rules of `apart` that a sector can declare. */
const SECTOR = `
name: pensions-of-tests
labels: { vi: Lương hưu, en: Pensions }
fields:
  id: { kind: citizen-id, labels: { vi: Số định danh, en: ID } }
  name: { kind: person-name, labels: { vi: Họ tên, en: Name }, required: true, compare: true }
  born: { kind: birth-date, labels: { vi: Ngày sinh, en: Born }, compare: true }
  stopped: { kind: date-of-issue, labels: { vi: Ngày thôi hưởng, en: Stopped } }
  holder: { kind: person-name, labels: { vi: Chủ tài khoản, en: Account holder } }
  type: { kind: code, labels: { vi: Loại đối tượng, en: Type } }
  nationality: { kind: nationality, labels: { vi: Quốc tịch, en: Nationality } }
identify_by: [id]
checks:
  - { check: date_order, earlier: born, later: stopped }
  - { check: same_value, fields: [name, holder] }
  - { check: records_per_person, max: 2 }
apart:
  - { as: organisation, when: { field: type, is: [TC, dn] } }
  - { as: foreigner, when: { field: nationality, is_not: [VN] } }
  - { as: foreigner, when: { field: id, type: [passport] } }
  - { as: without_number, when: { field: id, empty: true } }
`;

const JOB = `
name: luong-huu-2026-11
sector: ./sector.yaml
input:
  path: extract.csv
  columns: { id: so, name: ten, born: ns, stopped: thoi, holder: chu_tk, type: loai, nationality: quoc_tich }
reference: population.csv
period: 2026-11
`;

const people = invented(60, 1940);
const noMarks = (name: string) =>
  name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').toUpperCase();

function row(i: number, changes: Record<string, string> = {}): Record<string, string> {
  const { id, name, born } = people[i]!;
  const usual = {
    so: id,
    ten: name,
    ns: born,
    thoi: '',
    chu_tk: noMarks(name),
    loai: 'CN',
    quoc_tich: 'Việt Nam',
  };
  return { ...usual, ...changes };
}

const CASES: readonly (readonly [string, Record<string, string>, string, string])[] = [
  ['agrees', row(0), 'match', ''],
  ['stopped before the birth', row(1, { thoi: '01/02/1930' }), 'match', 'record.dates_out_of_order'],
  [
    'stopped in the year of birth, no day known',
    row(2, { ns: '1940', thoi: '01/02/1940' }),
    'match_after_cleaning',
    'born.year_only',
  ],
  ['another account holder', row(3, { chu_tk: 'LE THI HONG' }), 'match', 'record.values_differ'],
  ['no account holder', row(4, { chu_tk: '' }), 'match', ''],
  ['an organisation, in other letters', row(5, { loai: 'tc' }), 'apart', 'record.organisation'],
  ['a foreigner by nationality', row(6, { quoc_tich: 'Hàn Quốc' }), 'apart', 'record.foreigner'],
  [
    'a foreigner whom the reference does not have',
    row(7, { so: '', ten: 'John Smith', ns: '30/11/1979', chu_tk: '', quoc_tich: 'Hàn Quốc' }),
    'apart',
    'record.foreigner',
  ],
  [
    'a foreigner by passport',
    row(8, { so: 'M12345678', ten: 'Kim Min Ji', ns: '29/11/1978', chu_tk: '', quoc_tich: '' }),
    'apart',
    'record.foreigner',
  ],
  [
    'nobody’s number',
    row(9, { so: '', ten: 'Bùi Xuân Lạ', ns: '27/11/1977', chu_tk: '' }),
    'apart',
    'record.without_number',
  ],
  ['no nationality', row(10, { quoc_tich: '' }), 'match', ''],
  ['three pensions', row(11, { thoi: '01/01/2020' }), 'match', 'record.too_many'],
  ['three pensions', row(11, { thoi: '01/01/2021' }), 'match', 'record.too_many'],
  ['three pensions', row(11, { thoi: '01/01/2022' }), 'match', 'record.too_many'],
];

describe('checks and rules of apart of one person a record', () => {
  const flow = workspace();
  let result: RunResult;
  let results: CsvRow[];

  beforeAll(async () => {
    flow.put('sector.yaml', SECTOR);
    flow.put('population.csv', csv(people.map((one) => ({ ...one }))));
    flow.put('extract.csv', csv(CASES.map(([, cells]) => cells)));
    flow.put('job.yaml', JOB);
    result = await flow.run('job.yaml');
    results = await readRows(join(result.folder, 'results.csv'));
  });

  afterAll(() => flow.remove());

  it.each(CASES.map((one, i) => [one[0], i, one] as const))('%s', (_, i, [, , outcome, reasons]) => {
    expect(results[i]).toMatchObject({ outcome, reasons });
  });

  it('counts citizens only, and the others on lines of their own', () => {
    const { figures, apart } = result.summary;
    expect(figures).toMatchObject({
      rows: CASES.length,
      compared: CASES.length - 5,
      mismatch_after_cleaning: 0,
    });
    expect(figures.rate_as_submitted).toBeCloseTo(1 / (CASES.length - 5));
    expect(figures.outcomes['apart']).toBe(5);
    expect(figures.compared + figures.outcomes['apart']! + figures.outcomes['rejected']!).toBe(figures.rows);
    expect(apart).toEqual([
      {
        ...{ code: 'record.foreigner', rows: 3, found: 1, matched: 1, share: 1 / 3 },
        by_outcome: { match: 1, not_found: 2 },
      },
      {
        ...{ code: 'record.without_number', rows: 1, found: 0, matched: 0, share: 0 },
        by_outcome: { not_found: 1 },
      },
      {
        ...{ code: 'record.organisation', rows: 1, found: 1, matched: 1, share: 1 },
        by_outcome: { match: 1 },
      },
    ]);
  });

  it('lists none of them as a mismatch', async () => {
    const outcomes = (await readRows(join(result.folder, 'mismatches.csv'))).map((one) => one['outcome']!);
    expect(tally(outcomes)).toEqual({ match_after_cleaning: 1 });
  });

  it('takes a job that maps none of the fields that the checks look at', async () => {
    flow.put('few.yaml', JOB.replace(/columns: .*/, 'columns: { id: so, name: ten }').replace('huu', 'it'));
    const { summary } = await flow.run('few.yaml');
    expect(summary.reasons.map(({ code }) => code)).not.toContain('record.values_differ');
    expect(summary.apart?.map(({ code }) => code)).toEqual(['record.foreigner', 'record.without_number']);
  });
});

describe('a restricted sector', () => {
  const flow = workspace();

  afterAll(() => flow.remove());

  it('masks every value in its lists, unless values are asked for', async () => {
    flow.put('sector.yaml', `${SECTOR}restricted: true\n`);
    flow.put('population.csv', csv(people.map((one) => ({ ...one }))));
    const rows = people.slice(0, 6).map(({ name }, i) => row(i, i === 2 ? { ten: `${name} Lan` } : {}));
    flow.put('extract.csv', `${csv(rows)}Trần Thị Hỏng,079190001234\n`);
    flow.put('job.yaml', JOB);
    const lists = ['results.csv', 'mismatches.csv', 'rejected.csv'];
    const { folder } = await flow.run('job.yaml');
    const hidden = lists.map((name) => readFileSync(join(folder, name), 'utf8')).join();
    for (const { id, name, born } of people) {
      expect(hidden).not.toContain(id);
      expect(hidden).not.toContain(name);
      expect(hidden).not.toContain(born.slice(0, 5));
    }
    expect(hidden).not.toContain('Hỏng');
    expect(hidden).toMatch(/N\*\*\* V\*\*\* A\*\*\*/);
    const open = await flow.run('job.yaml', { revealIds: true, why: 'a test' });
    expect(readFileSync(join(open.folder, 'results.csv'), 'utf8')).toContain(people[0]!.name);
  });
});
