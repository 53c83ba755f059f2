import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockNight } from '../ledger/workspace-lock.js';
import { UserError } from '../messages/user-error.js';
import { quietContext } from '../pipeline/context.js';
import { planNight } from '../pipeline/nightly.js';
import type { RunAnswer } from '../pipeline/nightly-child.js';
import { filesOf } from '../pipeline/nightly-inputs.js';
import { type NightlyJob, readNightlyFolder } from '../pipeline/nightly-jobs.js';
import { inOrder } from '../pipeline/nightly-order.js';
import { crossings, gravest, type Night } from '../pipeline/nightly-result.js';
import { shareOut } from '../pipeline/nightly-shares.js';
import { withShares } from '../reports/model-shares.js';
import { telecomSummary } from './fixtures/summary.js';
import { type NightFolder, nightFolder } from './night-folder.js';
import fc from './property.js';

let jobs: NightFolder;

beforeEach(() => {
  jobs = nightFolder();
});

afterEach(() => jobs.remove());

function refused(work: () => unknown): UserError {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const plan = () => planNight(jobs.folder, '2026-11-21').map(({ name }) => name);
const states = (night: Night) => Object.fromEntries(night.jobs.map(({ job, state }) => [job, state]));

describe('the folder', () => {
  it('is read in order of dependencies, else by name; sectors and models in it are no jobs', () => {
    jobs.job('c');
    jobs.job('b', 'exit 0', 'after: [d, c]');
    jobs.job('a', 'exit 0', 'after: b');
    jobs.job('d');
    jobs.put('my-sector.yaml', 'name: s\nfields: {}\n');
    jobs.put('model.json', '{"version": 1}');
    expect(plan()).toEqual(['d', 'c', 'b', 'a']);
    const { others } = readNightlyFolder(jobs.folder, '2026-11-21');
    expect(others).toEqual(['model.json', 'my-sector.yaml']);
  });

  it.each([
    ['a circle', { a: 'after: b', b: 'after: c', c: 'after: a' }, 'a → b → c → a', 'a.yaml:6'],
    ['a job that comes after itself', { a: 'after: a' }, 'a → a', 'a.yaml:6'],
    ['an unknown name', { viettel: '', b: 'after: viettell' }, 'viettell', 'b.yaml:6'],
  ])('with %s is one message, and nothing is run', async (_, files, words, where) => {
    for (const [name, more] of Object.entries(files)) jobs.job(name, 'exit 0', more);
    const error = refused(plan);
    expect(error.parts.what.vi).toContain(words);
    expect(error.parts.where).toContain(where);
    expect(error.exitCode).toBe(2);
    await expect(jobs.night()).rejects.toThrow(UserError);
    expect(jobs.calls()).toEqual([]);
    expect(existsSync(join(jobs.workspace, 'nightly.json'))).toBe(false);
  });

  it('of docs/examples/nightly is one whose jobs and files are all there', () => {
    const example = planNight(join(import.meta.dirname, '../docs/examples/nightly/jobs'), '2026-11-21');
    expect(example.map(({ problem }) => problem)).toEqual([null, null, null]);
    for (const job of example) {
      expect(filesOf(job, job.inputs).length, job.name).toBe(1);
      expect(filesOf(job, job.reference).length, job.name).toBe(1);
      expect(job.period).toBe('2026-11-21');
    }
  });

  it('suggests the name that was meant', () => {
    jobs.job('viettel');
    jobs.job('b', 'exit 0', 'after: viettell');
    expect(refused(plan).parts.mend.en).toContain('“viettel”');
  });

  it.each([
    ['no job in it', () => undefined, 'no job file'],
    [
      'two jobs of one name',
      () => {
        jobs.job('a');
        jobs.put('again.yml', readFileSync(join(jobs.folder, 'a.yaml'), 'utf8'));
      },
      'the name “a”',
    ],
  ])('with %s is refused', (_, make, words) => {
    make();
    expect(refused(plan).parts.what.en).toContain(words);
  });

  it.each([
    ['period: auto', '2026-11-21'],
    ['', '2026-11'],
    ['period: 2026-Q4', null],
  ])('%j runs for the period %j', (setting, period) => {
    jobs.job('a', 'exit 0', setting);
    expect(planNight(jobs.folder, '2026-11-21')[0]?.period).toBe(period);
  });

  it('puts each job of any folder behind those it comes after, whatever the order of the files', () => {
    const edges = fc.uniqueArray(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 20 });
    fc.assert(
      fc.property(edges, fc.shuffledSubarray([...Array(10).keys()], { minLength: 10 }), (pairs, order) => {
        const after = (n: number) =>
          pairs.filter(([a, b]) => Math.max(a, b) === n && a !== b).map(([a, b]) => Math.min(a, b));
        const all = order.map((n) =>
          fakeJob(
            `j${n}`,
            after(n).map((m) => `j${m}`),
          ),
        );
        const sorted = inOrder(all);
        expect(sorted.map(({ name }) => name)).toEqual(inOrder(all.toReversed()).map(({ name }) => name));
        expect(sorted.length).toBe(10);
        for (const [i, job] of sorted.entries()) {
          for (const name of job.after) expect(sorted.findIndex((one) => one.name === name)).toBeLessThan(i);
        }
      }),
    );
  });
});

function fakeJob(name: string, after: string[]): NightlyJob {
  const file = `${name}.yaml`;
  const notify = { webhook: null, riseAbove: null };
  return {
    ...{ name, series: name, file, shown: file, after, waitFor: null, notify, period: null },
    ...{ inputs: [], reference: [], problem: null, where: () => file },
  };
}

describe('a night', () => {
  it('runs all it can: a failing, dying or hanging job stops only those that come after it', async () => {
    jobs.job('fine');
    jobs.job('over', 'exit 3');
    jobs.job('after-over', 'exit 0', 'after: over');
    jobs.job('wrong', 'exit 2');
    jobs.job('killed', 'die SIGKILL');
    jobs.job('hanging', 'hang');
    jobs.job('buggy', 'bug');
    jobs.job('babbling', 'babble');
    jobs.job('after-wrong', 'exit 0', 'after: [fine, wrong]');
    jobs.job('last', 'exit 0', 'after: after-wrong');
    jobs.put('broken.yaml', 'name: broken\nsector: workers\ninput: [\n');
    const night = await jobs.night({ giveUp: 0.02, atOnce: 4 });
    expect(states(night)).toEqual({
      ...{ fine: 'finished', over: 'finished', 'after-over': 'finished' },
      ...{ wrong: 'failed', killed: 'failed', hanging: 'failed', buggy: 'failed', babbling: 'failed' },
      ...{ broken: 'failed', 'after-wrong': 'skipped', last: 'skipped' },
    });
    const by = (name: string) => night.jobs.find(({ job }) => job === name)!;
    expect([by('after-wrong').because, by('last').because]).toEqual(['wrong', 'wrong']);
    expect(by('wrong').problem).toEqual({
      ...{ what: { vi: 'Sai.', en: 'Wrong.' }, where: 'x.yaml:1', mend: { vi: 'Sửa.', en: 'Mend.' } },
    });
    expect(by('killed').problem?.what.en).toContain('SIGKILL');
    expect(by('hanging').problem?.what.vi).toContain('đã bị dừng');
    expect(by('broken').problem?.where).toContain('broken.yaml');
    expect(night.exit_code).toBe(1);
    expect(JSON.stringify(night)).not.toContain('079060000018');
    expect(JSON.parse(readFileSync(join(jobs.workspace, 'nightly.json'), 'utf8'))).toEqual(night);
  }, 30_000);

  it('keeps to the number at once, shares memory and threads, and gives the period', async () => {
    for (const name of ['a', 'b', 'c', 'd']) jobs.job(name, 'exit 0', 'period: auto');
    const night = await jobs.night({ atOnce: 2 });
    expect(night.exit_code).toBe(0);
    const calls = jobs.calls();
    const most = Math.max(
      ...calls.map(({ began }) => calls.filter((one) => one.began <= began && began < one.ended).length),
    );
    expect(most).toBeLessThanOrEqual(2);
    for (const { args } of calls) {
      expect(args.slice(0, 1)).toEqual(['run']);
      expect(args).toContain('--keep');
      expect(args.join(' ')).toContain('--memory 2000MB --threads 2 --period 2026-11-21');
    }
  });

  it('lets two periods of one series run one after the other only', async () => {
    for (const period of ['2026-09', '2026-10', '2026-11']) jobs.job(`viettel-${period}`);
    await jobs.night({ atOnce: 3 });
    const calls = jobs.calls();
    expect(calls.map(({ file }) => file)).toEqual([
      'viettel-2026-09.yaml',
      'viettel-2026-10.yaml',
      'viettel-2026-11.yaml',
    ]);
    for (const [i, call] of calls.entries())
      expect(call.began).toBeGreaterThanOrEqual(calls[i - 1]?.ended ?? 0);
  });

  it('waits for an input that has not arrived, and for one that is still being written', async () => {
    const wait = 'wait_for: { minutes: 0.2, every: 0.003 }';
    rmSync(join(jobs.folder, 'extract.csv'));
    jobs.job('late', 'exit 0', wait);
    const path = join(jobs.folder, 'extract.csv');
    const growing = setInterval(() => writeFileSync(path, 'x'.repeat(Date.now() % 10_000)), 40);
    setTimeout(() => clearInterval(growing), 700);
    const night = await jobs.night();
    expect(states(night)).toEqual({ late: 'finished' });
    expect(night.jobs[0]!.waited_seconds).toBeGreaterThan(0.6);
  });

  it('takes a folder of many jobs that all wait, without a warning of Node', async () => {
    rmSync(join(jobs.folder, 'extract.csv'));
    const names = [...Array(15).keys()].map((n) => `j${n}`);
    for (const name of names) jobs.job(name, 'exit 0', 'wait_for: { minutes: 0.003, every: 0.001 }');
    const warnings: Error[] = [];
    const keep = (warning: Error) => warnings.push(warning);
    process.on('warning', keep);
    const night = await jobs.night();
    process.off('warning', keep);
    expect(night.jobs.filter(({ state }) => state === 'failed').length).toBe(15);
    expect(warnings.map(({ message }) => message)).toEqual([]);
  });

  it('gives up an input that does not come, and says which', async () => {
    rmSync(join(jobs.folder, 'extract.csv'));
    jobs.job('never', 'exit 0', 'wait_for: { minutes: 0.005, every: 0.001 }');
    const night = await jobs.night();
    expect(states(night)).toEqual({ never: 'failed' });
    expect(night.exit_code).toBe(2);
    expect(night.jobs[0]!.problem?.where).toContain('extract.csv');
    expect(jobs.calls()).toEqual([]);
  });

  it('ends as a whole when it is told to stop: what ran is stopped, the rest not begun', async () => {
    jobs.job('a', 'hang');
    jobs.job('b', 'exit 0', 'after: a');
    rmSync(join(jobs.folder, 'people.csv'));
    jobs.job('c', 'exit 0', 'wait_for: { minutes: 5 }');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 400);
    const night = await jobs.night({}, { signal: stop.signal });
    expect(states(night)).toEqual({ a: 'stopped', b: 'stopped', c: 'stopped' });
    expect(night.exit_code).toBe(130);
    lockNight(jobs.workspace, { command: 'x', started: 'now' }).release();
  });

  it('is refused with 5 while another goes on', async () => {
    jobs.job('a');
    const lock = lockNight(jobs.workspace, { command: 'doisoat nightly x', started: 'now' });
    await expect(jobs.night()).rejects.toMatchObject({ exitCode: 5 });
    lock.release();
  });

  it('never ends before it began, though the clock is set back', async () => {
    jobs.job('a');
    let hour = 10;
    const night = await jobs.night({}, { clock: () => new Date(Date.UTC(2026, 10, 21, hour--)) });
    expect(night.finished).toBe(night.started);
    expect(night.jobs[0]!.finished).toBe(night.jobs[0]!.started);
    expect(night.seconds).toBeGreaterThan(0);
  });
});

describe('small decisions', () => {
  it.each([
    ['12288MB', 8, 2, { atOnce: 2, memory: '6144MB', threads: 4 }],
    ['8GiB', 2, 4, { atOnce: 4, memory: '2147MB', threads: 1 }],
    ['1GB', 4, 8, { atOnce: 1, memory: '1GB', threads: 4 }],
    ['200MB', 4, 2, { atOnce: 1, memory: '200MB', threads: 4 }],
  ])('%s and %i threads among %i jobs', (memory, threads, wanted, shares) => {
    expect(shareOut(quietContext({ memory, threads }), wanted)).toEqual(shares);
  });

  it.each([
    [[], 0],
    [[0, null], 0],
    [[0, 4, 3], 4],
    [[4, 5, 3], 5],
    [[5, 2], 2],
    [[2, 1, 3], 1],
    [[1, 130, 0], 130],
    [[77, 2], 77],
  ])('of the codes %j the gravest is %i', (codes, code) => {
    expect(gravest(codes)).toBe(code);
  });

  it.each([
    [0.181, 0.17, 0.01, ['rise']],
    [0.181, 0.17, 0.02, []],
    [0.181, 0.19, 0, []],
    [0.181, null, 0, []],
    [null, 0.1, 0, []],
  ])('a rate of %d after %d with rise_above %d crosses %j', (now, before, riseAbove, crossed) => {
    const figures = { ...telecomSummary.figures, rate_as_submitted: now };
    const previous =
      before === null
        ? null
        : { period: '2026-10', run: 'x', figures: { ...figures, rate_as_submitted: before } };
    const answer = { over_threshold: false, too_many_rejected: false } as RunAnswer;
    const summary = withShares({ ...telecomSummary, figures, previous });
    expect(crossings({ notify: { webhook: null, riseAbove } }, { ...answer, summary })).toEqual(crossed);
  });
});
