import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import { groupColumn } from './cases-rows.js';
import { tableOf } from './tables.js';

/** `new`, `open`, `reopened` cases are open at the end of the run; `resolved` and `waived` ones are not. */
export const CASE_STATES = ['new', 'open', 'reopened', 'resolved', 'waived'] as const;
export type CaseState = (typeof CASE_STATES)[number];

export const LIVE: readonly CaseState[] = ['new', 'open', 'reopened'];

export interface MergePlan {
  /** SQL name of the cases of the run before, with the names of its columns; null: there is none. */
  readonly before: { readonly table: string; readonly columns: readonly string[] } | null;
  /** SQL name of a table (case_key UUID) of resolved cases whose records are still there and agree now; null: not known. */
  readonly agreeing: string | null;
  /** Day of the period, ISO. */
  readonly day: string;
  /** Names of the group fields. */
  readonly groups: readonly string[];
}

/**
 * Stage 5 for cases: the cases before, and `case_rows` of this run, become `cases`. One pass, nothing per row outside the engine.
 * Reads `case_waivers(case_key, expires)`. An open case stays with the group it was opened in, so that each group's balance
 * goes on from its own last one; where it reopens it takes the group its row names then.
 */
export async function mergeCases(db: Database, plan: MergePlan): Promise<void> {
  const day = `DATE ${literal(plan.day)}`;
  const before = plan.before?.table ?? NOTHING_BEFORE;
  const live = isLive('p.state');
  const groups = plan.groups.map((name) => `${groupOf(name, plan)} AS ${groupColumn(name)}`);
  await db.run(`CREATE OR REPLACE TABLE ${tableOf('cases')} AS
    SELECT *, if(state IN ('resolved', 'waived'), if(state = state_before, closed_before, ${day}), NULL) AS closed
      FROM (
    SELECT coalesce(c.case_key, p.case_key) AS case_key,
      CASE WHEN c.case_key IS NULL THEN 'resolved' WHEN w.case_key IS NOT NULL THEN 'waived'
        WHEN p.case_key IS NULL THEN 'new' WHEN ${live} THEN 'open' ELSE 'reopened' END AS state,
      p.state AS state_before, p.closed AS closed_before,
      coalesce(p.first_seen, ${day}) AS first_seen, if(c.case_key IS NULL, p.last_seen, ${day}) AS last_seen,
      c.record, coalesce(c.outcome, p.outcome) AS outcome, coalesce(c.reasons, p.reasons) AS reasons,
      p.outcome AS outcome_before, p.reasons AS reasons_before,
      CASE WHEN c.case_key IS NOT NULL THEN NULL WHEN p.state = 'resolved' THEN p.closed_by
        WHEN ${plan.agreeing === null ? 'true' : 'false'} THEN NULL
        WHEN a.case_key IS NULL THEN 'gone' ELSE 'agrees' END AS closed_by
      ${groups.map((group) => `, ${group}`).join('')}
    FROM case_rows c FULL JOIN ${before} p ON c.case_key = p.case_key
      LEFT JOIN (SELECT DISTINCT case_key FROM case_waivers WHERE expires >= ${day}) w ON c.case_key = w.case_key
      LEFT JOIN ${plan.agreeing ?? '(SELECT NULL::UUID AS case_key WHERE false)'} a ON p.case_key = a.case_key)`);
}

/** SQL: the state is one of an open case. */
export function isLive(state: string): string {
  return `coalesce(${state} IN (${LIVE.map(literal).join(', ')}), false)`;
}

/** A first run has the same columns before it, and no row. */
const NOTHING_BEFORE = `(SELECT NULL::UUID AS case_key, NULL::VARCHAR AS state, NULL::DATE AS closed,
  NULL::DATE AS first_seen, NULL::DATE AS last_seen, NULL::VARCHAR AS outcome, NULL::VARCHAR AS reasons,
  NULL::VARCHAR AS closed_by WHERE false)`;

function groupOf(name: string, { before }: MergePlan): string {
  const column = groupColumn(name);
  if (before === null) return `c.${column}`;
  if (!before.columns.includes(`g_${name}`)) return `c.${column}`;
  return `if(c.case_key IS NULL OR ${isLive('p.state')}, p.${column}, c.${column})`;
}

/** Columns of an attached table. */
export async function columnsOf(db: Database, database: string, table: string): Promise<string[]> {
  const rows = await db.rows<{ column_name: string }>(`SELECT column_name FROM duckdb_columns()
    WHERE database_name = ${literal(database)} AND table_name = ${literal(table)} ORDER BY column_index`);
  return rows.map((row) => row.column_name);
}

/** `"previous"."cases"` */
export function tableIn(database: string, table: string): string {
  return `${identifier(database)}.${identifier(table)}`;
}
