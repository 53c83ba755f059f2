// Correction files as a data owner meets them: its own records, two lists, answers that come back as decisions.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvText } from '../engine/write-csv.js';
import { quietContext } from '../pipeline/context.js';
import { writeAllCorrections } from '../pipeline/corrections.js';
import { answerOf } from '../pipeline/corrections-words.js';
import { purge } from '../pipeline/purge.js';
import type { RunResult } from '../pipeline/run.js';
import { withLedger } from '../pipeline/workspace-ledger.js';
import { makeWorkbook } from '../reports/xlsx.js';
import { say } from './command-line.js';
import { membersSector, OWNER, SEX } from './fixtures/members.js';
import { type CsvRow, filesBelow, NOW, readRows, type Workspace, workspace } from './flow.js';
import { ALL_SHEETS, convert, installedOffice } from './office.js';

const SECTOR = membersSector([SEX, OWNER], ['group_by: [owner]']);

const JOB = `name: members
sector: ./members.yaml
input: { path: "extract*.csv", columns: { record_key: ma, id: so, name: ten, born: sinh, sex: gioi, owner: don_vi } }
reference: people.csv
period: auto
report: { formats: [json, csv] }
output: { results: csv }
matching: { accept: 0.9965 }
`;

const HEADER = ['ma', 'so', 'ten', 'sinh', 'gioi', 'don_vi', 'Mã trường hợp', 'ghi_chu'];
const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Võ', 'Đặng', 'Bùi'];
const MIDDLE = ['Văn', 'Minh', 'Ngọc', 'Đức', 'Thu'];
const GIVEN = ['An', 'Bình', 'Châu', 'Dũng', 'Giang', 'Hà', 'Khánh', 'Lan', 'Mai', 'Nam', 'Phúc'];
const HOSTILE = "=cmd|'/c calc'!A1 <script>alert(1)</script>\"\r\n\u202eabc";

const two = (n: number) => String(n).padStart(2, '0');
const range = (size: number) => Array.from({ length: size }, (_, i) => i);
const csv = (rows: readonly (readonly string[])[]) =>
  `${rows.map((row) => row.map(csvText).join(',')).join('\n')}\n`;

/** Synthetic people: number, name, ISO birth date, sex. */
function person(i: number): [string, string, string, string] {
  const mix = (factor: number, size: number) => Math.floor(((i * factor + 11) % 1009) / 3) % size;
  const year = 1955 + mix(71, 44);
  const sex = mix(13, 2);
  return [
    `079${sex}${two(year % 100)}${String(100_000 + i * 37)}`,
    `${FAMILY[mix(31, 8)]} ${MIDDLE[mix(57, 5)]} ${GIVEN[mix(91, 11)]}`,
    `${year}-${two(1 + mix(37, 12))}-${two(1 + mix(113, 28))}`,
    sex === 1 ? 'Nữ' : 'Nam',
  ];
}

function row(i: number): string[] {
  const owner = i < 30 ? 'Thư viện A' : i < 55 ? '../../Thư viện B' : '';
  return [`K${i}`, ...person(i), owner, '', ''];
}

/** 1, 31, 57: another name. 2, 32: a date in another form. 3: no number. 4: nobody. 5: hostile note and no number. */
function faulty(i: number): string[] {
  const [key, id, name, born, sex, owner, answer, note] = row(i) as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  if ([1, 31, 57].includes(i)) return [key, id, 'Nguyễn Thị Xuân', born, sex, owner, answer, note];
  if ([2, 32].includes(i)) return [key, id, name, born.replaceAll('-', ''), sex, owner, answer, note];
  if (i === 3) return [key, '', name, born, sex, owner, 'của đơn vị', note];
  if (i === 4) return [key, '', 'Đoàn Quốc Vượng', '1931-02-03', 'Nam', owner, answer, note];
  if (i === 5) return [key, '', name, born, sex, owner, answer, HOSTILE];
  return [key, id, name, born, sex, owner, answer, note];
}

const BAD = [1, 2, 3, 4, 5, 31, 32, 57];

let flow: Workspace;
let done: RunResult;
const place = () => join(flow.folder, '.doisoat');
const corrections = (...given: string[]) =>
  say(['corrections', ...given, '--workspace', place(), '--quiet', '--lang', 'en']);
const write = (out: string, ...given: string[]) =>
  corrections(done.folder, '--job', join(flow.folder, 'job.yaml'), '-o', join(flow.folder, out), ...given);
const read = (path: string) => readRows(join(flow.folder, path));
const cell = (one: CsvRow, start: string) =>
  Object.entries(one).find(([name]) => name.startsWith(start))?.[1];
const reveal = ['--reveal-ids', '--why', 'for the owner'];

beforeAll(async () => {
  flow = workspace();
  flow.put('members.yaml', SECTOR);
  flow.put('job.yaml', JOB);
  flow.put('people.csv', csv([['id', 'name', 'born', 'sex'], ...range(900).map(person)]));
  flow.put('extract-1.csv', csv([HEADER, ...range(50).map(faulty)]));
  // Columns in another order, one more, and none of the notes.
  const other = ['them', 'don_vi', 'gioi', 'sinh', 'ten', 'so', 'ma'];
  const rows = range(10).map((i) => [
    `x${i}`,
    ...faulty(50 + i)
      .slice(0, 6)
      .reverse(),
  ]);
  flow.put('extract-2.csv', csv([other, ...rows]));
  done = await flow.run('job.yaml');
}, 120_000);

afterAll(() => flow.remove());

describe('correction files', () => {
  beforeAll(async () => {
    expect(await write('plain')).toMatchObject({ code: 0, err: '' });
    expect(await write('open', ...reveal)).toMatchObject({ code: 0, err: '' });
  }, 60_000);

  it('have every record that needs a correction once, with its own columns as they were', async () => {
    const lists = filesBelow(join(flow.folder, 'plain')).filter((name) => name.endsWith('.csv'));
    const rows = (await Promise.all(lists.map((name) => read(`plain/${name}`)))).flat();
    expect(rows.map((one) => one.ma).sort()).toEqual(BAD.map((i) => `K${i}`).sort());
    expect(rows.length).toBe(done.summary.figures.mismatch_as_submitted);
    for (const one of rows) {
      const was = faulty(Number(one.ma!.slice(1)));
      expect(HEADER.slice(0, 5).map((name) => one[name])).toEqual(was.slice(0, 5));
    }
    expect(Object.keys(rows[0]!).slice(0, 9)).toEqual([...HEADER, 'them']);
  });

  it('are one folder per owner, with the two lists', async () => {
    expect(filesBelow(join(flow.folder, 'plain'))).toEqual([
      'chua-ro-don-vi/can-xac-minh.csv',
      'chua-ro-don-vi/can-xac-minh.xlsx',
      'corrections.json',
      'thu-vien-a/can-xac-minh.csv',
      'thu-vien-a/can-xac-minh.xlsx',
      'thu-vien-a/sua-tu-dong.csv',
      'thu-vien-a/sua-tu-dong.xlsx',
      'thu-vien-b/can-xac-minh.csv',
      'thu-vien-b/can-xac-minh.xlsx',
      'thu-vien-b/sua-tu-dong.csv',
      'thu-vien-b/sua-tu-dong.xlsx',
    ]);
    const { totals } = JSON.parse(readFileSync(join(flow.folder, 'plain/corrections.json'), 'utf8'));
    expect(totals).toEqual({ automatic: 2, verify: 6, needed: 8, unread: 0 });
  });

  it('propose the standard form at once, what the reference says only when asked', async () => {
    const [form] = await read('plain/thu-vien-a/sua-tu-dong.csv');
    expect(cell(form!, 'Đề xuất: sinh')).toBe(person(2)[2].split('-').reverse().join('/'));
    expect(cell(form!, 'Độ chắc chắn')).toBe('Chắc chắn: chỉ sai hình thức');
    const of = async (folder: string, key: string) =>
      (await read(`${folder}/thu-vien-a/can-xac-minh.csv`)).find((one) => one.ma === key)!;
    expect(cell(await of('open', 'K1'), 'Đề xuất: ten')).toBe(person(1)[1]);
    expect(cell(await of('plain', 'K1'), 'Đề xuất: ten')).toMatch(/^\p{L}\*\*\* \p{L}\*\*\* \p{L}\*\*\*$/u);
    const hidden = (i: number) => person(i)[0].replace(/^(...).*(...)$/, '$1******$2');
    expect(cell(await of('open', 'K5'), 'Đề xuất: so')).toBe(person(5)[0]);
    expect(cell(await of('plain', 'K5'), 'Đề xuất: so')).toBe(hidden(5));
    // Perhaps it is somebody else: who only may be it is masked whatever is asked for.
    expect(cell(await of('open', 'K3'), 'Độ chắc chắn')).toMatch(
      /^Có thể là người này \(xác suất \d\d,\d %\)/,
    );
    expect(cell(await of('open', 'K3'), 'Đề xuất: so')).toBe(hidden(3));
    expect(cell(await of('open', 'K4'), 'Đề xuất: so')).toBe('');
    expect(cell(await of('open', 'K3'), 'Lý do')).toContain('Số định danh: thiếu');
    expect(cell(await of('open', 'K1'), 'Đề xuất: so')).toBe('');
  });

  it('say in the audit trail what was written, and how many records were revealed', async () => {
    const entries = await withLedger({ workspace: place() }, (ledger) => [...ledger.auditEntries()]);
    const told = entries.filter(({ command }) => command === 'corrections');
    expect(told.map(({ revealed, why }) => [revealed, why])).toEqual([
      [0, ''],
      [8, 'for the owner'],
    ]);
  });

  it('are the same bytes on one thread as on two', async () => {
    const request = {
      folder: done.folder,
      job: join(flow.folder, 'job.yaml'),
      out: join(flow.folder, 'again'),
      formats: ['csv', 'xlsx'] as const,
      revealIds: true,
      why: 'test',
    };
    await writeAllCorrections(request, quietContext({ workspace: place(), threads: 1, clock: () => NOW }));
    for (const name of filesBelow(join(flow.folder, 'open'))) {
      expect(readFileSync(join(flow.folder, 'again', name)), name).toEqual(
        readFileSync(join(flow.folder, 'open', name)),
      );
    }
  });

  it('hold hostile values as text, in a sheet too, where numbers keep their zeros', async () => {
    const rows = await read('plain/thu-vien-a/can-xac-minh.csv');
    expect(rows.find((one) => one.ma === 'K5')!.ghi_chu).toBe(`'${HOSTILE}`);
    const sheet = await readSheet(join(flow.folder, 'open/thu-vien-a/can-xac-minh.xlsx'), 'Cần xác minh');
    const head = sheet[0]!.map(String);
    const line = sheet.find((one) => one[0] === 'K5')!;
    expect(String(line[head.indexOf('ghi_chu')])).toContain("'=cmd|");
    const at = head.findIndex((name) => name.startsWith('Đề xuất: so'));
    expect(line[at]).toBe(person(5)[0]);
    expect(head.some((name) => name.startsWith('Trả lời (đã sửa'))).toBe(true);
  });

  it('are written for one owner when one is asked for', async () => {
    const { code, out } = await write('one', '--owner', 'thư viện a', '--format', 'csv');
    expect([code, out.includes('4 records in the files; the run has 8 to correct')]).toEqual([0, false]);
    expect(out).toContain('5 records in the files; the run has 8 to correct');
    expect(readdirSync(join(flow.folder, 'one'))).toEqual(['corrections.json', 'thu-vien-a']);
    await write('none', '--owner', '');
    expect(readdirSync(join(flow.folder, 'none'))).toContain('chua-ro-don-vi');
  });

  it.each([
    ['an unknown owner', ['--owner', 'Thư viện C'], 'There is no owner “Thư viện C”'],
    ['an unknown field', ['--by', 'province'], 'does not split its figures by “province”'],
    ['an unknown format', ['--format', 'docx'], 'There is no format “docx”'],
    ['no reason', ['--reveal-ids'], 'it is not said why'],
  ])('refuse %s, and leave nothing behind', async (_name, given, message) => {
    const { code, err } = await write('refused', ...given);
    expect([code, err.includes(message)]).toEqual([2, true]);
    expect(readdirSync(flow.folder).filter((name) => name.startsWith('refused'))).toEqual([]);
  });

  it('do not overwrite a folder in which answers may stand', async () => {
    const { code, err } = await write('plain');
    expect([code, err.includes('There are files in this place')]).toEqual([2, true]);
  });

  it('need the very files that the run read', async () => {
    const path = join(flow.folder, 'extract-1.csv');
    const bytes = readFileSync(path);
    writeFileSync(path, Buffer.concat([bytes, Buffer.from('K99,,,,,,,\n')]));
    const { code, err } = await write('changed');
    writeFileSync(path, bytes);
    expect([code, err.includes('gone or has changed: extract-1.csv')]).toEqual([2, true]);
    expect(existsSync(join(flow.folder, 'changed'))).toBe(false);
  });
});

const office = installedOffice();
if (office === null) console.warn('No LibreOffice found: correction files are not opened with it.');

describe('in a spreadsheet program', () => {
  it.skipIf(office === null)(
    'the workbook shows the cells of the CSV',
    async () => {
      await write('sheet', ...reveal);
      const folder = join(flow.folder, 'office');
      const made = convert(office!, join(flow.folder, 'sheet/thu-vien-a/can-xac-minh.xlsx'), {
        folder,
        format: ALL_SHEETS,
      });
      const list = made.find((name) => name.includes('Cần xác minh'))!;
      const shown = await readRows(join(folder, list));
      const plain = await read('sheet/thu-vien-a/can-xac-minh.csv');
      const values = (rows: readonly CsvRow[], start: string) => rows.map((one) => cell(one, start));
      for (const start of [
        'ma',
        'so',
        'sinh',
        'Đề xuất: so',
        'Độ chắc chắn',
        'Lý do',
        'Mã trường hợp',
        'Lần chạy',
      ]) {
        expect(values(shown, start), start).toEqual(values(plain, start));
      }
    },
    120_000,
  );
});

describe('sectors of their own kind', () => {
  const sample = async (sector: string, ...given: string[]) => {
    const job = join('sample-data', sector, 'job.yaml');
    const place = ['--workspace', join(flow.folder, sector), '--quiet', '--lang', 'en'];
    await say(['run', job, ...place]);
    const out = join(flow.folder, `${sector}-files`);
    const { code, out: text } = await say([
      'corrections',
      job,
      '-o',
      out,
      '--format',
      'csv',
      ...given,
      ...place,
    ]);
    expect(code).toBe(0);
    const lists = filesBelow(out).filter((name) => name.endsWith('.csv'));
    const rows = (await Promise.all(lists.map((name) => readRows(join(out, name))))).flat();
    return { rows, text };
  };

  it('mask everything of a restricted one', async () => {
    const { rows, text } = await sample('health-records');
    expect(text).toContain('This sector is restricted: every value is masked');
    const own = rows.flatMap((one) => [one.ho_ten_benh_nhan!, one.so_cccd!, one.ngay_sinh!]);
    expect(own.length).toBeGreaterThan(100);
    expect(own.filter((value) => /\d|\p{L}{2}/u.test(value))).toEqual([]);
  }, 60_000);

  it('propose for each of several people in a record', async () => {
    const { rows } = await sample('marriages', ...reveal);
    const wives = rows.filter((one) => cell(one, 'Lý do')!.includes('Vợ, '));
    expect(wives.length).toBeGreaterThan(5);
    const proposed = (one: CsvRow, whose: string) =>
      ['so_cccd', 'ho_ten', 'ngay_sinh'].some((name) => cell(one, `Đề xuất: ${name}_${whose}`) !== '');
    expect(wives.filter((one) => proposed(one, 'vo')).length).toBeGreaterThan(wives.length / 2);
    const only = rows.filter((one) => !cell(one, 'Lý do')!.includes('Chồng, '));
    expect(only.filter((one) => proposed(one, 'chong'))).toEqual([]);
  }, 60_000);
});

describe('answers', () => {
  const source = () => join(flow.folder, 'ask/thu-vien-a/can-xac-minh.csv');
  const bring = (...names: string[]) =>
    corrections('import', ...names.map((name) => join(flow.folder, name)));

  beforeAll(async () => {
    await write('ask', '--format', 'csv,xlsx');
  }, 60_000);

  /** The list of library A with answers by record key, its columns turned round. */
  async function answered(answers: Readonly<Record<string, string>>): Promise<string[][]> {
    const rows = await readRows(source());
    const head = Object.keys(rows[0]!).reverse();
    const cells = rows.map((one) =>
      head.map((name) => (name.startsWith('Trả lời (') ? (answers[one.ma!] ?? '') : one[name]!)),
    );
    return [head, ...cells];
  }

  const standing = () =>
    withLedger({ workspace: place() }, (ledger) =>
      [...ledger.decisions('members')].map(({ decision }) => decision).sort(),
    );

  it.each([
    ['đã sửa', 'corrected_at_source'],
    ['DA SUA', 'corrected_at_source'],
    ['đã sửa ở nguồn', 'corrected_at_source'],
    ['Đúng  người này', 'same_person'],
    ['cùng một người', 'same_person'],
    ['not the same person', 'not_same'],
    ['unsure', 'unsure'],
    ['đã sửa ở dữ liệu tham chiếu', null],
    ['', null],
  ])('“%s” is understood as %s', (text, answer) => {
    expect(answerOf(text)).toBe(answer);
  });

  it('name every bad line and enter nothing', async () => {
    const rows = await answered({ K1: 'sai bét', K3: 'đúng người này', K4: 'đúng người này' });
    const [head] = rows;
    const at = (start: string) => head!.findIndex((name) => name.startsWith(start));
    rows.find((cells) => cells[at('ma')] === 'K3')![at('Lần chạy')] = 'members#00000000';
    flow.put('bad.csv', csv(rows));
    const { code, err } = await bring('bad.csv');
    expect(code).toBe(2);
    expect(err).toContain('3 mistakes');
    expect(err).toMatch(/bad\.csv, line 2: the answer “sai bét” is not understood/);
    expect(err).toMatch(/line 3: the workspace has no run members/);
    expect(err).toMatch(/line 4: nobody was proposed/);
    expect(await standing()).toEqual([]);
  });

  it('refuse a file that is not ours, a damaged workbook, and two answers for one case', async () => {
    flow.put('other.csv', 'a,b\n1,2\n');
    expect((await bring('other.csv')).err).toContain('no correction file of doisoat');
    flow.put('broken.xlsx', 'PK nothing');
    expect((await bring('broken.xlsx')).err).toContain('cannot be read as an XLSX workbook');
    flow.put('yes.csv', csv(await answered({ K3: 'đúng người này' })));
    flow.put('no.csv', csv(await answered({ K3: 'không phải người này' })));
    expect((await bring('yes.csv', 'no.csv')).err).toContain(
      'no.csv, line 3: these files answer this case in two ways',
    );
    expect(await standing()).toEqual([]);
  });

  it('become decisions in whatever way a spreadsheet saved the file', async () => {
    const rows = await answered({ K1: 'đã sửa', K3: 'không phải người này' });
    const text = rows
      .map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(';'))
      .join('\r\n');
    flow.put('wide.csv', iconv.encode(text, 'utf-16le', { addBOM: true }));
    const first = await bring('wide.csv');
    expect(first.err).toBe('');
    expect(first.out).toContain('2 decisions');
    expect(first.out).toContain('2 lines without an answer');
    expect(await standing()).toEqual(['corrected_at_source', 'not_same']);
  });

  it('come back in the workbook, too, and about the list of form', async () => {
    const form = await readSheet(join(flow.folder, 'ask/thu-vien-a/sua-tu-dong.xlsx'), 'Sửa tự động');
    const columns = form[0]!.map((name) => ({
      head: { vi: String(name), en: String(name) },
      kind: 'text' as const,
      width: 9,
    }));
    const at = columns.findIndex(({ head }) => head.vi.startsWith('Trả lời (đã sửa'));
    const rows = form
      .slice(1)
      .map((cells) => cells.map((one, i) => (i === at ? 'đã sửa' : String(one ?? ''))));
    const title = { vi: 'a', en: 'a' };
    flow.put('form.xlsx', await makeWorkbook([{ name: 'Sửa tự động', columns, rows }], title));
    expect(await bring('form.xlsx')).toMatchObject({ code: 0, err: '' });
    expect(await standing()).toEqual(['corrected_at_source', 'corrected_at_source', 'not_same']);
    rows[0]![at] = 'đúng người này';
    flow.put('form.xlsx', await makeWorkbook([{ name: 'Sửa tự động', columns, rows }], title));
    expect((await bring('form.xlsx')).err).toContain('takes only: corrected / unsure');
  });

  it('are used by the next run, and a file of a run made again is refused', async () => {
    const again = await flow.run('job.yaml');
    const rows = await readRows(join(again.folder, 'results.csv'));
    const hidden = person(3)[0].replace(/^(...).*(...)$/, '$1******$2');
    expect(rows.find((one) => one['record_key'] === 'K3')!['reference_id']).not.toBe(hidden);
    flow.put('late.csv', csv(await answered({ K5: 'đúng người này' })));
    expect((await bring('late.csv')).err).toContain('was made again with another result');
  }, 60_000);

  it('cannot be checked when the run was purged', async () => {
    const later = () => new Date('2027-11-21T05:00:00Z');
    await purge({ days: 1, dryRun: false }, quietContext({ workspace: place(), clock: later }));
    flow.put('late.csv', csv(await answered({ K5: 'đã sửa' })));
    expect((await bring('late.csv')).err).toContain('were removed');
    expect((await write('purged')).err).toContain('only figures are left');
    mkdirSync(join(flow.folder, 'end'));
  }, 60_000);
});
