import type { Database } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import type { Ledger } from '../ledger/ledger.js';
import { METHODS } from '../matchers/judge.js';
import type { Text } from '../messages/text.js';
import { caseKeySql, contentKeySql, personKeySql } from './cases-key.js';
import { loadDecisions } from './cases-ledger.js';
import { contentsSelect } from './cases-rows.js';
import { FORBIDDEN } from './decisions-forbidden.js';
import { keyText } from './fields.js';
import { type MatchedPlan, referenceKey } from './matched-sql.js';

const DECISION = METHODS.indexOf('decision');

export interface DecisionsPlan {
  readonly series: string;
  readonly matched: MatchedPlan;
}

/**
 * Between the passes by number and probabilistic matching: what people decided about who is who. `same_person` settles a row on that
 * person (method `decision`; the fields then say match or mismatch), `not_same` takes the person away from the row and writes the
 * pair into `forbidden_pairs`, which probabilistic matching reads. Reads `matched`, changes `exceptions`. Returns notes about decisions
 * that could not be used.
 */
export async function applyDecisions(db: Database, plan: DecisionsPlan, ledger: Ledger): Promise<Text[]> {
  await db.run(`CREATE OR REPLACE TEMP TABLE ${FORBIDDEN} (record BIGINT, person BIGINT)`);
  if ((await loadDecisions(db, ledger, plan.series)) === 0) return [];
  await db.run(`DELETE FROM case_decisions WHERE decision NOT IN ('same_person', 'not_same')`);
  if ((await db.value<number>('SELECT count(*) FROM case_decisions')) === 0) return [];
  await findDecided(db, plan);
  await db.run(`INSERT INTO ${FORBIDDEN} SELECT record, person FROM decided WHERE decision = 'not_same'`);
  await openDecidedRows(db, plan);
  await settle(db);
  const notes = await unusable(db);
  for (const table of ['decided', 'decided_rows', 'decided_people']) await db.run(`DROP TABLE ${table}`);
  return notes;
}

/**
 * decided(record, decision, person). A key that several rows have does not say which of them was meant: such a decision is left out. Rows
 * that are known by their content and have the same content are the same to everybody.
 */
async function findDecided(db: Database, { series, matched }: DecisionsPlan): Promise<void> {
  const own = caseKeySql(series, 'm.record_key');
  await db.run(`CREATE OR REPLACE TEMP TABLE decided_rows AS
    SELECT case_key, record FROM (
      SELECT k.case_key, k.record, count(*) OVER (PARTITION BY k.case_key) AS rows
      FROM (SELECT ${own} AS case_key, m.record FROM matched m WHERE m.state <> 2) k
      WHERE k.case_key IN (SELECT case_key FROM case_decisions)) WHERE rows = 1
    UNION ALL
    SELECT case_key, record FROM (
      SELECT ${contentKeySql(series, 'c.content')} AS case_key, c.record
      FROM (${contentsSelect(`(SELECT m.* FROM matched m WHERE m.state <> 2 AND ${own} IS NULL)`, matched)}) c)
    WHERE case_key IN (SELECT case_key FROM case_decisions)`);
  await db.run(`CREATE OR REPLACE TEMP TABLE decided_people AS
    SELECT person_key, any_value(person) AS person FROM (
      SELECT ${personKeySql(referenceText(matched))} AS person_key, p.person FROM ref.people p)
    WHERE person_key IN (SELECT person_key FROM case_decisions) GROUP BY person_key HAVING count(*) = 1`);
  await db.run(`CREATE OR REPLACE TEMP TABLE decided AS
    SELECT r.record, d.decision, p.person FROM case_decisions d
      JOIN decided_rows r ON d.case_key = r.case_key JOIN decided_people p ON d.person_key = p.person_key`);
}

/** What the reference names a person by, as text: what people read in the lists and `personKey` was made of. */
function referenceText(matched: MatchedPlan): string {
  const key = referenceKey(matched, 'p');
  return matched.referenceHasKey || matched.identity === null ? key : keyText(matched.identity.kind, key);
}

/** Rows whose number leads elsewhere than people decided become exceptions like those that no number settles. */
async function openDecidedRows(db: Database, { matched }: DecisionsPlan): Promise<void> {
  const values = matched.comparable.map((field) => identifier(`w_${field.name}`));
  const oldId = matched.identity === null ? 'NULL' : `m.${identifier(`o_${matched.identity.name}`)}`;
  await db.run(`INSERT INTO exceptions BY NAME
    SELECT m.record, true AS other, m.find_by, ${oldId} AS old_id, ${values.map((value) => `m.${value}, `).join('')}
      NULL AS person, 0 AS method, 0 AS decision, NULL AS probability, NULL AS margin
    FROM matched m WHERE m.person IS NOT NULL AND m.record NOT IN (SELECT record FROM exceptions)
      AND m.record IN (SELECT d.record FROM decided d JOIN matched n ON d.record = n.record
        WHERE (d.decision = 'same_person') <> (d.person = n.person))`);
}

async function settle(db: Database): Promise<void> {
  await db.run(`UPDATE exceptions SET person = NULL, method = 0 FROM decided d
    WHERE exceptions.record = d.record AND exceptions.person = d.person AND d.decision = 'not_same'`);
  await db.run(`UPDATE exceptions SET person = d.person, method = ${DECISION} FROM decided d
    WHERE exceptions.record = d.record AND d.decision = 'same_person' AND exceptions.person IS DISTINCT FROM d.person`);
}

async function unusable(db: Database): Promise<Text[]> {
  const people = await db.value<number>(`SELECT count(*) FROM case_decisions
    WHERE case_key IN (SELECT case_key FROM decided_rows) AND person_key NOT IN (SELECT person_key FROM decided_people)`);
  if (people === 0) return [];
  return [
    {
      vi: `${people} quyết định nói về người không còn trong dữ liệu tham chiếu, nên không được dùng.`,
      en: `${people} decisions are about people who are no longer in the reference; they were not used.`,
    },
  ];
}
