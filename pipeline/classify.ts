import type { Database } from '../engine/database.js';
import { dropPackedTable, makeKeptTable } from '../engine/packed-table.js';
import { identifier } from '../engine/sql.js';
import { dropTemporary } from '../engine/temporary.js';
import { mapValues } from '../engine/value-exchange.js';
import { judge, METHODS } from '../matchers/judge.js';
import { OUTCOMES, type Outcome } from '../matchers/outcomes.js';
import type { Sector } from '../sectors/schema.js';
import { flagColumns, makeFlags } from './checks.js';
import { markDeceased } from './deceased.js';
import type { Field } from './fields.js';
import { keyText } from './fields.js';
import { compareNewPairs, levelJoin, levelOf } from './levels.js';
import type { LinkResult } from './link.js';
import { holdsKey, type MatchedPlan, proposedKey, referenceColumns, referenceKey } from './matched-sql.js';
import { type Digit, digitsOf, type PatternPlan, patternSql, readPattern, toPattern } from './pattern.js';
import { personDateFields } from './person-dates.js';
import { PRINTS } from './rows-prints.js';
import { takenResults } from './rows-results.js';
import { keptNumbers } from './rows-taken.js';
import { valueWorker } from './value-worker.js';

/** A pattern that occurs, what it means, and in how many rows. */
export interface JudgedPattern {
  readonly pattern: bigint;
  readonly rows: number;
  readonly outcome: Outcome;
  readonly reasons: readonly string[];
  /** Of rows set apart: the outcome they would have had. */
  readonly within?: Outcome;
  readonly values: ReadonlyMap<string, number>;
}

export interface ClassifyPlan {
  readonly matched: MatchedPlan;
  readonly patterns: PatternPlan;
  readonly sector: Sector;
  readonly today: string;
  readonly strict: boolean;
  /** Folders of runs of registers of deaths. */
  readonly deaths?: readonly string[];
  /** What probabilistic matching learnt; without it rows that nobody was found for are not compared with each other. */
  readonly links?: Pick<LinkResult, 'model'> | null;
}

/**
 * Stage 4. One outcome per row, reasons per field: `results` (a row an input row) and `verdicts` (a row a pattern). Reads `matched`,
 * `repeated_rows`, `exceptions` and `levels_*`; the first is dropped as soon as nothing is left to read of it, because it is the widest.
 */
export async function classify(db: Database, plan: ClassifyPlan): Promise<JudgedPattern[]> {
  await makeSettled(db, plan.matched);
  await compareNewPairs(db, plan.matched.comparable, 'settled');
  await makeFlags(db, plan);
  await dropTemporary(db, 'pairs_*', 'pair_levels_*');
  await makeResults(db, plan);
  await dropPackedTable(db, 'matched');
  await dropTemporary(db, 'settled');
  await markDeceased(db, { patterns: plan.patterns, person: plan.sector.person }, plan.deaths ?? []);
  return judgePatterns(db, plan, digitsOf(plan.patterns));
}

/** settled: the exceptions with the person that stands for them in the end, and that person's values. */
async function makeSettled(db: Database, plan: MatchedPlan): Promise<void> {
  const values = plan.comparable.map((field) => `x.${identifier(`w_${field.name}`)}`);
  const key = `${referenceKey(plan, 'p')} AS reference_key`;
  const columns = ['x.record', ...values, 'p.person', 'p.status', key, ...referenceColumns(plan, 'p')];
  await db.run(`CREATE OR REPLACE TEMP TABLE settled AS
    SELECT ${columns.join(', ')}, (x.other AND x.method = 0) AS other, x.decision, x.probability, x.find_by,
      if(x.decision <> 0, ${METHODS.indexOf('link')}, x.method)::UTINYINT AS method
    FROM ref.people p RIGHT JOIN exceptions x ON p.person = x.person`);
  await makeTypos(db, plan);
}

/** typos: linked rows whose own number is the person's but for a slip of the fingers. */
async function makeTypos(db: Database, plan: MatchedPlan): Promise<void> {
  const identity = plan.identity;
  await db.run('CREATE OR REPLACE TEMP TABLE typos (record UINTEGER)');
  if (identity?.matcher == null) return;
  const linked = 's.decision <> 0 AND s.find_by IS NOT NULL';
  if ((await db.value<number>(`SELECT count(*) FROM settled s WHERE ${linked}`)) === 0) return;
  const key = identifier(`k_${identity.name}`);
  await mapValues(db, {
    select: `SELECT s.record AS key, ${keyText(identity.kind, 's.find_by')} AS a, ${keyText(identity.kind, `p.${key}`)} AS b
      FROM ref.people p JOIN settled s ON s.person = p.person WHERE ${linked} AND p.${key} IS NOT NULL`,
    columns: 2,
    module: valueWorker,
    task: 'compareValues',
    options: { kind: identity.kind },
    into: { table: 'number_levels', columns: { level: 'UTINYINT' } },
  });
  const typo = identity.matcher.levels.flatMap((level, i) => (level.reason === 'typo' ? [i] : []));
  if (typo.length > 0) {
    await db.run(`INSERT INTO typos SELECT key FROM number_levels WHERE level IN (${typo.join(', ')})`);
  }
}

async function makeResults(db: Database, plan: ClassifyPlan): Promise<void> {
  const { matched } = plan;
  const columns = keptColumns(plan);
  await makeKeptTable(
    db,
    'results',
    `SELECT ${columns.join(', ')}, ${patternSql(plan.patterns)} AS pattern
    FROM (SELECT a.*, ${matched.comparable.map((field) => `${level(field)} AS ${identifier(`l_${field.name}`)}`).join(', ') || '1'}
      FROM (${together(plan)}) a
      ${matched.comparable.map((field) => levelJoin(field, joined(field), sides(field))).join('\n      ')}) b
    ${matched.takesRows === true ? `UNION ALL BY NAME ${takenResults(plan, columns)}` : ''}`,
  );
}

function joined(field: Field): string {
  return identifier(`j_${field.name}`);
}

function sides(field: Field): { ours: string; theirs: string } {
  return { ours: `a.${identifier(`w_${field.name}`)}`, theirs: `a.${identifier(`r_${field.name}`)}` };
}

function level(field: Field): string {
  const { ours, theirs } = sides(field);
  return levelOf(ours, theirs, joined(field));
}

/** The number, too, where a pass put its zero back (pipeline/match.ts). */
const REPLACED = ['person', 'status', 'find_by'] as const;

/** Every row of `matched`, with what was settled for the exceptional ones in place of what its number proposed. */
function together(plan: ClassifyPlan): string {
  const { comparable } = plan.matched;
  const replaced = [...REPLACED, ...comparable.map((field) => `r_${field.name}`)];
  const instead = (name: string, own: string) =>
    `if(x.record IS NULL, ${own}, x.${identifier(name)}) AS ${identifier(name)}`;
  const columns = replaced.map((name) => instead(name, `m.${identifier(name)}`));
  columns.push(instead('reference_key', proposedKey(plan.matched, 'm')));
  const known = holdsKey(plan.matched) ? [...replaced, 'reference_key'] : replaced;
  const byNumber = `if(m.person IS NULL, 0, if(m.restored, ${METHODS.indexOf('restored')}, ${METHODS.indexOf('id')}))`;
  const flags = flagColumns(plan);
  return `SELECT m.* EXCLUDE (${known.map(identifier).join(', ')}), ${columns.join(', ')},
      coalesce(x.method, ${byNumber})::UTINYINT AS method, coalesce(x.decision, 0)::UTINYINT AS decision,
      x.probability, coalesce(x.other, false) AS other,
      (y.record IS NOT NULL) AS id_typo, ${flags.columns.join(', ')}
    FROM ${judgedAnew(plan.matched)} m LEFT JOIN settled x ON m.record = x.record LEFT JOIN typos y ON m.record = y.record
      ${flags.joins.join(' ')}`;
}

/** Rows of `matched` of which more than other rows' part in them is to be found. */
function judgedAnew({ takesRows }: MatchedPlan): string {
  return takesRows === true
    ? `(SELECT * FROM matched_open UNION ALL BY NAME
        SELECT * EXCLUDE (whole) FROM matched_taken t SEMI JOIN settled s ON t.record = s.record)`
    : 'matched';
}

/** What a row keeps for lists, corrections and questions; all else is in its pattern. */
function keptColumns(plan: ClassifyPlan): string[] {
  const { fields, comparable, identity } = plan.matched;
  const dates = personDateFields(plan.sector.person);
  const columns = [
    'record',
    'file',
    'line',
    'record_key',
    'person',
    'reference_key',
    'probability',
    'method',
  ];
  const shownNumbers = ({ name, compare, group, kind }: Field) => [
    ...(compare || name === identity?.name || dates.includes(name) ? [`e_${name}`] : []),
    ...(group || (compare && kind === 'birth-date') ? [`w_${name}`] : []),
  ];
  const numbers = plan.matched.keepsRows === true ? keptNumbers : shownNumbers;
  if (plan.matched.keepsRows === true) columns.push(...PRINTS);
  for (const field of fields) {
    columns.push(...numbers(field).map(identifier));
    if (field === identity) columns.push('find_by');
  }
  return [...columns, ...comparable.map((field) => identifier(`r_${field.name}`))];
}

async function judgePatterns(
  db: Database,
  plan: ClassifyPlan,
  digits: readonly Digit[],
): Promise<JudgedPattern[]> {
  const found = await db.rows<{ pattern: string; rows: number }>(
    'SELECT pattern::VARCHAR AS pattern, count(*) AS rows FROM results GROUP BY pattern ORDER BY pattern',
  );
  const judged = found.map(({ pattern, rows }) => {
    const values = readPattern(digits, BigInt(pattern));
    const verdict = judge(toPattern(plan.patterns, values), plan.strict);
    return { pattern: BigInt(pattern), rows, values, ...verdict };
  });
  await storeVerdicts(db, judged);
  return judged;
}

/** verdicts: the patterns that occur, with what they mean. */
export async function storeVerdicts(db: Database, judged: readonly JudgedPattern[]): Promise<void> {
  await db.run(
    `CREATE OR REPLACE TABLE verdicts (pattern HUGEINT, rows BIGINT, outcome UTINYINT, reasons VARCHAR)`,
  );
  const rows = judged.map(({ pattern, rows: count, outcome, reasons }) => [
    pattern,
    count,
    OUTCOMES.indexOf(outcome),
    reasons.join(';'),
  ]);
  await db.append('verdicts', rows);
}
