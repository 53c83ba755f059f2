import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acquireLock } from '../ledger/lock.js';
import { encodeLegacy } from '../normalizers/legacy-encodings.js';
import { loadJob } from '../pipeline/job.js';
import { say } from './command-line.js';

const SECTOR = `name: members
labels: { vi: Bạn đọc, en: Members }
fields:
  id: { kind: citizen-id, labels: { vi: Số định danh, en: Personal ID }, required: true }
  born: { kind: birth-date, labels: { vi: Ngày sinh, en: Born }, compare: true }
  sex: { kind: sex, labels: { vi: Giới tính, en: Sex }, compare: true }
identify_by: [id]
`;

const EXTRACT = `ma,Số CCCD,Ngày sinh,Giới tính,Ghi chú
M1,079060000018,05/03/1960,Nam,"a, b"
M2,0790-6000-0027,1961-07-09,nữ,
M3,079160000035,1960,Nữ,
M4,079062999994,31/12/1962,Nam,"hai
dòng"
M5,khong ro,,,x
`;

const PEOPLE = `id,name,born,sex
079060000018,TRẦN VĂN BÌNH,05/03/1960,Nam
079060000027,LÊ THỊ CÚC,09/07/1961,Nữ
079160000035,PHẠM THỊ DUNG,01/02/1960,Nữ
079062000011,ĐỖ VĂN EM,31/12/1962,Nam
`;

const TRUTH = `record,reference_id,outcome,reasons
1,079060000018,match,
2,079060000027,match_after_cleaning,id.format
3,079160000035,match_after_cleaning,born.year_only
4,079062000011,linked,id.typo
5,,unusable,
`;

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-cli-'));
  writeFileSync(at('members.yaml'), SECTOR);
  writeFileSync(at('extract.csv'), EXTRACT);
  writeFileSync(at('people.csv'), PEOPLE);
  writeFileSync(at('truth.csv'), TRUTH);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('profile', () => {
  it('describes every column, suggests fields, and shows no value unmasked', async () => {
    const { code, out, err } = await say(['profile', at('extract.csv'), '--sector', at('members.yaml')]);
    expect(code).toBe(0);
    for (const word of ['utf-8', 'Số CCCD', '99/99/9999', 'citizen-id', 'born']) expect(out).toContain(word);
    for (const value of ['079060000018', '0790-6000-0027', '05/03/1960', 'khong ro', 'hai'])
      expect(out + err).not.toContain(value);
  });

  it('gives the same figures as JSON', async () => {
    const { out } = await say([
      'profile',
      at('extract.csv'),
      '--sector',
      at('members.yaml'),
      '--json',
      '--quiet',
    ]);
    const profile = JSON.parse(out);
    expect(profile.file).toMatchObject({ rows: 5, rejected: 0, delimiter: ',' });
    const born = profile.columns.find((one: { column: string }) => one.column === 'Ngày sinh');
    expect(born).toMatchObject({ filled: 4, fill_rate: 0.8, distinct: 4, kind: 'birth-date' });
    expect(born.accepted.find((one: { kind: string }) => one.kind === 'birth-date').share).toBe(1);
    expect(profile.mapping.map((one: { field: string | null }) => one.field)).toEqual([
      'record_key',
      'id',
      'born',
      'sex',
      null,
    ]);
    expect(out).not.toContain('079060000018');
  });

  it('of a file with a header only has no rates, and no error', async () => {
    writeFileSync(at('empty.csv'), 'a,b\n');
    const { code, out } = await say(['profile', at('empty.csv')]);
    expect([code, out.includes('–')]).toEqual([0, true]);
  });
});

describe('clean', () => {
  const columns =
    'ma,Số CCCD,Ngày sinh,Giới tính,Ghi chú,id_canonical,id_problems,born_canonical,born_problems';

  it('adds canonical values and problems, and changes no column', async () => {
    const args = ['clean', at('extract.csv'), '--sector', at('members.yaml'), '-o', at('cleaned.csv')];
    const { code, out } = await say(args);
    expect(code).toBe(0);
    const lines = readFileSync(at('cleaned.csv'), 'utf8').replaceAll('\r\n', '\n');
    expect(lines).toContain(`\uFEFF${columns}`);
    expect(lines).toMatch(/M2,0790-6000-0027,1961-07-09,nữ,"?"?,079060000027,\w+,1961-07-09,\w*,F,/);
    expect(lines).toContain('"hai\ndòng"');
    expect(out).not.toContain('079060000027');
    expect(readFileSync(at('extract.csv'), 'utf8')).toBe(EXTRACT);
  });

  it('gives the same rows through a pipe', async () => {
    const { code, out, err } = await say(['clean', '-', '--sector', at('members.yaml')], { stdin: EXTRACT });
    expect([code, out.startsWith(columns)]).toEqual([0, true]);
    const file = readFileSync(at('cleaned.csv'), 'utf8').slice(1);
    const plain = (text: string) => text.replaceAll('\r\n', '\n').replaceAll('""', '').split('\n');
    expect(plain(out)).toEqual(plain(file));
    expect(err).toContain('Đã chuẩn hóa');
  });

  it('reads a column in an old encoding the same way from a file and through a pipe', async () => {
    const names = ['Đặng Thị Hồng Thắm', 'Nguyễn Văn Hùng', 'Trần Đức Dũng', 'Lê Thị Hoa', 'Phạm Quốc Bảo'];
    const rows = names.map((name) => encodeLegacy(name, 'tcvn3'));
    writeFileSync(at('tcvn3.csv'), ['Họ tên', ...rows, 'Dòng', ''].join('\n'));
    const sector = ['--sector', 'telecom-subscribers'];
    await say(['clean', at('tcvn3.csv'), ...sector, '-o', at('tcvn3-cleaned.csv')]);
    const { out } = await say(['clean', '-', ...sector], { stdin: readFileSync(at('tcvn3.csv'), 'utf8') });
    const cleaned = out.trimEnd().split('\r\n').slice(1);
    // Alone, Dòng is a name as it stands.
    expect(cleaned.map((line) => line.split(',')[1])).toEqual([...names, 'Dũng']);
    const file = readFileSync(at('tcvn3-cleaned.csv'), 'utf8').trimEnd().split(/\r?\n/);
    expect(file.slice(1)).toEqual(cleaned);
    const profile = JSON.parse((await say(['profile', at('tcvn3.csv'), '--json'])).out);
    expect(profile.columns[0]).toMatchObject({ text_encoding: 'tcvn3', text_encoding_confidence: 1 });
  });

  it('writes no cell that a spreadsheet would run', async () => {
    const stdin = 'Số CCCD,Ghi chú\n079060000018,=HYPERLINK("http://x")\n079060000018,@a\n+84912345678,-1\n';
    writeFileSync(at('formulas.csv'), stdin);
    const sector = ['--sector', at('members.yaml')];
    await say(['clean', at('formulas.csv'), ...sector, '-o', at('formulas-cleaned.csv')]);
    const { out } = await say(['clean', '-', ...sector], { stdin });
    for (const text of [out, readFileSync(at('formulas-cleaned.csv'), 'utf8')]) {
      expect(text).not.toMatch(/(?:^|,)"?[=@+-]/m);
      expect(text).toContain("'@a");
    }
  });

  it('tells of rows of another width and keeps the others', async () => {
    const stdin = `${EXTRACT}M6,079060000018\nM7,079060000018,1960,Nam,,,\n`;
    const { out, err } = await say(['clean', '-', '--sector', at('members.yaml')], { stdin });
    expect(err).toMatch(/Bản ghi 7: có 2 ô/);
    expect(out).toContain('M7,079060000018,1960,Nam,,079060000018');
  });

  it('finds the delimiter of a pipe', async () => {
    const { out } = await say(['clean', '-', '--sector', at('members.yaml')], {
      stdin: 'x;Số CCCD\n1;079060000018\n',
    });
    expect(out.split('\r\n')[1]).toBe('1,079060000018,079060000018,');
  });

  it.each([
    ['nothing', '', /stdin: Không có dữ liệu/],
    ['quotes that do not close', 'Số CCCD\n"07906\n', /stdin: .*dấu nháy/],
    ['no known column', 'x,y\n1,2\n', /--column/],
  ])('refuses %s', async (_name, stdin, message) => {
    const { code, err } = await say(['clean', '-', '--sector', at('members.yaml')], { stdin });
    expect(err).toMatch(message);
    expect(code).toBe(2);
  });

  it('never writes over its input', async () => {
    const { code } = await say([
      'clean',
      at('extract.csv'),
      '--sector',
      at('members.yaml'),
      '-o',
      at('extract.csv'),
    ]);
    expect([code, readFileSync(at('extract.csv'), 'utf8')]).toEqual([2, EXTRACT]);
  });
});

describe('from init to evaluate', () => {
  it('init writes a commented job file that loads, and keeps one that is there', async () => {
    const init = [
      'init',
      at('extract.csv'),
      '--sector',
      at('members.yaml'),
      '--reference',
      at('people.csv'),
      '-o',
      at('job.yaml'),
    ];
    expect(await say(init)).toMatchObject({ code: 0 });
    const text = readFileSync(at('job.yaml'), 'utf8');
    expect(text).toContain('# Tệp công việc đối soát');
    const job = loadJob(at('job.yaml'), { today: '2026-11-21' });
    expect(job.input.columns).toMatchObject({ id: ['Số CCCD'], born: ['Ngày sinh'], sex: ['Giới tính'] });
    expect((await say(init)).err).toContain('--force');
    expect(readFileSync(at('job.yaml'), 'utf8')).toBe(text);
  });

  it('run, runs, report and evaluate work on it', async () => {
    const workspace = ['--workspace', at('ws')];
    const ran = await say(['run', at('job.yaml'), '--json', '--quiet', ...workspace]);
    expect(ran).toMatchObject({ code: 0, err: '' });
    const { run, folder: runFolder, summary } = JSON.parse(ran.out);
    expect(summary.figures.rows).toBe(5);

    const listed = JSON.parse((await say(['runs', '--json', ...workspace])).out);
    expect(listed).toMatchObject([{ run, rows: 5 }]);

    const before = readFileSync(join(runFolder, 'report.html'), 'utf8');
    expect(
      await say(['report', run, '-o', at('again'), '--format', 'html,json', ...workspace]),
    ).toMatchObject({ code: 0 });
    expect(readFileSync(join(at('again'), 'report.html'), 'utf8')).toBe(before);
    expect(readdirSync(at('again')).sort()).toEqual(['model.html', 'report.html', 'summary.json']);

    const { code, out } = await say(['evaluate', run, at('truth.csv'), '--json', '--quiet', ...workspace]);
    expect(code).toBe(0);
    const { rows, links, outcomes, reasons } = JSON.parse(out);
    expect([rows, links.expected, links.wrong]).toEqual([5, 4, 0]);
    expect(links.right + links.missed).toBe(links.expected);
    expect(links.recall).toBe(links.right / 4);
    expect(outcomes.confusion.reduce((sum: number, one: { rows: number }) => sum + one.rows, 0)).toBe(5);
    expect(outcomes.false_mismatches).toBe(0);
    expect(reasons.by_code.find((one: { code: string }) => one.code === 'born.year_only')).toMatchObject({
      right: 1,
    });
  });

  it.each([
    [3, 'mismatch_rate_above: 0', EXTRACT],
    [4, 'rejected_rate_above: 0', `${EXTRACT}M6,079060000018\n`],
    [4, 'mismatch_rate_above: 0, rejected_rate_above: 0', `${EXTRACT}M6,079060000018\n`],
    [0, 'mismatch_rate_above: 1, rejected_rate_above: 1', `${EXTRACT}M6,079060000018\n`],
  ])('run ends with %d where the job says %s, its reports written', async (code, alert, extract) => {
    writeFileSync(at('alert.csv'), extract);
    const job = readFileSync(at('job.yaml'), 'utf8').replace('extract.csv', 'alert.csv');
    writeFileSync(at('alert.yaml'), `${job}alert: { ${alert} }\n`);
    const ran = await say(['run', at('alert.yaml'), '--workspace', at('ws-alert'), '-o', at('alert-run')]);
    expect(ran.code).toBe(code);
    expect(readdirSync(at('alert-run'))).toContain('report.html');
  });

  it.each([
    ['vi', 'Đã dừng theo yêu cầu. Chạy lại đúng lệnh này thì đi tiếp'],
    ['en', 'Stopped as asked. The same command again goes on'],
  ])('run ends with 130 when it is stopped, says in %s how to go on, and does', async (lang, told) => {
    const stopped = ['run', at('job.yaml'), '--lang', lang, '--workspace', at(`ws-${lang}`)];
    const { code, err } = await say(stopped, { signal: AbortSignal.abort() });
    expect([code, err.includes(told)]).toEqual([130, true]);
    expect(await say(stopped)).toMatchObject({ code: 0 });
  });

  it('run ends with 5 where another holds the workspace, and says who', async () => {
    const lock = acquireLock(join(at('ws-held'), 'workspace.lock'), {
      command: 'doisoat run x',
      started: '2026-11-21',
    });
    const { code, err } = await say(['run', at('job.yaml'), '--workspace', at('ws-held')]);
    lock.release();
    expect([code, err.includes(String(process.pid))]).toEqual([5, true]);
  });

  it('evaluate refuses a truth without its columns', async () => {
    const [run] = JSON.parse((await say(['runs', '--json', '--workspace', at('ws')])).out);
    const { code, err } = await say(['evaluate', run.run, at('people.csv'), '--workspace', at('ws')]);
    expect([code, /reference_id/.test(err)]).toEqual([2, true]);
  });
});
