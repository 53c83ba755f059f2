// The checks and the rules of `apart` that a sector declares: each becomes one yes-or-no digit of a record's pattern, named by
// its reason code. They find small tables of records or of values; no row is looked at one by one.
import type { Database } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import { checkedFields, type Sector, type SectorCheck } from '../sectors/schema.js';
import { apartCode, apartFlag, makeApartValues } from './checks-apart.js';
import {
  ageFlag,
  differFlag,
  findAgesOutOfRange,
  findDiffering,
  findOutOfOrder,
  orderFlag,
} from './checks-values.js';
import type { ClassifyPlan } from './classify.js';
import { findDuplicates } from './duplicates.js';
import { recordKeyColumn } from './matched-sql.js';
import { repeatedValues } from './repeated.js';
import { numberedRows } from './row-numbers.js';

/** Reason code of a failed check; the checks that are not here have digits of their own in every pattern. */
const CHECK_CODES: Readonly<Partial<Record<SectorCheck['check'], string>>> = {
  age_between: 'record.age_out_of_range',
  date_order: 'record.dates_out_of_order',
  same_value: 'record.values_differ',
  records_per_person: 'record.too_many',
};

/** What a row of `matched` (alias `m`) needs to be joined with, and the condition under which it fails. */
export interface Flag {
  readonly joins: readonly string[];
  /** SQL, never NULL. */
  readonly fails: string;
}

/** Reason codes that a sector's own checks and rules of `apart` can raise. */
export function checkCodes(sector: Pick<Sector, 'checks' | 'apart'>): string[] {
  const codes = sector.checks.flatMap(({ check }) => CHECK_CODES[check] ?? []);
  return [...new Set([...codes, ...sector.apart.map(apartCode)])];
}

/** Makes the small tables that `flagColumns` joins. Needs `repeated_rows`. */
export async function makeFlags(db: Database, plan: ClassifyPlan): Promise<void> {
  await db.run('CREATE OR REPLACE TEMP TABLE shared_numbers (record UINTEGER)');
  for (const [i, check] of plan.sector.checks.entries()) await makeFlag(db, plan, { check, i });
  for (const [i, rule] of plan.sector.apart.entries()) await makeApartValues(db, plan, { rule, i });
  await findDuplicates(db, plan);
}

/** A check and its position in the sector's list, by which its table is named. */
export interface Placed<C = SectorCheck> {
  readonly check: C;
  readonly i: number;
}

async function makeFlag(db: Database, plan: ClassifyPlan, { check, i }: Placed): Promise<void> {
  if (!isMapped(plan, check)) return;
  if (check.check === 'id_shared') await findSharedNumbers(db);
  if (check.check === 'age_between') await findAgesOutOfRange(db, { check, i }, plan.today);
  if (check.check === 'date_order') await findOutOfOrder(db, { check, i });
  if (check.check === 'same_value') await findDiffering(db, plan, { check, i });
  if (check.check === 'records_per_person') await findCrowded(db, { check, i });
}

/** The job maps every column that the check looks at. */
function isMapped(plan: Pick<ClassifyPlan, 'matched'>, check: SectorCheck): boolean {
  if (check.check === 'id_shared' || check.check === 'records_per_person')
    return plan.matched.identity !== null;
  return checkedFields(check).every((name) => plan.matched.fields.some((field) => field.name === name));
}

/** The columns `duplicate`, `id_shared` and one per reason code, with the joins that they need. */
export function flagColumns(plan: ClassifyPlan): { columns: string[]; joins: string[] } {
  const columns = ['(rr.record IS NOT NULL) AS duplicate', '(sn.record IS NOT NULL) AS id_shared'];
  const joins = [
    'LEFT JOIN repeated_rows rr ON m.record = rr.record',
    'LEFT JOIN shared_numbers sn ON m.record = sn.record',
  ];
  for (const code of checkCodes(plan.sector)) {
    const flags = flagsOf(plan, code);
    joins.push(...flags.flatMap((flag) => flag.joins));
    const fails = flags.map((flag) => flag.fails).join(' OR ') || 'false';
    columns.push(`(${fails}) AS ${identifier(`check_${code}`)}`);
  }
  return { columns, joins };
}

function flagsOf(plan: ClassifyPlan, code: string): Flag[] {
  const checks = [...plan.sector.checks.entries()]
    .filter(([, check]) => CHECK_CODES[check.check] === code && isMapped(plan, check))
    .map(([i, check]) => checkFlag(check, i));
  const rules = [...plan.sector.apart.entries()]
    .filter(([, rule]) => apartCode(rule) === code)
    .map(([i, rule]) => apartFlag(plan, rule, i))
    .filter((flag) => flag !== null);
  return [...checks, ...rules];
}

function checkFlag(check: SectorCheck, i: number): Flag {
  if (check.check === 'age_between') return ageFlag({ check, i });
  if (check.check === 'date_order') return orderFlag({ check, i });
  if (check.check === 'same_value') return differFlag({ check, i });
  const crowded = identifier(`crowded_${i}`);
  return {
    joins: [`LEFT JOIN ${crowded} ON m.record = ${crowded}.record`],
    fails: `${crowded}.record IS NOT NULL`,
  };
}

/**
 * `repeated_rows`: where the sector asks for it, the second and further of rows that agree in every mapped column, each with the first of
 * them. Rows that repeat a record key (or, where there is none, a hash of all columns) are the only ones looked at; the values decide.
 * Reads `raw`; nothing else behind the match stage's first statement does.
 */
export async function findRepeatedRows(
  db: Database,
  plan: Pick<ClassifyPlan, 'matched' | 'sector'>,
): Promise<void> {
  await db.run('CREATE OR REPLACE TEMP TABLE repeated_rows (record UINTEGER, first UINTEGER)');
  const isAsked = (check: SectorCheck) => check.check === 'duplicate_rows' && isMapped(plan, check);
  if (!plan.sector.checks.some(isAsked)) return;
  const all = plan.matched.fields.map((field) => identifier(field.name));
  const key = recordKeyColumn(plan.matched);
  if (plan.matched.hasRecordKey && plan.matched.keyField === undefined) all.push(key);
  const clue = plan.matched.hasRecordKey ? key : `hash(${all.join(', ')})`;
  const repeated = await repeatedClues(db, clue, plan.matched.keyField);
  await db.run(`INSERT INTO repeated_rows
    SELECT record, first FROM (
      SELECT _record_number AS record, row_number() OVER same AS nth, min(_record_number) OVER same AS first
      FROM ${numberedRows(plan.matched.hasShifts)}
      WHERE _state <> 2 AND (${clue} IN (${repeated}) OR ${clue} IS NULL)
      WINDOW same AS (PARTITION BY ${all.join(', ')} ORDER BY _record_number))
    WHERE nth > 1`);
}

/** SQL of the clues that more than one row has; where they are values of a field, the normalize stage has found them. */
async function repeatedClues(db: Database, clue: string, keyField: string | undefined): Promise<string> {
  if (keyField !== undefined) return `SELECT value FROM ${await repeatedValues(db, keyField)}`;
  await db.run(`CREATE OR REPLACE TEMP TABLE repeated_clues AS
    SELECT ${clue} AS clue FROM raw WHERE _state <> 2 GROUP BY clue HAVING count(*) > 1`);
  return 'SELECT clue FROM repeated_clues';
}

/** Rows that share a number with a row which is plainly somebody else. */
async function findSharedNumbers(db: Database): Promise<void> {
  await db.run(`INSERT INTO shared_numbers
    SELECT m.record FROM matched m
    WHERE m.find_by IN (SELECT find_by FROM matched WHERE find_by IN
      (SELECT find_by FROM exceptions WHERE other) AND record NOT IN (SELECT record FROM repeated_rows)
      GROUP BY find_by HAVING count(*) > 1)`);
}

type CrowdCheck = Extract<SectorCheck, { check: 'records_per_person' }>;

/** Rows of a number that stands under more rows than one person may have. */
async function findCrowded(db: Database, { check, i }: Placed<CrowdCheck>): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE ${identifier(`crowded_${i}`)} AS
    SELECT m.record FROM matched m WHERE m.find_by IN
      (SELECT find_by FROM matched WHERE find_by IS NOT NULL GROUP BY find_by HAVING count(*) > ${check.max})`);
}
