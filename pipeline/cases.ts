import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Text } from '../messages/text.js';
import type { CaseFigures, CaseSummary } from '../reports/model-cases.js';
import type { Counted } from '../reports/model-shares.js';
import { figuresByGroup, totalFigures } from './cases-figures.js';
import { caseKeySql } from './cases-key.js';
import { loadDecisions, loadWaivers } from './cases-ledger.js';
import { isLive, mergeCases } from './cases-merge.js';
import { isKnown, planProgress } from './cases-plan.js';
import { attachPrevious, detachPrevious, type PreviousCases } from './cases-previous.js';
import { makeCaseRows } from './cases-rows.js';
import type { Field } from './fields.js';
import type { Job } from './job-type.js';
import type { MatchedPlan } from './matched-sql.js';
import { firstDayOf, seriesOf } from './run-name.js';
import { tableOf } from './tables.js';

export interface CasesPlan {
  readonly job: Pick<Job, 'name' | 'period' | 'plan'>;
  readonly matched: MatchedPlan;
  readonly workspace: string;
}

export interface Reconciled {
  readonly summary: Counted<CaseSummary>;
  /** What a reader of the figures must know: a period whose state is gone. */
  readonly notes: readonly Text[];
}

/**
 * Cases of this run: the state of the period before, the rows of this run and what people decided so far become the table
 * `cases`. A pure function of the three, so that running a period again counts it once.
 */
export async function reconcileCases(db: Database, plan: CasesPlan, ledger: Ledger): Promise<Reconciled> {
  const { job, matched } = plan;
  const series = seriesOf(job);
  const day = firstDayOf(job.period);
  const fields = matched.fields.filter((field) => field.group);
  await makeCaseRows(db, { series, matched });
  await loadWaivers(db, ledger, series);
  await loadDecisions(db, ledger, series);
  const earlier = ledger.earlierRuns(series, job.period);
  const { previous, notes } = await attachPrevious(db, earlier, plan.workspace);
  const agreeing = await findAgreeing(db, previous, { series, matched });
  await mergeCases(db, {
    before: previous,
    agreeing,
    day,
    groups: fields.map(({ name }) => name),
  });
  await detachPrevious(db);
  const total = await totalFigures(db, day);
  const byField = new Map<string, ReadonlyMap<string | null, Counted<CaseFigures>>>();
  for (const { name } of fields) byField.set(name, await figuresByGroup(db, day, name));
  const planned = await progress(db, plan, { byField, ledger });
  return {
    summary: {
      total,
      groups: fields.map((field) => groupRows(field, byField.get(field.name)!)),
      plan: planned.plan,
    },
    notes: [...notes, ...otherOpening(previous, total), ...(await stillDiffering(db)), ...planned.notes],
  };
}

function groupRows(
  field: Field,
  figures: ReadonlyMap<string | null, Counted<CaseFigures>>,
): Counted<CaseSummary>['groups'][number] {
  const rows = [...figures].map(([value, one]) => ({
    value,
    label: value === null ? '' : field.normalizer.format(value),
    figures: one,
  }));
  return {
    field: field.name,
    labels: field.labels,
    rows: rows.sort(
      (a, b) => b.figures.closing - a.figures.closing || ((a.value ?? '') < (b.value ?? '') ? -1 : 1),
    ),
  };
}

/** The plan beside what was reached, with a note for owners of whom there is nothing. */
async function progress(
  db: Database,
  { job }: CasesPlan,
  {
    byField,
    ledger,
  }: { byField: ReadonlyMap<string, ReadonlyMap<string | null, Counted<CaseFigures>>>; ledger: Ledger },
): Promise<{ plan: CaseSummary['plan']; notes: Text[] }> {
  const { plan, period } = job;
  if (plan === null) return { plan: [], notes: [] };
  const rows = await db.rows<{ value: string }>(
    `SELECT DISTINCT value FROM ${tableOf('entries_', plan.field)} WHERE value IS NOT NULL`,
  );
  const owners = rows.map(({ value }) => value);
  const balances = ledger.caseBalances({ series: seriesOf(job), field: plan.field, before: period });
  const now = byField.get(plan.field) ?? new Map<string | null, Counted<CaseFigures>>();
  const strangers = plan.owners.filter(({ value }) => !isKnown(value, { owners, balances }));
  return {
    plan: planProgress(plan, { period, balances, now, owners }),
    notes: strangers.map(({ owner }) => ({
      vi: `Kế hoạch có đơn vị “${owner}” nhưng dữ liệu không có dòng nào của đơn vị này.`,
      en: `The plan names “${owner}”, of whom the extract has no row.`,
    })),
  };
}

/**
 * case_agreeing: of the cases open before whose records are no mismatch now, those whose records are still in the extract. Null where
 * that cannot be told: the rows before were purged, or have no keys of their own.
 */
async function findAgreeing(
  db: Database,
  previous: PreviousCases | null,
  { series, matched }: { series: string; matched: MatchedPlan },
): Promise<string | null> {
  if (previous === null || previous.results === null || !matched.hasRecordKey) return null;
  await db.run(`CREATE OR REPLACE TEMP TABLE case_closing AS
    SELECT p.case_key, ${caseKeySql(series, 'r.record_key')} AS own_key, trim(r.record_key) AS record_key
    FROM ${previous.results} r JOIN (SELECT case_key, record FROM ${previous.table} WHERE state <> 'resolved') p
      ON r.record = p.record
    WHERE p.case_key NOT IN (SELECT case_key FROM case_rows)`);
  await db.run(`CREATE OR REPLACE TEMP TABLE case_agreeing AS
    SELECT case_key FROM case_closing WHERE record_key IN (
      SELECT trim(record_key) FROM results WHERE trim(record_key) IN (SELECT record_key FROM case_closing))`);
  await db.run('DROP TABLE case_closing');
  return 'case_agreeing';
}

/** Somebody changed the state of the last period behind the ledger's back. */
function otherOpening(previous: PreviousCases | null, { opening }: Counted<CaseFigures>): Text[] {
  if (previous === null || previous.run.closing === opening) return [];
  const { period, closing } = previous.run;
  return [
    {
      vi: `Số trường hợp mở đầu kỳ (${opening}) khác số cuối kỳ ${period} trong sổ theo dõi (${closing}).`,
      en: `The opening balance of cases (${opening}) is not the closing balance of ${period} in the ledger (${closing}).`,
    },
  ];
}

/** Cases that were said to be corrected and are open all the same. */
async function stillDiffering(db: Database): Promise<Text[]> {
  const n =
    await db.value<number>(`SELECT count(*) FROM ${tableOf('cases')} c WHERE ${isLive('c.state')} AND ${isLive('c.state_before')}
    AND c.case_key IN (SELECT case_key FROM case_decisions WHERE decision LIKE ${literal('corrected%')})`);
  if (n === 0) return [];
  return [
    {
      vi: `${n} trường hợp được báo là đã sửa nhưng dữ liệu kỳ này vẫn sai lệch.`,
      en: `${n} cases were said to be corrected, but the data of this period still differ.`,
    },
  ];
}
