import { join } from 'node:path';
import readExcelFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../engine/database.js';
import { parquetRelation } from '../engine/read-parquet.js';
import { OUTCOME_FACTS, type Outcome } from '../matchers/outcomes.js';
import { namedColumns } from '../reports/mismatch-columns.js';
import { visibleText } from '../reports/visible-text.js';
import { csv, invented } from './fixtures/people.js';
import { type CsvRow, readRows, workspace } from './flow.js';

/** mismatches.xlsx and mismatches.parquet say what mismatches.csv says, whatever the extract holds. */

const HOSTILE = [
  `=cmd|' /C calc'!A0`,
  '+1+1',
  '@SUM(A1)',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'Nguyễn\u202eVăn',
  'tiếng\nxuống dòng',
  'nháy "kép", phẩy',
  '\u0007chuông',
  'Nguyễn'.repeat(1_700),
  '_x0041_',
  '0000',
];

const flow = workspace();
let folder: string;
let list: CsvRow[];

beforeAll(async () => {
  const people = invented(HOSTILE.length, 1970);
  flow.put('people.csv', csv(people.map((one) => ({ ...one }))));
  flow.put(
    'extract.csv',
    csv(people.map(({ id, born, sex }, i) => ({ key: quoted(i), id, name: quoted(i), born, sex }))),
  );
  flow.put(
    'job.yaml',
    `name: hostile
sector: telecom-subscribers
input: { path: extract.csv, columns: { record_key: key, id: id, name: name, born: born, sex: sex } }
reference: people.csv
report: { formats: [csv, xlsx, parquet] }
`,
  );
  folder = (await flow.run('job.yaml')).folder;
  list = await readRows(join(folder, 'mismatches.csv'));
});
afterAll(() => flow.remove());

function quoted(i: number): string {
  return `"${HOSTILE[i]!.replaceAll('"', '""')}"`;
}

describe('the list of mismatches', () => {
  it('is there for every hostile value', () => {
    expect(list).toHaveLength(HOSTILE.length);
  });

  it('as XLSX has every cell of the CSV, as text', async () => {
    const [sheet] = await readExcelFile(join(folder, 'mismatches.xlsx'), { trim: false });
    const columns = namedColumns(Object.keys(list[0]!), new Map());
    const expected = list.map((row) =>
      columns.map(({ name, kind }) => {
        const text = row[name] ?? '';
        if (text === '') return null;
        if (name === 'outcome') return OUTCOME_FACTS[text as Outcome].vi;
        return kind === 'text' ? visibleText(text) : Number(text);
      }),
    );
    expect(sheet!.data.slice(1)).toEqual(expected);
  });

  it('as Parquet has every cell of the CSV', async () => {
    const db = await openDatabase({ tempDir: join(flow.folder, 'temp') });
    try {
      const rows = await db.rows(`SELECT * FROM ${parquetRelation(join(folder, 'mismatches.parquet'))}`);
      const texts = rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value ?? '')])),
      );
      expect(texts).toEqual(list);
    } finally {
      await db.close();
    }
  });
});

describe('namedColumns', () => {
  const labels = new Map([
    ['name', { vi: 'Họ tên', en: 'Name' }],
    ['husband', { vi: 'Chồng', en: 'Husband' }],
    ['husband_name', { vi: 'Họ tên (Chồng)', en: 'Name (Husband)' }],
  ]);

  it.each([
    ['record', 'Bản ghi', 'count'],
    ['name_raw', 'Họ tên: như đã nộp', 'text'],
    ['husband_name_reference', 'Họ tên (Chồng): tham chiếu', 'text'],
    ['husband_outcome', 'Chồng: kết quả', 'text'],
    ['husband_probability', 'Chồng: xác suất', 'probability'],
    ['reference_id', 'Người tìm được', 'text'],
    ['unknown_thing', 'unknown_thing', 'text'],
    ['constructor', 'constructor', 'text'],
  ])('%s is called %s', (name, vi, kind) => {
    const [column] = namedColumns([name], labels);
    expect([column!.head.vi, column!.kind]).toEqual([vi, kind]);
  });

  it('puts the words first and the codes last', () => {
    const names = ['record', 'outcome', 'reasons', 'name_raw', 'reasons_vi'];
    expect(namedColumns(names, labels).map(({ name }) => name)).toEqual([
      'record',
      'outcome',
      'reasons_vi',
      'name_raw',
      'reasons',
    ]);
  });
});
