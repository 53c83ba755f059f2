import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUTCOMES } from '../matchers/outcomes.js';
import { rollUp } from '../pipeline/group-provinces.js';
import type { GroupTable, Summary } from '../reports/model.js';
import { type Workspace, workspace } from './flow.js';

/** Runs whose figures by age, province and period can be counted by hand. */

const PEOPLE = `id,name,born,sex
001185000001,Nguyễn Văn An,1985-03-01,Nam
001085000002,Trần Thị Bình,1985-11-30,Nữ
079212000003,Lê Minh Châu,2012-11-02,Nam
079212000004,Phạm Thu Dung,2012-11-01,Nữ
036040000005,Đỗ Văn Em,1940,Nam
`;

const EXTRACT = `ma,so,ten,sinh,tinh,nha_mang
1,001185000001,Nguyễn Văn An,01/03/1985,Hà Nam,A
2,001085000002,TRẦN THỊ BÌNH,30/11/1985,Nam Định,A
3,079212000003,Lê Minh Chau,02/11/2012,Hà Nội,B
4,079212000004,Phạm Thu Dung,01/11/2012,Bắc Giang,B
5,036040000005,Đỗ Văn Khác,1940,Hải Dương,B
6,036040000006,Ai Đó,,,B
`;

const job = (name: string, rest = '') => `name: ${name}
sector: telecom-subscribers
input:
  path: extract.csv
  columns: { record_key: ma, id: so, name: ten, born: sinh, province: tinh, carrier: nha_mang }
reference: people.csv
period: 2026-11
report: { formats: [json], group_by: [province, carrier]${rest} }
`;

let flow: Workspace;
let now: Summary;
let former: Summary;

beforeAll(async () => {
  flow = workspace();
  flow.put('people.csv', PEOPLE);
  flow.put('extract.csv', EXTRACT);
  flow.put('by-34.yaml', job('by-34'));
  flow.put('by-63.yaml', job('by-63', ', provinces: 63'));
  await flow.run('by-34.yaml', { period: '2026-09' });
  await flow.run('by-34.yaml', { period: '2026-10' });
  now = (await flow.run('by-34.yaml')).summary;
  former = (await flow.run('by-63.yaml')).summary;
});

afterAll(() => flow.remove());

function rowsOf(table: GroupTable | undefined): Record<string, number> {
  return Object.fromEntries((table?.rows ?? []).map(({ value, figures }) => [value ?? '–', figures.rows]));
}

const table = (summary: Summary, field: string) => summary.groups.find((group) => group.field === field);

describe('the figures', () => {
  it('by age are those of the first day of the period, in the order of age', () => {
    const ages = table(now, 'born.age')!;
    expect(ages.by).toBe('age');
    expect(rowsOf(ages)).toEqual({ '6-13': 1, '14-24': 1, '40-59': 2, '80-': 1, '–': 1 });
    expect(ages.rows.map(({ label }) => label)).toEqual(['6–13', '14–24', '40–59', '≥ 80', '']);
  });

  it('by province go by the 34 of today, or by the 63 of before where the job says so', () => {
    expect(table(now, 'province')!.by).toBe('province-34');
    expect(rowsOf(table(now, 'province'))).toEqual({ 37: 2, '01': 1, 24: 1, 31: 1, '–': 1 });
    expect(table(former, 'province.63')!.by).toBe('province-63');
    expect(rowsOf(table(former, 'province.63'))).toEqual({ 35: 1, 36: 1, '01': 1, 24: 1, 30: 1, '–': 1 });
    expect(table(former, 'province.63')!.rows.find(({ value }) => value === '24')!.label).toBe(
      'Tỉnh Bắc Giang',
    );
  });

  it('of every split add up to those of the run', () => {
    for (const summary of [now, former]) {
      for (const { field, rows } of summary.groups) {
        for (const outcome of OUTCOMES) {
          const sum = rows.reduce((total, row) => total + (row.figures.outcomes[outcome] ?? 0), 0);
          expect(sum, `${field} ${outcome}`).toBe(summary.figures.outcomes[outcome] ?? 0);
        }
      }
    }
  });

  it('do not depend on the list of provinces but for what is split by it', () => {
    expect(former.figures).toEqual(now.figures);
    expect(former.reasons.map(({ code, rows }) => [code, rows])).toEqual(
      now.reasons.filter(({ code }) => code !== 'address.old_unit').map(({ code, rows }) => [code, rows]),
    );
  });

  it('of what has to be done add up to the mismatches as submitted', () => {
    for (const { mending, figures } of [now, former]) {
      expect(mending.map(({ who }) => who)).toEqual(['automatic', 'person', 'citizen']);
      expect(mending.reduce((sum, { rows }) => sum + rows, 0)).toBe(figures.mismatch_as_submitted);
      for (const { rows, by_outcome } of mending) {
        expect(Object.values(by_outcome).reduce((sum, n) => sum + n, 0)).toBe(rows);
      }
    }
  });

  it('say what each field was used for', () => {
    const uses = Object.fromEntries(now.fields.map(({ field, use }) => [field, use]));
    expect(uses).toMatchObject({ id: 'identify', name: 'compare', born: 'compare', carrier: 'count' });
  });
});

describe('beside the earlier periods', () => {
  it('stand all of them, the oldest first, this one last', () => {
    expect(now.trend.map(({ period }) => period)).toEqual(['2026-09', '2026-10', '2026-11']);
    for (const { figures } of now.trend) expect(figures).toEqual(now.figures);
    expect(former.trend).toHaveLength(1);
  });

  it('each figure has the one of the last period', () => {
    for (const { numerator, denominator, share, previous } of now.marks)
      expect(previous).toEqual({ numerator, denominator, share });
    for (const { filled, usable, distinct, share, previous, problems } of now.fields) {
      expect(previous).toEqual({ filled, usable, distinct, share });
      for (const problem of problems) expect(problem.previous).toBe(problem.rows);
    }
    for (const { rows, previous } of now.mending) expect(previous).toBe(rows);
    // Who turned 14 on the first of November was of another age group in October.
    const groups = now.groups.filter(({ by }) => by !== 'age');
    for (const { rows } of groups) for (const row of rows) expect(row.previous).toEqual(row.figures);
    expect(table(now, 'born.age')!.rows.find(({ value }) => value === '6-13')!.previous!.rows).toBe(2);
  });

  it('a first run has none', () => {
    expect(former.previous).toBeNull();
    expect([...former.marks, ...former.fields, ...former.mending].map(({ previous }) => previous)).toEqual(
      Array.from({ length: former.marks.length + former.fields.length + former.mending.length }, () => null),
    );
  });
});

describe('figures by commune', () => {
  const counted = (rows: number) => [{ outcome: 'match' as const, rows }];
  // 00004 phường Ba Đình; 26740 phường Sài Gòn; 25747 phường Thủ Dầu Một, before 2025 in Bình Dương.
  const byValue = new Map([
    ['00004', counted(5)],
    ['26740', counted(7)],
    ['25747', counted(11)],
    ['split:26740|25747', counted(13)],
    ['99999', counted(17)],
    [null, counted(19)],
  ]);
  const sums = (list: 34 | 63) => {
    const [named, byProvince] = rollUp({ name: 'commune' }, byValue, list);
    const rows = [...byProvince].map(([value, all]) => [value, all.reduce((sum, one) => sum + one.rows, 0)]);
    return { named, rows };
  };

  it('are rolled up to the provinces of today by their codes', () => {
    const { named, rows } = sums(34);
    expect(named).toMatchObject({ field: 'commune.province', by: 'province-34' });
    expect(named.label('79')).toBe('Thành phố Hồ Chí Minh');
    expect(rows).toEqual([
      ['01', 5],
      ['79', 7 + 11 + 13],
      [null, 17 + 19],
    ]);
  });

  it('or to the former ones, as far as they tell', () => {
    const { named, rows } = sums(63);
    expect(named).toMatchObject({ field: 'commune.province.63', by: 'province-63' });
    expect(named.label('split:74|79')).toBe('Tỉnh Bình Dương hoặc Thành phố Hồ Chí Minh');
    expect(rows).toEqual([
      ['01', 5],
      ['79', 7],
      ['74', 11],
      ['split:74|79', 13],
      [null, 17 + 19],
    ]);
  });
});

describe('a job that asks for the 63 former provinces', () => {
  it('is told where its column cannot say them', async () => {
    const names = [
      'An Giang',
      'Cà Mau',
      'Đồng Nai',
      'Gia Lai',
      'Lâm Đồng',
      'Phú Thọ',
      'Vĩnh Long',
      'Tây Ninh',
    ];
    const rows = names.map((name, i) => `${i},00118500000${i},Ai Đó,1990-01-01,${name},A`);
    flow.put('extract.csv', ['ma,so,ten,sinh,tinh,nha_mang', ...rows, ''].join('\n'));
    flow.put('new-list.yaml', job('new-list', ', provinces: 63'));
    const { summary } = await flow.run('new-list.yaml');
    expect(rowsOf(table(summary, 'province.63'))).toMatchObject({ 'split:89|91': 1, 'split:95|96': 1 });
    expect(summary.notes.map(({ en }) => en).join()).toContain('by the 34 provinces of today');
  });
});
