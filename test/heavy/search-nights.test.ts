// Random nights: what a night takes of the search of the last one gives the bytes of a full run, in every mode of searching.
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { generate } from '../../generator/generate.js';
import { type CsvRow, readRows, type Workspace, workspace } from '../flow.js';
import { buildIn, csvText, differing, fullNight, keptNight, keyOf, seeded } from '../second-night.js';

/** Few records go the ways of many. */
const program = vi.hoisted(() => ({ atOnce: 100_000, variants: 40_000 }));

vi.mock('../../pipeline/link-limits.js', () => ({
  get MOST_AT_ONCE() {
    return program.atOnce;
  },
  get MOST_RECORDS_FOR_VARIANTS() {
    return program.variants;
  },
}));

const SUBSCRIBERS = { sector: 'telecom-subscribers', id: 'so_giay_to', name: 'ho_ten' };
const REGISTRY = { sector: 'civil-registry', id: 'so_dinh_danh', name: 'ho_ten_con' };
const MANY = { atOnce: 100_000, variants: 40_000 };

const MODES = [
  { ...SUBSCRIBERS, mode: 'at once with variants', limits: MANY },
  { ...SUBSCRIBERS, mode: 'in waves', limits: { atOnce: 10, variants: 45 } },
  { ...REGISTRY, mode: 'in waves with variants', limits: { ...MANY, atOnce: 10 } },
  { ...REGISTRY, mode: 'at once', limits: { ...MANY, variants: 45 } },
] as const;

describe.each(MODES)('random nights of $sector', ({ sector, id, name, mode, limits }) => {
  const job = `${sector}/night.yaml`;
  let flow: Workspace;
  let pool: CsvRow[];
  const random = seeded(20_261_121 + mode.length);

  beforeAll(async () => {
    flow = workspace();
    Object.assign(program, limits);
    await generate({ seed: 7, people: 1500, sector, rows: 400, out: flow.folder });
    pool = await readRows(join(flow.folder, sector, 'extract.csv'));
    const context = { workspace: join(flow.folder, '.trained') };
    const first = await flow.run(`${sector}/job.yaml`, { period: '2026-10', context });
    cpSync(join(first.folder, 'model.json'), join(flow.folder, sector, 'model.json'));
    await buildIn(flow, 'reference/population.csv');
    const text = readFileSync(join(flow.folder, sector, 'job.yaml'), 'utf8');
    flow.put(
      job,
      `${text.replace(/reference:\n(?: {2}.*\n)+/, 'reference: ../built\n')}\nmodel: model.json\n`,
    );
  });
  afterAll(() => flow.remove());

  /** A row as somebody may have written it the next day. */
  function changed(row: CsvRow): CsvRow {
    const value = row[id] ?? '';
    const place = random(Math.max(1, value.length));
    const digit = String((Number(value[place] ?? 0) + 1 + random(9)) % 10);
    const wrong = value.slice(0, place) + digit + value.slice(place + 1);
    return [
      { ...row, [id]: '' },
      { ...row, [id]: wrong },
      { ...row, [name]: (row[name] ?? '').split(' ').slice(1).join(' ') },
      { ...row, [id]: '', ngay_sinh: '' },
      { ...row, [id]: wrong, [name]: 'Kim Ưng Lạ', ngay_sinh: '' },
    ][random(5)]!;
  }

  /** Rows of a night from those of the night before: some changed, added, taken away, repeated, and all in another order. */
  function nextNight(rows: readonly CsvRow[]): CsvRow[] {
    const next = rows.flatMap((row) => {
      const what = random(20);
      if (what === 0) return [];
      if (what === 1) return [row, row];
      return [what < 5 ? changed(row) : row];
    });
    for (let i = 0; i < 10; i++) next.push(changed(pool[pool.length - 1 - random(60)]!));
    return next
      .map((row) => ({ row, at: random(1_000_000) }))
      .sort((a, b) => a.at - b.at)
      .map(({ row }) => row);
  }

  it(`writes the same bytes, ${mode}`, async () => {
    let rows = pool.slice(0, -60).map((row, i) => (i % 5 === 0 ? changed(row) : row));
    for (const [i, period] of ['2026-11', '2026-12', '2027-01'].entries()) {
      Object.assign(program, limits);
      flow.put(`${sector}/extract.csv`, csvText(rows));
      const kept = await keptNight(flow, job, { period });
      const full = await fullNight(flow, job, { period, context: { threads: 2 } });
      expect(kept.search?.not_taken).toEqual(i === 0 ? ['first_run'] : []);
      if (i > 0) {
        expect(kept.search!.taken).toBeGreaterThan(20);
        expect(kept.search!.searched).toBeGreaterThan(5);
        expect(kept.rows!.taken).toBeGreaterThan(100);
      }
      expect(await differing(flow, kept.folder, full)).toEqual([]);
      expect(JSON.parse(await keyOf(flow, kept.folder)).mode).toBe(mode);
      rows = nextNight(rows);
    }
  }, 240_000);
});
