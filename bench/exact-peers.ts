import { type StdioOptions, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openDatabase } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { generateNational, nationalFiles } from '../generator/national.js';
import { type ChildFigures, moduleFile, runChild, runNode } from './child.js';
import { dataFolder } from './data-folder.js';
import { machine, round } from './measure.js';

/**
 * `npm run bench -- exact-peers [--people N] [--rows M] [--install] [--json]`: the exact part (every row of the extract with the person who has
 * its number, written as CSV) as a user would do it instead: pandas, qsv, xan, plain SQL in DuckDB; beside it `doisoat run` with
 * its exact passes only, which also normalises, compares, judges and reports. All in one run on the same files. A
 * program that is not there is skipped with a word; `--install` fetches those that can be had (pandas from PyPI into a
 * folder of its own, qsv and xan by cargo, which compiles for many minutes).
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      people: { type: 'string', default: '10000000' },
      rows: { type: 'string', default: '8800000' },
      install: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      'duckdb-join': { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  if (values['duckdb-join']) return duckdbJoin(positionals);
  const size = { people: Number(values.people), rows: Number(values.rows) };
  const files = await filesOf(size);
  if (values.install) install();
  const all: Measured[] = [];
  for (const peer of [...peers(files), ...doisoat(files)]) all.push(await measured(peer, files));
  rmSync(files.work, { recursive: true, force: true });
  const about = { ...size, cores: availableParallelism(), machine: machine() };
  if (values.json) process.stdout.write(`${JSON.stringify({ ...about, peers: all })}\n`);
  else {
    console.table(about);
    console.table(all);
  }
}

interface Files {
  readonly extract: string;
  readonly reference: string;
  readonly idChanges: string;
  readonly job: string;
  readonly work: string;
}

interface Peer {
  readonly name: string;
  /** What to install, where it is not there. */
  readonly absent: string | null;
  readonly run: () => Promise<ChildFigures>;
}

interface Measured {
  readonly name: string;
  readonly seconds: number | null;
  readonly rows_per_s?: number;
  readonly peak_rss_bytes?: number;
  readonly said: string;
}

const INSTALLED = join(dataFolder(), 'peers');

/** The files of `national` at this size, without the broken lines, which some of the programs refuse. */
async function filesOf(size: { readonly people: number; readonly rows: number }): Promise<Files> {
  const data = join(dataFolder(), `national-${size.people}-${size.rows}`);
  const { population, idChanges, extract, job } = nationalFiles(data);
  const work = join(data, 'work');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  if (!existsSync(join(data, 'complete'))) {
    process.stderr.write(`generating ${size.people} people and ${size.rows} rows …\n`);
    await generateNational({ ...size, out: data, tempDir: join(work, 'temp') });
    writeFileSync(join(data, 'complete'), '');
  }
  const whole = join(work, 'extract.csv');
  const db = await openDatabase({ tempDir: join(work, 'temp') });
  await db.run(`COPY (SELECT * FROM ${read(extract)}) TO ${literal(whole)} (HEADER true)`);
  await db.close();
  return { extract: whole, reference: population, idChanges, job, work };
}

const read = (path: string) =>
  `read_csv(${literal(path)}, all_varchar = true, header = true, ignore_errors = true)`;

function peers({ extract, reference, work }: Files): Peer[] {
  const out = join(work, 'joined.csv');
  const python = [join(INSTALLED, 'venv', 'bin', 'python'), 'python3'].find(hasPandas) ?? null;
  const script = fileURLToPath(new URL('../../bench/peers/pandas_merge.py', import.meta.url));
  const qsv = found('qsv') ?? found('qsvlite');
  const xan = found('xan');
  return [
    {
      name: 'DuckDB SQL',
      absent: null,
      run: () =>
        runNode(moduleFile('./main.js'), ['exact-peers', '--duckdb-join', extract, reference, out], work),
    },
    {
      name: 'pandas merge',
      absent: python === null ? 'pandas' : null,
      run: () => runChild(python!, [script, extract, reference, out], work),
    },
    {
      name: 'qsv join',
      absent: qsv === null ? 'qsv' : null,
      run: () => runChild(qsv!, ['join', '--left', 'so_giay_to', extract, 'id', reference, '-o', out], work),
    },
    {
      name: 'xan join',
      absent: xan === null ? 'xan' : null,
      run: () => runChild(xan!, ['join', '--left', 'so_giay_to', extract, 'id', reference, '-o', out], work),
    },
  ];
}

function doisoat({ extract, reference, idChanges, job, work }: Files): Peer[] {
  const built = join(work, 'reference');
  const ours = join(work, 'job.yaml');
  const text = readFileSync(job, 'utf8')
    .replace('path: extract.csv', `path: ${JSON.stringify(extract)}`)
    .replace(
      /reference:\n(?: {2}.*\n)+/,
      `reference: ${JSON.stringify(built)}\nmatching: { enabled: false }\n`,
    )
    .replace('[html, csv, json]', '[csv]');
  writeFileSync(ours, text);
  const cli = (args: readonly string[]) =>
    runNode(moduleFile('../cli/main.js'), [...args, '--workspace', work, '--quiet'], work);
  return [
    {
      name: 'doisoat reference build (once)',
      absent: null,
      run: () => cli(['reference', 'build', reference, '--id-changes', idChanges, '-o', built]),
    },
    {
      name: 'doisoat run, exact passes',
      absent: null,
      run: () => cli(['run', ours, '-o', join(work, 'run')]),
    },
  ];
}

/** One that fails (most often: too little memory) is told and does not stop the others. */
async function measured({ name, absent, run }: Peer, { extract, work }: Files): Promise<Measured> {
  if (absent !== null)
    return { name, seconds: null, said: `bỏ qua, chưa cài · skipped, not installed: ${absent}` };
  process.stderr.write(`${name} …\n`);
  try {
    const { seconds, peakBytes, stdout } = await run();
    const rows = await rowsOf(extract);
    return {
      name,
      seconds: round(seconds),
      rows_per_s: Math.round(rows / seconds),
      peak_rss_bytes: peakBytes,
      said: stdout.trim().split('\n').at(-1) ?? '',
    };
  } catch (error) {
    return { name, seconds: null, said: `thất bại · failed: ${(error as Error).message.slice(0, 200)}` };
  } finally {
    rmSync(join(work, 'joined.csv'), { force: true });
  }
}

async function rowsOf(extract: string): Promise<number> {
  const db = await openDatabase({ tempDir: join(dirname(extract), 'temp') });
  const rows = await db.value<number>(`SELECT count(*) FROM ${read(extract)}`);
  await db.close();
  return rows;
}

/** In a process of its own (`--duckdb-join EXTRACT REFERENCE OUT`). */
async function duckdbJoin([extract = '', reference = '', out = '']: readonly string[]): Promise<void> {
  const db = await openDatabase({ tempDir: join(dirname(out), 'temp') });
  await db.run(`COPY (SELECT e.*, r.id, r.name, r.born, r.sex FROM ${read(extract)} e
    LEFT JOIN ${read(reference)} r ON e.so_giay_to = r.id) TO ${literal(out)} (HEADER true)`);
  await db.close();
}

function works(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

function hasPandas(python: string): boolean {
  return works(python, ['-c', 'import pandas']);
}

/** Where a program is: among those that `--install` fetched, else on the path. */
function found(name: string): string | null {
  return [join(INSTALLED, 'bin', name), name].find((path) => works(path, ['--version'])) ?? null;
}

/** What cannot be had is skipped later with a word. */
function install(): void {
  mkdirSync(INSTALLED, { recursive: true });
  const venv = join(INSTALLED, 'venv');
  const say: { readonly stdio: StdioOptions } = { stdio: ['ignore', 2, 2] };
  if (!hasPandas(join(venv, 'bin', 'python'))) {
    spawnSync('python3', ['-m', 'venv', venv], say);
    spawnSync(join(venv, 'bin', 'pip'), ['install', '--quiet', 'pandas'], say);
  }
  const limits = { ...say, timeout: CARGO_MINUTES * 60_000 };
  if (found('xan') === null) spawnSync('cargo', ['install', 'xan', '--locked', '--root', INSTALLED], limits);
  const qsv = ['install', 'qsv', '--locked', '--bin', 'qsvlite', '--features', 'lite', '--root', INSTALLED];
  if (found('qsvlite') === null && found('qsv') === null) spawnSync('cargo', qsv, limits);
}

/** Longer is not reasonable for a comparison. */
const CARGO_MINUTES = 20;
