// `doisoat national`: one line per dataset of a period, as the programme's own table has it, from the ledger alone.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeWhole } from '../engine/whole-file.js';
import type { SeriesRun } from '../ledger/programme.js';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { BLANK_LETTER, type Letter } from '../reports/letter.js';
import { difference } from '../reports/model-changes.js';
import { shareOf } from '../reports/model-shares.js';
import { writeNationalDocx } from '../reports/national-docx.js';
import { renderNationalHtml } from '../reports/national-html.js';
import type { National, NationalFigures, NationalRow } from '../reports/national-model.js';
import { renderNationalXlsx } from '../reports/national-xlsx.js';
import { readSummary } from '../reports/summary-json.js';
import { loadSector } from '../sectors/load.js';
import type { Context } from './context.js';
import { VERSION } from './version.js';
import { LEDGER_FILE, withLedger } from './workspace-ledger.js';

/** Format → how its file is written. */
const WRITERS: Readonly<Record<string, (path: string, national: National, letter: Letter) => Promise<void>>> =
  {
    html: async (path, national) => writeWhole(path, renderNationalHtml(national)),
    xlsx: async (path, national) => writeWhole(path, await renderNationalXlsx(national)),
    docx: writeNationalDocx,
    json: async (path, national) => writeWhole(path, `${JSON.stringify(national, null, 2)}\n`),
  };

export const NATIONAL_FORMATS = Object.keys(WRITERS);

export interface NationalRequest {
  /** Null: the latest in the ledger. */
  readonly period: string | null;
  /** Folder to write; null: `national/<period>` in the workspace. */
  readonly out: string | null;
  /** Of NATIONAL_FORMATS. */
  readonly formats: readonly string[];
  /** What the agency says of the letter (docx); left out: dotted lines. */
  readonly letter?: Letter;
}

export interface NationalAnswer {
  readonly national: National;
  readonly files: readonly string[];
}

/** Throws UserError when the ledger has no finished run of the period. The files appear together or not at all. */
export async function nationalSummary(request: NationalRequest, context: Context): Promise<NationalAnswer> {
  if (!existsSync(join(context.workspace, LEDGER_FILE))) throw nothing(null, []);
  const runs = await withLedger(context, (ledger) => ledger.programme());
  const national = nationalOf(runs, request.period, context.workspace);
  const out = resolve(request.out ?? join(context.workspace, 'national', national.period));
  const building = `${out}.building`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true });
  try {
    const names = request.formats.map((format) => `national.${format}`);
    for (const [i, format] of request.formats.entries()) {
      await WRITERS[format]!(join(building, names[i]!), national, request.letter ?? BLANK_LETTER);
    }
    mkdirSync(out, { recursive: true });
    for (const name of names) renameSync(join(building, name), join(out, name));
    return { national, files: names.map((name) => join(out, name)) };
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

/** The figures of a period from the runs that the ledger knows. */
export function nationalOf(runs: readonly SeriesRun[], wanted: string | null, workspace: string): National {
  const period =
    wanted ??
    runs
      .map((one) => one.period)
      .sort()
      .at(-1);
  if (period === undefined) throw nothing(null, []);
  const bySeries = new Map<string, SeriesRun[]>();
  for (const one of runs) bySeries.set(one.series, [...(bySeries.get(one.series) ?? []), one]);
  const datasets = [...bySeries.values()].flatMap((series) => rowOf(series, period, workspace) ?? []);
  if (datasets.length === 0) throw nothing(period, [...new Set(runs.map((one) => one.period))].sort());
  const grown = datasets.filter(({ previous }) => previous !== null);
  const before = addUp(grown.map(({ previous }) => previous!.figures));
  const now = addUp(grown.map(({ figures }) => figures));
  return {
    schema: 'doisoat.national/1',
    version: VERSION,
    period,
    datasets,
    total: {
      figures: addUp(datasets.map(({ figures }) => figures)),
      change: difference(now.share, before.share),
      cleaned: datasets.reduce((sum, { cleaned }) => sum + cleaned, 0),
    },
  };
}

/** The last run within the period speaks for it: the last night of a month. Null: the series has none. */
function rowOf(series: readonly SeriesRun[], period: string, workspace: string): NationalRow | null {
  const run = series.filter((one) => covers(period, one.period)).at(-1);
  if (run === undefined) return null;
  const upToNow = series.filter((one) => one.period <= run.period);
  const earlier = upToNow.filter((one) => !covers(period, one.period) && one.period < run.period);
  const last = earlier.at(-1);
  const figures = figuresOf(run);
  const previous = last === undefined ? null : { period: last.period, figures: figuresOf(last) };
  return {
    job: run.series,
    sector: sectorLabels(run, workspace),
    run: run.run,
    period: run.period,
    figures,
    previous,
    change: difference(figures.share, previous?.figures.share ?? null),
    cleaned: cleanedSoFar(upToNow),
  };
}

/** `2026-11` covers its days, `2026-Q4` its months and days, `2026` all of them. */
function covers(period: string, other: string): boolean {
  if (other === period || other.startsWith(`${period}-`)) return true;
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  const month = /^(\d{4})-(\d\d)/.exec(other);
  if (quarter === null || month === null || quarter[1] !== month[1]) return false;
  return Math.ceil(Number(month[2]) / 3) === Number(quarter[2]);
}

function cleanedSoFar(runs: readonly SeriesRun[]): number {
  const settled = runs.flatMap((one) => one.settled ?? []);
  if (settled.length > 0)
    return Math.max(
      0,
      settled.reduce((sum, n) => sum + n, 0),
    );
  const [first, last] = [runs.at(0), runs.at(-1)];
  const mismatches = (run: SeriesRun | undefined) => run?.figures.mismatch_after_cleaning ?? 0;
  return Math.max(0, mismatches(first) - mismatches(last));
}

function figuresOf({ figures }: SeriesRun): NationalFigures {
  const { rows, compared, outcomes } = figures;
  return withShares({
    rows,
    compared,
    matched: compared - figures.mismatch_as_submitted,
    matched_after_cleaning: compared - figures.mismatch_after_cleaning,
    apart: outcomes['apart'] ?? 0,
    rejected: outcomes['rejected'] ?? 0,
  });
}

type Counts = Omit<NationalFigures, 'share' | 'share_after_cleaning'>;

function addUp(all: readonly NationalFigures[]): NationalFigures {
  const sum = (of: (one: NationalFigures) => number) => all.reduce((total, one) => total + of(one), 0);
  return withShares({
    rows: sum((one) => one.rows),
    compared: sum((one) => one.compared),
    matched: sum((one) => one.matched),
    matched_after_cleaning: sum((one) => one.matched_after_cleaning),
    apart: sum((one) => one.apart),
    rejected: sum((one) => one.rejected),
  });
}

function withShares({
  rows,
  compared,
  matched,
  matched_after_cleaning,
  apart,
  rejected,
}: Counts): NationalFigures {
  return {
    rows,
    compared,
    matched,
    matched_after_cleaning,
    share: shareOf(matched, compared),
    share_after_cleaning: shareOf(matched_after_cleaning, compared),
    apart,
    rejected,
  };
}

/** As the run's own report has it; else the built-in sector's; else its name. */
function sectorLabels({ folder, sector }: SeriesRun, workspace: string): Text {
  const path = join(resolve(workspace, folder), 'summary.json');
  if (existsSync(path)) return readSummary(readFileSync(path, 'utf8'), path).sector.labels;
  try {
    return loadSector(sector).sector.labels;
  } catch (error) {
    if (error instanceof UserError) return { vi: sector, en: sector };
    throw error;
  }
}

function nothing(period: string | null, known: readonly string[]): UserError {
  const list = known.join(', ');
  return new UserError({
    what:
      period === null
        ? { vi: 'Sổ theo dõi chưa có lần chạy nào.', en: 'The ledger holds no run yet.' }
        : {
            vi: `Sổ theo dõi không có lần chạy nào của kỳ ${period}.`,
            en: `The ledger holds no run of the period ${period}.`,
          },
    where: '--period',
    mend:
      list === ''
        ? {
            vi: 'Hãy kiểm tra --workspace, hoặc chạy các công việc bằng doisoat run.',
            en: 'Check --workspace, or run the jobs with doisoat run.',
          }
        : { vi: `Các kỳ đã có: ${list}.`, en: `The periods it has: ${list}.` },
  });
}
