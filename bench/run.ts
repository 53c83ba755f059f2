import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { generate } from '../generator/generate.js';
import { quietContext } from '../pipeline/context.js';
import { loadJob } from '../pipeline/job.js';
import type { Job } from '../pipeline/job-type.js';
import { buildReference } from '../pipeline/reference-build.js';
import { runJob } from '../pipeline/run.js';
import { dataFolder } from './data-folder.js';
import { machine, median, peakMemoryOf, round, secondsOf, shortest } from './measure.js';

/**
 * `npm run bench -- run --people N --rows M [--repeat K] [--json]`: the main job on generated files of that size, against
 * the bare join of the same two files on the identity number, CSV in and CSV out: `read_csv ⟕ read_csv ON id`, all columns of
 * both, nothing normalised, compared, listed or counted. `bare_hash_s` is the same join with every row hashed to one number
 * instead of written. `run_*` is the job with its exact passes, `linked_run_*` with probabilistic matching of the rest as
 * well. Bare joins and exact runs are done K times in turns, after one of each that does not count, because a shared machine is
 * not equally fast from one minute to the next. The shortest time of each counts; what it mostly took stands beside (`median_*`).
 * Every time is the first run of a series of its own, as of a job that is run once.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: { type: 'string', default: '1000000' },
      rows: { type: 'string', default: '880000' },
      repeat: { type: 'string', default: '7' },
      json: { type: 'boolean', default: false },
    },
  });
  const size = { people: Number(values.people), rows: Number(values.rows) };
  const figures = await measure(size, Number(values.repeat));
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else console.table(figures);
}

interface Size {
  readonly people: number;
  readonly rows: number;
}

async function measure(size: Size, repeat: number): Promise<Record<string, number | string>> {
  const folder = await files(size);
  const jobPath = join(folder, 'telecom-subscribers', 'job.yaml');
  const job = loadJob(jobPath, { today: '2026-11-21' });
  const work = join(folder, 'work');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const bare = await bareJoin(job, work);
  const context = quietContext({ workspace: work });
  const reference = join(work, 'reference');
  const buildSeconds = await secondsOf(() => build(job, reference, context));
  const prepared: Job = { ...job, reference: { type: 'built', folder: reference } };
  const [bareTimes, exact, all]: [number[], OneRun[], OneRun[]] = [[], [], []];
  await bare.written();
  await runOnce({ ...prepared, probabilistic: false }, work);
  for (let i = 0; i < repeat; i++) {
    bareTimes.push(await secondsOf(bare.written));
    exact.push(await runOnce({ ...prepared, probabilistic: false }, work));
  }
  for (let i = 0; i < repeat; i++) all.push(await runOnce(prepared, work));
  const hashSeconds = await shortest(repeat, bare.hashed);
  await bare.close();
  rmSync(work, { recursive: true, force: true });
  const [bareSeconds, run, linked] = [Math.min(...bareTimes), quickest(exact), quickest(all)];
  const [medianBare, medianRun] = [median(bareTimes), median(exact.map(({ seconds }) => seconds))];
  return {
    bare_s: round(bareSeconds),
    build_s: round(buildSeconds),
    run_s: round(run.seconds),
    build_ratio: round(buildSeconds / bareSeconds),
    run_ratio: round(run.seconds / bareSeconds),
    rows_per_s: Math.round(size.rows / run.seconds),
    peak_rss_bytes: peakOf(exact),
    linked_run_s: round(linked.seconds),
    linked_run_ratio: round(linked.seconds / bareSeconds),
    linked_peak_rss_bytes: peakOf(all),
    bare_hash_s: round(hashSeconds),
    median_bare_s: round(medianBare),
    median_run_s: round(medianRun),
    median_run_ratio: round(medianRun / medianBare),
    people: size.people,
    rows: size.rows,
    repeat,
    stages: run.stages,
    linked_stages: linked.stages,
    cores: availableParallelism(),
    machine: machine(),
  };
}

interface OneRun {
  readonly seconds: number;
  readonly peak: number;
  /** Seconds of each stage. */
  readonly stages: string;
}

async function runOnce(job: Job, work: string): Promise<OneRun> {
  const workspace = join(work, 'series');
  const context = quietContext({ workspace });
  const start = performance.now();
  const { result, peak } = await peakMemoryOf(() => runJob(job, { revealIds: false }, context));
  const seconds = (performance.now() - start) / 1000;
  rmSync(workspace, { recursive: true });
  return { seconds, peak, stages: result.stages.map((one) => `${one.stage} ${one.seconds}`).join(', ') };
}

function quickest(runs: readonly OneRun[]): OneRun {
  return runs.reduce((best, one) => (one.seconds < best.seconds ? one : best));
}

function peakOf(runs: readonly OneRun[]): number {
  return Math.max(...runs.map(({ peak }) => peak));
}

/** Generated once per size, kept for the next time. */
async function files(size: Size): Promise<string> {
  const folder = join(dataFolder(), `run-${size.people}-${size.rows}`);
  const done = join(folder, 'complete');
  if (existsSync(done)) return folder;
  process.stderr.write(`generating ${size.people} people and ${size.rows} rows …\n`);
  await generate({ seed: 2026, ...size, sector: 'telecom-subscribers', out: folder, scale: 'stream' });
  writeFileSync(done, '');
  return folder;
}

interface BareJoin {
  written(): Promise<void>;
  hashed(): Promise<void>;
  close(): Promise<void>;
}

async function bareJoin(job: Job, folder: string): Promise<BareJoin> {
  if (job.reference.type !== 'files') throw new Error('the generated job reads its reference from files');
  const db = await openDatabase({ tempDir: join(folder, 'temp') });
  const read = (path: string) =>
    `read_csv(${literal(path)}, all_varchar = true, header = true, ignore_errors = true)`;
  const id = job.input.columns['id']![0];
  const from = `${read(job.input.files[0]!)} e LEFT JOIN ${read(job.reference.people.files[0]!)} r ON e.${id} = r.id`;
  return {
    written: () =>
      db.run(`COPY (SELECT e.*, r.* FROM ${from}) TO ${literal(join(folder, 'bare.csv'))} (HEADER true)`),
    hashed: () =>
      db.run(
        `SELECT count(*), bit_xor(hash(pair)) FROM (SELECT {'extract': e, 'reference': r} AS pair FROM ${from})`,
      ),
    close: () => db.close(),
  };
}

async function build(job: Job, out: string, context: ReturnType<typeof quietContext>): Promise<void> {
  if (job.reference.type !== 'files') throw new Error('the generated job reads its reference from files');
  const { people, idChanges } = job.reference;
  await buildReference({ files: people, idChanges, out, sector: job.sector }, context);
}
