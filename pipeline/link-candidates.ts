import type { Database } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import { dropTemporary } from '../engine/temporary.js';
import {
  automaticRules,
  type BlockingRule,
  firstRules,
  type RuleFacts,
  withFirstRules,
} from '../matchers/blocking.js';
import { dropForbidden } from './decisions-forbidden.js';
import { BOTH_NAMES, type PlannedField, swappedFields } from './link-fields.js';
import { collisions, errorKeysSql, variantsSql } from './link-keys.js';
import { MOST_RECORDS_FOR_VARIANTS } from './link-limits.js';
import type { LinkSpec } from './link-spec.js';

/** A key shared by more people than this says too little: the block is dropped and counted. */
const MOST_PEOPLE_IN_BLOCK = 50;
/** Rules that would propose more people than this per record on average get a further key. */
const MOST_EXPECTED = 10;
const MOST_RULES = 60;
/**
 * One-error keys of texts are some twenty a number on both sides. In a large reference they cost more than they find: a number with one
 * error keeps one half, and half a number with part of the name or birth date is a rule already.
 */
const MOST_PEOPLE_FOR_ERROR_KEYS = 200_000;

export interface RuleFigures {
  readonly rule: BlockingRule;
  /** Pairs that this rule was the first to find. */
  readonly pairs: number;
  readonly droppedBlocks: number;
  readonly droppedRecords: number;
}

export interface Rules {
  readonly rules: readonly BlockingRule[];
  /** For records without errors; empty when only rules were given. */
  readonly firstRules: readonly BlockingRule[];
}

/** The rules of a model, those declared, or else rules from the kinds of the fields and what strangers have in common. */
export async function chooseRules(
  db: Database,
  fields: readonly PlannedField[],
  spec: Pick<LinkSpec, 'model' | 'blocking'>,
): Promise<Rules> {
  const declared = spec.model?.rules ?? spec.blocking;
  if (declared.length > 0) return { rules: declared, firstRules: spec.model?.first_rules ?? [] };
  const people = await db.value<number>('SELECT count(*) FROM link_reference');
  const facts: RuleFacts = {
    collision: await collisions(db, fields),
    people,
    mostPerRecord: MOST_EXPECTED,
    mostRules: MOST_RULES,
  };
  const first = firstRules(fields, facts);
  const rules = withFirstRules(automaticRules(fields, facts), first);
  return { rules: swappedFields(fields) === null ? rules : [[BOTH_NAMES], ...rules], firstRules: first };
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
  /** How many records are looked for in all, where `records` is the part of them whose candidates are not known yet. */
  readonly open?: number;
  /** Both sides are one file: each pair once, none with itself. */
  readonly sameFile?: boolean;
}

/** SELECTs of (row, h): a pair has `h` in common. */
interface NamedRule {
  readonly rule: BlockingRule;
  readonly ours: string;
  readonly theirs: string;
}

/** Candidate pairs, each once, with the first rule that found it: `into(record, person, rule)`. */
export async function findCandidates(db: Database, search: Search): Promise<RuleFigures[]> {
  const first = search.firstRule ?? 0;
  await db.run('CREATE OR REPLACE TEMP TABLE link_found (record BIGINT, person BIGINT, rule USMALLINT)');
  const named: NamedRule[] = search.rules.map((rule) => ({
    rule,
    ours: keyedRows('link_ours', rule, search.records),
    theirs: keyedRows('link_reference', rule),
  }));
  if (search.errors !== false) named.push(...(await errorRules(db, search)));
  const dropped: Dropped[] = [];
  for (const [i, one] of named.entries()) {
    dropped.push(await applyRule(db, first + i, { ...one, sameFile: search.sameFile === true }));
  }
  await db.run(`CREATE OR REPLACE TEMP TABLE ${search.into} AS
    SELECT record, person, min(rule) AS rule FROM link_found GROUP BY record, person`);
  await dropTemporary(db, 'link_found', 'link_block_*');
  if (search.sameFile !== true) await dropForbidden(db, search.into);
  const counts = await db.rows<{ rule: number; pairs: number }>(
    `SELECT rule, count(*) AS pairs FROM ${search.into} GROUP BY rule`,
  );
  return named.map(({ rule }, i) => ({
    rule,
    pairs: counts.find((row) => row.rule === first + i)?.pairs ?? 0,
    ...dropped[i]!,
  }));
}

/** Numbers with one wrong or two swapped digits, of each field whose rows hold the number itself. */
async function errorRules(db: Database, search: Search): Promise<NamedRule[]> {
  const people = await db.value<number>('SELECT count(*) FROM link_reference');
  const records = search.open ?? (await db.value<number>(`SELECT count(*) FROM ${search.records}`));
  const only = `row IN (SELECT record FROM ${search.records})`;
  return search.fields.flatMap((field, i): NamedRule[] => {
    if (field.comparator !== 'digits' || field.dictionary !== null) return [];
    const rule = [`${field.name}.one_error`];
    if (field.held.as === 'integers') {
      if (records > MOST_RECORDS_FOR_VARIANTS) return [];
      const own = `SELECT row, f${i} AS number FROM link_ours WHERE f${i} IS NOT NULL AND ${only}`;
      const theirs = `SELECT row, f${i} AS h FROM link_reference WHERE f${i} IS NOT NULL`;
      return [{ rule, ours: `SELECT row, number AS h FROM (${variantsSql(own)})`, theirs }];
    }
    if (people > MOST_PEOPLE_FOR_ERROR_KEYS) return [];
    const rows = (side: string) => `SELECT row, h FROM
      (SELECT row, unnest(${errorKeysSql(`f${i}`)}) AS h FROM ${side}) WHERE h IS NOT NULL`;
    return [{ rule, ours: `${rows('link_ours')} AND ${only}`, theirs: rows('link_reference') }];
  });
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

/** Their rows come down to those that meet one of ours before anything is counted or joined. */
async function applyRule(
  db: Database,
  rule: number,
  rows: { ours: string; theirs: string; sameFile: boolean },
): Promise<Dropped> {
  await db.run(`CREATE OR REPLACE TEMP TABLE link_block_ours AS ${rows.ours}`);
  await db.run(`CREATE OR REPLACE TEMP TABLE link_block_theirs AS SELECT * FROM (${rows.theirs})
    WHERE h IN (SELECT h FROM link_block_ours)`);
  const big = await db.change(`CREATE OR REPLACE TEMP TABLE link_block_big AS
    SELECT h FROM link_block_theirs GROUP BY h HAVING count(*) > ${MOST_PEOPLE_IN_BLOCK}`);
  const theirs =
    big === 0 ? 'link_block_theirs' : '(SELECT * FROM link_block_theirs ANTI JOIN link_block_big USING (h))';
  await db.run(`INSERT INTO link_found SELECT o.row, t.row, ${rule} FROM link_block_ours o
    JOIN ${theirs} t ON o.h = t.h ${rows.sameFile ? 'WHERE o.row < t.row' : ''}`);
  if (big === 0) return { droppedBlocks: 0, droppedRecords: 0 };
  const [dropped] = await db.rows<{ blocks: number; records: number }>(
    `SELECT count(DISTINCT h) AS blocks, count(*) AS records FROM link_block_ours
     WHERE h IN (SELECT h FROM link_block_big)`,
  );
  return { droppedBlocks: dropped?.blocks ?? 0, droppedRecords: dropped?.records ?? 0 };
}
