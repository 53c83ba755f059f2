import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openDatabase } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { closeWorkers } from '../engine/worker-pool.js';
import { generate } from '../generator/generate.js';
import { type LinkResult, link } from '../pipeline/link.js';
import { dataFolder } from './data-folder.js';
import { type LinkFiles, writeLinkFiles } from './link-files.js';
import { machine, peakMemoryOf, round } from './measure.js';

/**
 * `npm run bench -- link [--people N --rows M] [--u-pairs 1e7,1e8] [--python PATH] [--json]`: reading, training and predicting, ours and
 * Splink's, one after the other on the same two generated files (canonical name, birth date, sex and province; no identity number),
 * scored on the same truth: the best person of each row at the program's own review threshold, and at Splink's
 * probability 0.9. How long Splink takes follows from how many random pairs it learns u from: once with each number of `--u-pairs`.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: { type: 'string', default: '1000000' },
      rows: { type: 'string', default: '880000' },
      'u-pairs': { type: 'string', default: '1e7,1e8' },
      python: { type: 'string', default: process.env['DOISOAT_SPLINK_PYTHON'] ?? 'python3' },
      json: { type: 'boolean', default: false },
    },
  });
  const size = { people: Number(values.people), rows: Number(values.rows) };
  const files = await prepareFiles(size);
  const ours = await measureOurs(files);
  process.stderr.write(`ours: ${JSON.stringify(ours)}\n`);
  const splink: Record<string, Figures | Skipped> = {};
  for (const pairs of values['u-pairs'].split(',')) {
    splink[pairs] = await measureSplink(files, { python: values.python, pairs });
    if ('skipped' in splink[pairs]) break;
  }
  const figures = {
    ...size,
    ours,
    splink,
    times_as_fast: timesAsFast(ours, splink),
    cores: availableParallelism(),
    machine: machine(),
  };
  if (values.json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else show(figures);
}

interface Figures {
  readonly seconds: number;
  readonly pairs: number;
  readonly pairs_per_s: number;
  readonly peak_rss_bytes: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

interface Skipped {
  readonly skipped: string;
}

/** Splink's figures by the number of random pairs that it learns u from. */
type SplinkFigures = Readonly<Record<string, Figures | Skipped>>;

function timesAsFast(ours: Figures, splink: SplinkFigures): Record<string, number> {
  return Object.fromEntries(
    Object.entries(splink).flatMap(([pairs, one]) =>
      'skipped' in one ? [] : [[pairs, round(one.seconds / ours.seconds, 2)]],
    ),
  );
}

function show(figures: Record<string, unknown> & { ours: Figures; splink: SplinkFigures }): void {
  const { ours, splink, ...rest } = figures;
  const measured = Object.entries(splink).filter(([, one]) => !('skipped' in one));
  console.table({ ours, ...Object.fromEntries(measured.map(([pairs, one]) => [`splink ${pairs}`, one])) });
  for (const one of Object.values(splink))
    if ('skipped' in one) process.stdout.write(`Splink was skipped: ${one.skipped}\n`);
  console.table(rest);
}

/** Generated and cleaned once per size, kept for the next time. */
async function prepareFiles(size: { people: number; rows: number }): Promise<LinkFiles> {
  const folder = join(dataFolder(), `link-${size.people}-${size.rows}`);
  const files = {
    ours: join(folder, 'ours.csv'),
    reference: join(folder, 'reference.csv'),
    truth: join(folder, 'truth.csv'),
    work: join(folder, 'work'),
  };
  const done = join(folder, 'complete');
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(files.work, { recursive: true });
    process.stderr.write(`generating ${size.people} people and ${size.rows} rows …\n`);
    const made = await generate({
      seed: 2026,
      ...size,
      sector: 'telecom-subscribers',
      out: folder,
      scale: 'stream',
    });
    await writeLinkFiles(made, files);
    writeFileSync(done, '');
  }
  return files;
}

export const LINK_FIELDS = [
  { name: 'name', kind: 'person-name' },
  { name: 'born', kind: 'birth-date' },
  { name: 'sex', kind: 'sex' },
  { name: 'province', kind: 'province' },
] as const;

async function measureOurs(files: LinkFiles): Promise<Figures> {
  const tempDir = join(files.work, 'temp');
  const db = await openDatabase({ tempDir });
  try {
    const start = performance.now();
    const { result, peak } = await peakMemoryOf(async (): Promise<LinkResult> => {
      for (const [table, path, id] of [
        ['ours', files.ours, 'record'],
        ['reference', files.reference, 'person'],
      ] as const) {
        await db.run(`CREATE TABLE ${table} AS SELECT id::BIGINT AS ${id}, * EXCLUDE (id)
          FROM read_csv(${literal(path)}, header = true, all_varchar = true)`);
      }
      const sides = { ours: 'ours', reference: 'reference' };
      return link(db, { ...sides, fields: LINK_FIELDS, blocking: [], oneToOne: false });
    });
    const seconds = (performance.now() - start) / 1000;
    if (process.env['DOISOAT_TRACE'] !== undefined) showSlow(db.trace);
    const links = join(files.work, 'ours-links.csv');
    await db.run(`COPY (SELECT record AS id_ours, person AS id_reference, 1 AS probability FROM links
      WHERE decision IN ('linked', 'possible')) TO ${literal(links)} (HEADER true)`);
    const score = await scored(files, links);
    return {
      seconds: round(seconds),
      pairs: result.pairs,
      pairs_per_s: Math.round(result.pairs / seconds),
      peak_rss_bytes: peak,
      ...score,
    };
  } finally {
    await db.close();
    await closeWorkers();
  }
}

function showSlow(trace: readonly { sql: string; seconds: number; processorSeconds: number }[]): void {
  for (const { sql, seconds, processorSeconds } of trace.filter((one) => one.seconds > 0.05)) {
    const text = sql.replace(/\s+/g, ' ').slice(0, 150);
    process.stderr.write(`${seconds.toFixed(2)} s, CPU ${processorSeconds.toFixed(2)} s: ${text}\n`);
  }
}

const LEAST_PROBABILITY = 0.9;

/** Precision, recall and F1 of best persons at or above 0.9 (ours: those that the program's own threshold keeps). */
async function scored(
  files: LinkFiles,
  links: string,
): Promise<Pick<Figures, 'precision' | 'recall' | 'f1'>> {
  const db = await openDatabase({ tempDir: join(files.work, 'temp') });
  const read = (path: string) => `read_csv(${literal(path)}, header = true, all_varchar = true)`;
  const [row] = await db.rows<{ made: number; right: number; truths: number }>(`SELECT
      (SELECT count(*) FROM ${read(links)} WHERE probability::DOUBLE >= ${LEAST_PROBABILITY}) AS made,
      (SELECT count(*) FROM ${read(links)} l JOIN ${read(files.truth)} t ON l.id_ours = t.id_ours
         AND l.id_reference = t.id_reference WHERE probability::DOUBLE >= ${LEAST_PROBABILITY}) AS "right",
      (SELECT count(*) FROM ${read(files.truth)}) AS truths`);
  await db.close();
  const { made, right, truths } = row ?? { made: 0, right: 0, truths: 0 };
  return {
    precision: round(right / Math.max(1, made), 5),
    recall: round(right / Math.max(1, truths), 5),
    f1: round((2 * right) / Math.max(1, made + truths), 5),
  };
}

/** In a process of its own, so that its memory is its own. */
async function measureSplink(
  files: LinkFiles,
  { python, pairs: learntFrom }: { readonly python: string; readonly pairs: string },
): Promise<Figures | Skipped> {
  const links = join(files.work, 'splink-links.csv');
  const script = join(
    fileURLToPath(new URL('../', import.meta.url)).replace(/dist[\\/]$/, ''),
    'bench/peers/splink_link.py',
  );
  const columns = ['name=name', 'born=date', 'sex=code', 'province=place'];
  const size = ['--u-pairs', learntFrom];
  const run = spawnSync(python, [script, ...size, files.ours, files.reference, links, ...columns], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (run.error !== undefined) return { skipped: `no Python found (${python})` };
  if (run.status !== 0) return { skipped: `it failed: ${run.stderr.trim().split('\n').at(-1)}` };
  const answer: { seconds: number; pairs: number; peak_rss_bytes: number } | Skipped = JSON.parse(
    run.stdout.trim().split('\n').at(-1)!,
  );
  if ('skipped' in answer) return answer;
  const { seconds, pairs, peak_rss_bytes } = answer;
  const pairs_per_s = Math.round(pairs / seconds);
  return { seconds, pairs, pairs_per_s, peak_rss_bytes, ...(await scored(files, links)) };
}
