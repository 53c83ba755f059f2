import type { Database } from '../engine/database.js';
import { mapValues } from '../engine/value-exchange.js';
import { normalizers } from '../normalizers/index.js';
import type { ColumnFinding, Hints } from '../normalizers/normalizer.js';
import { type Evidence, type Suggestion, suggestMapping } from '../sectors/mapping.js';
import type { Sector } from '../sectors/schema.js';
import { type Context, dayInVietnam } from './context.js';
import { type FileChoice, givenHints, INPUT, type InputTable, loadInput } from './input-table.js';
import { maskUnknown } from './mask-unknown.js';
import { withScratch } from './scratch.js';
import { EVIDENCE_MARK, valueWorker } from './value-worker.js';

export interface Profile {
  readonly file: InputTable;
  readonly columns: readonly ColumnProfile[];
  /** One per column when a sector was given. */
  readonly mapping: readonly Suggestion[];
}

export interface ColumnProfile {
  readonly column: string;
  readonly filled: number;
  /** Share of the rows that are filled, 0–1; null in a file without rows. */
  readonly fill_rate: number | null;
  readonly distinct: number;
  readonly shapes: readonly { readonly shape: string; readonly rows: number }[];
  /** Best first; shares of all distinct values of the column. */
  readonly accepted: readonly { readonly kind: string; readonly share: number }[];
  readonly kind: string | null;
  /** How the text was encoded before it became Unicode wrongly, if it was. */
  readonly text_encoding: string | null;
  /** Share of the telling values that fit this encoding, 0–1. */
  readonly text_encoding_confidence: number | null;
  readonly examples: readonly string[];
}

const SHAPES = 3;
const EXAMPLES = 3;
const LIKELY = 0.8;

/** Kinds that take nearly any text: they say nothing about a column. */
export const TAKES_ANYTHING: ReadonlySet<string> = new Set([
  'text',
  'code',
  'identifier',
  'organisation-name',
  'address',
]);

/** Reads a file once and describes it. Nothing is written; examples are masked. Throws UserError for a file unread. */
export async function profileFile(
  choice: FileChoice,
  sector: Sector | null,
  context: Context,
): Promise<Profile> {
  return withScratch(context, async (db) => {
    const task = context.progress.start({ vi: 'Đọc tệp', en: 'Reading the file' });
    const file = await loadInput(db, choice);
    task.at(0.3);
    const looks: Look[] = [];
    for (const [i, column] of file.header.entries()) {
      looks.push(
        await lookAt(db, { column, sql: `c${i}`, rows: file.rows, today: dayInVietnam(context.clock()) }),
      );
      task.at(0.3 + (0.7 * (i + 1)) / file.header.length);
    }
    task.done(file.rows);
    const mapping = sector === null ? [] : suggestMapping(file.header, sector, evidenceOf(looks));
    return { file, columns: looks.map((look) => describe(look, kindOf(look, mapping, sector))), mapping };
  });
}

interface Look {
  readonly column: string;
  readonly filled: number;
  readonly rows: number;
  readonly distinct: number;
  readonly shapes: readonly { readonly shape: string; readonly rows: number }[];
  readonly accepted: readonly { readonly kind: string; readonly share: number }[];
  /** What each kind of value concludes about the column. */
  readonly findings: Readonly<Record<string, ColumnFinding>>;
  readonly examples: readonly string[];
}

interface Place {
  readonly column: string;
  readonly sql: string;
  readonly rows: number;
  readonly today: string;
}

const SEEN = 'SELECT rowid AS key, raw AS a FROM seen';

async function lookAt(db: Database, { column, sql, rows, today }: Place): Promise<Look> {
  await db.run(`CREATE OR REPLACE TEMP TABLE seen AS
    SELECT ${sql} AS raw, count(*) AS n FROM ${INPUT} WHERE trim(${sql}) <> '' GROUP BY ${sql}`);
  const [totals] = await db.rows<{ filled: number | null; distinct_values: number }>(
    'SELECT sum(n)::BIGINT AS filled, count(*) AS distinct_values FROM seen',
  );
  const shapes = await db.rows<{
    shape: string;
    rows: number;
  }>(`SELECT ${SHAPE} AS shape, sum(n)::BIGINT AS rows
    FROM seen GROUP BY shape ORDER BY rows DESC, shape LIMIT ${SHAPES}`);
  const examples = await db.rows<{ raw: string }>(
    `SELECT raw FROM seen ORDER BY hash(raw), raw LIMIT ${EXAMPLES}`,
  );
  const distinct = totals?.distinct_values ?? 0;
  const findings = await findingsOf(db, distinct, today);
  return {
    column,
    rows,
    filled: totals?.filled ?? 0,
    distinct,
    shapes,
    findings,
    accepted: await acceptance(db, distinct, findings),
    examples: examples.map(({ raw }) => raw),
  };
}

/** Digits stay digit by digit (`999999999999`), letters become one `A`, `Aa` or `a` per word: `Aa Aa Aa`, `99/99/9999`. */
const SHAPE = [
  ['\\p{M}', ''],
  ['[0-9]', '9'],
  ['9{21,}', '9…'],
  ['\\p{Lu}\\p{Lu}+', 'AA'],
  ['\\p{Lu}', 'A'],
  ['[\\p{Ll}\\p{Lo}\\p{Lm}]+', 'a'],
].reduce(
  (sql, [pattern, by]) => `regexp_replace(${sql}, '${pattern}', '${by}', 'g')`,
  'left(nfc_normalize(raw), 60)',
);

/** What every kind of value would conclude about the column, from all its distinct values. */
async function findingsOf(
  db: Database,
  distinct: number,
  today: string,
): Promise<Record<string, ColumnFinding>> {
  const task = { module: valueWorker, task: 'observeAllKinds', options: {} };
  const counts = await mapValues(db, { select: SEEN, columns: 1, ...task });
  const given = givenHints({ settings: {} }, { today, fontEncoding: null });
  const findings = Object.values(normalizers).map(({ kind, decide }): [string, ColumnFinding] => {
    const { hints, confidence } = decide?.(evidenceFor(kind, counts), distinct) ?? NOTHING_FOUND;
    return [kind, { hints: { ...hints, ...given }, confidence }];
  });
  return Object.fromEntries(findings);
}

const NOTHING_FOUND: ColumnFinding = { hints: {}, confidence: {} };

function evidenceFor(kind: string, counts: Readonly<Record<string, number>>): Record<string, number> {
  const start = `${kind}${EVIDENCE_MARK}`;
  const own = Object.entries(counts).filter(([name]) => name.startsWith(start));
  return Object.fromEntries(own.map(([name, count]) => [name.slice(start.length), count]));
}

async function acceptance(db: Database, distinct: number, findings: Look['findings']) {
  const hints: Record<string, Hints> = {};
  for (const [kind, finding] of Object.entries(findings)) hints[kind] = finding.hints;
  const task = { module: valueWorker, task: 'countKinds', options: { hints } };
  const counts = await mapValues(db, { select: SEEN, columns: 1, ...task });
  return Object.entries(counts)
    .map(([kind, count]) => ({ kind, share: count / distinct }))
    .toSorted((a, b) => b.share - a.share || rank(a.kind) - rank(b.kind));
}

/** Between kinds that accept equally much: the order of the table of kinds, the general ones last. */
function rank(kind: string): number {
  const kinds = Object.keys(normalizers);
  return kinds.indexOf(kind) + (TAKES_ANYTHING.has(kind) ? kinds.length : 0);
}

function evidenceOf(looks: readonly Look[]): Evidence {
  const byColumn = new Map(looks.map((look) => [look.column, look]));
  return (column, kind) => {
    const look = byColumn.get(column);
    if (!look || look.distinct === 0) return null;
    return look.accepted.find((one) => one.kind === kind)?.share ?? 0;
  };
}

/** The kind of the suggested field, else the most telling one that accepts the values. */
function kindOf(look: Look, mapping: readonly Suggestion[], sector: Sector | null): string | null {
  const field = mapping.find(({ column }) => column === look.column)?.field;
  const mapped = field ? sector?.fields[field]?.kind : undefined;
  if (mapped) return mapped;
  return look.accepted.find(({ kind, share }) => share >= LIKELY && !TAKES_ANYTHING.has(kind))?.kind ?? null;
}

function describe(look: Look, kind: string | null): ColumnProfile {
  const { encoding, confidence } = encodingOf(look, kind);
  return {
    column: look.column,
    filled: look.filled,
    fill_rate: look.rows === 0 ? null : look.filled / look.rows,
    distinct: look.distinct,
    shapes: look.shapes,
    accepted: look.accepted,
    kind,
    text_encoding: encoding,
    text_encoding_confidence: confidence,
    examples: look.examples.map((raw) => masked(raw, kind, look.findings[kind ?? '']?.hints)),
  };
}

/** As the column's own kind of value sees it; else as names do, of which most is known. */
function encodingOf({ findings }: Look, kind: string | null) {
  const found = [kind ?? '', 'person-name', 'text']
    .map((one) => findings[one])
    .find((finding) => finding?.hints.encoding !== undefined);
  return {
    encoding: found?.hints.encoding ?? null,
    confidence: found?.confidence.encoding ?? null,
  };
}

function masked(raw: string, kind: string | null, hints: Hints | undefined): string {
  const normalizer = kind === null || TAKES_ANYTHING.has(kind) ? undefined : normalizers[kind];
  const value = normalizer?.normalize(raw, hints).value ?? null;
  return normalizer && value !== null ? normalizer.mask(value) : maskUnknown(raw);
}
