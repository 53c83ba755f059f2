import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import type { Ledger } from '../ledger/ledger.js';

/**
 * What people entered, brought from the ledger to the engine, so that it is joined with millions of cases there. Answers are read
 * and written in portions: nothing holds all of them.
 */
const PORTION = 1000;

/** `case_waivers(case_key, expires, reason)`: the last waiver of each case, expired or not. */
export async function loadWaivers(db: Database, ledger: Ledger, series: string): Promise<void> {
  await db.run('CREATE OR REPLACE TEMP TABLE case_waivers (case_key UUID, expires DATE, reason VARCHAR)');
  await fill(
    db,
    'case_waivers',
    values(ledger.waivers(series), (one) => [one.case_key, one.expires, one.reason]),
  );
}

/**
 * `case_decisions(place, case_key, decision, person_key, role, shared_key, content, decided)`: the decisions that stand, numbered in the
 * order they were made; `shared_key` NULL where the key alone told the row. Returns how many.
 */
export async function loadDecisions(db: Database, ledger: Ledger, series: string): Promise<number> {
  await db.run(`CREATE OR REPLACE TEMP TABLE case_decisions (place BIGINT, case_key UUID, decision VARCHAR, person_key VARCHAR,
    role VARCHAR, shared_key UUID, content VARCHAR, decided VARCHAR)`);
  let place = 0;
  return fill(
    db,
    'case_decisions',
    values(ledger.decisions(series), (one) => {
      place += 1;
      const { case_key, decision, person_key, role, shared_key, content, at } = one;
      return [String(place), case_key, decision, person_key, role, shared_key || null, content, at];
    }),
  );
}

/** `case_assignments(case_key, assignee)`. */
export async function loadAssignments(db: Database, ledger: Ledger, series: string): Promise<void> {
  await db.run('CREATE OR REPLACE TEMP TABLE case_assignments (case_key UUID, assignee VARCHAR)');
  await fill(
    db,
    'case_assignments',
    values(ledger.assignments(series), (one) => [one.case_key, one.assignee]),
  );
}

function* values<T>(rows: Iterable<T>, cells: (row: T) => readonly (string | null)[]): Generator<string> {
  for (const row of rows)
    yield `(${cells(row)
      .map((cell) => (cell === null ? 'NULL' : literal(cell)))
      .join(', ')})`;
}

async function fill(db: Database, table: string, rows: Iterable<string>): Promise<number> {
  let [portion, all]: [string[], number] = [[], 0];
  const flush = async () => {
    if (portion.length > 0) await db.run(`INSERT INTO ${table} VALUES ${portion.join(', ')}`);
    all += portion.length;
    portion = [];
  };
  for (const row of rows) {
    portion.push(row);
    if (portion.length === PORTION) await flush();
  }
  await flush();
  return all;
}
