// Nights of random changes, and the samples of all sectors: rows are taken, and the bytes are those of full runs.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Manifest } from '../pipeline/manifest.js';
import { job, people, rows, SECTOR } from './fixtures/nights.js';
import { type CsvRow, NOW, type Workspace, workspace } from './flow.js';
import { buildIn, csvText, differing, fullNight, inRun, keptNight, seeded } from './second-night.js';

/** Small files are read as national ones are where a test says so. */
const input = vi.hoisted(() => ({ large: false }));
vi.mock('../pipeline/large-input.js', () => ({ isLargeInput: () => input.large }));

let flow: Workspace;

beforeAll(async () => {
  flow = workspace();
  flow.put('members.yaml', SECTOR);
  flow.put('population.csv', csvText(people.map((one) => ({ ...one }))));
  await buildIn(flow, 'population.csv');
});
afterAll(() => flow.remove());

describe('random nights', () => {
  const random = seeded(88_100_000);

  function changed(row: CsvRow): CsvRow {
    const other = rows[random(rows.length)]!;
    const names = ['so', 'ten', 'sinh', 'gioi', 'noi', 'dt', 'vao', 'ma'];
    const name = names[random(names.length)]!;
    return [
      { ...row, [name]: other[name]! },
      { ...row, [name]: '' },
      { ...row, [name]: `${row[name]} ` },
      { ...row, so: other['so']!, ten: other['ten']! },
    ][random(4)]!;
  }

  function next(before: readonly CsvRow[]): CsvRow[] {
    return before
      .flatMap((row) => {
        const what = random(24);
        if (what === 0) return [];
        if (what === 1) return [row, row];
        return [what < 4 ? changed(row) : row];
      })
      .map((row) => ({ row, at: random(1_000_000) }))
      .sort((a, b) => a.at - b.at)
      .map(({ row }) => row);
  }

  /** A row that is mended, one that is rejected, and cells that would run together. */
  const odd = '"BD-x","001060000001","Kim\n"\n"BD-y",""\n';

  /** Of each run, whether it wrote its results as a large one does. */
  function packedFolders(folders: readonly string[]): Promise<boolean[]> {
    const packed = `SELECT count(*) > 0 FROM pragma_storage_info('results') WHERE compression = 'BitPacking'`;
    return Promise.all(folders.map((folder) => inRun(flow, folder, (db) => db.value<boolean>(packed))));
  }

  const nights = process.env.DOISOAT_ALL_NIGHTS === '1' ? 20 : 1;
  it.each([
    ['with record keys', 'record_key: ma, ', { large: false, most: nights }],
    ['without record keys', '', { large: false, most: nights }],
    // Two nights at the least: the first takes nothing.
    ['of a large input, as a small one does', 'record_key: ma, ', { large: true, most: Math.max(nights, 2) }],
  ])(
    'write the same bytes, night by night, %s',
    async (_, key, { large, most }) => {
      flow.put('job.yaml', job({ files: '[one.csv, two.csv]' }).replace('record_key: ma, ', key));
      let now: readonly CsvRow[] = rows;
      for (let i = 0; i < most; i++) {
        // Errors add up from night to night, until hardly a row can be taken.
        if (i % 10 === 0) {
          now = rows;
          for (const name of ['.doisoat', '.full'])
            rmSync(join(flow.folder, name), { recursive: true, force: true });
        }
        const cut = random(now.length);
        flow.put('one.csv', csvText(now.slice(0, Math.max(1, cut))));
        flow.put(
          'two.csv',
          `${csvText(now.slice(Math.max(1, cut)).concat(rows[0]!))}${i % 2 === 0 ? odd : ''}`,
        );
        const day = new Date(NOW.getTime() + i * 12 * 3_600_000).toISOString().slice(0, 10);
        const period = `2026-12-${String((i % 28) + 1).padStart(2, '0')}`;
        input.large = large;
        const context = { clock: () => new Date(`${day}T05:00:00Z`) };
        const kept = await keptNight(flow, 'job.yaml', { period, context });
        input.large = false;
        const full = await fullNight(flow, 'job.yaml', {
          period,
          context: { ...context, threads: 2 },
        });
        expect(await packedFolders([kept.folder, full])).toEqual([large, false]);
        expect(await differing(flow, kept.folder, full)).toEqual([]);
        if (i % 10 > 0) expect([kept.rows!.not_taken, kept.rows!.taken > 40]).toEqual([[], true]);
        now = next(now);
      }
    },
    600_000,
  );
});

const SAMPLES = join(import.meta.dirname, '../sample-data');
const sectors = readdirSync(SAMPLES).filter((name) => existsSync(join(SAMPLES, name, 'job.yaml')));

/** In `npm run test:heavy`: it takes minutes. */
describe.runIf(process.env.DOISOAT_ALL_NIGHTS === '1')('the sample of', () => {
  it.each(sectors)(
    '%s has the same bytes when its rows are taken',
    async (sector) => {
      const path = join(flow.folder, 'samples', sector);
      cpSync(join(SAMPLES, 'reference'), join(flow.folder, 'samples/reference'), { recursive: true });
      cpSync(join(SAMPLES, sector), path, { recursive: true });
      // In one folder the reference that a run builds for itself stays.
      const run = (side: string, period: string) =>
        flow.run(`samples/${sector}/job.yaml`, {
          period,
          out: join(path, side),
          restart: side === 'full',
          keep: side === 'kept',
          context: { workspace: join(path, `${side}-workspace`) },
        });
      const extract = join(path, readdirSync(path).find((name) => name.startsWith('extract'))!);
      for (const side of ['kept', 'full']) await run(side, '2026-11');
      const lines = readFileSync(extract, 'latin1').split('\n');
      writeFileSync(extract, lines.filter((_, i) => i === 0 || i % 9 !== 4).join('\n'), 'latin1');
      const [kept, full] = [await run('kept', '2026-12'), await run('full', '2026-12')];
      const { rows_taken: taken } = JSON.parse(
        readFileSync(join(kept.folder, 'manifest.json'), 'utf8'),
      ) as Manifest;
      if (taken !== undefined) expect([taken.not_taken, taken.taken > 50]).toEqual([[], true]);
      expect(await differing(flow, kept.folder, full.folder)).toEqual([]);
    },
    60_000,
  );
});
