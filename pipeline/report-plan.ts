// What the lists and the letter of a run need besides its tables and `run_plan`, kept in the run's database, so that `doisoat report`
// makes the same files again without the job, the inputs or the sector file.
import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { OUTCOMES } from '../matchers/outcomes.js';
import type { Letter } from '../reports/letter.js';
import type { JudgedPattern } from './classify.js';
import type { Job } from './job-type.js';
import type { MatchedPlan } from './matched-sql.js';
import type { RoleRun } from './roles.js';
import { otherVersion, type RunPlan } from './run-plan.js';
import type { RunState } from './run-state.js';
import { tableOf } from './tables.js';

const VERSION = 'doisoat.report-plan/1';

/** The part of a `MatchedPlan` that `run_plan` does not hold. */
type MatchedFlags = Omit<MatchedPlan, 'fields' | 'comparable' | 'identity'>;

type StoredRole = Pick<RoleRun, 'role' | 'labels' | 'optional' | 'database' | 'names'> & {
  readonly matched: MatchedFlags;
};

export interface ReportPlan {
  readonly version: typeof VERSION;
  readonly matched: MatchedFlags;
  readonly roles: readonly StoredRole[];
  readonly results: Job['output']['results'];
  readonly letter: Letter;
}

/** Stores it as the one row of `report_plan`. */
export async function saveReportPlan({ db, job, matched, roles }: RunState): Promise<void> {
  const plan: ReportPlan = {
    version: VERSION,
    matched: flagsOf(matched),
    roles: roles.map(({ role, labels, optional, database, names, matched: own }) => ({
      ...{ role, labels, optional, database, names },
      matched: flagsOf(own),
    })),
    results: job.output.results,
    letter: job.report.letter,
  };
  await db.run(
    `CREATE OR REPLACE TABLE ${tableOf('report_plan')} AS SELECT ${literal(JSON.stringify(plan))} AS plan`,
  );
}

function flagsOf({ fields: _, comparable: __, identity: ___, ...flags }: MatchedPlan): MatchedFlags {
  return flags;
}

/** Reads it back from an attached run. Throws UserError for a run of another version of the program. */
export async function readReportPlan(db: Database, database: string): Promise<ReportPlan> {
  const known = await db.value<number>(
    `SELECT count(*) FROM duckdb_tables() WHERE database_name = ${literal(database)} AND table_name = 'report_plan'`,
  );
  if (known === 0) throw otherVersion();
  const plan = JSON.parse(await db.value<string>(`SELECT plan FROM ${database}.report_plan`)) as ReportPlan;
  if (plan.version !== VERSION) throw otherVersion();
  return plan;
}

/** The plan that the lists were written by. */
export function matchedOf({ patterns }: RunPlan, flags: MatchedFlags): MatchedPlan {
  const { fields, comparable, identity } = patterns;
  return { ...flags, fields, comparable, identity };
}

/** The patterns of a finished run with their verdicts. */
export async function readVerdicts(db: Database, database: string): Promise<JudgedPattern[]> {
  const rows = await db.rows<{ pattern: string; rows: number; outcome: number; reasons: string | null }>(
    `SELECT pattern::VARCHAR AS pattern, rows, outcome, reasons FROM ${database}.verdicts ORDER BY verdicts.pattern`,
  );
  return rows.map(({ pattern, rows: count, outcome, reasons }) => ({
    pattern: BigInt(pattern),
    rows: count,
    outcome: OUTCOMES[outcome]!,
    reasons: (reasons ?? '').split(';').filter((code) => code !== ''),
    values: new Map(),
  }));
}
