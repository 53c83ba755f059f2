import { existsSync } from 'node:fs';
import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { OUTCOME_FACTS, OUTCOMES } from '../matchers/outcomes.js';
import { UserError } from '../messages/user-error.js';
import type { Context } from './context.js';
import { INPUT, loadInput } from './input-table.js';
import { resultRelation, runDatabasePath } from './result-rows.js';
import { type FoundRole, rolesOfRun } from './roles-files.js';
import { withScratch } from './scratch.js';

/** How a finished run compares with the truth. Links are persons accepted; `possible` and `ambiguous` are left to people. */
export interface Evaluation {
  readonly rows: number;
  readonly links: Links;
  /** Null where the truth file has no `outcome` column. */
  readonly outcomes: OutcomeScore | null;
  /** Null where the truth file has no `reasons` column. */
  readonly reasons: ReasonScore | null;
}

export interface Links {
  /** Records whose true person is in the reference. */
  readonly expected: number;
  readonly accepted: number;
  readonly right: number;
  /** Accepted, and not the true person: the gravest error. */
  readonly wrong: number;
  readonly missed: number;
  /** Of the missed: left to people as `possible` or `ambiguous`. */
  readonly review: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

export interface OutcomeScore {
  readonly right: number;
  readonly accuracy: number | null;
  /** Records that truly agree, called otherwise: what a citizen would be bothered with for nothing. */
  readonly false_mismatches: number;
  readonly agreeing: number;
  readonly confusion: readonly { readonly truth: string; readonly ours: string; readonly rows: number }[];
}

export interface ReasonScore {
  /** Records with exactly the true set of reasons. */
  readonly right: number;
  readonly accuracy: number | null;
  readonly by_code: readonly {
    readonly code: string;
    readonly expected: number;
    readonly said: number;
    readonly right: number;
  }[];
}

type Has = Readonly<Record<'outcome' | 'reasons', boolean>>;

const KEYS = ['record', 'record_key', 'sector_id'] as const;
const ACCEPTED = ['match', 'match_after_cleaning', 'mismatch', 'linked'];
const REVIEW = ['possible', 'ambiguous'];
const AGREEING = OUTCOMES.filter(
  (outcome) => !OUTCOME_FACTS[outcome].afterCleaning && outcome !== 'rejected' && outcome !== 'apart',
);

/** Scores the run in `folder` against a truth CSV. Throws UserError for a folder that is no run or a truth without keys. */
export async function evaluate(folder: string, truthPath: string, context: Context): Promise<Evaluation> {
  const database = runDatabasePath(folder);
  if (!existsSync(database)) throw notARun(folder);
  return withScratch(context, async (db) => {
    const truth = await loadInput(db, { path: truthPath, encoding: 'auto', delimiter: 'auto' });
    await db.run(`ATTACH ${literal(database)} AS run (READ_ONLY)`);
    const roles = rolesOfRun(folder);
    const has = await joinTruth(db, { header: truth.header, path: truthPath, roles });
    const rows = await db.value<number>('SELECT count(*) FROM judged');
    const outcomes = has.outcome ? await outcomeScore(db) : null;
    const reasons = has.reasons ? await reasonScore(db) : null;
    return { rows, links: await linkScore(db), outcomes, reasons };
  });
}

interface Truth {
  readonly header: readonly string[];
  readonly path: string;
  /** Of several people in a record; the truth names the first under `reference_id`, the others under `<role>_reference_id`. */
  readonly roles: readonly FoundRole[];
}

/** Table `judged`: one row per record, ours beside the truth's; table `people`: one row per person of a record. */
async function joinTruth(db: Database, truth: Truth): Promise<Has> {
  const { header, roles } = truth;
  const column = (name: string) => (header.includes(name) ? `c${header.indexOf(name)}` : null);
  const key = KEYS.find((name) => header.includes(name));
  const person = column('reference_id');
  if (key === undefined || person === null) throw notATruth(truth.path, header);
  await db.run(`CREATE TABLE truth AS SELECT ${column(key)} AS key, ${plainNumber(person)} AS person,
      ${column('outcome') ?? 'NULL'} AS outcome, coalesce(${column('reasons') ?? 'NULL'}, '') AS reasons,
      [${roles.map(({ role }, i) => plainNumber(column(`${role}_reference_id`) ?? (i === 0 ? person : 'NULL::VARCHAR'))).join(', ')}]::VARCHAR[] AS people
    FROM ${INPUT} WHERE ${column(key)} IS NOT NULL`);
  const ours = key === 'record' ? 'r.record::VARCHAR' : 'r.record_key';
  await db.run(`CREATE TABLE judged AS
    SELECT r.record, r.outcome AS ours, ${plainNumber('r.reference_id')} AS our_person,
      ${sortedList('r.reasons')} AS our_reasons, t.person, t.outcome AS truth, ${sortedList('t.reasons')} AS reasons
    FROM ${resultRelation('run')} r LEFT JOIN truth t ON ${ours} = t.key`);
  const known = await db.value<number>(
    `SELECT count(*) FROM truth t SEMI JOIN ${resultRelation('run')} r ON ${ours} = t.key`,
  );
  if (known === 0) throw nothingInCommon(truth.path, key);
  await makePeople(db, roles, ours);
  return { outcome: column('outcome') !== null, reasons: column('reasons') !== null };
}

/** `ours`: SQL of the key that the truth names a record by. */
async function makePeople(db: Database, roles: readonly FoundRole[], ours: string): Promise<void> {
  const parts: string[] = [];
  for (const [i, { path }] of roles.entries()) {
    const alias = `role_${i}`;
    await db.run(`ATTACH ${literal(path)} AS ${alias} (READ_ONLY)`);
    parts.push(`SELECT p.outcome AS ours, ${plainNumber('p.reference_id')} AS our_person, t.people[${i + 1}] AS person
      FROM ${resultRelation(alias)} p JOIN ${resultRelation('run')} r USING (record) LEFT JOIN truth t ON ${ours} = t.key`);
  }
  const all = parts.length === 0 ? 'SELECT ours, our_person, person FROM judged' : parts.join(' UNION ALL ');
  await db.run(`CREATE TABLE people AS ${all}`);
}

/** Numbers are compared without the separators that one side writes and the other does not. */
function plainNumber(column: string): string {
  return `nullif(upper(regexp_replace(${column}, '[^A-Za-z0-9]', '', 'g')), '')`;
}

function sortedList(column: string): string {
  return `list_sort(list_filter(list_distinct(string_split(coalesce(${column}, ''), ';')), lambda one: one <> ''))`;
}

async function linkScore(db: Database): Promise<Links> {
  const accepted = `(ours IN (${ACCEPTED.map(literal).join(', ')}) AND our_person IS NOT NULL)`;
  const right = `(${accepted} AND our_person = person)`;
  const count = (condition: string) => `(count(*) FILTER (WHERE coalesce(${condition}, false)))`;
  const [row] = await db.rows<Omit<Links, 'precision' | 'recall' | 'f1' | 'wrong' | 'missed'>>(`SELECT
      ${count('person IS NOT NULL')} AS expected, ${count(accepted)} AS accepted, ${count(right)} AS "right",
      ${count(`person IS NOT NULL AND ours IN (${REVIEW.map(literal).join(', ')})`)} AS review
    FROM people`);
  const counts = row ?? { expected: 0, accepted: 0, right: 0, review: 0 };
  const precision = rate(counts.right, counts.accepted);
  const recall = rate(counts.right, counts.expected);
  return {
    ...counts,
    wrong: counts.accepted - counts.right,
    missed: counts.expected - counts.right,
    precision,
    recall,
    f1: rate(2 * counts.right, counts.accepted + counts.expected),
  };
}

async function outcomeScore(db: Database): Promise<OutcomeScore> {
  const confusion = await db.rows<{ truth: string; ours: string; rows: number }>(
    'SELECT truth, ours, count(*) AS rows FROM judged WHERE truth IS NOT NULL GROUP BY ALL ORDER BY rows DESC, truth, ours',
  );
  const sum = (keep: (one: (typeof confusion)[number]) => boolean) =>
    confusion.filter(keep).reduce((total, { rows }) => total + rows, 0);
  const agrees = (outcome: string) => AGREEING.some((one) => one === outcome);
  const right = sum(({ truth, ours }) => truth === ours);
  return {
    right,
    accuracy: rate(
      right,
      sum(() => true),
    ),
    false_mismatches: sum(({ truth, ours }) => agrees(truth) && !agrees(ours)),
    agreeing: sum(({ truth }) => agrees(truth)),
    confusion,
  };
}

async function reasonScore(db: Database): Promise<ReasonScore> {
  const [totals] = await db.rows<{ right: number; rows: number }>(`SELECT
      (count(*) FILTER (WHERE our_reasons = reasons)) AS "right", count(*) AS rows
    FROM judged WHERE truth IS NOT NULL OR len(reasons) > 0`);
  const by_code = await db.rows<{ code: string; expected: number; said: number; right: number }>(`SELECT code,
      (count(*) FILTER (WHERE in_truth)) AS expected, (count(*) FILTER (WHERE in_ours)) AS said,
      (count(*) FILTER (WHERE in_truth AND in_ours)) AS "right"
    FROM (SELECT unnest(list_distinct(list_concat(our_reasons, reasons))) AS code, our_reasons, reasons FROM judged),
      LATERAL (SELECT list_contains(reasons, code) AS in_truth, list_contains(our_reasons, code) AS in_ours)
    GROUP BY code ORDER BY code`);
  return { right: totals?.right ?? 0, accuracy: rate(totals?.right ?? 0, totals?.rows ?? 0), by_code };
}

function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function notARun(folder: string): UserError {
  return new UserError({
    what: {
      vi: 'Thư mục này không phải là kết quả của một lần chạy.',
      en: 'This folder is not that of a finished run.',
    },
    where: folder,
    mend: { vi: 'Hãy xem các lần chạy bằng doisoat runs.', en: 'See the runs with doisoat runs.' },
  });
}

function notATruth(path: string, header: readonly string[]): UserError {
  return new UserError({
    what: {
      vi: `Tệp đáp án thiếu cột cần có. Các cột trong tệp: ${header.join(', ')}.`,
      en: `The truth file lacks a column it needs. It has: ${header.join(', ')}.`,
    },
    where: path,
    mend: {
      vi: 'Cần cột reference_id, và một trong các cột record, record_key, sector_id.',
      en: 'It needs the column reference_id, and one of record, record_key, sector_id.',
    },
  });
}

function nothingInCommon(path: string, key: string): UserError {
  return new UserError({
    what: {
      vi: `Không bản ghi nào của lần chạy có trong cột “${key}” của tệp đáp án.`,
      en: `No record of the run is found in the column “${key}” of the truth file.`,
    },
    where: path,
    mend: {
      vi: 'Hãy kiểm tra xem tệp đáp án có đúng là của trích xuất này không, và tệp công việc có ghi columns.record_key không.',
      en: 'Check that the truth belongs to this extract, and that the job maps columns.record_key.',
    },
  });
}
