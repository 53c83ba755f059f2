// Who is in the extract more than once. Three ways of knowing, the cheapest first: rows equal in every column; where a person may have
// one record only (`one_to_one`), rows for which one and the same person was found; and, of the rows that nobody was found
// for, those that probabilistic matching takes for one person (pipeline/dedupe.ts). Beside them, the rows under one number that
// are plainly several people. Rows are joined in the engine; only the pairs that may be one person are seen one by one.
import type { Database } from '../engine/database.js';
import { DECISIONS, METHODS } from '../matchers/judge.js';
import type { Model } from '../matchers/model.js';
import type { Duplicates } from '../reports/model.js';
import type { ClassifyPlan } from './classify.js';
import { dedupe } from './dedupe.js';
import { alikeSpec } from './link-exceptions.js';

/** How a row belongs to its cluster. The first row of a cluster of one person is `first`; of a shared number no row is. */
const WAYS = ['first', 'same_row', 'same_person', 'alike', 'shared_number'] as const;

/** More rows that nobody was found for are not compared with each other: a whole foreign file is no job for this. */
const MOST_ALIKE = 1_000_000;

/**
 * duplicates(cluster, record, how): clusters numbered from 1 in the order of their first row. Adds the second and further rows of a
 * person to `repeated_rows`. Reads `matched`, `settled`, `repeated_rows` and `shared_numbers`.
 */
export async function findDuplicates(db: Database, plan: ClassifyPlan): Promise<void> {
  await db.run('CREATE OR REPLACE TEMP TABLE same_people (record UINTEGER, first UINTEGER, how VARCHAR)');
  if (plan.sector.one_to_one) {
    await findSamePeople(db, plan.links != null);
    if (plan.links != null) await findAlike(db, plan, plan.links.model);
  }
  await writeDuplicates(db);
  await db.run(`INSERT INTO repeated_rows SELECT s.record, s.first FROM same_people s`);
}

/** A person whom `settled` stands for without asking anybody. */
const SURE = `x.person IS NOT NULL AND (x.method <> ${METHODS.indexOf('link')} OR x.decision = ${DECISIONS.indexOf('linked')})`;

/**
 * Of equal rows only the first is looked at: the others are with it anyway. A row that nothing but the person's other record keeps from
 * being linked (`links.further`) is most likely a further one of the same person.
 */
async function findSamePeople(db: Database, linked: boolean): Promise<void> {
  const sure = linked ? `(${SURE} OR l.further)` : SURE;
  await db.run(`CREATE OR REPLACE TEMP TABLE found_people AS
    SELECT m.record, if(x.record IS NULL, m.person, x.person) AS person
    FROM matched m LEFT JOIN settled x ON m.record = x.record ${linked ? 'LEFT JOIN links l ON m.record = l.record' : ''}
    ANTI JOIN repeated_rows r ON m.record = r.record
    WHERE m.state <> 2 AND if(x.record IS NULL, m.person IS NOT NULL, ${sure})`);
  await db.run(`INSERT INTO same_people SELECT f.record, t.first, 'same_person' FROM found_people f
    JOIN (SELECT person, min(record) AS first FROM found_people GROUP BY person HAVING count(*) > 1) t
      ON f.person = t.person WHERE f.record <> t.first`);
  await db.run('DROP TABLE found_people');
}

async function findAlike(db: Database, plan: ClassifyPlan, model: Model): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE not_found AS SELECT x.record FROM settled x
    ANTI JOIN repeated_rows r ON x.record = r.record WHERE NOT (${SURE})`);
  const rows = await db.value<number>('SELECT count(*) FROM not_found');
  if (rows < 2 || rows > MOST_ALIKE) return;
  await dedupe(db, await alikeSpec(db, plan.matched, { model, records: 'not_found' }));
  await db.run(`INSERT INTO same_people
    SELECT record, cluster, 'alike' FROM duplicate_groups WHERE record <> cluster`);
}

async function writeDuplicates(db: Database): Promise<void> {
  await db.run(`CREATE OR REPLACE TABLE duplicates AS
    WITH further AS (
        SELECT r.record, coalesce(s.first, r.first) AS first, 'same_row' AS how
        FROM repeated_rows r LEFT JOIN same_people s ON s.record = r.first
        UNION ALL SELECT record, first, how FROM same_people),
      shared AS (SELECT m.record, min(m.record) OVER (PARTITION BY m.find_by) AS first
        FROM matched m SEMI JOIN shared_numbers n ON m.record = n.record),
      members AS (SELECT * FROM further
        UNION ALL SELECT DISTINCT first, first, 'first' FROM further
        UNION ALL SELECT record, first, 'shared_number' FROM shared)
    SELECT dense_rank() OVER (ORDER BY first, how = 'shared_number')::UINTEGER AS cluster,
      record::UINTEGER AS record, how
    FROM members ORDER BY cluster, record`);
}

/** Null: nobody is in the extract twice and no number is shared. */
export async function duplicateFigures(db: Database): Promise<Duplicates | null> {
  const rows = await db.rows<{ how: string; n: number; clusters: number }>(
    'SELECT how, count(*) AS n, count(DISTINCT cluster) AS clusters FROM duplicates GROUP BY how',
  );
  if (rows.length === 0) return null;
  const of = (how: string) => rows.find((row) => row.how === how);
  const further = WAYS.slice(1, -1).flatMap((how) => (of(how) === undefined ? [] : [of(how)!]));
  const clusters = of('first')?.n ?? 0;
  return {
    clusters,
    records: further.reduce((sum, { n }) => sum + n, clusters),
    by: Object.fromEntries(further.map(({ how, n }) => [how, n])),
    shared_numbers: of('shared_number')?.clusters ?? 0,
    shared_records: of('shared_number')?.n ?? 0,
  };
}
