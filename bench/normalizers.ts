import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from '../generator/generate.js';
import { randomOf, shuffle } from '../generator/random.js';
import { UserError } from '../messages/user-error.js';
import { normalizers } from '../normalizers/index.js';
import type { Normalizer } from '../normalizers/normalizer.js';
import { quietContext } from '../pipeline/context.js';
import { loadJob } from '../pipeline/job.js';
import { runJob } from '../pipeline/run.js';
import { dataFolder } from './data-folder.js';
import { machine, round } from './measure.js';
import { type ValueSet, valueSet } from './normalizer-values.js';

/** Distinct values per second on one thread that each kind must reach, clean and dirty mixed half and half. */
const MARKS: Readonly<Record<string, number>> = {
  'person-name': 600_000,
  'birth-date': 1_000_000,
  'citizen-id': 1_000_000,
  address: 100_000,
};
const HINTS = { today: '2026-11-21' };

/**
 * `npm run bench -- normalizers [--kind K] [--values N] [--repeat K] [--rows N] [--json]`: values per second of each kind on one
 * thread, and the share that the dictionary step takes of a full run (`--rows 0` leaves the run out).
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kind: { type: 'string', multiple: true },
      values: { type: 'string', default: '50000' },
      repeat: { type: 'string', default: '5' },
      rows: { type: 'string', default: '880000' },
      json: { type: 'boolean', default: false },
    },
  });
  const kinds = values.kind ?? Object.keys(normalizers);
  const speeds = kinds.map((kind) => speedOf(kind, Number(values.values), Number(values.repeat)));
  const run = Number(values.rows) > 0 ? await dictionaryShare(Number(values.rows)) : null;
  const figures = { speeds, run, cores: availableParallelism(), node: process.version, machine: machine() };
  if (values.json) return void process.stdout.write(`${JSON.stringify(figures)}\n`);
  console.table(speeds);
  if (run !== null) console.table(run);
}

interface Speed {
  readonly kind: string;
  readonly values: number;
  readonly distinct: boolean;
  readonly per_s: number;
  readonly clean_per_s: number;
  readonly dirty_per_s: number;
  readonly mark: number | null;
  readonly reached: boolean | null;
}

function speedOf(kind: string, count: number, repeat: number): Speed {
  const normalizer = normalizers[kind];
  if (normalizer === undefined) throw unknownKind(kind);
  const set = valueSet(kind, count);
  const mixed = perSecond(normalizer, mix(set), repeat);
  const mark = MARKS[kind] ?? null;
  return {
    kind,
    values: mix(set).length,
    distinct: set.distinct,
    per_s: Math.round(mixed),
    clean_per_s: Math.round(perSecond(normalizer, set.clean, repeat)),
    dirty_per_s: Math.round(perSecond(normalizer, set.dirty, repeat)),
    mark,
    reached: mark === null ? null : mixed >= mark,
  };
}

function unknownKind(kind: string): UserError {
  const kinds = Object.keys(normalizers).join(', ');
  return new UserError({
    what: { vi: `Không có loại giá trị “${kind}”.`, en: `No kind of value “${kind}”.` },
    mend: { vi: `Các loại: ${kinds}.`, en: `The kinds are ${kinds}.` },
  });
}

/** As many dirty values as clean ones, in an order that no branch predictor learns. */
function mix({ clean, dirty }: ValueSet): string[] {
  const half = Math.min(clean.length, dirty.length);
  return shuffle([...clean.slice(0, half), ...dirty.slice(0, half)], randomOf(2026, 2));
}

/** Best of several passes; each gets its strings anew, as a worker thread does. */
function perSecond(normalizer: Normalizer, values: readonly string[], repeat: number): number {
  let best = 0;
  for (let i = 0; i < repeat; i++) {
    const fresh = structuredClone(values);
    const start = performance.now();
    for (const raw of fresh) normalizer.normalize(raw, HINTS);
    best = Math.max(best, (1000 * fresh.length) / (performance.now() - start));
  }
  return best;
}

interface DictionaryShare {
  readonly rows: number;
  readonly people: number;
  readonly run_s: number;
  readonly normalize_s: number;
  readonly share: number;
  readonly stages: string;
}

/** The main job on generated files: seconds of the stage that makes the dictionaries, against those of all stages. */
async function dictionaryShare(rows: number): Promise<DictionaryShare> {
  const people = Math.round(rows / 0.88);
  const folder = join(dataFolder(), `run-${people}-${rows}`);
  if (!existsSync(join(folder, 'complete'))) {
    const sector = 'telecom-subscribers';
    await generate({ seed: 2026, people, rows, sector, out: folder, scale: 'stream' });
    writeFileSync(join(folder, 'complete'), '');
  }
  const workspace = join(folder, 'work-normalizers');
  rmSync(workspace, { recursive: true, force: true });
  const job = loadJob(join(folder, 'telecom-subscribers', 'job.yaml'), { today: '2026-11-21' });
  const { stages } = await runJob(job, { revealIds: false }, quietContext({ workspace }));
  rmSync(workspace, { recursive: true, force: true });
  const total = stages.reduce((sum, stage) => sum + stage.seconds, 0);
  const normalize = stages.find((stage) => stage.stage === 'normalize')?.seconds ?? 0;
  return {
    rows,
    people,
    run_s: round(total),
    normalize_s: round(normalize),
    share: round(normalize / total),
    stages: stages.map((stage) => `${stage.stage} ${stage.seconds}`).join(', '),
  };
}
