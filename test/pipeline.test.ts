import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generate, SECTORS, type SectorName } from '../generator/generate.js';
import { UserError } from '../messages/user-error.js';
import { personName } from '../normalizers/person-name.js';
import type { RunResult } from '../pipeline/run.js';
import { headlineLines } from '../reports/headline.js';
import { type CsvRow, filesBelow, readRows, tally, type Workspace, workspace } from './flow.js';

/** Columns of results.csv in their order; those of each compared field follow. */
const LEADING =
  'record,source_file,source_line,record_key,outcome,reasons,reference_id,probability,method'.split(',');
const FIELDS: Readonly<Record<SectorName, readonly string[]>> = {
  'telecom-subscribers': ['id', 'name', 'born', 'sex'],
  'civil-registry': ['id', 'name', 'born', 'sex'],
  workers: ['id', 'name', 'born', 'sex', 'address', 'province'],
};
const DELIMITERS: Partial<Record<SectorName, string>> = { workers: ';' };
const LISTS = ['results.csv', 'mismatches.csv', 'rejected.csv'];
const REPEATABLE = [...LISTS, 'duplicates.csv', 'summary.json', 'report.html'];

let flow: Workspace;
let population: CsvRow[];
const runs = new Map<SectorName, { result: RunResult; extract: CsvRow[]; results: CsvRow[] }>();

async function runSector(sector: SectorName): Promise<void> {
  const result = await flow.run(`${sector}/job.yaml`);
  const extract = await readRows(join(flow.folder, sector, 'extract.csv'), DELIMITERS[sector]);
  runs.set(sector, { result, extract, results: await readRows(join(result.folder, 'results.csv')) });
}

beforeAll(async () => {
  flow = workspace();
  await generate({ seed: 42, people: 300, sector: SECTORS, rows: 200, out: flow.folder });
  population = await readRows(join(flow.folder, 'reference/population.csv'));
  for (const sector of SECTORS) await runSector(sector);
});

afterAll(() => flow.remove());

describe.each(SECTORS)('%s', (sector) => {
  const run = () => runs.get(sector)!;

  it('every row has one outcome, and they add up', () => {
    const { result, extract, results } = run();
    const { figures } = result.summary;
    expect(extract.length).toBeGreaterThan(50);
    expect(figures.rows).toBe(extract.length);
    const listed = tally(results.map((row) => row.outcome!));
    const met = Object.entries(figures.outcomes).filter(([, n]) => n > 0);
    expect(listed).toEqual(Object.fromEntries(met));
    expect(met.reduce((sum, [, n]) => sum + n, 0)).toBe(extract.length);
    expect(Object.keys(listed).length).toBeGreaterThanOrEqual(3);
  });

  it('results.csv has a line for every input row, in input order', () => {
    const { extract, results } = run();
    expect(results.map((row) => row.record)).toEqual(extract.map((_, i) => String(i + 1)));
    expect(results.map((row) => row.source_line)).toEqual(extract.map((_, i) => String(i + 2)));
    expect(new Set(results.map((row) => row.source_file))).toEqual(new Set(['extract.csv']));
    const names = extract.map((row) => row.ho_ten ?? row.ho_va_ten ?? row.ho_ten_con);
    const kept = results.map((row, i) => (row.outcome === 'rejected' ? '' : plain(names[i]!)));
    expect(results.map((row) => plain(row.name_raw!))).toEqual(kept);
  });

  it('results.csv has the columns of the contract', () => {
    const { result, results } = run();
    const text = readFileSync(join(result.folder, 'results.csv'), 'utf8');
    const fields = FIELDS[sector].flatMap((field) =>
      ['raw', 'canonical', 'reference'].map((part) => `${field}_${part}`),
    );
    expect(text.slice(0, text.indexOf('\r\n'))).toBe(`\ufeff${[...LEADING, ...fields].join(',')}`);
    for (const row of results) {
      expect(row.probability).toMatch(/^(|[01]\.\d{4})$/);
      expect(['', 'id', 'restored', 'reissued', 'old_number', 'link']).toContain(row.method);
    }
  });

  it('a line of mismatches.csv is the line of results.csv, and words behind it', () => {
    const { result } = run();
    const linesOf = (name: string) => readFileSync(join(result.folder, name), 'utf8').trimEnd().split('\r\n');
    const results = linesOf('results.csv');
    const mismatches = linesOf('mismatches.csv');
    expect(mismatches.length).toBeGreaterThan(2);
    expect(mismatches.length).toBeLessThan(results.length);
    const among = results.filter((line) => mismatches.some((longer) => longer.startsWith(`${line},`)));
    expect(mismatches.map((line, i) => line.startsWith(`${among[i]},`))).toEqual(mismatches.map(() => true));
  });

  it('mismatches.csv is the rows that do not agree as submitted', async () => {
    const { result, results } = run();
    const mismatches = await readRows(join(result.folder, 'mismatches.csv'));
    const wanted = results.filter((row) => !['match', 'rejected'].includes(row.outcome!));
    expect(mismatches.map((row) => row.record)).toEqual(wanted.map((row) => row.record));
    expect(mismatches.length).toBe(result.summary.figures.mismatch_as_submitted);
    const withoutWords = mismatches.filter(
      (row) => row.reasons !== '' && (row.reasons_vi === '' || row.reasons_en === ''),
    );
    expect(withoutWords).toEqual([]);
  });

  it.each(LISTS)('%s opens safely in a spreadsheet', async (name) => {
    const { result } = run();
    const path = join(result.folder, name);
    expect(readFileSync(path).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const cells = (await readRows(path)).flatMap((row) => Object.values(row));
    expect(cells.filter((cell) => /^\s*[=+@-]|^[\t\r]/.test(cell))).toEqual([]);
  });

  it('names and numbers of the reference stay hidden', async () => {
    const { result, extract, results } = run();
    const own = new Set(extract.flatMap((row) => Object.values(row)).map(nameKey));
    const people = population.filter((person) => !own.has(nameKey(person.name!)));
    const cells = await cellsOf(result, LISTS);
    const keys = new Set(cells.map(nameKey));
    expect(people.filter((person) => keys.has(nameKey(person.name!))).map((person) => person.name)).toEqual(
      [],
    );
    const texts = filesBelow(result.folder)
      .filter((name) => /^[^/]+\.(csv|json|html)$/.test(name))
      .map((name) => readFileSync(join(result.folder, name), 'utf8'));
    expect(texts.length).toBeGreaterThanOrEqual(6);
    for (const text of texts) {
      expect(population.filter((person) => text.includes(person.id!)).map((person) => person.id)).toEqual([]);
      const upper = text.toUpperCase();
      const named = people.filter(({ name }) => name!.split(' ').length > 2 && hasName(upper, name!));
      expect(named.map((person) => person.name)).toEqual([]);
    }
    const found = results.filter((row) => row.reference_id !== '');
    expect(found.length).toBeGreaterThan(40);
    expect(found.filter((row) => !/^\d{3}\*{6}\d{3}$/.test(row.reference_id!))).toEqual([]);
  });

  it('files are for their owner only', () => {
    const { result } = run();
    const modes = filesBelow(result.folder).map((name) => [
      name,
      (statSync(join(result.folder, name)).mode & 0o777).toString(8),
    ]);
    expect(modes.filter(([, mode]) => mode !== '600')).toEqual([]);
  });

  it('nothing temporary is left', () => {
    const { result } = run();
    const top = filesBelow(result.folder).map((name) => name.split('/')[0]!);
    const linked = result.summary.linking === null ? [] : ['model.json', 'model.html'];
    const expected = [...REPEATABLE, ...linked, 'manifest.json', 'run.duckdb'];
    expect([...new Set(top)].filter((name) => !/^reference-[0-9a-f]{12}$/.test(name)).sort()).toEqual(
      expected.sort(),
    );
    expect(
      filesBelow(flow.folder).filter((name) => /partial|building|\.wal|values-|mended|temp\//.test(name)),
    ).toEqual([]);
    expect(
      result.files.map((path) => filesBelow(result.folder).includes(path.slice(result.folder.length + 1))),
    ).not.toContain(false);
  });

  it('run again it gives the same bytes', async () => {
    const { result } = run();
    const before = REPEATABLE.map((name) => readFileSync(join(result.folder, name)));
    const again = await flow.run(`${sector}/job.yaml`);
    expect(again.folder).toBe(result.folder);
    const after = REPEATABLE.map((name) => readFileSync(join(result.folder, name)));
    expect(REPEATABLE.filter((_, i) => !before[i]!.equals(after[i]!))).toEqual([]);
  });
});

/** A raw cell as the file has it, up to the apostrophe that keeps a spreadsheet from running it. */
function plain(cell: string): string {
  return cell.replace(/^'/, '').trim();
}

function nameKey(cell: string): string {
  return (personName.normalize(cell).value ?? cell).toUpperCase();
}

function hasName(upper: string, name: string): boolean {
  const at = upper.indexOf(name.toUpperCase());
  return (
    at >= 0 &&
    !/\p{L}/u.test(`${upper[at - 1]}${upper[at + name.length]}`) &&
    !/^ \p{L}/u.test(upper.slice(at + name.length))
  );
}

async function cellsOf({ folder }: RunResult, names: readonly string[]): Promise<string[]> {
  const rows = await Promise.all(names.map((name) => readRows(join(folder, name))));
  return rows.flat().flatMap((row) => Object.values(row));
}

const telecom = (): { result: RunResult; extract: CsvRow[]; results: CsvRow[] } =>
  runs.get('telecom-subscribers')!;

describe('a run', () => {
  it('shows the numbers when asked to', async () => {
    const { results } = telecom();
    const shown = await flow.run('telecom-subscribers/job.yaml', {
      revealIds: true,
      out: join(flow.folder, 'shown'),
    });
    const rows = await readRows(join(shown.folder, 'results.csv'));
    const ids = new Set(population.map((person) => person.id));
    expect(rows.filter((row) => row.reference_id !== '' && !ids.has(row.reference_id))).toEqual([]);
    const masked = (id: string) => id.replace(/^(...).*(...)$/, '$1******$2');
    expect(rows.map((row) => masked(row.reference_id!))).toEqual(results.map((row) => row.reference_id));
    expect(rows.map((row) => row.outcome)).toEqual(results.map((row) => row.outcome));
    const named = rows.filter((row) => row.outcome === 'match');
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((row) => nameKey(row.name_reference!) !== nameKey(row.name_raw!))).toEqual([]);
  });

  it('shows of a masked address its units, one from the other', () => {
    const shown = runs.get('workers')!.results.map((row) => row.address_reference ?? '');
    expect(shown.filter((text) => /^\*{3} · [^·]+ · [^·]+$/.test(text)).length).toBeGreaterThan(50);
    expect(shown.filter((text) => /,| {2}/.test(text))).toEqual([]);
  });

  it('of the next period says what changed', async () => {
    const { result } = telecom();
    const [header, ...lines] = readFileSync(join(flow.folder, 'telecom-subscribers/extract.csv'), 'utf8')
      .trimEnd()
      .split('\n');
    flow.put('next/extract.csv', `${[header, ...lines.slice(0, 150)].join('\n')}\n`);
    flow.put('next/job.yaml', readFileSync(join(flow.folder, 'telecom-subscribers/job.yaml'), 'utf8'));
    const next = await flow.run('next/job.yaml', { period: '2026-12' });
    expect(next.summary.previous).toMatchObject({ period: '2026-11', run: result.run });
    expect(next.summary.previous!.figures).toEqual(result.summary.figures);
    expect(next.summary.figures.rows).toBe(150);
    const html = readFileSync(join(next.folder, 'report.html'), 'utf8');
    expect(html).toContain('11/2026');
    expect(headlineLines(next.summary, 'en').join('\n')).toMatch(/Against .*: as submitted [+−±-]?[\d.,]+/);
    expect(headlineLines(result.summary, 'en').join('\n')).toMatch(/first period/);
  });
});

describe('a run that fails', () => {
  it.each<[string, (extract: string) => string | Buffer, string, RegExp]>([
    [
      'a column that is not there',
      (text) => text.replace('ho_ten,', 'ten,'),
      'extract.csv',
      /no column “ho_ten”/,
    ],
    ['an empty extract', () => '', 'extract.csv', /empty/],
    ['a broken archive', (text) => gzipSync(text).subarray(0, -9), 'extract.csv.gz', /broken/],
  ])('leaves nothing behind: %s', async (what, change, name, message) => {
    const folder = `broken-${what.length}`;
    const extract = readFileSync(join(flow.folder, 'telecom-subscribers/extract.csv'), 'utf8');
    const job = readFileSync(join(flow.folder, 'telecom-subscribers/job.yaml'), 'utf8');
    flow.put(`${folder}/${name}`, change(extract));
    flow.put(`${folder}/job.yaml`, job.replace('path: extract.csv', `path: ${name}`));
    const before = filesBelow(flow.folder);
    const error = await flow.run(`${folder}/job.yaml`).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).parts.what.en).toMatch(message);
    expect((error as UserError).exitCode).toBe(2);
    expect(filesBelow(flow.folder)).toEqual(before);
  });

  it('says what the extract lacks before it builds a reference, which may take long', async () => {
    const read = (name: string) => readFileSync(join(flow.folder, 'telecom-subscribers', name), 'utf8');
    flow.put('early/extract.csv', read('extract.csv').replace('ho_ten,', 'ten,'));
    flow.put('early/population.csv', 'no,such,columns\n1,2,3\n');
    flow.put('early/job.yaml', read('job.yaml').replace('../reference/population.csv', 'population.csv'));
    const error = await flow.run('early/job.yaml').catch((caught: unknown) => caught);
    expect((error as UserError).parts.what.en).toMatch(/no column “ho_ten”/);
  });

  /** Does something when a stage begins, by the words that the user sees. */
  const atStage = (stage: string, act: () => void) => ({
    start: ({ vi }: { readonly vi: string }) => {
      if (vi === stage) act();
      return { advance: () => {}, at: () => {}, done: () => {} };
    },
  });

  it.each(['Đọc tệp', 'Đối sánh', 'Viết báo cáo'])('stopped by the user while “%s”', async (stage) => {
    // What finished stages made waits to be gone on with (test/resume.test.ts); no output shows.
    const toGoOnWith = /lao-dong-2026-09-[0-9a-f]+\/(\.building|reference-[0-9a-f]+)\//;
    const others = () => filesBelow(flow.folder).filter((name) => !toGoOnWith.test(name));
    const before = others();
    const stop = new AbortController();
    const progress = atStage(stage, () => stop.abort());
    const context = { signal: stop.signal, progress };
    const outcome = await flow.run('workers/job.yaml', { period: '2026-09', context }).then(
      () => 'finished',
      (error: Error) => error.name,
    );
    expect(outcome).not.toBe('finished');
    expect(others()).toEqual(before);
  });

  it('leaves the results of the run before it as they were', async () => {
    const { result } = telecom();
    const path = join(flow.folder, 'telecom-subscribers/extract.csv');
    const extract = readFileSync(path);
    const bytes = () =>
      filesBelow(result.folder).map((name) => [
        name,
        readFileSync(join(result.folder, name)).toString('base64'),
      ]);
    const before = bytes();
    writeFileSync(path, 'so_thue_bao,so_giay_to\n1,2\n');
    await expect(flow.run('telecom-subscribers/job.yaml')).rejects.toBeInstanceOf(UserError);
    writeFileSync(path, extract);
    expect(bytes()).toEqual(before);
  });

  it('a series that another run holds is left alone', async () => {
    const stop = new AbortController();
    let second: Promise<unknown> | null = null;
    const progress = atStage('Đọc tệp', () => {
      second = flow.run('workers/job.yaml').catch((caught: unknown) => caught);
      stop.abort();
    });
    await flow.run('workers/job.yaml', { context: { progress, signal: stop.signal } }).catch(() => null);
    const error = await second;
    expect(error).toBeInstanceOf(UserError);
    expect((error as unknown as UserError).exitCode).toBe(5);
  });
});

describe('hostile rows in the flow', () => {
  const formulas = ['=1+1234567890', '+84912345678', '@SUM(A1)', '-1+2', '\t=1+1', ' =1+1', '\r=1'];

  it.each([
    ['telecom-subscribers', false],
    ['telecom-subscribers', true],
    ['complaints', false],
  ] as const)('masked or not, no value becomes a formula: %s, revealed: %s', async (sector, revealIds) => {
    const cells = formulas.map((formula) => `"${formula}"`);
    const lines = cells.map((cell, i) => `${cell},${cells.at(i - 1)},${cells.at(i - 2)},${cells.at(i - 3)}`);
    const folder = `formulas-${sector}-${revealIds}`;
    flow.put(`${folder}/extract.csv`, `key,id,name,born\n${lines.join('\n')}\n`);
    flow.put(
      `${folder}/job.yaml`,
      `name: ${folder}
sector: ${sector}
input: { path: extract.csv, columns: { record_key: key, id: id, name: name, born: born } }
reference: { path: ../reference/population.csv }
period: 2026-11
`,
    );
    const options = revealIds ? { revealIds, why: 'thử' } : {};
    const result = await flow.run(`${folder}/job.yaml`, options);
    expect(await readRows(join(result.folder, 'results.csv'))).toHaveLength(formulas.length);
    const found = (await cellsOf(result, LISTS)).filter((cell) => /^\s*[=+@-]|^[\t\r]/.test(cell));
    expect(found).toEqual([]);
  });

  it('are read, listed and counted like any others', async () => {
    const { id, name, born } = population[0]!;
    const rows = [
      `=1+1,${id},"=HYPERLINK(""http://x"")",${born}`,
      `+84912345678,@SUM(A1),-cmd|' /C calc'!A0,\t=x`,
      `k3,${id},"${name}\n${name}",${born}`,
      `k4,${id},${name}`,
      `k5,${id},"${name},${born}`,
      `k6,${id},\0${name},${born}`,
      `k7,${id},${'x'.repeat(1_200_000)},${born}`,
      '',
      `k8,${id},${name},${born}`,
    ];
    flow.put('hostile/extract.csv', `key,id,name,born\n${rows.join('\n')}`);
    flow.put(
      'hostile/job.yaml',
      `name: hostile
sector: telecom-subscribers
input: { path: extract.csv, columns: { record_key: key, id: id, name: name, born: born } }
reference: { path: ../reference/population.csv }
period: 2026-11
`,
    );
    const { folder, summary } = await flow.run('hostile/job.yaml');
    expect(summary.figures.rows).toBe(8);
    expect(summary.figures.outcomes.rejected).toBe(2);
    const results = await readRows(join(folder, 'results.csv'));
    expect(results.map((row) => row.source_line)).toEqual(['2', '3', '4', '6', '7', '8', '9', '11']);
    expect(results.flatMap((row, i) => (row.outcome === 'rejected' ? [i] : []))).toEqual([3, 6]);
    expect([5, 7].map((i) => results[i]!.outcome)).toEqual(['match', 'match']);
    const cells = (await cellsOf({ folder } as RunResult, LISTS)).filter((cell) =>
      /^\s*[=+@-]|^[\t\r]/.test(cell),
    );
    expect(cells).toEqual([]);
    const rejected = await readRows(join(folder, 'rejected.csv'));
    expect(rejected.map((row) => row.source_line)).toEqual(['6', '9']);
    expect(rejected.map((row) => row.why_en)).toEqual([
      'Has 3 cells where the header has 4 columns.',
      'The row is longer than 1,000,000 bytes.',
    ]);
  });

  it('a header without rows gives a report of nothing', async () => {
    flow.put('hostile/none.csv', 'key,id,name,born\n');
    const job = readFileSync(join(flow.folder, 'hostile/job.yaml'), 'utf8');
    flow.put(
      'hostile/none.yaml',
      job.replace('extract.csv', 'none.csv').replace('name: hostile', 'name: none'),
    );
    const { summary, folder } = await flow.run('hostile/none.yaml');
    expect(summary.figures).toMatchObject({ rows: 0, compared: 0, rate_as_submitted: null });
    expect(await readRows(join(folder, 'results.csv'))).toEqual([]);
    expect(readFileSync(join(folder, 'results.csv'), 'utf8')).toMatch(/^\ufeffrecord,/);
  });
});
