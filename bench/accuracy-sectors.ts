import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeWorkers } from '../engine/worker-pool.js';
import { ALL_SECTORS, generate } from '../generator/generate.js';
import { UserError } from '../messages/user-error.js';
import { quietContext } from '../pipeline/context.js';
import { type Evaluation, evaluate } from '../pipeline/evaluate.js';
import { loadJob } from '../pipeline/job.js';
import { buildReference } from '../pipeline/reference-build.js';
import { runJob } from '../pipeline/run.js';
import { dataFolder } from './data-folder.js';
import { round } from './measure.js';

/** One sector's run against the generator's truth, with the marks that issue 5 sets. */
export interface SectorAccuracy {
  readonly sector: string;
  readonly rows: number;
  /** Of the accepted links, those to somebody else. */
  readonly wrong_links: number;
  readonly wrong_link_rate: number;
  /** Of the records that truly agree after cleaning, those called otherwise. */
  readonly false_mismatches: number;
  readonly false_mismatch_rate: number;
  /** Share of records with exactly the true reason codes. */
  readonly reasons_right: number;
  /** Share of the rows whose person is in the reference that are left to people. */
  readonly review_share: number;
  readonly seconds: number;
  /** Which marks are missed; empty: all are met. */
  readonly missed: readonly string[];
  /** Where outcomes differ from the truth: how many rows, most first. */
  readonly confusion: Readonly<Record<string, number>>;
}

const TODAY = '2026-11-21';

/** The sectors, each generated, run as a job and scored, in the order of `ALL_SECTORS`. `only`: names of some; left out: all. */
export async function measureSectors(
  people: number,
  only: readonly string[] = ALL_SECTORS,
): Promise<SectorAccuracy[]> {
  for (const name of only) if (!ALL_SECTORS.includes(name)) throw noSector(name);
  const folder = join(dataFolder(), `all-sectors-${people}`);
  if (!existsSync(join(folder, 'complete'))) {
    process.stderr.write(`generating ${people} people and ${ALL_SECTORS.length} extracts …\n`);
    rmSync(folder, { recursive: true, force: true });
    await generate({ seed: 2026, people, sector: 'all', out: folder, scale: 'stream' });
    writeFileSync(join(folder, 'complete'), '');
  }
  const results: SectorAccuracy[] = [];
  for (const sector of ALL_SECTORS.filter((name) => only.includes(name))) {
    results.push(await measureSector(folder, sector));
    process.stderr.write(`${sector}: ${results.at(-1)!.missed.join(', ') || 'all marks met'}\n`);
  }
  await closeWorkers();
  return results;
}

function noSector(name: string): UserError {
  return new UserError({
    what: {
      vi: `Không có lĩnh vực “${name}” để sinh dữ liệu.`,
      en: `There is no generator for a sector “${name}”.`,
    },
    mend: {
      vi: 'Bỏ --sector để đo tất cả, hoặc ghi một tên trong docs/sectors.md.',
      en: 'Leave --sector out to measure all, or give a name from docs/sectors.md.',
    },
  });
}

async function measureSector(folder: string, sector: string): Promise<SectorAccuracy> {
  const work = join(folder, 'work');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const context = quietContext({ workspace: work });
  const job = loadJob(join(folder, sector, 'job.yaml'), { today: TODAY });
  if (job.reference.type !== 'files') throw new Error('the generated job reads its reference from files');
  const { people, idChanges } = job.reference;
  const reference = join(work, 'reference');
  await buildReference({ files: people, idChanges, out: reference, sector: job.sector }, context);
  const start = performance.now();
  const out = join(work, 'run');
  await runJob(
    { ...job, reference: { type: 'built', folder: reference } },
    { revealIds: true, why: 'bench', out },
    context,
  );
  const seconds = round((performance.now() - start) / 1000, 2);
  const evaluation = await evaluate(out, join(folder, sector, 'truth.csv'), context);
  rmSync(work, { recursive: true, force: true });
  return { sector, ...marks(evaluation), seconds };
}

/** The marks of issue 5. */
const MOST = { wrong_link_rate: 0.0005, false_mismatch_rate: 0.001, review_share: 0.05 } as const;
const LEAST_REASONS_RIGHT = 0.99;

function marks({ rows, links, outcomes, reasons }: Evaluation): Omit<SectorAccuracy, 'sector' | 'seconds'> {
  const rates = {
    wrong_link_rate: round(links.wrong / Math.max(1, links.accepted), 6),
    false_mismatch_rate: round((outcomes?.false_mismatches ?? 0) / Math.max(1, outcomes?.agreeing ?? 0), 6),
    review_share: round(links.review / Math.max(1, links.expected), 6),
  };
  const right = round(reasons?.accuracy ?? 0, 6);
  const missed: string[] = (Object.keys(MOST) as (keyof typeof MOST)[]).filter(
    (name) => rates[name] > MOST[name],
  );
  if (right < LEAST_REASONS_RIGHT) missed.push('reasons_right');
  const wrong = (outcomes?.confusion ?? []).filter(({ truth, ours }) => truth !== ours);
  return {
    rows,
    wrong_links: links.wrong,
    false_mismatches: outcomes?.false_mismatches ?? 0,
    ...rates,
    reasons_right: right,
    missed,
    confusion: Object.fromEntries(wrong.map(({ truth, ours, rows: n }) => [`${truth} → ${ours}`, n])),
  };
}
