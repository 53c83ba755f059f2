import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunResult } from '../pipeline/run.js';
import { type CsvRow, readRows, tally, workspace } from './flow.js';

/** Social insurance: a person may have one record. Rows are added to the sample extract of people whom the reference has and has not. */
const flow = workspace();
const SAMPLES = join(import.meta.dirname, '..', 'sample-data');
const EXTRACT = 'social-insurance/extract.csv';

interface Row {
  readonly name: string;
  readonly born: string;
  readonly sex?: string;
  readonly id?: string;
  readonly province?: string;
}

/** The columns of the sample: stt;ma_so_bhxh;ho_ten;ngay_sinh;gioi_tinh;so_cccd;tinh;don_vi;ma_ho;muc_dong. */
function line(key: string, { name, born, sex = 'Nam', id = '', province = 'Lào Cai' }: Row): string {
  return [key, '', name, born, sex, id, province, 'Công ty thử', '', key].join(';');
}

/** None of these people is in the reference. */
const STRANGER: Row = { name: 'Quàng Thế Chương', born: '17/9/1971' };
const TWIN_A: Row = { name: 'Lò Gia Phát', born: '3/3/1990' };
const TWIN_B: Row = { name: 'Lò Gia Tài', born: '3/3/1990' };

const ADDED: readonly (readonly [string, Row])[] = [
  ['A1', STRANGER],
  ['A2', { ...STRANGER, name: 'QUANG THE CHUONG' }],
  ['A3', { ...STRANGER, id: '010071999999' }],
  ['B1', TWIN_A],
  ['B2', TWIN_B],
  ['C1', { name: 'Mùa A Dế', born: '5/11/1983' }],
];

let result: RunResult;
let list: CsvRow[];
let rows: Map<string, CsvRow>;
let found: Row & { key: string };

const read = async (name: string) => readRows(join(result.folder, name));
const keysOf = (cluster: string) =>
  list.filter((row) => row['cluster'] === cluster).map((row) => row['record_key']);
const clusterOf = (key: string) => list.find((row) => row['record_key'] === key)?.['cluster'];

async function run(): Promise<void> {
  result = await flow.run('social-insurance/job.yaml', { revealIds: true });
  list = await read('duplicates.csv');
  rows = new Map((await read('results.csv')).map((row) => [row['record_key']!, row]));
}

beforeAll(async () => {
  cpSync(SAMPLES, flow.folder, { recursive: true });
  const sample = readFileSync(join(SAMPLES, EXTRACT), 'utf8');
  const cells = sample.split('\n')[1]!.split(';') as string[];
  found = {
    key: cells[0]!,
    name: cells[2]!,
    born: cells[3]!,
    sex: cells[4]!,
    id: cells[5]!,
    province: cells[6]!,
  };
  const added = [
    ...ADDED.map(([key, row]) => line(key, row)),
    line('D1', { ...found, name: found.name.toUpperCase() }),
    line('D2', { ...found, id: '' }),
    line('E1', { name: 'Thào Seo Vư', born: '9/9/1999' }),
    line('E1', { name: 'Thào Seo Vư', born: '9/9/1999' }),
  ];
  flow.put(EXTRACT, `${sample.trimEnd()}\n${added.join('\n')}\n`);
  await run();
});

afterAll(() => flow.remove());

describe('duplicates of a sector where a person has one record', () => {
  it('are the rows that the same person was found for, with a number or without', () => {
    expect(keysOf(clusterOf('D1')!)).toEqual([found.key, 'D1', 'D2']);
    expect(list.filter((row) => row['cluster'] === clusterOf('D1')).map((row) => row['how'])).toEqual([
      'first',
      'same_person',
      'same_person',
    ]);
  });

  it('are rows alike that nobody was found for', () => {
    expect(rows.get('A1')!['outcome']).toBe('not_found');
    expect(keysOf(clusterOf('A1')!)).toEqual(['A1', 'A2', 'A3']);
    expect(list.find((row) => row['record_key'] === 'A2')!['how']).toBe('alike');
  });

  it('are equal rows', () => {
    expect(keysOf(clusterOf('E1')!)).toEqual(['E1', 'E1']);
    expect(list.filter((row) => row['record_key'] === 'E1').map((row) => row['how'])).toEqual([
      'first',
      'same_row',
    ]);
  });

  it('are not twins, nor people who are there once', () => {
    for (const key of ['B1', 'B2', 'C1']) expect(clusterOf(key), key).toBeUndefined();
  });

  it('have the reason from the second row on, and no other outcome for it', () => {
    const marked = (key: string) => rows.get(key)!['reasons']!.split(';').includes('record.duplicate');
    expect(['A1', 'A2', 'A3', 'B1', 'D1', 'D2'].map(marked)).toEqual([false, true, true, false, true, true]);
    expect(rows.get(found.key)!['reasons']).toBe('');
    expect(rows.get('A2')!['outcome']).toBe('not_found');
    const second = list.filter((row) => ['same_row', 'same_person', 'alike'].includes(row['how']!)).length;
    const reasons = result.summary.reasons.find(({ code }) => code === 'record.duplicate');
    expect(reasons?.rows).toBe(second);
  });

  it('are counted in the summary as they are listed', () => {
    const ways = tally(list.map((row) => row['how']!));
    const { first = 0, shared_number: shared = 0, ...further } = ways;
    expect(result.summary.duplicates).toMatchObject({
      clusters: first,
      records: list.length - shared,
      by: further,
      shared_records: shared,
    });
    expect(shared).toBeGreaterThan(0);
  });

  it('hold the rows under a number that is plainly several people’s', () => {
    const shared = list.filter((row) => row['how'] === 'shared_number');
    const own = new Set(shared.map((row) => row['cluster']));
    for (const cluster of own) {
      const numbers = keysOf(cluster!).map((key) => rows.get(key!)!['id_canonical']);
      expect(numbers.length).toBeGreaterThan(1);
      expect(new Set(numbers).size).toBe(1);
    }
  });

  it('are the same bytes again with one thread', async () => {
    const before = readFileSync(join(result.folder, 'duplicates.csv'), 'utf8');
    await flow.run('social-insurance/job.yaml', { revealIds: true, context: { threads: 2 } });
    expect(readFileSync(join(result.folder, 'duplicates.csv'), 'utf8')).toBe(before);
  });
});

describe('duplicates of a sector where a person may have several records', () => {
  it('are equal rows only', async () => {
    const { folder } = await flow.run('telecom-subscribers/job.yaml');
    const ways = tally((await readRows(join(folder, 'duplicates.csv'))).map((row) => row['how']!));
    expect(
      Object.keys(ways)
        .filter((way) => way !== 'shared_number')
        .sort(),
    ).toEqual(['first', 'same_row']);
  });
});
