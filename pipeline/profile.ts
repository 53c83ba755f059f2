import type { Database } from '../engine/database.js';
import { normalizers } from '../normalizers/index.js';
import type { Hints, Normalizer } from '../normalizers/normalizer.js';
import { type Evidence, type Suggestion, suggestMapping } from '../sectors/mapping.js';
import type { Sector } from '../sectors/schema.js';
import { type Context, dayInVietnam } from './context.js';
import { type FileChoice, givenHints, INPUT, type InputTable, loadInput } from './input-table.js';
import { maskUnknown } from './mask-unknown.js';
import { withScratch } from './scratch.js';

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
  /** Best first; of at most SAMPLE distinct values. */
  readonly accepted: readonly { readonly kind: string; readonly share: number }[];
  readonly kind: string | null;
  /** How the text was encoded before it became Unicode wrongly, if it was. */
  readonly text_encoding: string | null;
  readonly examples: readonly string[];
}

/** Shares are of this many distinct values of a column, picked by their hash and so the same every time. */
export const SAMPLE = 2_000;
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
  readonly encoding: string | null;
  readonly values: readonly string[];
  readonly today: string;
}

interface Place {
  readonly column: string;
  readonly sql: string;
  readonly rows: number;
  readonly today: string;
}

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
  const sample = await db.rows<{ raw: string }>(
    `SELECT raw FROM seen ORDER BY hash(raw), raw LIMIT ${SAMPLE}`,
  );
  const values = sample.map(({ raw }) => raw);
  const base = {
    column,
    rows,
    today,
    filled: totals?.filled ?? 0,
    distinct: totals?.distinct_values ?? 0,
    values,
  };
  const accepted = acceptance(values, today);
  return { ...base, shapes, accepted: accepted.shares, encoding: accepted.encoding };
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

function acceptance(values: readonly string[], today: string) {
  let encoding: string | null = null;
  const shares = Object.values(normalizers).map((normalizer) => {
    const hints = hintsFrom(values, normalizer, today);
    if (normalizer.kind === 'person-name') encoding = hints.encoding ?? null;
    const good = values.filter((raw) => accepts(normalizer, raw, hints)).length;
    return { kind: normalizer.kind, share: values.length === 0 ? 0 : good / values.length };
  });
  const ranked = shares
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share || rank(a.kind) - rank(b.kind));
  return { shares: ranked, encoding };
}

function hintsFrom(values: readonly string[], { observe, decide }: Normalizer, today: string): Hints {
  const given = givenHints({ settings: {} }, { today, fontEncoding: null });
  if (!observe || !decide) return given;
  const counts: Record<string, number> = {};
  for (const raw of values) for (const name of observe(raw)) counts[name] = (counts[name] ?? 0) + 1;
  return { ...decide(counts, values.length).hints, ...given };
}

/** A value is left to compare, and it is of this very kind (`phone` in an ID column is not). */
function accepts(normalizer: Normalizer, raw: string, hints: Hints): boolean {
  const { value, problems } = normalizer.normalize(raw, hints);
  return value !== null && !problems.some((name) => normalizer.problems[name]?.weight === 'blank');
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
    if (!look || look.values.length === 0) return null;
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
  return {
    column: look.column,
    filled: look.filled,
    fill_rate: look.rows === 0 ? null : look.filled / look.rows,
    distinct: look.distinct,
    shapes: look.shapes,
    accepted: look.accepted,
    kind,
    text_encoding: look.encoding,
    examples: look.values.slice(0, EXAMPLES).map((raw) => masked(raw, kind, look.today)),
  };
}

function masked(raw: string, kind: string | null, today: string): string {
  const normalizer = kind === null || TAKES_ANYTHING.has(kind) ? undefined : normalizers[kind];
  const value = normalizer?.normalize(raw, { today }).value ?? null;
  return normalizer && value !== null ? normalizer.mask(value) : maskUnknown(raw);
}
