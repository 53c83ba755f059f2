import type { Database } from '../engine/database.js';
import { dropPackedTable, makePackedTable } from '../engine/packed-table.js';
import { identifier } from '../engine/sql.js';
import { dropTemporary } from '../engine/temporary.js';
import { METHODS } from '../matchers/judge.js';
import type { Field } from './fields.js';
import { compareNewPairs, levelJoin, levelOf, startLevels } from './levels.js';
import { fitsAtOnce } from './match-memory.js';
import {
  findablePeople,
  lookedUpSelect,
  type MatchedPlan,
  mayLackSex,
  oldNumberEntries,
  peopleMeantBy,
  referenceColumns,
  withPeople,
} from './matched-sql.js';
import { firstPartSql, type PatternPlan } from './pattern.js';
import { takenSelect } from './rows-taken.js';

/**
 * Stage 3. Proposes a person for every row by its number (`matched`), compares the fields on distinct pairs (`levels_*`), and
 * sets apart the rows that this does not settle (`exceptions`): nobody has the number, or somebody plainly different.
 * Those go through the dearer passes here, and what is still open through probabilistic matching (pipeline/link.ts).
 */
export async function matchByNumber(db: Database, plan: MatchedPlan, patterns: PatternPlan): Promise<void> {
  await makeMatched(db, plan, patterns, async () => undefined);
  await settleByNumber(db, plan);
}

/** The part of it behind `matched`: small statements, and values compared by the workers. */
export async function settleByNumber(db: Database, plan: MatchedPlan): Promise<void> {
  if (plan.takesRows !== true) await startLevels(db, plan.comparable);
  await compareNewPairs(db, plan.comparable, rowsToSettle(plan));
  await makeExceptions(db, plan);
  for (const pass of passesOf(plan)) await runPass(db, plan, pass);
}

/** Rows of which it is not known yet whether their number settles them. */
function rowsToSettle({ takesRows }: MatchedPlan): string {
  return takesRows === true ? 'matched_open' : 'matched';
}

/**
 * matched: every row with its dictionary numbers and the person that its number proposes. `leaveRaw` is called as soon as nothing here
 * reads `raw` any more.
 */
export async function makeMatched(
  db: Database,
  plan: MatchedPlan,
  patterns: PatternPlan,
  leaveRaw: () => Promise<void>,
): Promise<void> {
  const part = firstPartSql(patterns);
  if (plan.takesRows === true) {
    await matchOpenRows(db, plan, part);
    return leaveRaw();
  }
  const lookedUp = lookedUpSelect(plan, part);
  if (await fitsAtOnce(db, plan.fields)) {
    await makePackedTable(db, 'matched', withPeople(plan, `(${lookedUp})`));
    return leaveRaw();
  }
  await makePackedTable(db, 'looked_up', lookedUp);
  await leaveRaw();
  await makePackedTable(db, 'matched', withPeople(plan, 'looked_up'));
  await dropPackedTable(db, 'looked_up');
}

/** Few rows: of the people only those that they may mean are joined. */
async function matchOpenRows(db: Database, plan: MatchedPlan, part: string): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE looked_up_open AS ${lookedUpSelect(plan, part)}`);
  const found = withPeople(plan, 'looked_up_open', peopleMeantBy(plan, 'looked_up_open'));
  await db.run(`CREATE OR REPLACE TEMP TABLE matched_open AS ${found}`);
  await dropTemporary(db, 'looked_up_open', 'raw_open');
  await db.run(`CREATE OR REPLACE TEMP VIEW matched_taken AS ${takenSelect(plan)}`);
  await db.run(`CREATE OR REPLACE TEMP VIEW matched AS
    SELECT * FROM matched_open UNION ALL BY NAME SELECT * EXCLUDE (whole) FROM matched_taken`);
}

/**
 * Fields that say who somebody is. Only when all of them that can be compared say `different` is the person plainly
 * another one; one that merely differs (a marriage, a typing error) is a mismatch of the same person.
 */
const TELLING_KINDS = new Set(['person-name', 'birth-date', 'text']);

/** SQL: every telling field that both sides have is at its last level, and there is at least one. */
export function plainlyDifferent(fields: readonly Field[], level: (field: Field) => string): string {
  const telling = fields.filter((field) => TELLING_KINDS.has(field.kind) && field.matcher !== null);
  if (telling.length === 0) return 'false';
  const last = (field: Field) => field.matcher!.levels.length - 1;
  const agree = telling.map((field) => `coalesce(${level(field)} < ${last(field)}, false)`).join(' OR ');
  const compared = telling.map((field) => `${level(field)} IS NOT NULL`).join(' OR ');
  return `((${compared}) AND NOT (${agree}))`;
}

/** exceptions: rows that need more than their number. `other`: the number is that of somebody plainly different. */
async function makeExceptions(db: Database, plan: MatchedPlan): Promise<void> {
  const joined = (field: Field) => `j_${field.name}`;
  const joins = plan.comparable.map((field) =>
    levelJoin(field, identifier(joined(field)), sidesOf('m', field)),
  );
  const level = (field: Field) => {
    const { ours, theirs } = sidesOf('m', field);
    return levelOf(ours, theirs, identifier(joined(field)));
  };
  const different = plainlyDifferent(plan.comparable, level);
  const values = plan.comparable.map((field) => `m.${identifier(`w_${field.name}`)}`);
  const { numbers, oldNumbers } = numbersOf(plan, 'm');
  await db.run(`CREATE OR REPLACE TABLE exceptions AS
    SELECT m.record, (m.person IS NOT NULL) AS other, ${numbers},
      ${values.length === 0 ? '' : `${values.join(', ')},`}
      NULL::UINTEGER AS person, 0::UTINYINT AS method, 0::UTINYINT AS decision, NULL::DOUBLE AS probability,
      NULL::DOUBLE AS margin
    FROM (SELECT m.* FROM ${rowsToSettle(plan)} m ${joins.join('\n    ')}
      WHERE m.state <> 2 AND (m.person IS NULL OR ${different})) m ${oldNumbers}`);
}

/** The numbers of rows of `matched` that become exceptions, and the join that looks up old ones. */
export function numbersOf(
  { identity }: MatchedPlan,
  row: string,
): { readonly numbers: string; readonly oldNumbers: string } {
  if (identity === null)
    return { numbers: 'NULL::BIGINT AS find_by, NULL::VARCHAR AS old_id', oldNumbers: '' };
  return {
    numbers: `${row}.find_by, o.old_id`,
    oldNumbers: `LEFT JOIN (${oldNumberEntries(identity)}) o ON o.entry = ${row}.${identifier(`e_${identity.name}`)}`,
  };
}

function sidesOf(table: string, field: Field): { ours: string; theirs: string } {
  return {
    ours: `${table}.${identifier(`w_${field.name}`)}`,
    theirs: `${table}.${identifier(`r_${field.name}`)}`,
  };
}

interface Pass {
  readonly method: (typeof METHODS)[number];
  /** SELECT of record, w_ values, person and r_ values for the exceptions this pass finds somebody for. */
  readonly select: string;
  /** Fields that must be equal for the person to stand; of the others it is enough that not all are quite different. */
  readonly equal?: readonly Field[];
}

/** Nobody was found for it yet. */
const OPEN = 'e.method = 0';

/** Of exceptions there are few: they are the side that is kept in memory, and the people pass by (see `DISABLED_OPTIMIZERS`). */
function passesOf(plan: MatchedPlan): Pass[] {
  if (plan.identity?.kind !== 'citizen-id') return [];
  const values = plan.comparable.map((field) => `e.${identifier(`w_${field.name}`)}`);
  const columns = ['e.record', ...values, 'p.person', ...referenceColumns(plan, 'p')].join(', ');
  return [
    ...restoredByReference(plan, columns),
    {
      method: 'reissued',
      select: `SELECT ${columns} FROM ${findablePeople(plan)} p JOIN (SELECT e.*, c.new_id FROM ref.id_changes c
        JOIN exceptions e ON e.find_by = c.old_id
        WHERE ${OPEN}) e ON e.new_id = p.${identifier(`k_${plan.identity.name}`)}`,
    },
    {
      method: 'old_number',
      select: `SELECT ${columns} FROM ref.people p JOIN (SELECT e.*, o.person AS found FROM ref.old_numbers o
        JOIN exceptions e ON e.old_id = o.old_id WHERE ${OPEN}) e ON e.found = p.person`,
    },
  ];
}

/**
 * A lost zero put back where the record has no sex that could confirm it: the year in the number agrees with the record, and the
 * reference has this very name under the number.
 */
function restoredByReference(plan: MatchedPlan, columns: string): Pass[] {
  const equal = plan.comparable.filter((field) => field.kind === 'person-name');
  if (plan.identity === null || equal.length === 0 || !mayLackSex(plan)) return [];
  return [
    {
      method: 'restored',
      select: `SELECT ${columns} FROM ${findablePeople(plan)} p JOIN (SELECT e.*, m.zero_key FROM matched m
        JOIN exceptions e ON e.record = m.record WHERE ${OPEN}) e ON e.zero_key = p.${identifier(`k_${plan.identity.name}`)}`,
      equal,
    },
  ];
}

/** SQL: the fields of the pass that must be equal are. */
function allEqual({ equal = [] }: Pass, level: (field: Field) => string): string {
  return equal.map((field) => `coalesce(${level(field)} = 0, false)`).join(' AND ') || 'true';
}

/**
 * A pass proposes people; a proposal that is plainly somebody else is dropped. Where several are left (an old number that was
 * issued twice) the one with the most equal fields stands, and none if two have as many.
 */
async function runPass(db: Database, plan: MatchedPlan, pass: Pass): Promise<void> {
  if ((await db.change(`CREATE OR REPLACE TEMP TABLE proposals AS ${pass.select}`)) === 0) return;
  await compareNewPairs(db, plan.comparable, 'proposals');
  const joined = (field: Field) => identifier(`j_${field.name}`);
  const joins = plan.comparable.map((field) => levelJoin(field, joined(field), sidesOf('q', field)));
  const level = (field: Field) => {
    const { ours, theirs } = sidesOf('q', field);
    return levelOf(ours, theirs, joined(field));
  };
  const equal =
    plan.comparable.map((field) => `coalesce((${level(field)} = 0)::INTEGER, 0)`).join(' + ') || '0';
  await db.run(`CREATE OR REPLACE TEMP TABLE found AS
    SELECT record, person FROM (
      SELECT q.record, q.person, ${equal} AS equal_fields,
        max(equal_fields) OVER (PARTITION BY q.record) AS most,
        count(*) OVER (PARTITION BY q.record, equal_fields) AS as_many
      FROM proposals q ${joins.join('\n      ')} 
      WHERE NOT ${plainlyDifferent(plan.comparable, level)} AND ${allEqual(pass, level)})
    WHERE equal_fields = most AND as_many = 1`);
  await db.run(`UPDATE exceptions SET person = f.person, method = ${METHODS.indexOf(pass.method)}
    FROM found f WHERE exceptions.record = f.record`);
  if (pass.method !== 'restored') return;
  await db.run(`UPDATE exceptions SET find_by = m.zero_key FROM found f JOIN matched m ON f.record = m.record
    WHERE exceptions.record = f.record`);
}
