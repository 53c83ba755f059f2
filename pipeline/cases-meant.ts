import { literal } from '../engine/sql.js';
import type { RowMeant } from '../ledger/decisions.js';
import { OUTCOME_FACTS, OUTCOMES } from '../matchers/outcomes.js';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { insteadOf } from '../sectors/schema-check.js';
import { caseKeySql, contentKeySql } from './cases-key.js';
import type { OpenCases } from './cases-open.js';
import { contentsSelect } from './cases-rows.js';
import { folded } from './cases-text.js';
import type { RunPlan } from './run-plan.js';

/** Which row of the last run, and which of its people, an answer about a case means. */

const PORTION = 1000;

/** The last run attached as `run`, and `shown_cases(case_key, record)` of its rows. */
export type RunOfCases = Pick<OpenCases, 'db' | 'series'> & { readonly plan: Pick<RunPlan, 'patterns'> };

/**
 * What tells the rows of these cases in later runs, by case: a record key may name several rows, and their cases are only numbered.
 * Cases whose record is not in the last extract are left out.
 */
export async function rowsMeant(
  cases: RunOfCases,
  caseKeys: readonly string[],
): Promise<ReadonlyMap<string, RowMeant>> {
  const { db, series, plan } = cases;
  const meant = new Map<string, RowMeant>();
  if (caseKeys.length === 0) return meant;
  await listKeys(cases, caseKeys);
  await db.run(`CREATE OR REPLACE TEMP TABLE meant_rows AS
    SELECT s.case_key, r.* FROM run.results r JOIN shown_cases s ON r.record = s.record
    WHERE s.case_key IN (SELECT case_key FROM meant_cases)`);
  const rows = await db.rows<{ case_key: string; shared_key: string | null; content: string }>(`
    SELECT m.case_key::VARCHAR AS case_key, c.content, (CASE
      WHEN ${caseKeySql(series, 'm.record_key')} IS NULL
        THEN nullif(${contentKeySql(series, 'c.content')}, m.case_key)
      WHEN k.rows > 1 THEN ${caseKeySql(series, 'm.record_key')} END)::VARCHAR AS shared_key
    FROM meant_rows m JOIN (${contentsSelect('meant_rows', plan.patterns, 'run')}) c ON m.record = c.record
      LEFT JOIN (SELECT trim(record_key) AS record_key, count(*) AS rows FROM run.results
        WHERE trim(record_key) IN (SELECT trim(record_key) FROM meant_rows) GROUP BY ALL) k
      ON trim(m.record_key) = k.record_key`);
  for (const { case_key, shared_key, content } of rows) {
    meant.set(case_key, { sharedKey: shared_key ?? '', content });
  }
  for (const table of ['meant_cases', 'meant_rows']) await db.run(`DROP TABLE ${table}`);
  return meant;
}

/**
 * Which of the people of their record decisions are about, in their order: where none is named, the one of whom the run is not certain.
 * Empty where a record is one person's; null: nobody is named, and it may be one or another.
 */
export async function rolesMeant(
  cases: OpenCases,
  wanted: readonly { readonly caseKey: string; readonly role: string | null }[],
): Promise<(string | null)[]> {
  const { db, roles } = cases;
  if (roles.length === 0) return wanted.map(() => '');
  const open = wanted.filter(({ role }) => role === null);
  if (open.length === 0) return wanted.map(({ role }) => role);
  await listKeys(
    cases,
    open.map(({ caseKey }) => caseKey),
  );
  const differing = OUTCOMES.flatMap((outcome, i) => (OUTCOME_FACTS[outcome].afterCleaning ? [i] : []));
  const found = roles.map(
    ({ role, database }) => `SELECT s.case_key, ${literal(role)} AS role FROM shown_cases s
      JOIN ${database}.results r ON s.record = r.record JOIN ${database}.verdicts v ON r.pattern = v.pattern
      WHERE v.outcome IN (${differing.join(', ')}) AND s.case_key IN (SELECT case_key FROM meant_cases)`,
  );
  const rows = await db.rows<{
    key: string;
    role: string;
  }>(`SELECT case_key::VARCHAR AS key, any_value(role) AS role
    FROM (${found.join(' UNION ALL ')}) GROUP BY case_key HAVING count(*) = 1`);
  await db.run('DROP TABLE meant_cases');
  const byKey = new Map(rows.map(({ key, role }) => [key, role]));
  return wanted.map(({ caseKey, role }) => role ?? byKey.get(caseKey) ?? null);
}

/** A role as people write it: its code, or its name in either language. Null: none of these. */
export function roleOf({ roles }: Pick<OpenCases, 'roles'>, text: string): string | null {
  const given = folded(text);
  const found = roles.find(({ role, labels: { vi, en } }) =>
    [role, vi, en].some((name) => folded(name) === given),
  );
  return found?.role ?? null;
}

/** The role that `--role` names, or that the case leaves no doubt about. Throws UserError for another, and where one must be named. */
export async function oneRole(cases: OpenCases, caseKey: string, given: string | undefined): Promise<string> {
  const named = given === undefined ? null : roleOf(cases, given);
  if (given !== undefined && named === null) throw noSuchRole(cases, given);
  const [role] = await rolesMeant(cases, [{ caseKey, role: named }]);
  if (role !== null && role !== undefined) return role;
  throw new UserError({
    what: {
      vi: 'Bản ghi này có nhiều người; chưa rõ quyết định nói về ai.',
      en: 'This record holds several people; about whom is the decision?',
    },
    where: '--role',
    mend: rolesInWords(cases),
  });
}

function noSuchRole(cases: OpenCases, given: string): UserError {
  const names = cases.roles.map(({ role }) => role);
  return new UserError({
    what: { vi: `Bản ghi không có vai “${given}”.`, en: `The records have no role “${given}”.` },
    where: '--role',
    mend:
      names.length > 0
        ? insteadOf(given, names)
        : {
            vi: 'Mỗi bản ghi là của một người: hãy bỏ --role.',
            en: 'A record is one person’s: leave --role out.',
          },
  });
}

/** What to write where a role must be named. */
function rolesInWords({ roles }: OpenCases): Text {
  const list = (language: keyof Text) =>
    roles.map(({ role, labels }) => `${role} (${labels[language]})`).join(', ');
  return { vi: `Hãy ghi --role: ${list('vi')}.`, en: `Give --role: ${list('en')}.` };
}

/** meant_cases(case_key). */
async function listKeys({ db }: Pick<OpenCases, 'db'>, caseKeys: readonly string[]): Promise<void> {
  await db.run('CREATE OR REPLACE TEMP TABLE meant_cases (case_key UUID)');
  for (let i = 0; i < caseKeys.length; i += PORTION) {
    const rows = caseKeys.slice(i, i + PORTION).map((key) => `(${literal(key)})`);
    await db.run(`INSERT INTO meant_cases VALUES ${rows.join(', ')}`);
  }
}
