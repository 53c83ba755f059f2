import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Text } from '../messages/text.js';
import { caseKeySql, contentKeySql } from './cases-key.js';
import { loadDecisions } from './cases-ledger.js';
import { contentsSelect } from './cases-rows.js';
import type { MatchedPlan } from './matched-sql.js';

/** `decided_rows(record, role, decision, person_key, place)`: what people decided about who is who in the rows of this run. */
export const DECIDED_ROWS = 'decided_rows';

export interface DecidedPlan {
  readonly series: string;
  readonly matched: MatchedPlan;
  /** Of several people in a record, those that are matched, the main one first; empty: the record is one person's. */
  readonly roles: readonly string[];
}

/**
 * Finds the rows that decisions about who is who were made about, and leaves them in DECIDED_ROWS: for every row and role at most one
 * `same_person`, and one decision per person. Reads `matched`. Returns notes about decisions of which it cannot be told which row they
 * mean.
 */
export async function findDecided(db: Database, plan: DecidedPlan, ledger: Ledger): Promise<Text[]> {
  const standing = await loadDecisions(db, ledger, plan.series);
  if (standing > 0) {
    await db.run(`DELETE FROM case_decisions WHERE decision NOT IN ('same_person', 'not_same', 'unsure')`);
    await db.run(`ALTER TABLE case_decisions ADD COLUMN base UUID`);
    await db.run('UPDATE case_decisions SET base = coalesce(shared_key, case_key)');
  }
  const about = standing === 0 ? 0 : await db.value<number>(ABOUT_PEOPLE);
  if (about === 0) {
    await db.run(`CREATE OR REPLACE TEMP TABLE ${DECIDED_ROWS}
      (record BIGINT, role VARCHAR, decision VARCHAR, person_key VARCHAR, place BIGINT)`);
    return [];
  }
  await findNamedRows(db, plan);
  await findToldRows(db, plan);
  await keepTheLast(db);
  const notes = [...(await untold(db)), ...(await otherRoles(db, plan))];
  for (const table of ['named_rows', 'told_rows']) await db.run(`DROP TABLE ${table}`);
  return notes;
}

const ABOUT_PEOPLE = `SELECT count(*) FROM case_decisions WHERE decision <> 'unsure'`;

/**
 * named_rows(record, base, rows, content): rows that have the key of a decision. Contents are read where the key alone does not tell the
 * row: several rows have it, or had it when somebody decided. Without a key of its own a row is known by its content.
 */
async function findNamedRows(db: Database, { series, matched }: DecidedPlan): Promise<void> {
  const own = caseKeySql(series, 'm.record_key');
  await db.run(`CREATE OR REPLACE TEMP TABLE keyed_rows AS
    SELECT *, count(*) OVER (PARTITION BY base) AS rows
    FROM (SELECT m.record, ${own} AS base FROM matched m WHERE m.state <> 2)
    WHERE base IN (SELECT base FROM case_decisions)`);
  const unclear = `(SELECT m.* FROM matched m SEMI JOIN (SELECT record FROM keyed_rows
    WHERE rows > 1 OR base IN (SELECT shared_key FROM case_decisions WHERE shared_key IS NOT NULL)) k ON m.record = k.record)`;
  const keyless = `(SELECT m.* FROM matched m WHERE m.state <> 2 AND ${own} IS NULL)`;
  await db.run(`CREATE OR REPLACE TEMP TABLE named_rows AS
    SELECT k.record, k.base, k.rows, c.content
    FROM keyed_rows k LEFT JOIN (${contentsSelect(unclear, matched)}) c ON k.record = c.record
    UNION ALL
    SELECT record, base, 1, content FROM (
      SELECT c.record, c.content, ${contentKeySql(series, 'c.content')} AS base
      FROM (${contentsSelect(keyless, matched)}) c)
    WHERE base IN (SELECT base FROM case_decisions)`);
  await db.run('DROP TABLE keyed_rows');
}

/**
 * told_rows: decisions with the rows they mean. A key that one row has, and had, means that row whatever it says; else the row must say
 * what it said then. Rows that say the same are the same to everybody.
 */
async function findToldRows(db: Database, { roles }: DecidedPlan): Promise<void> {
  const [main = ''] = roles;
  await db.run(`CREATE OR REPLACE TEMP TABLE told_rows AS
    SELECT n.record, d.place, d.decision, d.person_key,
      if(d.role = '' AND d.decision <> 'unsure', ${literal(main)}, d.role) AS role
    FROM case_decisions d JOIN named_rows n ON d.base = n.base
    WHERE (d.shared_key IS NULL AND n.rows = 1) OR n.content = d.content`);
}

/** What two decisions about different cases say of one row (their numbers may have changed since): the later stands. */
async function keepTheLast(db: Database): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE ${DECIDED_ROWS} AS
    SELECT record, role, decision, person_key, place FROM told_rows t
    WHERE decision <> 'unsure' AND NOT EXISTS (SELECT 1 FROM told_rows e
      WHERE e.record = t.record AND e.place > t.place AND (
        (e.decision = 'unsure' AND e.role IN ('', t.role))
        OR (e.role = t.role AND (e.person_key = t.person_key
          OR (e.decision = 'same_person' AND t.decision = 'same_person')))))`);
}

async function untold(db: Database): Promise<Text[]> {
  const n = await db.value<number>(`${ABOUT_PEOPLE} AND base IN (SELECT base FROM named_rows)
    AND place NOT IN (SELECT place FROM told_rows)`);
  if (n === 0) return [];
  return [
    {
      vi: `${n} quyết định không được dùng: nhiều dòng có (hoặc đã có) cùng khóa bản ghi, và không dòng nào còn ghi như lúc quyết định.`,
      en: `${n} decisions were not used: several rows have (or had) the same record key, and none says what it said when they were made.`,
    },
  ];
}

/** Decisions about a role whose columns the job does not map any more. */
async function otherRoles(db: Database, { roles }: DecidedPlan): Promise<Text[]> {
  const known = (roles.length === 0 ? [''] : roles).map(literal).join(', ');
  const n = await db.value<number>(`SELECT count(*) FROM ${DECIDED_ROWS} WHERE role NOT IN (${known})`);
  if (n === 0) return [];
  return [
    {
      vi: `${n} quyết định nói về một vai mà công việc này không đối sánh, nên không được dùng.`,
      en: `${n} decisions are about a role that this job does not match; they were not used.`,
    },
  ];
}
