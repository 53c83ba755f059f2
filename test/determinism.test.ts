import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { generate } from '../generator/generate.js';
import { quietContext } from '../pipeline/context.js';
import { existing } from '../pipeline/job.js';
import { buildReference } from '../pipeline/reference-build.js';
import type { Summary } from '../reports/model.js';
import { type CsvRow, type FlowOptions, NOW, readRows, type Workspace, workspace } from './flow.js';
import fc from './property.js';

/** Same input, job and reference: the same results, however the rows lie and whatever the machine gives. */

let flow: Workspace;
let header: string;
let lines: readonly string[];

interface Seen {
  readonly rows: readonly CsvRow[];
  readonly summary: Summary;
  readonly bytes: Readonly<Record<string, Buffer>>;
}

const OUTPUTS = ['results.csv', 'mismatches.csv', 'rejected.csv', 'summary.json', 'report.html'];
let cases = 0;

/** Runs the job over these files; the job's own path is always the same, since it names the run. */
async function run(
  files: Readonly<Record<string, string | Buffer>>,
  options: Partial<FlowOptions> = {},
): Promise<Seen> {
  rmSync(join(flow.folder, 'case'), { recursive: true, force: true });
  for (const [name, content] of Object.entries(files)) flow.put(`case/in/${name}`, content);
  const columns =
    'record_key: so_thue_bao, id: so_giay_to, name: ho_ten, born: ngay_sinh, sex: gioi_tinh, province: tinh, carrier: nha_mang';
  flow.put(
    'case/job.yaml',
    `name: case\nsector: telecom-subscribers\ninput: { path: in/*, columns: { ${columns} } }\nreference: ../built\nperiod: 2026-11\n`,
  );
  const context = { ...options.context, workspace: join(flow.folder, `workspace-${++cases}`) };
  const { folder, summary } = await flow.run('case/job.yaml', { ...options, context });
  const bytes = Object.fromEntries(OUTPUTS.map((name) => [name, readFileSync(join(folder, name))]));
  return { rows: await readRows(join(folder, 'results.csv')), summary, bytes };
}

/** What was said of a row, without where it stood. */
function verdict({ record, source_file, source_line, ...said }: CsvRow): string {
  return JSON.stringify(said);
}

const verdicts = ({ rows }: Seen) => rows.map(verdict);
const sorted = (seen: Seen) => verdicts(seen).sort();
const text = (rows: readonly string[]) => `${header}\n${rows.join('\n')}\n`;
/** The figures without what describes the files. */
const figures = ({ summary: { inputs, ...rest } }: Seen) => rest;

let whole: Seen;

beforeAll(async () => {
  flow = workspace(2);
  await generate({ seed: 5, people: 300, sector: 'telecom-subscribers', rows: 220, out: flow.folder });
  const people = existing('reference/population.csv', flow.folder, '');
  const changes = existing('reference/id-changes.csv', flow.folder, '');
  const set = { encoding: 'auto', delimiter: 'auto', columns: {} } as const;
  await buildReference(
    {
      files: { files: people, ...set },
      idChanges: { files: changes, ...set },
      out: join(flow.folder, 'built'),
    },
    quietContext({ clock: () => NOW, threads: 2 }),
  );
  const [first = '', ...rows] = readFileSync(join(flow.folder, 'telecom-subscribers/extract.csv'), 'utf8')
    .trimEnd()
    .split('\n');
  header = first;
  // Rows that differ in nothing are taken once: which of them is the repeated one is a matter of order.
  lines = [...new Set(rows)];
  whole = await run({ 'a.csv': text(lines) });
});

afterAll(() => flow.remove());

describe('the same results', () => {
  it('has something to compare', () => {
    expect(whole.rows.length).toBe(lines.length);
    expect(new Set(whole.rows.map((row) => row.outcome)).size).toBeGreaterThan(4);
    expect(new Set(whole.rows.map((row) => row.method))).toContain('link');
  });

  it('whatever the order of the rows', async () => {
    const order = fc.sample(fc.shuffledSubarray([...lines], { minLength: lines.length }), {
      seed: 1,
      numRuns: 1,
    })[0]!;
    expect(order).not.toEqual(lines);
    const shuffled = await run({ 'a.csv': text(order) });
    expect(sorted(shuffled)).toEqual(sorted(whole));
    expect(figures(shuffled)).toEqual(figures(whole));
  });

  it.each<[string, Partial<FlowOptions>]>([
    ['one thread', { context: { threads: 1 } }],
    ['four threads', { context: { threads: 4 } }],
    ['little memory', { context: { memory: '200MB' } }],
  ])('byte for byte: %s', async (_name, options) => {
    const other = await run({ 'a.csv': text(lines) }, options);
    const differing = OUTPUTS.filter((name) => !other.bytes[name]!.equals(whole.bytes[name]!));
    expect(differing).toEqual([]);
  });

  it('in one file or in three', async () => {
    const cut = [0, 70, 71, lines.length];
    const parts = [0, 1, 2].map((i) => text(lines.slice(cut[i], cut[i + 1])));
    const split = await run({ 'a.csv': parts[0]!, 'b.csv': parts[1]!, 'c.csv': parts[2]! });
    expect(verdicts(split)).toEqual(verdicts(whole));
    expect(figures(split)).toEqual(figures(whole));
    const places = split.rows.map((row) => `${row.source_file}:${row.source_line}`);
    const expected = [0, 1, 2].flatMap((i) =>
      lines.slice(cut[i], cut[i + 1]).map((_, line) => `${'abc'[i]}.csv:${line + 2}`),
    );
    expect(places).toEqual(expected);
  });

  it('as CSV, compressed, with other line ends, in UTF-16', async () => {
    const files = {
      'a.csv.gz': gzipSync(text(lines)),
      'b.csv': `\ufeff${text(lines).replaceAll('\n', '\r\n')}`,
      'c.csv': Buffer.from(`\ufeff${text(lines)}`, 'utf16le'),
    };
    for (const [name, content] of Object.entries(files)) {
      const other = await run({ [name]: content });
      expect(verdicts(other)).toEqual(verdicts(whole));
      expect(figures(other)).toEqual(figures(whole));
      expect(other.rows.map((row) => row.source_line)).toEqual(whole.rows.map((row) => row.source_line));
    }
  });

  it('as Parquet', async () => {
    const kept = lines.filter((_, i) => whole.rows[i]!.outcome !== 'rejected');
    const csv = flow.put('parquet/a.csv', text(kept));
    const target = join(flow.folder, 'parquet/a.parquet');
    const db = await openDatabase({
      threads: 1,
      memory: '256MB',
      tempDir: join(flow.folder, 'parquet/temp'),
    });
    await db.run(`COPY (SELECT * FROM read_csv(${literal(csv)}, all_varchar = true)) TO ${literal(target)}`);
    await db.close();
    const [fromCsv, fromParquet] = [
      await run({ 'a.csv': text(kept) }),
      await run({ 'a.parquet': readFileSync(target) }),
    ];
    expect(verdicts(fromParquet)).toEqual(verdicts(fromCsv));
    expect(figures(fromParquet)).toEqual(figures(fromCsv));
  });
});

describe('more values than one thread is given', () => {
  const SECTOR = `name: stock
labels: { vi: Kho, en: Stock }
fields:
  id: { kind: identifier, labels: { vi: Mã, en: Code } }
  title: { kind: text, labels: { vi: Tên, en: Title }, compare: true }
identify_by: [id]
`;
  const JOB = `name: stock
sector: ./stock.yaml
input: { path: extract.csv, columns: { id: id, title: title } }
reference: { path: people.csv }
period: 2026-11
`;

  it('gives the same bytes in worker threads', async () => {
    const rows = Array.from({ length: 33_000 }, (_, i) => [
      `A${i}`,
      `Hàng  số ${(i * 7919) % 33_000}`,
      `HÀNG SỐ ${(i * 7919) % 33_000}`,
    ]);
    flow.put('stock/stock.yaml', SECTOR);
    flow.put('stock/job.yaml', JOB);
    flow.put(
      'stock/extract.csv',
      `id,title\n${rows.map(([id, title], i) => `${id},${title}${i % 50 === 0 ? 'x' : ''}`).join('\n')}\n`,
    );
    flow.put('stock/people.csv', `id,title\n${rows.map(([id, , title]) => `${id},${title}`).join('\n')}\n`);
    const seen: Buffer[][] = [];
    for (const threads of [1, 4]) {
      const workspace = join(flow.folder, `stock-${threads}`);
      const { folder, summary } = await flow.run('stock/job.yaml', { context: { threads, workspace } });
      expect(summary.figures.outcomes).toMatchObject({ match: 32_340, mismatch: 660 });
      seen.push(OUTPUTS.map((name) => readFileSync(join(folder, name))));
    }
    expect(OUTPUTS.filter((_, i) => !seen[0]![i]!.equals(seen[1]![i]!))).toEqual([]);
  });
});
