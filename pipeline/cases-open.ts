import { resolve } from 'node:path';
import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import type { EarlierRun } from '../ledger/balances.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { insteadOf } from '../sectors/schema-check.js';
import { loadAssignments, loadDecisions, loadWaivers } from './cases-ledger.js';
import { columnsOf, isLive } from './cases-merge.js';
import { holdsRun } from './cases-previous.js';
import type { Context } from './context.js';
import { referenceIdText, runDatabasePath } from './result-rows.js';
import { rolesOfRun } from './roles-files.js';
import { firstDayOf, seriesOf } from './run-name.js';
import { type RunPlan, readRunPlan } from './run-plan.js';
import { withScratch } from './scratch.js';
import { withLedger } from './workspace-ledger.js';

/** The cases of a series as its last run left them, with what people have entered since. */
export interface OpenCases {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly series: string;
  readonly run: EarlierRun;
  /** The run's folder. */
  readonly folder: string;
  readonly plan: RunPlan;
  /** Names of the group fields, each a column `g_<name>`. */
  readonly groups: readonly string[];
  /** The several people of a record, the main one first; empty: a record is one person's. */
  readonly roles: readonly CaseRole[];
}

/** What the run found of one role. */
export interface CaseRole {
  readonly role: string;
  readonly labels: Text;
  /** Alias of its attached database. */
  readonly database: string;
  readonly plan: RunPlan;
}

/**
 * Lends the view `shown_cases`: the columns of `cases` with record_key, file, line, reference_id and probability of the record, days since
 * first seen, assignee, decision, decision_role, waived_until and waiver_reason. Throws UserError when there is no such series or its cases are gone.
 */
export async function withCases<T>(
  job: string | undefined,
  context: Context,
  work: (cases: OpenCases) => Promise<T>,
): Promise<T> {
  return withLedger(context, async (ledger) => {
    const series = chosenSeries(ledger, job);
    const [run] = ledger.earlierRuns(series, AFTER_ALL);
    const folder = run === undefined ? null : resolve(context.workspace, run.folder);
    if (run === undefined || folder === null || !holdsRun(folder, run.run)) throw gone(series, run?.period);
    return withScratch(context, async (db) => {
      await db.run(`ATTACH ${literal(runDatabasePath(folder))} AS run (READ_ONLY)`);
      const columns = await columnsOf(db, 'run', 'cases');
      if (columns.length === 0) throw gone(series, run.period);
      await loadWaivers(db, ledger, series);
      await loadDecisions(db, ledger, series);
      await loadAssignments(db, ledger, series);
      await makeShownCases(db, firstDayOf(run.period));
      const groups = columns.flatMap((name) => (name.startsWith('g_') ? [name.slice(2)] : []));
      const plan = await readRunPlan(db, 'run');
      const roles = await attachRoles(db, folder);
      return work({ db, ledger, series, run, folder, plan, groups, roles });
    });
  });
}

async function attachRoles(db: Database, folder: string): Promise<CaseRole[]> {
  const found: CaseRole[] = [];
  for (const { role, labels, path } of rolesOfRun(folder)) {
    const database = `role_${role}`;
    await db.run(`ATTACH ${literal(path)} AS ${database} (READ_ONLY)`);
    found.push({ role, labels, database, plan: await readRunPlan(db, database) });
  }
  return found;
}

/** Sorts after every period. */
const AFTER_ALL = '~';

/**
 * All is told as of the day of the last run, as its report does. `state_now`: a waiver given since counts at once for what is
 * listed.
 */
async function makeShownCases(db: Database, lastDay: string): Promise<void> {
  const day = `DATE ${literal(lastDay)}`;
  await db.run(`CREATE OR REPLACE TEMP VIEW shown_cases AS
    SELECT c.*, if(${isLive('c.state')} AND w.expires >= ${day}, 'waived', c.state) AS state_now,
      date_diff('day', c.first_seen, ${day}) AS days,
      r.record_key, r.file, r.line, r.person, ${referenceIdText('r.reference_key')} AS reference_id, r.probability,
      a.assignee, d.decision, nullif(d.role, '') AS decision_role, w.expires AS waived_until, w.reason AS waiver_reason
    FROM run.cases c LEFT JOIN run.results r ON c.record = r.record
      LEFT JOIN case_assignments a ON c.case_key = a.case_key
      LEFT JOIN (SELECT case_key, arg_max(decision, place) AS decision, arg_max(role, place) AS role
        FROM case_decisions GROUP BY case_key) d
        ON c.case_key = d.case_key
      LEFT JOIN case_waivers w ON c.case_key = w.case_key AND w.expires >= ${day}`);
}

/** A job's name with its period, or its series; left out where the workspace has one series only. */
function chosenSeries(ledger: Ledger, job: string | undefined): string {
  const known = [...new Set(ledger.runs().map((run) => run.job))].sort();
  const [only] = known;
  if (job === undefined && only !== undefined && known.length === 1) return only;
  const found = known.find(
    (series) => series === job || (job !== undefined && series === seriesOf({ name: job })),
  );
  if (found !== undefined) return found;
  if (only === undefined) throw noRun();
  throw new UserError({
    what:
      job === undefined
        ? {
            vi: 'Không gian làm việc này có nhiều chuỗi công việc; chưa chọn chuỗi nào.',
            en: 'This workspace has several series of jobs; none is chosen.',
          }
        : { vi: `Không có chuỗi “${job}”.`, en: `There is no series “${job}”.` },
    where: '--job',
    mend: insteadOf(job ?? '', known),
  });
}

function noRun(): UserError {
  return new UserError({
    what: {
      vi: 'Không gian làm việc này chưa có lần chạy nào.',
      en: 'There is no run in this workspace yet.',
    },
    mend: {
      vi: 'Hãy kiểm tra --workspace, hoặc chạy doisoat run trước.',
      en: 'Check --workspace, or begin with doisoat run.',
    },
  });
}

function gone(series: string, period: string | undefined): UserError {
  return new UserError({
    what: {
      vi: `Không còn trạng thái các trường hợp của kỳ cuối (${period ?? '–'}) của “${series}”.`,
      en: `The state of the cases of the last period (${period ?? '–'}) of “${series}” is gone.`,
    },
    mend: { vi: 'Hãy chạy lại kỳ đó bằng doisoat run.', en: 'Run that period again with doisoat run.' },
  });
}

/** `"g_carrier"` */
export function shownGroup(name: string): string {
  return identifier(`g_${name}`);
}
