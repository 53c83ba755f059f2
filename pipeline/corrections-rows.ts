import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import { mendingOf } from '../matchers/mending.js';
import { caseKeySql, contentKeySql } from './cases-key.js';
import { columnsOf } from './cases-merge.js';
import { contentsSelect } from './cases-rows.js';
import type { JudgedPattern } from './classify.js';
import { listOf } from './corrections-words.js';
import type { Field } from './fields.js';
import type { MatchedPlan } from './matched-sql.js';
import { referenceIdText } from './result-rows.js';
import { tableOf } from './tables.js';

export interface CorrectionRowsPlan {
  readonly series: string;
  readonly matched: Pick<MatchedPlan, 'fields' | 'comparable' | 'identity'>;
  readonly judged: readonly JudgedPattern[];
  /** The field whose values are the data owners; null: there is one owner. */
  readonly owner: Field | null;
}

const SEPARATOR = '\u001f';

/**
 * `correction_rows(record, list, outcome, case_key, owner, reference_id)`: every row of the open run that needs a correction, once. Rows that
 * are cases have the case's key; those with damage of form only are no cases (docs/decisions/0006) and get a key of their own, which
 * is made in the same way and never is a case's. Reads the run's tables; makes temporary ones.
 */
export async function makeCorrectionRows(db: Database, plan: CorrectionRowsPlan): Promise<void> {
  await makeLists(db, plan.judged);
  await db.run(`CREATE OR REPLACE TEMP TABLE correction_found AS
    SELECT r.record, v.list, v.outcome, c.case_key, ${ownerSql(plan.owner)} AS owner, ${referenceIdText('r.reference_key')} AS reference_id
    FROM results r JOIN correction_lists v ON r.pattern = v.pattern
      LEFT JOIN ${await casesOf(db)} c ON r.record = c.record ${ownerJoin(plan.owner)}`);
  await makeFormKeys(db, plan);
  await db.run(`CREATE OR REPLACE TEMP TABLE correction_rows AS
    SELECT f.record, f.list, f.outcome, coalesce(f.case_key, k.form_key) AS case_key, f.owner, f.reference_id
    FROM correction_found f LEFT JOIN correction_form_keys k ON f.record = k.record`);
  for (const table of ['correction_found', 'correction_form_keys']) await db.run(`DROP TABLE ${table}`);
}

/** correction_lists: the patterns whose rows need a correction, with the list they belong to. */
async function makeLists(db: Database, judged: readonly JudgedPattern[]): Promise<void> {
  await db.run(
    'CREATE OR REPLACE TEMP TABLE correction_lists (pattern HUGEINT, list VARCHAR, outcome VARCHAR)',
  );
  const rows = judged.flatMap(({ pattern, outcome, reasons }) => {
    const mending = mendingOf(outcome, reasons);
    return mending === null ? [] : [`(${pattern}, ${literal(listOf(mending))}, ${literal(outcome)})`];
  });
  for (let i = 0; i < rows.length; i += 500) {
    await db.run(`INSERT INTO correction_lists VALUES ${rows.slice(i, i + 500).join(', ')}`);
  }
}

/** A run from before there were cases has no table of them. */
async function casesOf(db: Database): Promise<string> {
  const name = await db.value<string>('SELECT current_database()');
  const kept = await columnsOf(db, name, 'cases');
  return kept.length > 0
    ? '(SELECT record, case_key FROM cases WHERE record IS NOT NULL)'
    : '(SELECT NULL AS record, NULL::UUID AS case_key WHERE false)';
}

function ownerSql(owner: Field | null): string {
  return owner === null ? 'NULL::VARCHAR' : 'o.value';
}

function ownerJoin(owner: Field | null): string {
  if (owner === null) return '';
  return `LEFT JOIN (SELECT DISTINCT value_id, value FROM ${tableOf('entries_', owner.name)} WHERE value_id IS NOT NULL) o
      ON r.${identifier(`w_${owner.name}`)} = o.value_id`;
}

/** Rows with one key, or without a key and of one content, are numbered in the order of their contents. */
async function makeFormKeys(db: Database, { series, matched }: CorrectionRowsPlan): Promise<void> {
  const rows =
    '(SELECT r.* FROM results r SEMI JOIN (SELECT record FROM correction_found WHERE case_key IS NULL) u ON r.record = u.record)';
  await db.run(`CREATE OR REPLACE TEMP TABLE correction_form_keys AS
    SELECT record, md5(base::VARCHAR || ${literal(`${SEPARATOR}form${SEPARATOR}`)} || n)::UUID AS form_key FROM (
      SELECT record, base, row_number() OVER (PARTITION BY base ORDER BY content, record) AS n FROM (
        SELECT c.record, c.content, coalesce(${caseKeySql(series, 'r.record_key')}, ${contentKeySql(series, 'c.content')}) AS base
        FROM (${contentsSelect(rows, matched)}) c JOIN results r ON c.record = r.record))`);
}
