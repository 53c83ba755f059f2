// People whom a register of deaths knows as dead before the reference does: a job may name runs of such registers (`deaths`), and
// whoever was found there with certainty counts as dead here, with the reason `person.deceased`. The outcome does not change.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { PERSON_STATES } from '../matchers/judge.js';
import { FOUND, OUTCOMES } from '../matchers/outcomes.js';
import { UserError } from '../messages/user-error.js';
import type { PersonFacts } from '../sectors/schema.js';
import type { Context } from './context.js';
import type { Job } from './job-type.js';
import { readManifest } from './manifest.js';
import { digitsOf, type PatternPlan } from './pattern.js';
import { personDate, surelyBefore } from './person-dates.js';
import type { ReferenceManifest } from './reference.js';
import { runDatabasePath } from './result-rows.js';
import { rolesOfRun } from './roles-files.js';
import { readRunPlan } from './run-plan.js';
import { peopleOf, referenceOfRun } from './same-people.js';
import { LEDGER_FILE, withLedger } from './workspace-ledger.js';

/**
 * Folders of the runs that a job names: a folder, or a series of the workspace, whose latest run up to the job's period is taken.
 * Throws UserError for one that is not there or was made with another reference.
 */
export async function deathRuns(job: Job, context: Context, reference: ReferenceManifest): Promise<string[]> {
  const folders: string[] = [];
  for (const [i, name] of job.deaths.entries()) {
    const where = job.where(`deaths.${i}`);
    const own = resolve(dirname(job.path), name);
    const folder = existsSync(runDatabasePath(own)) ? own : await runOfSeries(name, job, context);
    const manifest = folder === null ? null : readManifest(folder);
    if (folder === null || manifest === null || !existsSync(runDatabasePath(folder)))
      throw noRun(name, where);
    const people = referenceOfRun(folder, manifest)?.people;
    const same = manifest.reference.hash === reference.hash || people === peopleOf(reference);
    if (!same) throw otherReference(manifest.run, where);
    folders.push(folder);
  }
  return folders;
}

async function runOfSeries(series: string, job: Job, context: Context): Promise<string | null> {
  if (!existsSync(join(context.workspace, LEDGER_FILE))) return null;
  const runs = await withLedger(context, (ledger) => ledger.programme());
  const last = runs.filter((one) => one.series === series && one.period <= job.period).at(-1);
  return last === undefined ? null : resolve(context.workspace, last.folder);
}

export interface DeceasedPlan {
  readonly patterns: PatternPlan;
  readonly person: PersonFacts;
}

/**
 * Sets the state of the person in `results` to dead wherever the runs in these folders found him and he counts as alive; not where the
 * record had ended before he died.
 */
export async function markDeceased(
  db: Database,
  { patterns, person }: DeceasedPlan,
  folders: readonly string[],
): Promise<void> {
  if (folders.length === 0) return;
  await db.run('CREATE OR REPLACE TEMP TABLE deceased_people (person UINTEGER, died VARCHAR)');
  for (const folder of folders) await addDead(db, folder);
  const digits = digitsOf(patterns);
  const at = digits.findIndex(({ name }) => name === 'status');
  const place = digits.slice(at + 1).reduce((size, { radix }) => size * BigInt(radix), 1n);
  const [alive, dead] = [PERSON_STATES.indexOf('alive'), PERSON_STATES.indexOf('dead')];
  await db.run(`UPDATE results SET pattern = pattern + ${place}::HUGEINT * ${dead - alive}
    WHERE person IN (SELECT person FROM deceased_people) AND record NOT IN (${await endedBefore(db, person, patterns)})
      AND (pattern // ${place}::HUGEINT) % ${digits[at]!.radix} = ${alive}`);
}

/** SELECT of the records that had ended when their person died. */
async function endedBefore(db: Database, person: PersonFacts, { fields }: PatternPlan): Promise<string> {
  const database = await db.value<string>('SELECT current_database()');
  const until = await personDate(db, { database, which: 'until' }, { person, fields });
  if (until === null) return 'SELECT NULL::BIGINT WHERE false';
  return `SELECT r.record FROM results r ${until.join} JOIN
      (SELECT person, min(died) AS died FROM deceased_people GROUP BY person) d ON r.person = d.person
    WHERE coalesce(${surelyBefore(until.value, 'd.died')}, false)`;
}

async function addDead(db: Database, folder: string): Promise<void> {
  const roles = rolesOfRun(folder);
  const paths = roles.length === 0 ? [runDatabasePath(folder)] : roles.map(({ path }) => path);
  let registers = 0;
  for (const path of paths) {
    await db.run(`ATTACH ${literal(path)} AS deaths (READ_ONLY)`);
    const { person, patterns } = await readRunPlan(db, 'deaths');
    if (person.state === 'dead') {
      registers += 1;
      const date = await personDate(
        db,
        { database: 'deaths', which: 'from' },
        { person, fields: patterns.fields },
      );
      const found = [...FOUND].map((outcome) => OUTCOMES.indexOf(outcome)).join(', ');
      await db.run(`INSERT INTO deceased_people SELECT DISTINCT r.person, ${date?.value ?? 'NULL::VARCHAR'}
        FROM deaths.results r ${date?.join ?? ''} JOIN deaths.verdicts v ON r.pattern = v.pattern
        WHERE v.outcome IN (${found}) AND r.person IS NOT NULL`);
    }
    await db.run('DETACH deaths');
  }
  if (registers === 0) throw noRegister(folder);
}

function noRun(name: string, where: string): UserError {
  return new UserError({
    what: { vi: `Không có lần chạy nào của “${name}”.`, en: `There is no run of “${name}”.` },
    where,
    mend: {
      vi: 'Hãy ghi thư mục của một lần chạy, hoặc tên chuỗi công việc trong cùng không gian làm việc, và chạy nó trước.',
      en: 'Give the folder of a run, or the name of a series in the same workspace, and run that first.',
    },
  });
}

function otherReference(run: string, where: string): UserError {
  return new UserError({
    what: {
      vi: `Lần chạy ${run} dùng dữ liệu tham chiếu khác với công việc này.`,
      en: `The run ${run} was made with another reference than this job.`,
    },
    where,
    mend: {
      vi: 'Hãy chạy lại nó với cùng dữ liệu tham chiếu.',
      en: 'Run it again with the same reference.',
    },
  });
}

function noRegister(folder: string): UserError {
  return new UserError({
    what: {
      vi: 'Lần chạy này không phải là dữ liệu khai tử.',
      en: 'This run is not of a register of deaths.',
    },
    where: folder,
    mend: {
      vi: 'Lĩnh vực của nó phải khai báo “person: { state: dead }”.',
      en: 'Its sector must declare “person: { state: dead }”.',
    },
  });
}
