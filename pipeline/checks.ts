import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import type { SectorCheck } from '../sectors/schema.js';
import type { ClassifyPlan } from './classify.js';
import { numberedRows } from './row-numbers.js';
import { tableOf } from './tables.js';

/** Reason code of a failed `age_between`. */
export const AGE_CHECK = 'record.age_out_of_range';

/** Reason codes that a sector's own checks can raise. */
export function checkCodes(checks: readonly SectorCheck[]): string[] {
  return checks.some((check) => check.check === 'age_between') ? [AGE_CHECK] : [];
}

/** repeated_rows, shared_numbers: small tables of the records and numbers that a sector's checks find. */
export async function makeFlags(db: Database, plan: ClassifyPlan): Promise<void> {
  const wanted = new Set(plan.sector.checks.map((check) => check.check));
  await db.run('CREATE OR REPLACE TEMP TABLE repeated_rows (record UINTEGER)');
  await db.run('CREATE OR REPLACE TEMP TABLE shared_numbers (record UINTEGER)');
  await findAgesOutOfRange(db, plan);
  if (wanted.has('duplicate_rows')) await findRepeatedRows(db, plan);
  if (wanted.has('id_shared') && plan.matched.identity !== null) await findSharedNumbers(db);
}

/**
 * The second and further of rows that agree in every mapped column. Rows that repeat a record key (or, where there is none, a hash
 * of all columns) are the only ones looked at; the values decide.
 */
async function findRepeatedRows(db: Database, plan: ClassifyPlan): Promise<void> {
  const all = plan.matched.fields.map((field) => identifier(field.name));
  if (plan.matched.hasRecordKey) all.push('record_key');
  const clue = plan.matched.hasRecordKey ? 'record_key' : `hash(${all.join(', ')})`;
  await db.run(`CREATE OR REPLACE TEMP TABLE repeated_clues AS
    SELECT ${clue} AS clue FROM raw WHERE _state <> 2 GROUP BY clue HAVING count(*) > 1`);
  await db.run(`INSERT INTO repeated_rows
    SELECT record FROM (
      SELECT _record_number AS record, row_number() OVER (PARTITION BY ${all.join(', ')} ORDER BY _record_number) AS nth
      FROM ${numberedRows(plan.matched.hasShifts)}
      WHERE _state <> 2 AND (${clue} IN (SELECT clue FROM repeated_clues) OR ${clue} IS NULL))
    WHERE nth > 1`);
}

/** Rows that share a number with a row which is plainly somebody else. */
async function findSharedNumbers(db: Database): Promise<void> {
  await db.run(`INSERT INTO shared_numbers
    SELECT m.record FROM matched m
    WHERE m.find_by IN (SELECT find_by FROM matched WHERE find_by IN
      (SELECT find_by FROM exceptions WHERE other) GROUP BY find_by HAVING count(*) > 1)`);
}

export function flagColumns(plan: ClassifyPlan): { columns: string[]; joins: string[] } {
  const columns = ['(rr.record IS NOT NULL) AS duplicate', '(sn.record IS NOT NULL) AS id_shared'];
  const joins = [
    'LEFT JOIN repeated_rows rr ON m.record = rr.record',
    'LEFT JOIN shared_numbers sn ON m.record = sn.record',
  ];
  const codes = checkCodes(plan.sector.checks);
  if (codes.length > 0) {
    const failed = ageChecks(plan).map((check) => {
      const alias = identifier(`bad_${check.field}`);
      joins.push(
        `LEFT JOIN ${outOfAge(check.field)} ${alias} ON m.${identifier(`e_${check.field}`)} = ${alias}.entry`,
      );
      return `${alias}.entry IS NOT NULL`;
    });
    columns.push(`(${failed.join(' OR ') || 'false'}) AS ${identifier(`check_${AGE_CHECK}`)}`);
  }
  return { columns, joins };
}

type AgeCheck = Extract<SectorCheck, { check: 'age_between' }>;

function ageChecks(plan: ClassifyPlan): AgeCheck[] {
  return plan.sector.checks.filter(
    (check): check is AgeCheck =>
      check.check === 'age_between' && plan.matched.fields.some((field) => field.name === check.field),
  );
}

function outOfAge(field: string): string {
  return identifier(`out_of_age_${field}`);
}

/** The dates, not the rows, are looked at: there are few. */
async function findAgesOutOfRange(db: Database, plan: ClassifyPlan): Promise<void> {
  for (const check of ageChecks(plan)) {
    await db.run(`CREATE OR REPLACE TEMP TABLE ${outOfAge(check.field)} AS
      SELECT entry FROM ${tableOf('entries_', check.field)} WHERE coalesce(${outOfRange('value', check, plan.today)}, false)`);
  }
}

/** Age in whole years by the year alone where no more is known; both readings must be out of range then. */
function outOfRange(value: string, check: AgeCheck, today: string): string {
  const year = `TRY_CAST(left(${value}, 4) AS INTEGER)`;
  const before = `coalesce(substr(${value}, 6) > ${literal(today.slice(5))}, false)::INTEGER`;
  const age = `(${Number(today.slice(0, 4))} - ${year})`;
  const full = `length(${value}) = 10`;
  return `(if(${full}, ${age} - ${before} < ${check.min} OR ${age} - ${before} > ${check.max},
    ${age} < ${check.min} OR ${age} - 1 > ${check.max}))`;
}
