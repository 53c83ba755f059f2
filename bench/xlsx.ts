import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from '../generator/generate.js';
import { readSummary } from '../reports/summary-json.js';
import { type ChildFigures, moduleFile, runNode } from './child.js';
import { dataFolder } from './data-folder.js';
import { machine, round } from './measure.js';

/**
 * `npm run bench -- xlsx --rows N [--memory 2GB] [--json]`: `doisoat report RUN --format xlsx`, a process of its own as a user would
 * start it, on a run with at least N mismatches: an extract of the subscribers' sector in which every row has an error. Of the run
 * nothing is measured. `peak_rss_bytes` is the highest resident memory of that process.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: '1000000' },
      memory: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const figures = await measure(Number(values.rows), values.memory);
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else console.table(figures);
}

/** Every row has an error, but some come to nothing: 92 of 100 count as a mismatch. */
const LEAST_SHARE = 0.9;

async function measure(
  atLeast: number,
  memory: string | undefined,
): Promise<Record<string, number | string>> {
  const data = await generated(atLeast);
  const work = join(data, 'work');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  const [run, out] = [join(work, 'run'), join(work, 'out')];
  await doisoat(work, ['run', jobIn(data), '-o', run]);
  const rows = mismatchesOf(run);
  if (rows < atLeast) throw new Error(`${rows} mismatches instead of ${atLeast}`);
  const limit = memory === undefined ? [] : ['--memory', memory];
  const { seconds, peakBytes } = await doisoat(work, [
    'report',
    run,
    '--format',
    'xlsx',
    '-o',
    out,
    ...limit,
  ]);
  const fileBytes = statSync(join(out, 'mismatches.xlsx')).size;
  rmSync(work, { recursive: true, force: true });
  return {
    rows,
    seconds: round(seconds),
    peak_rss_bytes: peakBytes,
    file_bytes: fileBytes,
    memory: memory ?? 'default',
    machine: machine(),
  };
}

/** Generated once per size, kept for the next time. */
async function generated(atLeast: number): Promise<string> {
  const folder = join(dataFolder(), `xlsx-${atLeast}`);
  const done = join(folder, 'complete');
  if (existsSync(done)) return folder;
  const rows = Math.ceil(atLeast / LEAST_SHARE);
  process.stderr.write(`generating ${rows} rows …\n`);
  const people = Math.ceil(rows * 1.1);
  const what = { sector: 'telecom-subscribers', scale: 'stream', dirt: 1 } as const;
  await generate({ seed: 2026, people, rows, out: folder, ...what });
  writeFileSync(done, '');
  return folder;
}

/** The generated job without its lists, and without the alert at so many mismatches. */
function jobIn(data: string): string {
  const folder = join(data, 'telecom-subscribers');
  const path = join(folder, 'job-xlsx.yaml');
  const text = readFileSync(join(folder, 'job.yaml'), 'utf8')
    .replace('[html, csv, json]', '[json]')
    .replace(/alert:\n(?: {2}.*\n)+/, '');
  writeFileSync(path, text);
  return path;
}

function doisoat(work: string, args: readonly string[]): Promise<ChildFigures> {
  process.stderr.write(`doisoat ${args[0]} …\n`);
  return runNode(moduleFile('../cli/main.js'), [...args, '--workspace', work, '--quiet'], work);
}

function mismatchesOf(run: string): number {
  const path = join(run, 'summary.json');
  return readSummary(readFileSync(path, 'utf8'), path).figures.mismatch_as_submitted;
}
