import type { Database } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import { automaticRules, type BlockingRule } from '../matchers/blocking.js';
import { BOTH_NAMES, errorKeysMade, keyNames, type PlannedField, swappedFields } from './link-prepare.js';

/** A key shared by more people than this says too little: the block is dropped and counted. */
const MOST_PEOPLE_IN_BLOCK = 50;
/** Rules that would propose more people than this per record on average get a further key. */
const MOST_EXPECTED = 10;
const MOST_RULES = 60;

export interface RuleFigures {
  readonly rule: BlockingRule;
  /** Pairs that this rule was the first to find. */
  readonly pairs: number;
  readonly droppedBlocks: number;
  readonly droppedRecords: number;
}

/** Share of random pairs that have the key in common, per key. */
export async function collisions(
  db: Database,
  fields: readonly PlannedField[],
): Promise<Record<string, number>> {
  const result: Record<string, number> = {};
  for (const { field, key } of keyNames(fields)) {
    const name = `${fields[field]!.name}.${key}`;
    const column = identifier(name);
    const shares = (side: string) =>
      `(SELECT ${column} AS k, count(*) / sum(count(*)) OVER () AS share FROM ${side}_keys
        WHERE ${column} IS NOT NULL GROUP BY 1)`;
    result[name] =
      (await db.value<number | null>(`SELECT sum(a.share * b.share) FROM ${shares('link_ours')} a
        JOIN ${shares('link_reference')} b ON a.k = b.k`)) ?? 0;
  }
  return result;
}

export async function chooseRules(
  db: Database,
  fields: readonly PlannedField[],
  declared: readonly BlockingRule[],
): Promise<BlockingRule[]> {
  if (declared.length > 0) return [...declared];
  const people = await db.value<number>('SELECT count(*) FROM link_reference');
  const rules = automaticRules(fields, {
    collision: await collisions(db, fields),
    people,
    mostPerRecord: MOST_EXPECTED,
    mostRules: MOST_RULES,
  });
  return swappedFields(fields) === null ? rules : [[BOTH_NAMES], ...rules];
}

export interface Search {
  readonly fields: readonly PlannedField[];
  readonly rules: readonly BlockingRule[];
  /** Table of the `record`s to find candidates for. */
  readonly records: string;
  readonly into: string;
  /** Number of the first of these rules, when they are the later part of a list. */
  readonly firstRule?: number;
  /** Whether numbers with one wrong or two swapped digits are looked up as well (yes unless said). */
  readonly errors?: boolean;
  /** Both sides are one file: each pair once, none with itself. */
  readonly sameFile?: boolean;
}

/** Candidate pairs, each once, with the first rule that found it: `into(record, person, rule)`. */
export async function findCandidates(db: Database, search: Search): Promise<RuleFigures[]> {
  const first = search.firstRule ?? 0;
  await db.run('CREATE OR REPLACE TEMP TABLE link_found (record BIGINT, person BIGINT, rule USMALLINT)');
  const named: { rule: BlockingRule; ours: string; theirs: string }[] = search.rules.map((rule) => ({
    rule,
    ours: keyedRows('link_ours', rule, search.records),
    theirs: keyedRows('link_reference', rule),
  }));
  const errors = search.errors !== false && (await errorKeysMade(db));
  for (const [i, field] of search.fields.entries()) {
    if (field.comparator !== 'digits' || !errors) continue;
    const ours = `${errorRows('link_ours', i)} AND side.row IN (SELECT record FROM ${search.records})`;
    named.push({ rule: [`${field.name}.one_error`], ours, theirs: errorRows('link_reference', i) });
  }
  const dropped: Dropped[] = [];
  for (const [i, one] of named.entries()) {
    dropped.push(await applyRule(db, first + i, { ...one, sameFile: search.sameFile === true }));
  }
  await db.run(`CREATE OR REPLACE TEMP TABLE ${search.into} AS
    SELECT record, person, min(rule) AS rule FROM link_found GROUP BY record, person`);
  await db.run('DROP TABLE link_found');
  const counts = await db.rows<{ rule: number; pairs: number }>(
    `SELECT rule, count(*) AS pairs FROM ${search.into} GROUP BY rule`,
  );
  return named.map(({ rule }, i) => ({
    rule,
    pairs: counts.find((row) => row.rule === first + i)?.pairs ?? 0,
    ...dropped[i]!,
  }));
}

interface Dropped {
  readonly droppedBlocks: number;
  readonly droppedRecords: number;
}

function keyedRows(side: string, rule: BlockingRule, records?: string): string {
  const columns = rule.map(identifier);
  const only = records === undefined ? '' : ` AND row IN (SELECT record FROM ${records})`;
  return `SELECT row, hash(${columns.join(', ')}) AS h FROM ${side}_keys
    WHERE ${columns.map((column) => `${column} IS NOT NULL`).join(' AND ')}${only}`;
}

function errorRows(side: string, i: number): string {
  return `SELECT side.row, hash(e.h) AS h FROM ${side} side
    JOIN (SELECT key, unnest(string_split(errors, ' ')) AS h FROM link_errors_${i} WHERE errors IS NOT NULL) e
    ON e.key = side.f${i} WHERE true`;
}

async function applyRule(
  db: Database,
  rule: number,
  rows: { ours: string; theirs: string; sameFile: boolean },
): Promise<Dropped> {
  await db.run(`CREATE OR REPLACE TEMP TABLE link_block_ours AS ${rows.ours}`);
  await db.run(`CREATE OR REPLACE TEMP TABLE link_block_theirs AS SELECT * FROM (${rows.theirs})
    WHERE h IN (SELECT h FROM link_block_ours)`);
  await db.run(`CREATE OR REPLACE TEMP TABLE link_block_big AS
    SELECT h FROM link_block_theirs GROUP BY h HAVING count(*) > ${MOST_PEOPLE_IN_BLOCK}`);
  await db.run(`INSERT INTO link_found
    SELECT DISTINCT o.row, t.row, ${rule} FROM (SELECT * FROM link_block_ours WHERE h NOT IN (SELECT h FROM link_block_big)) o
    JOIN link_block_theirs t ON o.h = t.h ${rows.sameFile ? 'WHERE o.row < t.row' : ''}`);
  const [dropped] = await db.rows<{ blocks: number; records: number }>(
    `SELECT count(DISTINCT h) AS blocks, count(*) AS records FROM link_block_ours
     WHERE h IN (SELECT h FROM link_block_big)`,
  );
  return { droppedBlocks: dropped?.blocks ?? 0, droppedRecords: dropped?.records ?? 0 };
}
