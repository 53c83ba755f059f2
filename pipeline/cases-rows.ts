import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import { OUTCOME_FACTS, OUTCOMES } from '../matchers/outcomes.js';
import { caseKeySql, contentKeySql, numberedKeySql } from './cases-key.js';
import { type Field, keyText } from './fields.js';
import type { MatchedPlan } from './matched-sql.js';
import { outcomeName } from './result-rows.js';
import { tableOf } from './tables.js';

export interface CaseRowsPlan {
  readonly series: string;
  readonly matched: Pick<MatchedPlan, 'fields' | 'comparable' | 'identity'>;
}

/** Outcomes that make a case, by their position in OUTCOMES: mismatches after cleaning (docs/decisions/0005). */
const CASE_OUTCOMES: readonly number[] = OUTCOMES.flatMap((outcome, i) =>
  OUTCOME_FACTS[outcome].afterCleaning ? [i] : [],
);

/**
 * `case_rows`: the rows of this run that are cases, with their keys. Reads `results`, `verdicts` and `entries_*`. A record key that
 * several of these rows have is numbered in the order of their contents, so that the order of rows changes nothing.
 */
export async function makeCaseRows(db: Database, { series, matched }: CaseRowsPlan): Promise<void> {
  const groups = matched.fields.filter((field) => field.group);
  await db.run(`CREATE OR REPLACE TEMP TABLE case_found AS
    SELECT r.record, ${caseKeySql(series, 'r.record_key')} AS own_key, ${outcomeName('v.outcome')} AS outcome, v.reasons
      ${groups.map((field) => `, r.${identifier(`w_${field.name}`)}`).join('')}
    FROM results r JOIN verdicts v ON r.pattern = v.pattern WHERE v.outcome IN (${CASE_OUTCOMES.join(', ')})`);
  await db.run(`CREATE OR REPLACE TEMP TABLE case_shared AS
    SELECT own_key FROM case_found WHERE own_key IS NOT NULL GROUP BY own_key HAVING count(*) > 1`);
  await numberOthers(db, { series, matched });
  await db.run(`CREATE OR REPLACE TEMP TABLE case_rows AS
    SELECT coalesce(n.case_key, f.own_key) AS case_key, f.record, f.outcome, f.reasons
      ${groups.map((field) => `, ${groupAlias(field)}.value AS ${groupColumn(field.name)}`).join('')}
    FROM case_found f LEFT JOIN case_numbered n ON f.record = n.record
      ${groups.map((field) => groupJoin(field, 'f')).join('\n      ')}`);
  for (const table of ['case_found', 'case_shared', 'case_numbered']) await db.run(`DROP TABLE ${table}`);
}

/** case_numbered: keys of the rows that their record key alone does not name. Contents are read of those rows only. */
async function numberOthers(db: Database, { series, matched }: CaseRowsPlan): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE case_unnamed AS
    SELECT f.record, f.own_key FROM case_found f LEFT JOIN case_shared s ON f.own_key = s.own_key
    WHERE f.own_key IS NULL OR s.own_key IS NOT NULL`);
  const rows = '(SELECT r.* FROM results r SEMI JOIN case_unnamed u ON r.record = u.record)';
  await db.run(`CREATE OR REPLACE TEMP TABLE case_numbered AS
    SELECT record, ${numberedKeySql('base', 'n')} AS case_key FROM (
      SELECT record, base, row_number() OVER (PARTITION BY base ORDER BY content, record) AS n FROM (
        SELECT c.record, c.content, coalesce(u.own_key, ${contentKeySql(series, 'c.content')}) AS base
        FROM (${contentsSelect(rows, matched)}) c JOIN case_unnamed u ON c.record = u.record))`);
  await db.run('DROP TABLE case_unnamed');
}

/**
 * SELECT of `record` and `content`, a hash of all that a row says: its number, the values of fields to compare (whether the reference has
 * them or not) and groups as written. `database`: where the tables of values are, if not in the database itself.
 */
export function contentsSelect(
  table: string,
  { fields, identity }: Pick<CaseRowsPlan['matched'], 'fields' | 'identity'>,
  database = '',
): string {
  const told = fields.filter((field) => field === identity || field.compare || field.group);
  const parts = told.map((field) => {
    if (field.group && !field.compare) return `${groupAlias(field)}.value`;
    const raw = `${entryAlias(field)}.raw`;
    return field === identity ? `coalesce(${raw}, ${keyText(field.kind, 'r.find_by')})` : raw;
  });
  const texts = parts.map((part) => `coalesce(${part}, '')`);
  return `SELECT r.record, md5(${texts.join(` || ${literal('\u001f')} || `) || literal('')}) AS content
    FROM ${table} r ${told.map((field) => toldJoin(field, database)).join('\n      ')}`;
}

function toldJoin(field: Field, database: string): string {
  if (field.group && !field.compare) return groupJoin(field, 'r', database);
  const e = entryAlias(field);
  return `LEFT JOIN ${entriesOf(field, database)} ${e} ON r.${identifier(`e_${field.name}`)} = ${e}.entry`;
}

/** The canonical value of a group field: numbers differ from run to run, values do not. */
function groupJoin(field: Field, row: string, database = ''): string {
  const g = groupAlias(field);
  return `LEFT JOIN (SELECT DISTINCT value_id, value FROM ${entriesOf(field, database)} WHERE value_id IS NOT NULL) ${g}
    ON ${row}.${identifier(`w_${field.name}`)} = ${g}.value_id`;
}

function entriesOf({ name }: Field, database: string): string {
  const table = tableOf('entries_', name);
  return database === '' ? table : `${identifier(database)}.${table}`;
}

/** `g_<field>` of `case_rows` and `cases`. */
export function groupColumn(name: string): string {
  return identifier(`g_${name}`);
}

function groupAlias(field: Field): string {
  return identifier(`d_${field.name}`);
}

function entryAlias(field: Field): string {
  return identifier(`d_${field.name}`);
}
