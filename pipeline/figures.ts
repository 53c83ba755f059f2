import type { Database } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import type { PreviousRun } from '../ledger/ledger.js';
import { OUTCOME_FACTS, OUTCOMES } from '../matchers/outcomes.js';
import { problemsOfMask } from '../normalizers/normalizer.js';
import type { FieldQuality, Figures, GroupTable, QualityMark, ReasonRow } from '../reports/model.js';
import type { JudgedPattern } from './classify.js';
import type { Field } from './fields.js';
import { type PatternPlan, problemFindings } from './pattern.js';
import { tableOf } from './tables.js';

interface CountedOutcome {
  readonly outcome: (typeof OUTCOMES)[number];
  readonly rows: number;
}

/** Adds outcomes up. The accounting invariant holds by construction here and is checked against the input by the caller. */
export function figuresOf(counted: readonly CountedOutcome[]): Figures {
  const outcomes: Record<string, number> = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0]));
  for (const { outcome, rows } of counted) outcomes[outcome]! += rows;
  const sumOf = (which: (outcome: (typeof OUTCOMES)[number]) => boolean) =>
    OUTCOMES.filter(which).reduce((sum, outcome) => sum + outcomes[outcome]!, 0);
  const rows = sumOf(() => true);
  const compared = rows - outcomes['rejected']!;
  const submitted = sumOf((outcome) => OUTCOME_FACTS[outcome].asSubmitted);
  const cleaned = sumOf((outcome) => OUTCOME_FACTS[outcome].afterCleaning);
  return {
    rows,
    outcomes,
    compared,
    mismatch_as_submitted: submitted,
    mismatch_after_cleaning: cleaned,
    rate_as_submitted: compared === 0 ? null : submitted / compared,
    rate_after_cleaning: compared === 0 ? null : cleaned / compared,
  };
}

/** Rows per reason, most first; a row with several reasons counts under each. */
export function reasonRows(judged: readonly JudgedPattern[], previous: PreviousRun | null): ReasonRow[] {
  const byCode = new Map<string, { rows: number; by: Record<string, number> }>();
  for (const { rows, outcome, reasons } of judged) {
    for (const code of reasons) {
      const entry = byCode.get(code) ?? { rows: 0, by: {} };
      entry.rows += rows;
      entry.by[outcome] = (entry.by[outcome] ?? 0) + rows;
      byCode.set(code, entry);
    }
  }
  return [...byCode]
    .map(([code, { rows, by }]) => ({
      code,
      rows,
      previous: previous === null ? null : (previous.reasons[code] ?? 0),
      by_outcome: by,
    }))
    .sort((a, b) => b.rows - a.rows || (a.code < b.code ? -1 : 1));
}

/** One table per group-by field: its values, as people read them, with their figures. */
export async function groupTables(
  db: Database,
  fields: readonly Field[],
  known: { judged: readonly JudgedPattern[]; previous: PreviousRun | null },
): Promise<GroupTable[]> {
  const outcomes = new Map(known.judged.map((one) => [String(one.pattern), one.outcome]));
  const tables: GroupTable[] = [];
  for (const field of fields) {
    const value = identifier(`w_${field.name}`);
    const counted = await db.rows<{ value: string | null; pattern: string; rows: number }>(`
      SELECT v.value, g.pattern::VARCHAR AS pattern, g.rows FROM (
        SELECT ${value} AS value_id, pattern, count(*) AS rows FROM results GROUP BY ALL) g
      LEFT JOIN (SELECT DISTINCT value_id, value FROM ${tableOf('entries_', field.name)}) v USING (value_id)`);
    const byValue = new Map<string | null, CountedOutcome[]>();
    for (const row of counted) {
      const list = byValue.get(row.value) ?? [];
      list.push({ outcome: outcomes.get(row.pattern)!, rows: row.rows });
      byValue.set(row.value, list);
    }
    tables.push({ field: field.name, labels: field.labels, rows: groupRows(field, byValue, known.previous) });
  }
  return tables;
}

function groupRows(
  field: Field,
  byValue: ReadonlyMap<string | null, readonly CountedOutcome[]>,
  previous: PreviousRun | null,
): GroupTable['rows'] {
  const before = new Map(
    (previous?.groups ?? [])
      .filter((group) => group.field === field.name)
      .map((group) => [group.value, group.figures]),
  );
  return [...byValue]
    .map(([value, counted]) => ({
      value,
      label: value === null ? '' : field.normalizer.format(value),
      figures: figuresOf(counted),
      previous: before.get(value) ?? null,
    }))
    .sort((a, b) => b.figures.rows - a.figures.rows || ((a.value ?? '') < (b.value ?? '') ? -1 : 1));
}

/** What normalising found in each column: all from the patterns, but for the number of distinct values. */
export async function fieldQualities(
  db: Database,
  plan: PatternPlan,
  judged: readonly JudgedPattern[],
): Promise<FieldQuality[]> {
  const qualities: FieldQuality[] = [];
  for (const field of plan.fields) {
    const counts = { filled: 0, usable: 0 };
    const problems = new Map<string, number>();
    for (const { values, rows, outcome } of judged) {
      const set = values.get(`p_${field.name}`) ?? 0;
      if (set === 0 || outcome === 'rejected') continue;
      counts.filled += rows;
      if (isUsable(plan, field, values)) counts.usable += rows;
      const mask = plan.problemSets[field.name]?.[set - 1] ?? 0;
      for (const problem of problemsOfMask(field.normalizer.problems, mask)) {
        problems.set(problem, (problems.get(problem) ?? 0) + rows);
      }
    }
    const facts = plan.columns[field.name];
    qualities.push({
      field: field.name,
      labels: field.labels,
      kind: field.kind,
      column: field.columns.join(' + '),
      ...counts,
      distinct: await distinctValues(db, field),
      problems: [...problems]
        .map(([problem, rows]) => ({ problem, labels: problemLabel(field, problem), rows }))
        .sort((a, b) => b.rows - a.rows || (a.problem < b.problem ? -1 : 1)),
      hints: shownHints(facts?.hints ?? {}),
      confidence: facts?.confidence ?? {},
    });
  }
  return qualities;
}

function isUsable(plan: PatternPlan, field: Field, values: ReadonlyMap<string, number>): boolean {
  if (field !== plan.identity) return values.get(`u_${field.name}`) === 1;
  const type = values.get(`t_${field.name}`) ?? 0;
  return type !== 0 && type !== 2;
}

function problemLabel(field: Field, problem: string): { vi: string; en: string } {
  const { vi, en } = field.normalizer.problems[problem]!;
  return { vi, en };
}

function shownHints(hints: object): Record<string, string | number | boolean> {
  const shown: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(hints)) {
    if (name === 'today' || name === 'fileDate') continue;
    if (name === 'settings') Object.assign(shown, value);
    else if (['string', 'number', 'boolean'].includes(typeof value)) shown[name] = value as string;
  }
  return shown;
}

async function distinctValues(db: Database, field: Field): Promise<number> {
  if (field.role === 'coded')
    return db.value<number>(`SELECT count(*) FROM ${tableOf('entries_', field.name)}`);
  return db.value<number>(`SELECT count(DISTINCT ${identifier(field.name)}) FROM raw`);
}

/** đúng, đủ, sạch, sống: each a share with numerator and denominator (definitions in docs/quality-marks.md). */
export function qualityMarks(plan: PatternPlan, judged: readonly JudgedPattern[]): QualityMark[] {
  const read = judged.filter((one) => one.outcome !== 'rejected');
  const sum = (which: (one: JudgedPattern) => boolean) =>
    read.reduce((total, one) => total + (which(one) ? one.rows : 0), 0);
  const all = sum(() => true);
  const found = (one: JudgedPattern) =>
    ['match', 'match_after_cleaning', 'mismatch', 'linked'].includes(one.outcome);
  return [
    {
      mark: 'correct',
      numerator: sum((one) => one.outcome === 'match' || one.outcome === 'match_after_cleaning'),
      denominator: all,
    },
    {
      mark: 'complete',
      numerator: sum((one) => !one.reasons.includes('record.required_missing')),
      denominator: all,
    },
    { mark: 'clean', numerator: sum((one) => isClean(plan, one)), denominator: all },
    {
      mark: 'live',
      numerator: sum((one) => found(one) && !one.reasons.some((code) => code.startsWith('person.'))),
      denominator: sum(found),
    },
  ];
}

function isClean(plan: PatternPlan, one: JudgedPattern): boolean {
  if (one.reasons.includes('record.duplicate')) return false;
  return plan.fields.every((field) => {
    const set = one.values.get(`p_${field.name}`) ?? 0;
    const mask = set === 0 ? 0 : (plan.problemSets[field.name]?.[set - 1] ?? 0);
    return problemFindings(field, mask).every((finding) => finding.weight === 'none');
  });
}
