// `doisoat compare RUN RUN`: what moved between two finished runs, in figures and record by record. Writes compare.json, compare.html
// and, where records changed, changes.csv; all of them or none. docs/compare.md.
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Database } from '../engine/database.js';
import { writeWhole } from '../engine/whole-file.js';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { renderCompareHtml } from '../reports/compare-html.js';
import type { ComparedGroup, ComparedRun, Comparison, Moves } from '../reports/compare-model.js';
import { type FieldLabels, fieldLabels, reasonLabel } from '../reports/mismatch-text.js';
import type { GroupTable, Summary } from '../reports/model.js';
import { difference, figureChanges } from '../reports/model-changes.js';
import { readSummary } from '../reports/summary-json.js';
import {
  CHANGES_LIST,
  countMoves,
  type GroupMove,
  groupMoves,
  makeMoved,
  writeChanges,
} from './compare-moves.js';
import { hasRows, loadSide } from './compare-rows.js';
import type { Context } from './context.js';
import { seriesOf } from './run-name.js';
import { withScratch } from './scratch.js';
import { VERSION } from './version.js';

export interface CompareRequest {
  /** Folders of finished runs. */
  readonly before: string;
  readonly after: string;
  /** Folder to write; files of an earlier comparison in it are replaced. */
  readonly out: string;
  /** Runs of two series may be compared, too. */
  readonly anySeries: boolean;
  readonly revealIds: boolean;
  /** Called with the number of records in the list before any can be seen, when keys are not masked. */
  readonly beforeRevealing?: (records: number) => Promise<void>;
}

export interface CompareAnswer {
  readonly comparison: Comparison;
  readonly files: readonly string[];
}

/** Throws UserError for one and the same run, for runs of two series (unless they are wanted) and of two sectors. */
export async function compareRuns(request: CompareRequest, context: Context): Promise<CompareAnswer> {
  const [before, after] = [summaryOf(request.before), summaryOf(request.after)];
  checkPair(request, before, after);
  const out = resolve(request.out);
  const building = `${out}.building`;
  rmSync(building, { recursive: true, force: true });
  try {
    mkdirSync(building, { recursive: true, mode: 0o700 });
    const records = await compareRecords(request, { before, after, folder: building }, context);
    const comparison = comparisonOf({ before, after }, records);
    writeWhole(join(building, 'compare.json'), `${JSON.stringify(comparison, null, 2)}\n`);
    writeWhole(join(building, 'compare.html'), renderCompareHtml(comparison));
    const list = comparison.moves?.list ?? null;
    const changed = (comparison.moves?.other_outcome ?? 0) + (comparison.moves?.other_reasons ?? 0);
    if (request.revealIds && changed > 0) await request.beforeRevealing?.(changed);
    mkdirSync(out, { recursive: true });
    rmSync(join(out, CHANGES_LIST), { force: true });
    const names = [...(list === null ? [] : [list]), 'compare.html', 'compare.json'];
    for (const name of names) renameSync(join(building, name), join(out, name));
    return { comparison, files: names.map((name) => join(out, name)) };
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

function summaryOf(folder: string): Summary {
  const path = join(folder, 'summary.json');
  return readSummary(readFileSync(path, 'utf8'), path);
}

function checkPair(
  { before: one, after: two, anySeries }: CompareRequest,
  before: Summary,
  after: Summary,
): void {
  if (resolve(one) === resolve(two)) throw sameRun(before.run);
  if (before.sector.name !== after.sector.name) throw apart('sector', before.sector.name, after.sector.name);
  const [first, second] = [seriesOf({ name: before.job }), seriesOf({ name: after.job })];
  if (first !== second && !anySeries) throw apart('series', first, second);
}

interface Records {
  readonly moves: Moves | null;
  /** By group field. */
  readonly groups: ReadonlyMap<string, readonly GroupMove[]>;
  readonly notes: readonly Text[];
}

interface Pair {
  readonly before: Summary;
  readonly after: Summary;
}

async function compareRecords(
  request: CompareRequest,
  { before, after, folder }: Pair & { readonly folder: string },
  context: Context,
): Promise<Records> {
  const temp = mkdtempSync(join(tmpdir(), 'doisoat-compare-'));
  try {
    const without: string[] = [];
    for (const [place, { run }] of [[request.before, before] as const, [request.after, after] as const]) {
      if (!(await hasRows(place, context, temp))) without.push(run);
    }
    if (without.length > 0) return { moves: null, groups: new Map(), notes: without.map(figuresOnly) };
    return await withScratch(context, (db) => moves(db, request, { before, after, folder, temp }, context));
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

async function moves(
  db: Database,
  request: CompareRequest,
  { before, after, folder, temp }: Pair & { readonly folder: string; readonly temp: string },
  context: Context,
): Promise<Records> {
  const sides = {
    before: await loadSide(db, { side: 'before', folder: request.before, temp }, context),
    after: await loadSide(db, { side: 'after', folder: request.after, temp }, context),
  };
  await makeMoved(db);
  const labels = labelsOf({ before, after });
  const changed = await db.value<number>(`SELECT count(*) FROM moved WHERE change IN ('outcome', 'reasons')`);
  if (changed > 0)
    await writeChanges(db, { folder, labels, groups: after.groups, ...sides, revealIds: request.revealIds });
  const groups = new Map<string, readonly GroupMove[]>();
  for (const name of sides.after.groups) groups.set(name, await groupMoves(db, name));
  return { moves: await countMoves(db, changed > 0 ? CHANGES_LIST : null), groups, notes: [] };
}

function comparisonOf({ before, after }: Pair, records: Records): Comparison {
  const counts = ({ reasons }: Summary) => new Map(reasons.map(({ code, rows }) => [code, rows]));
  const [had, has] = [counts(before), counts(after)];
  const codes = [...new Set([...had.keys(), ...has.keys()])].sort();
  return {
    schema: 'doisoat.compare/1',
    version: VERSION,
    sector: after.sector,
    before: factsOf(before),
    after: factsOf(after),
    figures: {
      before: before.figures,
      after: after.figures,
      change: figureChanges(after.figures, before.figures),
    },
    reasons: codes.map((code) => ({
      code,
      labels: reasonLabel(code, labelsOf({ before, after })),
      before: had.get(code) ?? 0,
      after: has.get(code) ?? 0,
      change: difference(has.get(code) ?? 0, had.get(code) ?? 0),
    })),
    groups: after.groups.flatMap((table) => {
      const former = before.groups.find(({ field, by }) => field === table.field && by === table.by);
      return former === undefined ? [] : [groupOf(former, table, records.groups.get(table.field))];
    }),
    moves: records.moves,
    notes: [...differences(before, after), ...records.notes],
  };
}

function labelsOf({ before, after }: Pair): FieldLabels {
  return new Map([...fieldLabels(before), ...fieldLabels(after)]);
}

function factsOf({ run, job, period, figures, version, job_hash, reference }: Summary): ComparedRun {
  return { run, job, period, rows: figures.rows, version, job_hash, reference_hash: reference.hash };
}

function groupOf(
  before: GroupTable,
  after: GroupTable,
  known: readonly GroupMove[] | undefined,
): ComparedGroup {
  const values = [...new Set([...after.rows, ...before.rows].map(({ value }) => value))];
  const rows = values.map((value) => {
    const [was, is] = [before, after].map(({ rows: all }) => all.find((row) => row.value === value));
    const move = known?.find((one) => one.value === value);
    return {
      value,
      label: (is ?? was)?.label ?? '',
      before: was?.figures ?? null,
      after: is?.figures ?? null,
      change: difference(is?.figures.rate_as_submitted ?? null, was?.figures.rate_as_submitted ?? null),
      settled: known === undefined ? null : (move?.settled ?? 0),
      broken: known === undefined ? null : (move?.broken ?? 0),
    };
  });
  return { field: after.field, labels: after.labels, rows };
}

/** What else differs, so that nobody takes the program's doing for the owner's. */
function differences(before: Summary, after: Summary): Text[] {
  const [first, second] = [seriesOf({ name: before.job }), seriesOf({ name: after.job })];
  const found: (Text | false)[] = [
    before.period > after.period && {
      vi: 'Lần chạy ghi trước có kỳ muộn hơn lần chạy ghi sau.',
      en: 'The run named first is of a later period than the one named second.',
    },
    first !== second && {
      vi: `Hai lần chạy thuộc hai chuỗi khác nhau: ${first}, ${second}.`,
      en: `The runs are of two series: ${first}, ${second}.`,
    },
    before.reference.hash !== after.reference.hash && {
      vi: 'Dữ liệu tham chiếu của hai lần chạy khác nhau.',
      en: 'The runs were made with different references.',
    },
    before.job_hash !== after.job_hash && {
      vi: 'Tệp công việc, tệp lĩnh vực hoặc mô hình đã đổi giữa hai lần chạy.',
      en: 'The job file, the sector file or the model changed between the runs.',
    },
    before.version !== after.version && {
      vi: `Phiên bản chương trình khác nhau: ${before.version}, ${after.version}.`,
      en: `The versions of the program differ: ${before.version}, ${after.version}.`,
    },
  ];
  return found.filter((text) => text !== false);
}

function figuresOnly(run: string): Text {
  return {
    vi: `Lần chạy ${run} chỉ còn số liệu (dữ liệu cá nhân đã được xóa hoặc không giữ): chỉ so sánh số liệu, không so từng bản ghi.`,
    en: `The run ${run} has figures only (its personal data were removed or not kept): figures are compared, records are not.`,
  };
}

function sameRun(run: string): UserError {
  return new UserError({
    what: { vi: `Hai lần chạy là một: ${run}.`, en: `Both are one and the same run: ${run}.` },
    mend: { vi: 'Hãy chọn hai lần chạy; xem bằng doisoat runs.', en: 'Choose two runs; see doisoat runs.' },
  });
}

function apart(what: 'sector' | 'series', first: string, second: string): UserError {
  const word =
    what === 'sector' ? { vi: 'lĩnh vực', en: 'sectors' } : { vi: 'chuỗi công việc', en: 'series' };
  return new UserError({
    what: {
      vi: `Hai lần chạy thuộc hai ${word.vi} khác nhau: “${first}” và “${second}”.`,
      en: `The runs are of two ${word.en}: “${first}” and “${second}”.`,
    },
    mend:
      what === 'sector'
        ? { vi: 'Chỉ so sánh được trong cùng một lĩnh vực.', en: 'Only runs of one sector can be compared.' }
        : {
            vi: 'Nếu vẫn muốn so sánh, hãy thêm --any-series.',
            en: 'To compare them all the same, add --any-series.',
          },
  });
}
