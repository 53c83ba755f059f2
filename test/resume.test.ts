import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { UserError } from '../messages/user-error.js';
import { type Context, quietContext } from '../pipeline/context.js';
import { STAGES } from '../pipeline/manifest.js';
import type { RunOptions } from '../pipeline/run.js';
import { filesBelow, NOW, type Workspace, workspace } from './flow.js';

/** Small files are read as national ones are where a test says so. */
const input = vi.hoisted(() => ({ large: false, fits: true }));
vi.mock('../pipeline/large-input.js', () => ({ isLargeInput: () => input.large }));
vi.mock('../pipeline/match-memory.js', () => ({ fitsAtOnce: async () => input.fits }));

const SAMPLES = join(import.meta.dirname, '../sample-data');
/** A sector of one person a record, and one of several. */
const SECTORS = ['telecom-subscribers', 'marriages'].filter((name) => existsSync(join(SAMPLES, name)));
/** In `npm run test:heavy` all of it; else not the second sector, whose runs take three times as long (decisions-used.test.ts goes on with one of its kind). */
const all = process.env.DOISOAT_ALL_NIGHTS === '1';
/** They hold times, or pages of a database whose layout no promise covers. */
const UNLIKE = /manifest\.json$|\.duckdb$/;

let shop: Workspace;

function put(folder: string, sector: string): void {
  for (const file of ['population.csv', 'id-changes.csv'])
    shop.put(`${folder}/reference/${file}`, readFileSync(join(SAMPLES, 'reference', file)));
  for (const file of ['extract.csv', 'job.yaml'])
    shop.put(`${folder}/${sector}/${file}`, readFileSync(join(SAMPLES, sector, file)));
}

beforeAll(() => {
  shop = workspace();
});

afterAll(() => shop.remove());

/** Interrupts a run where the nth stage begins (Ctrl+C, SIGTERM); every stage announces itself once. */
function interruptedAt(nth: number, parts: Partial<Context> = {}): Context {
  const controller = new AbortController();
  const labels = ['Đọc tệp', 'Chuẩn hóa', 'Đối sánh', 'Phân loại', 'So với kỳ trước', 'Viết báo cáo'];
  const task = { advance: () => undefined, at: () => undefined, done: () => undefined };
  return quietContext({
    clock: () => NOW,
    threads: 2,
    signal: controller.signal,
    progress: {
      start: (label) => {
        if (label.vi === labels[nth]) controller.abort();
        return task;
      },
    },
    ...parts,
  });
}

function options(folder: string, parts: Partial<RunOptions> = {}): RunOptions {
  return { revealIds: false, out: join(shop.folder, folder, 'out'), ...parts };
}

/** What a run has written, by name. */
function outputs(folder: string): Record<string, string> {
  const out = join(shop.folder, folder, 'out');
  const names = filesBelow(out).filter((name) => !UNLIKE.test(name) && !name.startsWith('reference-'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(out, name), 'utf8')]));
}

describe.each(all ? SECTORS : SECTORS.slice(0, 1))('an interrupted run of %s', (sector) => {
  const [whole, broken] = [`${sector}-whole`, `${sector}-broken`];

  beforeAll(async () => {
    put(whole, sector);
    put(broken, sector);
    await shop.run(`${whole}/${sector}/job.yaml`, options(whole));
  });

  it.each(STAGES.slice(1))('goes on where the stage %s began, to the same bytes', async (stage) => {
    const job = `${broken}/${sector}/job.yaml`;
    const context = interruptedAt(STAGES.indexOf(stage), { workspace: join(shop.folder, '.doisoat') });
    await expect(shop.run(job, { ...options(broken), context })).rejects.toThrow();
    const said: string[] = [];
    const log = { info: ({ en }: { en: string }) => said.push(en), warn: () => 0, debug: () => 0 };
    const result = await shop.run(job, { ...options(broken), context: { log } });
    expect(said.join()).toContain(`had finished: ${STAGES.slice(0, STAGES.indexOf(stage)).join(', ')}`);
    expect(result.stages.map((one) => one.stage)).toEqual(STAGES);
    expect(outputs(broken)).toEqual(outputs(whole));
    expect(existsSync(join(shop.folder, broken, 'out/.building'))).toBe(false);
  });
});

describe.each(all ? SECTORS : SECTORS.slice(0, 1))('a large run of %s', (sector) => {
  const [small, large] = [`${sector}-small`, `${sector}-large`];
  const job = `${large}/${sector}/job.yaml`;
  const statementsOfRun = async () =>
    JSON.stringify((await shop.run(job, options(large, { restart: true }))).executionPlan);

  beforeAll(async () => {
    put(small, sector);
    put(large, sector);
    await shop.run(`${small}/${sector}/job.yaml`, options(small));
    input.large = true;
  });
  afterAll(() => {
    input.large = false;
  });

  it('writes the bytes of a small one, and leaves nothing of its packed rows', async () => {
    expect(await statementsOfRun()).toMatch(/INSERT INTO packed_matched\.packed/);
    expect(outputs(large)).toEqual(outputs(small));
    expect(filesBelow(join(shop.folder, large, 'out')).join()).not.toContain('packed_');
  });

  it.each([true, false])('writes them with little memory, too (large: %s)', async (isLarge) => {
    Object.assign(input, { large: isLarge, fits: false });
    const statements = await statementsOfRun();
    Object.assign(input, { large: true, fits: true });
    expect(statements).toMatch(isLarge ? /INSERT INTO packed_looked_up\.packed/ : /TEMP TABLE looked_up/);
    expect(outputs(large)).toEqual(outputs(small));
    expect(filesBelow(join(shop.folder, large, 'out')).join()).not.toContain('packed_');
  });

  it.each(['classify', 'reconcile'] as const)('goes on where the stage %s began', async (stage) => {
    const context = interruptedAt(STAGES.indexOf(stage), { workspace: join(shop.folder, '.doisoat') });
    await expect(shop.run(job, { ...options(large), context })).rejects.toThrow();
    await shop.run(job, options(large));
    expect(outputs(large)).toEqual(outputs(small));
  });
});

describe('going on', () => {
  const sector = 'telecom-subscribers';
  const folder = 'changed';
  const job = `${folder}/${sector}/job.yaml`;
  const extract = () => join(shop.folder, folder, sector, 'extract.csv');
  const interrupt = () =>
    expect(
      shop.run(job, {
        ...options(folder),
        context: interruptedAt(3, { workspace: join(shop.folder, '.doisoat') }),
      }),
    ).rejects.toThrow();

  const attempt = async () => {
    try {
      return await shop.run(job, options(folder));
    } catch (error) {
      return error;
    }
  };

  beforeAll(() => put(folder, sector));

  it('is refused when an input has changed, says which, and goes on once it is back', async () => {
    const original = readFileSync(extract());
    await interrupt();
    appendFileSync(extract(), '1,2,3\n');
    const refused = await attempt();
    expect(String((refused as UserError).parts.what.en)).toContain('extract.csv has other content');
    writeFileSync(extract(), original);
    const result = await shop.run(job, options(folder));
    expect(result.summary.figures.rows).toBeGreaterThan(300);
  });

  it('is refused when an input is gone', async () => {
    await interrupt();
    copyFileSync(extract(), `${extract()}.kept`);
    rmSync(extract());
    const refused = await attempt();
    expect((refused as UserError).parts.what.en).toMatch(/removed|no file|not there/i);
    copyFileSync(`${extract()}.kept`, extract());
    await shop.run(job, options(folder));
  });

  it('does not mind that a file bears another time, and begins anew with restart', async () => {
    await interrupt();
    utimesSync(extract(), new Date('2026-01-01'), new Date('2026-01-01'));
    await shop.run(job, options(folder));
    await interrupt();
    appendFileSync(extract(), '\n');
    await shop.run(job, options(folder, { restart: true }));
  });

  it('keeps its day when the clock was set back meanwhile, and never ends before it began', async () => {
    const extractBefore = readFileSync(join(SAMPLES, sector, 'extract.csv'));
    writeFileSync(extract(), extractBefore);
    await interrupt();
    const result = await shop.run(job, {
      ...options(folder),
      context: { clock: () => new Date(NOW.getTime() - 3 * 24 * 60 * 60 * 1000) },
    });
    const manifest = JSON.parse(readFileSync(join(result.folder, 'manifest.json'), 'utf8'));
    expect(manifest.started).toBe(NOW.toISOString());
    expect(manifest.finished >= manifest.started).toBe(true);
    expect(outputs(folder)).toEqual(outputs(`${sector}-whole`));
  });

  it('is not tried when the job has changed', async () => {
    await interrupt();
    const path = join(shop.folder, job);
    writeFileSync(path, readFileSync(path, 'utf8').replace('[carrier, province]', '[carrier]'));
    const said: string[] = [];
    const log = { info: ({ en }: { en: string }) => said.push(en), warn: () => 0, debug: () => 0 };
    await shop.run(job, { ...options(folder), context: { log } });
    expect(said.join()).not.toContain('Going on');
  });
});
