import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mammoth from 'mammoth';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, describe, expect, it } from 'vitest';
import type { SeriesRun } from '../ledger/programme.js';
import { quietContext } from '../pipeline/context.js';
import { readLetter } from '../pipeline/letter-file.js';
import { nationalOf, nationalSummary } from '../pipeline/national.js';
import { csv, invented } from './fixtures/people.js';
import { workspace } from './flow.js';

const NOWHERE = '/nowhere';

function run(
  series: string,
  period: string,
  figures: readonly [number, number, number],
  settled: number | null = null,
): SeriesRun {
  const [compared, submitted, cleaned] = figures;
  return {
    series,
    sector: 'workers',
    period,
    run: `${series}-${period}`,
    folder: 'none',
    settled,
    figures: {
      rows: compared + 3,
      outcomes: { match: compared - submitted, mismatch: submitted, apart: 2, rejected: 1 },
      compared,
      mismatch_as_submitted: submitted,
      mismatch_after_cleaning: cleaned,
      rate_as_submitted: null,
      rate_after_cleaning: null,
    },
  };
}

describe('nationalOf', () => {
  const runs = [
    run('banks', '2026-09', [1000, 200, 150]),
    run('banks', '2026-10', [1000, 180, 120]),
    run('banks', '2026-11', [1000, 100, 90]),
    run('pupils', '2026-11-01', [500, 50, 40], 5),
    run('pupils', '2026-11-30', [500, 30, 20], 15),
    run('old', '2025-01', [10, 1, 1]),
  ];

  it('has one line per dataset of the latest period, and their sum', () => {
    const { period, datasets, total } = nationalOf(runs, '2026-11', NOWHERE);
    expect(period).toBe('2026-11');
    expect(datasets.map(({ job, period: of }) => [job, of])).toEqual([
      ['banks', '2026-11'],
      ['pupils', '2026-11-30'],
    ]);
    expect(datasets[0]!.figures).toEqual({
      rows: 1003,
      compared: 1000,
      matched: 900,
      matched_after_cleaning: 910,
      share: 0.9,
      share_after_cleaning: 0.91,
      apart: 2,
      rejected: 1,
    });
    expect(total.figures).toMatchObject({ rows: 1506, compared: 1500, matched: 1370, apart: 4 });
  });

  it('compares with the last period, not with another night of the same month', () => {
    const [banks, pupils] = nationalOf(runs, '2026-11', NOWHERE).datasets;
    expect(banks!.previous).toMatchObject({ period: '2026-10', figures: { share: 0.82 } });
    expect(pupils!.previous).toBeNull();
    const { total } = nationalOf(runs, '2026-11', NOWHERE);
    expect(total.change).toBeCloseTo(0.08);
  });

  it('counts what was cleaned so far by cases, or by fewer mismatches', () => {
    const { datasets, total } = nationalOf(runs, '2026-11', NOWHERE);
    expect(datasets.map(({ cleaned }) => cleaned)).toEqual([60, 20]);
    expect(total.cleaned).toBe(80);
  });

  it.each([
    ['2026', ['banks', 'pupils']],
    ['2026-Q4', ['banks', 'pupils']],
    ['2026-Q3', ['banks']],
    ['2026-11-30', ['pupils']],
    [null, ['pupils']],
  ])('knows what a period covers: %s', (period, jobs) => {
    expect(nationalOf(runs, period, NOWHERE).datasets.map(({ job }) => job)).toEqual(jobs);
  });

  it('names the periods it has when there is none of this', () => {
    expect(() => nationalOf(runs, '2020-01', NOWHERE)).toThrow(/2020-01/);
    expect(() => nationalOf([], null, NOWHERE)).toThrow(/chưa có lần chạy/);
  });
});

describe('doisoat national', () => {
  const flow = workspace();
  const empty = mkdtempSync(join(tmpdir(), 'doisoat-national-'));
  const context = quietContext({ workspace: join(flow.folder, '.doisoat'), threads: 2 });

  afterAll(() => {
    flow.remove();
    rmSync(empty, { recursive: true, force: true });
  });

  it('writes every format with the same figures, the same bytes each time', async () => {
    const people = invented(40, 1980);
    flow.put('population.csv', csv(people.map((one) => ({ ...one }))));
    const rows = people.map(({ id, name, born }, i) => ({ id, name: i < 5 ? `${name} Lan` : name, born }));
    flow.put('workers.csv', csv(rows));
    flow.put(
      'job.yaml',
      `name: lao-dong-2026-11\nsector: workers\nreference: population.csv\nperiod: 2026-11\ninput:\n  path: workers.csv\n  columns: { id: id, name: name, born: born }\n`,
    );
    await flow.run('job.yaml');
    const formats = ['html', 'xlsx', 'docx', 'json'];
    const { national, files } = await nationalSummary({ period: null, out: null, formats }, context);
    expect(national.total.figures).toMatchObject({ rows: 40, matched: 35, share: 0.875 });
    const bytes = files.map((file) => readFileSync(file));
    const again = await nationalSummary({ period: '2026-11', out: null, formats }, context);
    expect(again.files.map((file) => readFileSync(file))).toEqual(bytes);
    const at = (name: string) => files.find((file) => file.endsWith(name))!;
    expect(readFileSync(at('.html'), 'utf8')).toContain('87,5');
    const [sheet] = await readXlsxFile(at('.xlsx'));
    expect(sheet!.data[1]!.slice(0, 7)).toEqual([1, 'Người lao động', 'lao-dong', 40, 40, 35, 0.875]);
    const { value: letter } = await mammoth.extractRawText({ path: at('.docx') });
    expect(letter).toMatch(/40 bản ghi; 35 bản ghi trùng khớp, chiếm 87,5/);
  });

  it('fills in what the agency says of its letter, from a file of its own or a job file', async () => {
    const said = `agency: Cục Thử nghiệm\nnumber: 7/BC-CTN\nplace: Hà Nội\nto: Bộ Mẫu\nsigner: Trần Thị Mẫu\n`;
    const path = flow.put('van-ban.yaml', said);
    const out = join(flow.folder, 'letter');
    const textOf = async (letter: string) => {
      const request = { period: null, out, formats: ['docx'], letter: readLetter(letter) };
      const { files } = await nationalSummary(request, context);
      return (await mammoth.extractRawText({ path: files[0]! })).value;
    };
    const own = await textOf(path);
    for (const words of [
      'CỤC THỬ NGHIỆM',
      'Số: 07/BC-CTN',
      'Hà Nội, ngày',
      'Kính gửi: Bộ Mẫu',
      'Trần Thị Mẫu',
    ])
      expect(own).toContain(words);
    const job = `${readFileSync(join(flow.folder, 'job.yaml'), 'utf8')}report:\n  letter:\n    ${said.trim().replaceAll('\n', '\n    ')}\n`;
    const fromJob = await textOf(flow.put('with-letter.yaml', job));
    expect(fromJob).toContain('CỤC THỬ NGHIỆM');
    expect(fromJob).not.toContain('07/BC-CTN');
    expect(() => readLetter(flow.put('sai.yaml', 'agncy: Cục\n'))).toThrow(/agncy/);
  });

  it('writes nothing and makes no ledger where there is none', async () => {
    const request = { period: null, out: null, formats: ['json'] };
    await expect(nationalSummary(request, { ...context, workspace: empty })).rejects.toThrow(
      /chưa có lần chạy/,
    );
    expect(existsSync(join(empty, 'ledger.sqlite'))).toBe(false);
  });
});
