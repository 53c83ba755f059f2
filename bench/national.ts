import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { nationalFiles } from '../generator/national.js';
import { UserError } from '../messages/user-error.js';
import { type ChildFigures, moduleFile, runNode } from './child.js';
import { dataFolder } from './data-folder.js';
import { machine, round } from './measure.js';
import { nextNightFile, STEPS, type StepName } from './national-steps.js';
import {
  bytesOf,
  checkReport,
  type FiguresOf,
  linkedOf,
  outputsHash,
  searchOf,
  stagesOf,
  summaryOf,
} from './national-told.js';

/**
 * `npm run bench -- national [--people N] [--rows M] [--memory 3GB] [--one-night] [--names] [--json]`: the size that the project is named for, every step a
 * process of its own as a user would start it: the bare join of the two files, `reference build`, `run`, and two nights more
 * with 1 % of the rows changed. The report must say exactly the number of rows that the generator made wrong, and every reason
 * that it put in; else the bench fails. Larger sizes are laid beside 1,000,000 rows done the same way.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: { type: 'string', default: '100000000' },
      rows: { type: 'string', default: '88100000' },
      memory: { type: 'string' },
      'one-night': { type: 'boolean', default: false },
      names: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      step: { type: 'string' },
    },
  });
  const size = { people: sizeOf('people', values.people), rows: sizeOf('rows', values.rows) };
  const plan: Plan = { ...size, memory: values.memory, nights: values['one-night'] ? 1 : 2 };
  if (values.step !== undefined) {
    await STEPS[values.step as StepName]({ ...plan, ...foldersOf(plan) });
    return;
  }
  if (values.names) {
    await tellNames(plan);
    return;
  }
  const small = size.rows > SMALL.rows ? await measure({ ...plan, ...SMALL, nights: 1 }) : null;
  const large = await measure(plan);
  const ratio = small === null ? {} : beside(large, small);
  const all = { ...large, ...ratio, memory: plan.memory ?? 'default', ...theMachine() };
  if (values.json) process.stdout.write(`${JSON.stringify(all)}\n`);
  else console.table(all);
}

/** How many different full names so many people have: nothing else is done. */
async function tellNames(plan: Plan): Promise<void> {
  const { work } = foldersOf(plan);
  mkdirSync(work, { recursive: true });
  const { stdout, seconds } = await step(plan, 'names');
  const figures = { people: plan.people, distinct_names: Number(stdout), seconds: round(seconds) };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  rmSync(work, { recursive: true, force: true });
}

interface Plan {
  readonly people: number;
  readonly rows: number;
  readonly memory: string | undefined;
  readonly nights: 1 | 2;
}

const SMALL = { people: 1_135_074, rows: 1_000_000 } as const;
function sizeOf(name: string, text: string): number {
  const value = Number(text.replaceAll('_', ''));
  if (Number.isInteger(value) && value >= 1000 && value <= 100_000_000) return value;
  throw new UserError({
    what: { vi: `--${name} không nhận “${text}”.`, en: `--${name} does not take “${text}”.` },
    mend: {
      vi: 'Ghi một số nguyên trong khoảng 1000 … 100000000.',
      en: 'Give a whole number in 1000 … 100000000.',
    },
  });
}

function foldersOf({ people, rows }: Pick<Plan, 'people' | 'rows'>): { data: string; work: string } {
  const data = join(dataFolder(), `national-${people}-${rows}`);
  return { data, work: join(data, 'work') };
}

async function measure(plan: Plan): Promise<FiguresOf> {
  const { data, work } = foldersOf(plan);
  const generated = await generatedFiles(plan);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const bare = await step(plan, 'bare');
  const reference = join(work, 'reference');
  const { population, idChanges, extract } = nationalFiles(data);
  const build = await doisoat(plan, [
    'reference',
    'build',
    population,
    '--id-changes',
    idChanges,
    '-o',
    reference,
  ]);
  const job = join(work, 'job.yaml');
  writeFileSync(job, jobOf(plan, extract));
  const run = await doisoat(plan, ['run', job, '-o', join(work, 'night-1')]);
  const report = await reportAgain(plan);
  const first = summaryOf(join(work, 'night-1'));
  checkReport(plan.rows, first);
  const stages = stagesOf(join(work, 'night-1'));
  const outputs = outputsHash(join(work, 'night-1'));
  const files = {
    reference_bytes: bytesOf(join(reference, 'reference.duckdb')),
    run_bytes: bytesOf(join(work, 'night-1', 'run.duckdb')),
  };
  const second = plan.nights === 1 ? {} : await secondNight(plan, job);
  rmSync(work, { recursive: true, force: true });
  return {
    people: plan.people,
    rows: plan.rows,
    not_matching_as_submitted: first.figures.mismatch_as_submitted,
    after_cleaning: first.figures.mismatch_after_cleaning,
    ...linkedOf(first),
    ...generated,
    ...figuresOf('bare', bare, plan.rows),
    ...figuresOf('build', build, plan.people),
    build_ratio: round(build.seconds / bare.seconds),
    ...figuresOf('run', run, plan.rows),
    run_ratio: round(run.seconds / bare.seconds),
    ...report,
    ...second,
    population_bytes: bytesOf(population),
    extract_bytes: bytesOf(extract),
    ...files,
    outputs_sha256: outputs,
    stages,
  };
}

/** Generated once per size, kept for the next time. */
async function generatedFiles(plan: Plan): Promise<FiguresOf> {
  const { data, work } = foldersOf(plan);
  const done = join(data, 'complete');
  if (existsSync(done)) return {};
  process.stderr.write(`generating ${plan.people} people and ${plan.rows} rows …\n`);
  mkdirSync(work, { recursive: true });
  const made = await step(plan, 'generate');
  writeFileSync(done, '');
  return figuresOf('generate', made, plan.people + plan.rows);
}

/** The page of the finished run, written once more by itself: its seconds and its size. */
async function reportAgain(plan: Plan): Promise<FiguresOf> {
  const { work } = foldersOf(plan);
  const out = join(work, 'again');
  const made = await doisoat(plan, ['report', join(work, 'night-1'), '--format', 'html', '-o', out]);
  return {
    report_s: round(made.seconds),
    report_peak_rss_bytes: made.peakBytes,
    report_html_bytes: bytesOf(join(out, 'report.html')),
  };
}

/**
 * The first night has learnt the model; with it frozen, the next one searches for all and keeps what it found, and the one after has the
 * first night's file again, 1 % of whose rows differ from the night before. So its report must say what the first one said.
 */
async function secondNight(plan: Plan, job: string): Promise<FiguresOf> {
  const { data, work } = foldersOf(plan);
  await step(plan, 'next-night');
  const scan = await step(plan, 'scan');
  copyFileSync(join(work, 'night-1', 'model.json'), join(work, 'model.json'));
  writeFileSync(job, `${jobOf(plan, nextNightFile(data))}model: model.json\n`);
  const full = await doisoat(plan, ['run', job, '--period', '2026-12', '-o', join(work, 'night-2')]);
  rmSync(nextNightFile(data));
  rmSync(join(work, 'night-1'), { recursive: true });
  writeFileSync(job, `${jobOf(plan, nationalFiles(data).extract)}model: model.json\n`);
  const kept = await doisoat(plan, ['run', job, '--period', '2027-01', '-o', join(work, 'night-3')]);
  checkReport(plan.rows, summaryOf(join(work, 'night-3')));
  return {
    ...figuresOf('scan', scan, plan.rows),
    ...figuresOf('second_night_full', full, plan.rows),
    ...figuresOf('second_night', kept, plan.rows),
    ...searchOf(join(work, 'night-3')),
    second_night_full_ratio: round(full.seconds / scan.seconds),
    second_night_ratio: round(kept.seconds / scan.seconds),
    second_night_run_bytes: bytesOf(join(work, 'night-3', 'run.duckdb')),
    second_night_stages: stagesOf(join(work, 'night-3')),
  };
}

async function step(plan: Plan, name: StepName): Promise<ChildFigures> {
  const { people, rows, memory } = plan;
  const size = ['--people', String(people), '--rows', String(rows)];
  const limit = memory === undefined ? [] : ['--memory', memory];
  const args = ['national', ...size, ...limit, '--step', name];
  return told(name, await runNode(moduleFile('./main.js'), args, foldersOf(plan).work));
}

async function doisoat(plan: Plan, args: readonly string[]): Promise<ChildFigures> {
  const { work } = foldersOf(plan);
  const limit = plan.memory === undefined ? [] : ['--memory', plan.memory];
  const all = [...args, '--workspace', work, '--quiet', ...limit];
  return told(`doisoat ${args[0]}`, await runNode(moduleFile('../cli/main.js'), all, work));
}

/** The job that was generated, with the prepared reference in place of its files. */
function jobOf(plan: Plan, extract: string): string {
  const { data, work } = foldersOf(plan);
  return readFileSync(nationalFiles(data).job, 'utf8')
    .replace('path: extract.csv', `path: ${JSON.stringify(extract)}`)
    .replace(/reference:\n(?: {2}.*\n)+/, `reference: ${JSON.stringify(join(work, 'reference'))}\n`)
    .replace('[html, csv, json]', '[html, json]');
}

function figuresOf(name: string, { seconds, peakBytes, diskBytes }: ChildFigures, rows: number): FiguresOf {
  return {
    [`${name}_s`]: round(seconds),
    [`${name}_rows_per_s`]: Math.round(rows / seconds),
    [`${name}_peak_rss_bytes`]: peakBytes,
    [`${name}_temp_disk_bytes`]: diskBytes,
  };
}

/** At full size the next step takes many minutes: what is known is said at once. */
function told(name: string, figures: ChildFigures): ChildFigures {
  const memory = `${(figures.peakBytes / 1e9).toFixed(2)} GB of memory`;
  const disk = `${(figures.diskBytes / 1e9).toFixed(1)} GB of disk`;
  process.stderr.write(`${name}: ${figures.seconds.toFixed(1)} s, ${memory}, ${disk}\n`);
  return figures;
}

/** Time per million rows against that of one million: the mark is 1.3. */
function beside(large: FiguresOf, small: FiguresOf): FiguresOf {
  const perMillion = ({ run_s: seconds, rows }: FiguresOf) => Number(seconds) / (Number(rows) / 1e6);
  return {
    one_million_run_s: small.run_s ?? 0,
    per_million_ratio: round(perMillion(large) / perMillion(small)),
  };
}

function theMachine(): FiguresOf {
  return { cores: availableParallelism(), memory_bytes: totalmem(), machine: machine() };
}
