import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseString } from 'fast-csv';
import { type Context, quietContext } from '../pipeline/context.js';
import { loadJob } from '../pipeline/job.js';
import { type RunOptions, type RunResult, runJob } from '../pipeline/run.js';

/** Runs of whole jobs in a folder of their own, for tests. The clock stands still: 21 November 2026, noon in Vietnam. */
export const NOW = new Date('2026-11-21T05:00:00Z');
export const TODAY = '2026-11-21';

export interface Workspace {
  readonly folder: string;
  put(name: string, content: string | Uint8Array): string;
  /** Runs a job file of the folder. */
  run(job: string, options?: Partial<FlowOptions>): Promise<RunResult>;
  remove(): void;
}

export interface FlowOptions extends RunOptions {
  readonly period: string;
  readonly context: Partial<Context>;
}

/** A second thread helps nobody while the runner keeps all cores busy; the tests that vary it say so. */
export function workspace(threads = 1): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'doisoat-flow-'));
  const context = quietContext({ clock: () => NOW, workspace: join(folder, '.doisoat'), threads });
  return {
    folder,
    put(name, content) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return path;
    },
    run(job, { period, context: parts, ...options } = {}) {
      const loaded = loadJob(join(folder, job), {
        today: TODAY,
        ...(period === undefined ? {} : { period }),
      });
      return runJob(loaded, { revealIds: false, why: 'test', ...options }, { ...context, ...parts });
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Files below a folder, by path from it. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !statSync(join(folder, name)).isDirectory())
    .map((name) => relative(folder, join(folder, name)).replaceAll('\\', '/'))
    .sort();
}

export type CsvRow = Readonly<Record<string, string>>;

/** Rows of an output or input file by header, read by a reader that is not ours; a ragged row as far as it goes. */
export function readRows(path: string, delimiter = ','): Promise<CsvRow[]> {
  return new Promise((resolve, reject) => {
    const lines: string[][] = [];
    parseString<string[], string[]>(readFileSync(path, 'utf8').replace(/^\ufeff/, ''), { delimiter })
      .on('data', (cells: string[]) => lines.push(cells))
      .on('error', reject)
      .on('end', () => {
        const [header = [], ...rows] = lines;
        resolve(rows.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? '']))));
      });
  });
}

export function tally(values: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
