import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import { METHODS } from '../matchers/judge.js';
import type { Text } from '../messages/text.js';
import { personKeySql } from './cases-key.js';
import { FORBIDDEN } from './decisions-forbidden.js';
import { keyText } from './fields.js';
import { numbersOf } from './match.js';
import { type MatchedPlan, referenceKey } from './matched-sql.js';

const DECISION = METHODS.indexOf('decision');

export interface DecisionsPlan {
  readonly matched: MatchedPlan;
  /** SQL relation like DECIDED_ROWS (pipeline/decisions-rows.ts). */
  readonly rows: string;
  /** Of several people in a record, the one that is looked for; empty: the record is one person's. */
  readonly role: string;
}

/**
 * Between the passes by number and probabilistic matching: what people decided about who is who. `same_person` settles a row on that
 * person (method `decision`; the fields then say match or mismatch), `not_same` takes the person away from the row and writes the
 * pair into `forbidden_pairs`, which probabilistic matching reads. Reads `matched`, changes `exceptions`. Returns notes about decisions
 * that could not be used.
 */
export async function applyDecisions(db: Database, plan: DecisionsPlan): Promise<Text[]> {
  await db.run(`CREATE OR REPLACE TEMP TABLE ${FORBIDDEN} (record BIGINT, person BIGINT)`);
  await findDecidedPeople(db, plan);
  if ((await db.value<number>('SELECT count(*) FROM decided')) === 0) return [];
  await db.run(
    `INSERT INTO ${FORBIDDEN} SELECT record, person FROM decided WHERE decision = 'not_same' AND person IS NOT NULL`,
  );
  await openDecidedRows(db, plan);
  await settle(db);
  const notes = await unusable(db);
  await db.run('DROP TABLE decided');
  return notes;
}

/** decided(record, decision, person, place); person NULL: nobody in the reference is called so, or several people are. */
async function findDecidedPeople(db: Database, { matched, rows, role }: DecisionsPlan): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE decided AS
    SELECT record, decision, person_key, place FROM ${rows} WHERE role = ${literal(role)}`);
  if ((await db.value<number>('SELECT count(*) FROM decided')) === 0) return;
  await db.run(`CREATE OR REPLACE TEMP TABLE decided_people AS
    SELECT person_key, any_value(person) AS person FROM (
      SELECT ${personKeySql(referenceText(matched))} AS person_key, p.person FROM ref.people p)
    WHERE person_key IN (SELECT person_key FROM decided) GROUP BY person_key HAVING count(*) = 1`);
  await db.run(`CREATE OR REPLACE TEMP TABLE decided AS
    SELECT d.record, d.decision, p.person, d.place FROM decided d LEFT JOIN decided_people p ON d.person_key = p.person_key`);
  await db.run('DROP TABLE decided_people');
}

/** What the reference names a person by, as text: what people read in the lists and `personKey` was made of. */
function referenceText(matched: MatchedPlan): string {
  const key = referenceKey(matched, 'p');
  return matched.referenceHasKey || matched.identity === null ? key : keyText(matched.identity.kind, key);
}

/** Rows whose number leads elsewhere than people decided become exceptions like those that no number settles. */
async function openDecidedRows(db: Database, { matched }: DecisionsPlan): Promise<void> {
  const values = matched.comparable.map((field) => identifier(`w_${field.name}`));
  const { numbers, oldNumbers } = numbersOf(matched, 'm');
  await db.run(`INSERT INTO exceptions BY NAME
    SELECT m.record, true AS other, ${numbers}, ${values.map((value) => `m.${value}, `).join('')}
      NULL AS person, 0 AS method, 0 AS decision, NULL AS probability, NULL AS margin
    FROM matched m ${oldNumbers} WHERE m.person IS NOT NULL AND m.record NOT IN (SELECT record FROM exceptions)
      AND m.record IN (SELECT d.record FROM decided d JOIN matched n ON d.record = n.record
        WHERE d.person IS NOT NULL AND (d.decision = 'same_person') <> (d.person = n.person))`);
}

async function settle(db: Database): Promise<void> {
  await db.run(`UPDATE exceptions SET person = NULL, method = 0 FROM decided d
    WHERE exceptions.record = d.record AND exceptions.person = d.person AND d.decision = 'not_same'`);
  await db.run(`UPDATE exceptions SET person = d.person, method = ${DECISION} FROM decided d
    WHERE exceptions.record = d.record AND d.decision = 'same_person' AND d.person IS NOT NULL AND exceptions.person IS DISTINCT FROM d.person`);
}

async function unusable(db: Database): Promise<Text[]> {
  const people = await db.value<number>('SELECT count(DISTINCT place) FROM decided WHERE person IS NULL');
  if (people === 0) return [];
  return [
    {
      vi: `${people} quyết định nói về người không còn trong dữ liệu tham chiếu, nên không được dùng.`,
      en: `${people} decisions are about people who are no longer in the reference; they were not used.`,
    },
  ];
}
