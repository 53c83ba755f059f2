// Cases as a user meets them: nights of one job, and `doisoat cases` between them.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseKey } from '../pipeline/cases-key.js';
import type { RunResult } from '../pipeline/run.js';
import { say } from './command-line.js';
import { membersSector, OWNER, SEX } from './fixtures/members.js';
import { type CsvRow, readRows, type Workspace, workspace } from './flow.js';

const SECTOR = membersSector([SEX, OWNER], ['group_by: [owner]']);

const JOB = `name: members
sector: ./members.yaml
input: { path: extract.csv, columns: { record_key: ma, id: so, name: ten, born: sinh, sex: gioi, owner: don_vi } }
reference: people.csv
period: auto
plan: { field: owner, targets: { thư viện a: { 2026-11: 2, 2026-12: 0 } } }
`;

const HEADER = ['ma', 'so', 'ten', 'sinh', 'gioi', 'don_vi'];
const FAMILY = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Võ', 'Đặng', 'Bùi'];
const MIDDLE = ['Văn', 'Minh', 'Ngọc', 'Đức', 'Thu'];
const GIVEN = ['An', 'Bình', 'Châu', 'Dũng', 'Giang', 'Hà', 'Khánh', 'Lan', 'Mai', 'Nam', 'Phúc'];
const PEOPLE = 120;

const two = (n: number) => String(n).padStart(2, '0');
const range = (size: number) => Array.from({ length: size }, (_, i) => i);
const csv = (rows: readonly (readonly string[])[]) => `${rows.map((row) => row.join(',')).join('\n')}\n`;

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

/** A row that agrees; the first half is owned by A. */
function row(i: number): string[] {
  return [`K${i}`, ...person(i), i < 30 ? 'Thư viện A' : 'Thư viện B'];
}

/** K1, K2, K31: another name of the same person. K3, K32: no number. K33: nobody. */
const BAD: Readonly<Record<string, (good: string[]) => string[]>> = {
  name: ([key, id, , born, sex, owner]) => [key!, id!, 'Nguyễn Thị Xuân', born!, sex!, owner!],
  number: ([key, , name, born, sex, owner]) => [key!, '', name!, born!, sex!, owner!],
  nobody: ([key, , , , , owner]) => [key!, '', 'Đoàn Quốc Vượng', '1931-02-03', 'Nam', owner!],
};

type Faults = Readonly<Record<number, keyof typeof BAD>>;

const FIRST: Faults = { 1: 'name', 2: 'name', 3: 'number', 31: 'name', 32: 'number', 33: 'nobody' };

let flow: Workspace;
const words = () => ['--workspace', join(flow.folder, '.doisoat'), '--quiet'];
const cases = (...given: string[]) => say(['cases', ...given, ...words(), '--lang', 'en']);
const key = (name: string) => caseKey('members', name);

async function night(period: string, faults: Faults, left: readonly number[] = []): Promise<RunResult> {
  const rows = range(60)
    .filter((i) => !left.includes(i))
    .map((i) => (faults[i] === undefined ? row(i) : BAD[faults[i]!]!(row(i))));
  flow.put('extract.csv', csv([HEADER, ...rows]));
  return flow.run('job.yaml', { period });
}

function movements({ summary }: RunResult): number[] {
  const { opening, new: fresh, reopened, resolved, waived, closing } = summary.cases!.total;
  return [opening, fresh, reopened, resolved, waived, closing];
}

async function listed(...given: string[]): Promise<Record<string, unknown>[]> {
  const { code, out, err } = await cases('list', '--json', '--state', 'all', ...given);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out).shown;
}

beforeAll(() => {
  flow = workspace();
  flow.put('members.yaml', SECTOR);
  flow.put('job.yaml', JOB);
  flow.put('people.csv', csv([['id', 'name', 'born', 'sex'], ...range(PEOPLE).map(person)]));
});

afterAll(() => flow.remove());

describe('three nights', () => {
  let first: RunResult;
  let second: RunResult;
  let third: RunResult;

  beforeAll(async () => {
    first = await night('2026-11-01', FIRST);
    await night('2026-11-10', { 2: 'name', 3: 'number', 32: 'number', 33: 'nobody', 40: 'name' }, [31]);
    second = await night(
      '2026-11-10',
      { 2: 'name', 3: 'number', 32: 'number', 33: 'nobody', 40: 'name' },
      [31],
    );
    third = await night('2026-11-21', { 1: 'name', 2: 'number', 3: 'number', 32: 'number', 33: 'nobody' });
  }, 120_000);

  it('add up: opening + new + reopened − resolved − waived = closing', () => {
    expect(movements(first)).toEqual([0, 6, 0, 0, 0, 6]);
    expect(movements(second)).toEqual([6, 1, 0, 2, 0, 5]);
    expect(movements(third)).toEqual([5, 0, 1, 1, 0, 5]);
  });

  it('add up per group, and the groups to the whole', () => {
    for (const { summary } of [first, second, third]) {
      const { total, groups } = summary.cases!;
      const sums = groups[0]!.rows.map(({ figures }) => figures);
      for (const name of ['opening', 'new', 'reopened', 'resolved', 'waived', 'closing'] as const) {
        expect(sums.reduce((sum, one) => sum + one[name], 0)).toBe(total[name]);
      }
    }
  });

  it('age by days since first seen', () => {
    expect(third.summary.cases!.total.ageing.map(({ cases: n }) => n)).toEqual([0, 5, 0, 0, 0]);
  });

  it('say of each case when it was seen, what changed and why it was closed', async () => {
    const byKey = new Map((await listed()).map((one) => [one.case, one]));
    expect(byKey.get(key('K1'))).toMatchObject({ state: 'reopened', first_seen: '2026-11-01', days: 20 });
    expect(byKey.get(key('K2'))).toMatchObject({
      state: 'open',
      outcome: 'possible',
      before: { outcome: 'mismatch', reasons: ['name.different'] },
    });
    expect(byKey.get(key('K31'))).toMatchObject({ state: 'resolved', record: null, closed_by: 'gone' });
    expect(byKey.get(key('K40'))).toMatchObject({
      state: 'resolved',
      closed_by: 'agrees',
      last_seen: '2026-11-10',
    });
  });

  it('stand beside the plan, with the day it would be done', () => {
    const [plan] = third.summary.cases!.plan;
    expect(plan).toMatchObject({
      owner: 'thư viện a',
      months: [
        { month: '2026-11', target: 2, actual: 3 },
        { month: '2026-12', target: 0, actual: null },
      ],
      projected: null,
    });
    expect(second.summary.cases!.plan[0]).toMatchObject({ projected: '2026-11-28' });
  });

  it('are filtered as asked', async () => {
    const found = async (...given: string[]) => (await listed(...given)).map((one) => one.case).sort();
    expect(await found('--reason', 'name', '--state', 'live')).toEqual([key('K1')]);
    expect(await found('--group', 'owner=THƯ VIỆN B', '--state', 'live')).toEqual(
      [key('K32'), key('K33')].sort(),
    );
    expect(await found('--outcome', 'not_found', '--state', 'live')).toEqual([key('K33')]);
    expect(await found('--state', 'reopened')).toEqual([key('K1')]);
    expect(await found('--older-than', '12', '--state', 'resolved')).toEqual([key('K31')]);
  });

  it('are shown masked, and unmasked only for a reason that the audit trail keeps', async () => {
    const masked = await cases('list', 'K33');
    expect(masked.out).toContain('**3');
    expect(masked.out).not.toContain('K33');
    expect(await cases('list', '--reveal-ids')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--why'),
    });
    const shown = await cases('list', 'K33', '--reveal-ids', '--why', 'hồ sơ 12');
    expect(shown.out).toContain('K33');
    await say(['audit', 'export', '-o', join(flow.folder, 'audit.jsonl'), ...words()]);
    const entries = readFileSync(join(flow.folder, 'audit.jsonl'), 'utf8').trim().split('\n');
    expect(JSON.parse(entries.at(-1)!)).toMatchObject({
      command: 'cases list',
      revealed: 1,
      why: 'hồ sơ 12',
    });
    expect(await say(['audit', 'verify', ...words()])).toMatchObject({ code: 0 });
  });

  it.each([
    [['list', '--state', 'closed'], 'There is no state'],
    [['list', '--group', 'province=1'], '--group does not understand'],
    [['list', '--job', 'membres'], 'There is no series'],
    [['assign', 'lan'], 'No case is chosen'],
    [['assign', 'lan', 'zzzz'], 'There is no such case'],
    [['decide', 'K33', 'same'], 'There is no decision'],
    [['decide', 'K33', 'same_person'], 'Nobody is proposed'],
    [['waive', 'K33', '--until', '31/13/2026', '--because', 'x'], '--until does not take'],
    [['waive', 'K33', '--until', '31/12/2026'], '--because is missing'],
  ])('refuse %j', async (given, message) => {
    expect(await cases(...given)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });

  it('go on from an older night, with a note, when the last one is gone', async () => {
    rmSync(join(second.folder, 'run.duckdb'));
    const again = await night('2026-11-21', {
      1: 'name',
      2: 'number',
      3: 'number',
      32: 'number',
      33: 'nobody',
    });
    expect(movements(again)).toEqual([6, 0, 0, 1, 0, 5]);
    expect(again.summary.notes.map(({ vi }) => vi).join()).toContain('2026-11-10');
    await night('2026-11-10', { 2: 'name', 3: 'number', 32: 'number', 33: 'nobody', 40: 'name' }, [31]);
    const mended = await night('2026-11-21', {
      1: 'name',
      2: 'number',
      3: 'number',
      32: 'number',
      33: 'nobody',
    });
    expect(movements(mended)).toEqual(movements(third));
    expect(mended.summary.notes).toEqual([]);
  }, 60_000);
});

describe('what people decide', () => {
  const LAST: Faults = { 1: 'name', 2: 'number', 3: 'number', 32: 'number', 33: 'nobody' };
  let answered: RunResult;
  let answers: string;

  beforeAll(async () => {
    answers = join(flow.folder, 'tra-loi.csv');
    expect(await cases('export', '-o', answers)).toMatchObject({ code: 0 });
  });

  it('goes out as a CSV that names cases and shows nobody', async () => {
    const rows = await readRows(answers);
    expect(rows).toHaveLength(5);
    expect(readFileSync(answers).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(readFileSync(answers, 'utf8')).not.toMatch(/\d{9}|K1,|K33/);
    const k2 = rows.find((one) => one['Mã trường hợp'] === key('K2'))!;
    expect(k2).toMatchObject({ Dòng: '4', 'Trạng thái': 'còn mở', 'Đơn vị': 'THƯ VIỆN A', 'Quyết định': '' });
  });

  it('is refused whole when a line is bad, and every bad line is named', async () => {
    const rows = await readRows(answers);
    const bad = join(flow.folder, 'sai.csv');
    const filled: CsvRow[] = [
      { ...rows[0]!, 'Quyết định': 'chắc thế' },
      { ...rows[1]!, 'Miễn đến ngày': '31/02/2027', 'Lý do miễn': 'x' },
      { ...rows[2]!, 'Mã trường hợp': '00000000-0000-0000-0000-000000000000', 'Quyết định': 'chưa chắc' },
      { ...rows[3]!, 'Lý do miễn': 'không có ngày' },
      { ...rows[4]!, 'Quyết định': 'unsure' },
    ];
    writeFileSync(bad, spreadsheet(filled, ';'));
    const { code, err } = await cases('import', bad);
    expect(code).toBe(2);
    for (const words of [
      'line 2: the decision “chắc thế”',
      'line 3: “31/02/2027”',
      'line 4: there is no such case',
      'line 5: waiving',
    ])
      expect(err).toContain(words);
    expect((await listed()).filter((one) => one.decision !== null)).toEqual([]);
  });

  it.each([
    ['a file without cases', 'a,b\n1,2\n', 'is missing'],
    ['a file without answers', `Mã trường hợp\n${'x'}\n`, 'is missing'],
    ['quotes that do not close', 'Mã trường hợp,Quyết định\n"abc,unsure\n', 'quotes'],
  ])('is refused as %s', async (_name, text, message) => {
    const path = flow.put('hong.csv', text);
    expect(await cases('import', path)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  });

  it('comes back from a spreadsheet: semicolons, columns moved and taken out, words in any case', async () => {
    const rows = await readRows(answers);
    const fill: Readonly<Record<string, CsvRow>> = {
      [key('K2')]: { 'Quyết định': 'CÙNG MỘT NGƯỜI', 'Ghi chú': '-đã gọi' },
      [key('K3')]: { 'Quyết định': 'not_same' },
      [key('K1')]: { 'Miễn đến ngày': '31/12/2026', 'Lý do miễn': 'chờ cấp thẻ' },
      [key('K32')]: { 'Người phụ trách': 'Lan' },
    };
    const moved = rows.map((one) => ({
      'GHI CHÚ ': '',
      'quyết định': '',
      'Miễn đến ngày': '',
      'Lý do miễn': '',
      'người phụ trách': '',
      'MÃ TRƯỜNG HỢP': one['Mã trường hợp']!,
      ...relabelled(fill[one['Mã trường hợp']!] ?? {}),
    }));
    const path = flow.put('lai.csv', spreadsheet(moved, ';'));
    const { code, out } = await cases('import', path);
    expect([code, out]).toEqual([0, expect.stringContaining('2 decisions, 1 waivers, 1 assignments')]);
    expect(out).toContain('1 lines without an answer');
    const again = await cases('import', path);
    expect(again.out).toContain('0 assignments');
  });

  it('is used by the next night', async () => {
    answered = await night('2026-11-22', LAST);
    expect(movements(answered)).toEqual([5, 0, 0, 1, 1, 3]);
    const rows = await readRows(join(answered.folder, 'results.csv'));
    const of = (name: string) => rows.find((one) => one.record_key === name)!;
    expect(of('K2')).toMatchObject({ outcome: 'match_after_cleaning', method: 'decision' });
    const proposed = (await readRows(answers)).find((one) => one['Mã trường hợp'] === key('K3'))!;
    expect(proposed['Người được đề xuất']).toMatch(/^079\*{6}\d{3}$/);
    expect(of('K3').reference_id).not.toBe(proposed['Người được đề xuất']);
    const byKey = new Map((await listed()).map((one) => [one.case, one]));
    expect(byKey.get(key('K2'))).toMatchObject({ state: 'resolved', decision: 'same_person' });
    expect(byKey.get(key('K1'))).toMatchObject({ state: 'waived', waived_until: '2026-12-31' });
    expect(byKey.get(key('K32'))).toMatchObject({ assignee: 'Lan' });
  }, 60_000);

  it('is not_same for a person whom the number itself names, too', async () => {
    expect(await cases('decide', 'K5', 'not_same')).toMatchObject({ code: 2 });
    const before = await night('2026-11-23', { ...LAST, 6: 'name' });
    expect(before.summary.cases!.total.new).toBe(1);
    expect(await cases('decide', 'K6', 'not_same', '--note', 'số của người khác')).toMatchObject({ code: 0 });
    const after = await night('2026-11-24', { ...LAST, 6: 'name' });
    const rows = await readRows(join(after.folder, 'results.csv'));
    const k6 = rows.find((one) => one.record_key === 'K6')!;
    expect(k6.outcome).toBe('not_found');
    expect(k6.reasons).toContain('id.belongs_to_other');
  }, 60_000);

  it('may be taken back, and a waiver ends', async () => {
    expect(await cases('decide', 'K2', 'unsure')).toMatchObject({ code: 0 });
    const late = await night('2027-01-05', LAST);
    const byKey = new Map((await listed()).map((one) => [one.case, one]));
    expect(byKey.get(key('K2'))).toMatchObject({ state: 'reopened' });
    expect(byKey.get(key('K1'))).toMatchObject({ state: 'reopened' });
    expect(late.summary.cases!.total.reopened).toBe(2);
  }, 60_000);

  it('may name anybody of the reference, whose leading zero a spreadsheet has taken', async () => {
    const id = person(100)[0];
    expect(await cases('decide', 'K33', 'same_person', '--person', id.slice(1))).toMatchObject({ code: 0 });
    expect(readFileSync(join(flow.folder, '.doisoat', 'ledger.sqlite')).includes(id)).toBe(false);
    const after = await night('2027-01-06', LAST);
    const rows = await readRows(join(after.folder, 'results.csv'));
    expect(rows.find((one) => one.record_key === 'K33')).toMatchObject({
      outcome: 'mismatch',
      method: 'decision',
      reference_id: `${id.slice(0, 3)}******${id.slice(-3)}`,
    });
    expect(await cases('decide', 'K33', 'same_person', '--person', '001099000001')).toMatchObject({
      code: 0,
    });
    const lost = await night('2027-01-07', LAST);
    expect(lost.summary.notes.map(({ en }) => en).join()).toContain('no longer in the reference');
  }, 60_000);

  it('leaves a trail that is whole, with every run and how many rows it showed unmasked', async () => {
    await expect(flow.run('job.yaml', { period: '2027-01-08', revealIds: true, why: ' ' })).rejects.toThrow(
      /--why/,
    );
    await flow.run('job.yaml', { period: '2027-01-08', revealIds: true, why: 'đơn vị yêu cầu' });
    await say(['audit', 'export', '-o', join(flow.folder, 'audit.jsonl'), ...words()]);
    const entries = readFileSync(join(flow.folder, 'audit.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(entries[0]).toMatchObject({ command: 'run', revealed: 0, why: '' });
    expect(entries[0].inputs.map(({ name }: { name: string }) => name)).toEqual([
      'job.yaml',
      'extract.csv',
      'reference',
    ]);
    expect(entries.at(-1)).toMatchObject({ command: 'run', revealed: 60, why: 'đơn vị yêu cầu' });
    expect(await say(['audit', 'verify', ...words()])).toMatchObject({ code: 0 });
  });
});

/** As a spreadsheet writes it: no mark at the start, lines end with CR LF, quotes where it thinks they are needed. */
function spreadsheet(rows: readonly CsvRow[], delimiter: string): string {
  const names = Object.keys(rows[0]!);
  const cell = (text: string) => (/[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [names, ...rows.map((one) => names.map((name) => cell(one[name] ?? '')))];
  return lines.map((cells) => `${cells.join(delimiter)}\r\n`).join('');
}

/** The same answers under headers that somebody typed again. */
function relabelled(answers: CsvRow): CsvRow {
  const names: Readonly<Record<string, string>> = {
    'Ghi chú': 'GHI CHÚ ',
    'Quyết định': 'quyết định',
    'Người phụ trách': 'người phụ trách',
  };
  return Object.fromEntries(Object.entries(answers).map(([name, value]) => [names[name] ?? name, value]));
}
