// One verdict per record of several people: the outcome of the gravest role, reasons named by role, relations that do not hold.
// Rows carry numbers only: what occurs together (verdict of the record, of each role, broken relations) is put into words once.
import { dirname, join } from 'node:path';
import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import type { Verdict } from '../matchers/judge.js';
import { FOUND } from '../matchers/outcomes.js';
import { type BrokenRelation, type RoleVerdict, recordVerdict } from '../matchers/record-verdict.js';
import { type JudgedPattern, storeVerdicts } from './classify.js';
import { brokenColumns, peopleOfRole, relationCode } from './relations.js';
import type { RoleRun } from './roles.js';
import type { RunState } from './run-state.js';
import { tableOf } from './tables.js';

/** A verdict of a role that occurs, and whether its person counts as found. */
interface Numbered {
  readonly verdict: Verdict | null;
  readonly accepted: boolean;
}

/**
 * Combines the verdicts of the roles: rewrites `results` (person and method of the main role, which is the first; `pattern` numbers
 * the combinations) and `verdicts`. Returns the combinations as the patterns of the run.
 */
export async function combineRoles(state: RunState): Promise<JudgedPattern[]> {
  const { db, roles, asked } = state;
  const folder = dirname(
    await db.value<string>('SELECT path FROM duckdb_databases() WHERE database_name = current_database()'),
  );
  const known: Numbered[][] = [];
  for (const role of roles) {
    await db.run(`ATTACH ${literal(join(folder, role.database))} AS ${aliasOf(role)} (READ_ONLY)`);
    known.push(await numberVerdicts(db, role));
  }
  const relations = asked.sector.relations.filter((relation) =>
    relationRoles(relation).every((name) => roles.some(({ role }) => role === name)),
  );
  await makeCombinations(state, relations);
  const judged = await judgeCombinations(state, known, relations);
  await rewriteResults(state);
  await storeVerdicts(db, judged);
  for (const role of roles) await db.run(`DETACH ${aliasOf(role)}`);
  return judged;
}

type Relations = RunState['asked']['sector']['relations'];

function relationRoles(relation: Relations[number]): readonly string[] {
  return relation.relation === 'older' ? [relation.older, relation.younger] : relation.roles;
}

/** Table `role_verdicts_<role>(pattern, verdict, accepted)`; the verdicts themselves by their number. */
async function numberVerdicts(db: Database, role: RoleRun): Promise<Numbered[]> {
  const numbers = new Map<string, number>();
  const known: Numbered[] = [];
  const rows = role.judged.map((one) => {
    const verdict = isNobody(role, one) ? null : one;
    const key = verdict === null ? '' : `${one.outcome} ${one.within ?? ''} ${one.reasons.join(';')}`;
    const number = numbers.get(key) ?? known.length;
    if (number === known.length) known.push({ verdict, accepted: isAccepted(verdict) });
    numbers.set(key, number);
    return `(${one.pattern}, ${number}, ${known[number]!.accepted})`;
  });
  const table = verdictTable(role.role);
  await db.run(`CREATE OR REPLACE TEMP TABLE ${table} (pattern HUGEINT, verdict UINTEGER, accepted BOOLEAN)`);
  for (let i = 0; i < rows.length; i += 500) {
    await db.run(`INSERT INTO ${table} VALUES ${rows.slice(i, i + 500).join(', ')}`);
  }
  return known;
}

function isAccepted(verdict: Verdict | null): boolean {
  return verdict !== null && FOUND.has(verdict.within ?? verdict.outcome);
}

/** Every cell of an optional role is empty. */
export function isNobody(role: RoleRun, { values, outcome }: JudgedPattern): boolean {
  if (!role.optional || outcome === 'rejected') return false;
  return role.fields.every(({ name }) => (values.get(`p_${name}`) ?? 0) === 0);
}

/** combined: every record with the numbers of its verdicts; combinations: those that occur, numbered, with their rows. */
async function makeCombinations({ db, roles }: RunState, relations: Relations): Promise<void> {
  const people = roles.map(
    (one) =>
      `JOIN ${peopleOfRole(one, aliasOf(one), verdictTable(one.role))} ${identifier(one.role)} USING (record)`,
  );
  const verdicts = roles.map(({ role }, i) => `${identifier(role)}.verdict AS v${i}`);
  const broken = brokenColumns(relations);
  await db.run(`CREATE OR REPLACE TEMP TABLE combined AS
    SELECT r.record, r.pattern AS own, ${verdicts.join(', ')}, (${broken})::UINTEGER AS broken
    FROM results r ${people.join('\n    ')}`);
  const keys = ['own', ...roles.map((_, i) => `v${i}`), 'broken'].join(', ');
  await db.run(`CREATE OR REPLACE TEMP TABLE combinations AS
    SELECT *, (row_number() OVER (ORDER BY ${keys}) - 1)::UINTEGER AS id
    FROM (SELECT ${keys}, count(*) AS rows FROM combined GROUP BY ALL)`);
}

async function judgeCombinations(
  { db, roles, judged }: RunState,
  known: readonly (readonly Numbered[])[],
  relations: Relations,
): Promise<JudgedPattern[]> {
  const own = new Map(judged.map((one) => [String(one.pattern), one]));
  const found = await db.rows<Record<string, number | string>>(
    'SELECT * REPLACE (own::VARCHAR AS own) FROM combinations ORDER BY id',
  );
  return found.map((row) => {
    const record = own.get(String(row['own']))!;
    const ofRoles = roles.map(
      ({ role }, i): RoleVerdict => ({ role, verdict: known[i]![Number(row[`v${i}`])]!.verdict }),
    );
    const broken = relations.flatMap((relation, i): BrokenRelation[] =>
      (Number(row['broken']) >> i) % 2 === 1
        ? [{ code: relationCode(relation), decides: relation.decides }]
        : [],
    );
    const verdict = recordVerdict(record, ofRoles, broken);
    return {
      pattern: BigInt(row['id']!),
      rows: Number(row['rows']),
      values: record.values,
      ...verdict,
    };
  });
}

async function rewriteResults({ db, roles }: RunState): Promise<void> {
  const main = aliasOf(roles[0]!);
  const keys = ['own', ...roles.map((_, i) => `v${i}`), 'broken'];
  const same = keys.map((key) => `k.${key} = c.${key}`).join(' AND ');
  await db.run(`CREATE TEMP TABLE rewritten AS
    SELECT r.* REPLACE (m.person AS person, m.reference_key AS reference_key, m.probability AS probability,
      m.method AS method, c.id::HUGEINT AS pattern)
    FROM results r JOIN combined k USING (record) JOIN combinations c ON ${same} JOIN ${main}.results m USING (record)`);
  await db.run(`CREATE OR REPLACE TABLE ${tableOf('results')} AS SELECT * FROM rewritten`);
  for (const table of ['rewritten', 'combined', 'combinations']) await db.run(`DROP TABLE ${table}`);
}

function aliasOf({ role }: RoleRun): string {
  return identifier(`role_${role}`);
}

function verdictTable(role: string): string {
  return identifier(`role_verdicts_${role}`);
}
