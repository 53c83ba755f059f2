import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import { mapValues } from '../engine/value-exchange.js';
import { type ColumnFinding, type Hints, readsOtherwise } from '../normalizers/normalizer.js';
import type { FieldRole } from './fields.js';
import { normalizerOf, valueWorker } from './value-worker.js';

/** A column whose distinct values are to be normalised. */
export interface DictionaryColumn {
  readonly name: string;
  readonly kind: string;
  readonly role: FieldRole;
  readonly hints: Hints;
  /** Whether the answers say how each value is shown masked. */
  readonly masked?: boolean;
  /** SQL name of a table of strings judged before (`written_<field>` of the reference), or null. */
  readonly judged?: string | null;
  /** SQL name of an answers table of strings that need not be read again (pipeline/rows-carried.ts), or null. */
  readonly carried?: string | null;
}

/**
 * Kinds whose reading of a string depends on nothing but the string, unless the column has an encoding of its own. What the
 * reference holds as written was read when it was built, and need not be read again.
 */
const READ_ONCE: ReadonlySet<string> = new Set(['person-name']);

/** Whether strings of this kind, read under these hints, mean the same in every file. */
export function readOnce(kind: string, hints: Hints): boolean {
  return READ_ONCE.has(kind) && hints.encoding === undefined && hints.settings === undefined;
}

/** What was concluded about a column, for the manifest and for the reader of a report. */
export interface ColumnFacts extends ColumnFinding {
  /** Different strings in it, as written; not counted in a reference. */
  readonly distinct?: number;
}

/** Evidence for a column's hints comes from this many of its distinct values, picked by their hash. */
const EVIDENCE = 10_000;

/** A longer pattern (all syllables of the language) costs the engine as much as normalising costs TypeScript. */
const QUICK_PATTERN = 1_000;

const NO_EVIDENCE: ColumnFinding = { hints: {}, confidence: {} };

/**
 * Normalises the distinct values of a column of `raw` into the temp table `answers_<name>`: entry, raw, value, type,
 * problems, masked, value_id (where it was read before). Values that are canonical already stay in SQL; for fields that keep keys in their rows they get no
 * entry at all.
 */
export async function normalizeColumn(
  db: Database,
  raw: string,
  column: DictionaryColumn,
): Promise<ColumnFacts> {
  const { canonical } = normalizerOf(column.kind);
  const name = identifier(column.name);
  const onlyOdd = column.role !== 'coded' && isQuick(canonical) && !readsOtherwise(column.hints);
  const odd = onlyOdd ? `AND NOT regexp_full_match(${name}, ${literal(canonical)})` : '';
  const strings = `SELECT DISTINCT ${name} AS raw FROM ${raw} r ${unlessCarried(column)} WHERE ${name} IS NOT NULL ${odd}`;
  const judged = readOnce(column.kind, column.hints) ? (column.judged ?? null) : null;
  const values = await db.change(`CREATE OR REPLACE TEMP TABLE ${distinctTable(column.name)} AS
    ${judged === null ? strings : withJudged(strings, judged)}`);
  const finding = await findHints(db, column, values);
  const hints = { ...finding.hints, ...column.hints };
  await normalizeDistinct(db, { ...column, judged: hints.encoding === undefined ? judged : null }, hints);
  return { hints, confidence: finding.confidence };
}

/** The strings with what they were read as before; `judged` is NULL for those that are new. */
function withJudged(strings: string, judged: string): string {
  return `SELECT d.raw, k.raw IS NOT NULL OR NULL AS judged, k.value, k.value_id, k.problems
    FROM (${strings}) d LEFT JOIN ${judged} k ON d.raw = k.raw`;
}

function unlessCarried({ name, carried }: DictionaryColumn): string {
  return carried == null ? '' : `ANTI JOIN ${carried} c ON r.${identifier(name)} = c.raw`;
}

/** `own`: how many distinct strings there are besides those that are carried over. */
async function findHints(db: Database, column: DictionaryColumn, own: number): Promise<ColumnFinding> {
  const { observe, decide } = normalizerOf(column.kind);
  if (observe === undefined || decide === undefined) return NO_EVIDENCE;
  const { carried = null } = column;
  const table = distinctTable(column.name);
  const distinct =
    carried === null
      ? table
      : `(SELECT raw, rowid FROM ${table} UNION ALL SELECT raw, rowid FROM ${carried})`;
  const values = carried === null ? own : own + (await db.value<number>(`SELECT count(*) FROM ${carried}`));
  const every = Math.max(1, Math.ceil(values / EVIDENCE));
  const picked = `SELECT rowid AS key, raw AS a FROM ${distinct} WHERE hash(raw) % ${every} = 0`;
  let seen = 0;
  const counts = await mapValues(db, {
    select: picked,
    columns: 1,
    module: valueWorker,
    task: 'observeValues',
    options: { kind: column.kind },
    sent: (count) => {
      seen = count;
    },
  });
  return decide(counts, seen);
}

async function normalizeDistinct(db: Database, column: DictionaryColumn, hints: Hints): Promise<void> {
  const { canonical } = normalizerOf(column.kind);
  const distinct = distinctTable(column.name);
  const told = `told_${column.name}`;
  const judged = column.judged ?? null;
  const shortcut = isQuick(canonical) && !readsOtherwise(hints);
  const open = [
    ...(judged === null ? [] : ['judged IS NULL']),
    ...(shortcut ? [`NOT regexp_full_match(raw, ${literal(canonical)})`] : []),
  ];
  await mapValues(db, {
    select: `SELECT rowid AS key, raw AS a FROM ${distinct} ${open.length === 0 ? '' : `WHERE ${open.join(' AND ')}`}`,
    columns: 1,
    module: valueWorker,
    task: 'normalizeValues',
    options: { kind: column.kind, hints, masked: column.masked === true },
    into: {
      table: told,
      columns: { value: 'VARCHAR', type: 'VARCHAR', problems: 'BIGINT', masked: 'VARCHAR' },
    },
  });
  const value = 'if(a.key IS NULL, d.raw, a.value)';
  const known = judged === null ? null : 'd.judged IS NOT NULL';
  const { carried = null } = column;
  const first = carried === null ? '' : ` + (SELECT coalesce(max(entry) + 1, 0) FROM ${carried})`;
  await db.run(`CREATE OR REPLACE TEMP TABLE ${answersTable(column.name)} AS
    SELECT (d.rowid${first})::UINTEGER AS entry, d.raw, ${known === null ? value : `if(${known}, d.value, ${value})`} AS value, a.type,
      coalesce(a.problems, ${known === null ? '' : 'd.problems, '}0) AS problems, a.masked,
      ${known === null ? 'NULL::UINTEGER' : 'd.value_id'} AS value_id
    FROM ${distinct} d LEFT JOIN ${identifier(told)} a ON d.rowid = a.key
    ${carried === null ? '' : `UNION ALL BY NAME SELECT * FROM ${carried}`}`);
  await db.run(`DROP TABLE ${distinct}; DROP TABLE ${identifier(told)}`);
}

function isQuick(canonical: string | null): canonical is string {
  return canonical !== null && canonical.length < QUICK_PATTERN;
}

function distinctTable(field: string): string {
  return identifier(`distinct_${field}`);
}

export function answersTable(field: string): string {
  return identifier(`answers_${field}`);
}
