import { allDone } from '../engine/all-done.js';
import type { Database } from '../engine/database.js';
import { inTurns } from '../engine/turns.js';
import type { Hints } from '../normalizers/normalizer.js';
import { programId } from './build-id.js';
import { type ColumnFacts, normalizeColumn } from './dictionaries.js';
import { makeEntries, makeKeyEntries, type ValueSpace } from './dictionary-tables.js';
import type { Field } from './fields.js';
import type { SourceFile } from './ingest.js';
import type { ReferenceManifest } from './reference.js';
import { countDistinct } from './repeated.js';
import { carryAnswers } from './rows-carried.js';
import { tableOf } from './tables.js';

export interface NormalizePlan {
  readonly fields: readonly Field[];
  readonly files: readonly SourceFile[];
  readonly reference: ReferenceManifest;
  readonly today: string;
  /** About when the extract was made, ISO: the first day of the job's period. */
  readonly fileDate: string;
  /**
   * Where rows are taken: only those of `raw_open` are read, besides what the last run read of the others, which has these masks of
   * problems. Null: all rows are read.
   */
  readonly taken?: Readonly<Record<string, readonly number[]>> | null;
}

/**
 * Stage 2. Makes the dictionary of every field: each distinct raw value with its canonical value and problems. Reads
 * `raw`, writes `entries_*`, `problem_sets_*`, `new_values_*`. Returns what was concluded about each column.
 */
export async function normalizeFields(
  db: Database,
  plan: NormalizePlan,
): Promise<Readonly<Record<string, ColumnFacts>>> {
  // All at once: while the worker threads judge the values of one column, the engine collects those of another.
  const databaseAt = inTurns(db);
  const facts = await allDone(
    dearestFirst(plan.fields).map(
      async (field, place) => [field.name, await normalizeField(databaseAt(place), field, plan)] as const,
    ),
  );
  const found = new Map(facts);
  return Object.fromEntries(plan.fields.map(({ name }) => [name, found.get(name)!]));
}

/** Kinds of values that are many and long, or take long to read: the dearest first: for it all others wait in the end. */
const DEAR_KINDS: readonly string[] = [
  'address',
  'person-name',
  'organisation-name',
  'text',
  'birth-date',
  'citizen-id',
];

function dearestFirst(fields: readonly Field[]): Field[] {
  const place = ({ kind }: Field) =>
    DEAR_KINDS.includes(kind) ? DEAR_KINDS.indexOf(kind) : DEAR_KINDS.length;
  return fields.toSorted((a, b) => place(a) - place(b));
}

async function normalizeField(db: Database, field: Field, plan: NormalizePlan): Promise<ColumnFacts> {
  const hints = hintsOf(field, plan);
  const judged =
    field.role === 'coded' && writtenThere(field, plan.reference) ? `ref."written_${field.name}"` : null;
  const { taken = null } = plan;
  const carried = taken !== null && field.role !== 'checked' ? await carryAnswers(db, field) : null;
  const rows = taken === null || needsAll(field) ? 'raw' : 'raw_open';
  const column = { ...field, hints, masked: field.role !== 'coded', judged, carried };
  if (field.role === 'coded') {
    const facts = await normalizeColumn(db, rows, column);
    await makeEntries(db, field, {
      ...valueSpace(field, plan.reference),
      carried: carried !== null,
    });
    const distinct = await db.value<number>(`SELECT count(*) FROM ${tableOf('entries_', field.name)}`);
    return { ...facts, distinct };
  }
  // Counted beside, so that the engine has something to do while the workers begin.
  const [facts, distinct] = await Promise.all([
    normalizeColumn(db, rows, column),
    countDistinct(db, field.name),
  ]);
  await makeKeyEntries(db, field.name, taken?.[field.name]);
  return { ...facts, distinct };
}

/** Rows keep no number of such a field, but all its values tell how it is to be read. */
function needsAll({ role, normalizer }: Field): boolean {
  return role === 'checked' && normalizer.observe !== undefined;
}

function hintsOf(field: Field, plan: NormalizePlan): Hints {
  const font = plan.files.find((file) => file.fontEncoding !== null)?.fontEncoding;
  const pivot = field.settings.century_pivot;
  const codeList = field.settings.code_list;
  const epoch = field.settings.excel_epoch;
  const made = field.settings.file_date;
  return {
    today: plan.today,
    fileDate: typeof made === 'string' ? made : plan.fileDate,
    ...(epoch === 1900 || epoch === 1904 ? { excelEpoch: epoch } : {}),
    ...(font === null || font === undefined ? {} : { encoding: font }),
    ...(typeof pivot === 'number' ? { centuryPivot: pivot } : {}),
    ...(typeof codeList === 'string' ? { codeList } : {}),
    ...(Object.keys(field.settings).length === 0 ? {} : { settings: field.settings }),
  };
}

/** A field has its values' numbers in common with the reference only if both hold the same kind of value. */
export function valueSpace(field: Field, reference: ReferenceManifest): ValueSpace {
  const there = comparableField(field, reference);
  return there === null
    ? { known: null, size: 0 }
    : { known: `ref."values_${field.name}"`, size: there.values };
}

/** The reference keeps its strings as written with what this very program read them as. */
function writtenThere(field: Field, reference: ReferenceManifest): boolean {
  return reference.program === programId() && comparableField(field, reference)?.written === true;
}

export function comparableField(
  field: Field,
  reference: ReferenceManifest,
): ReferenceManifest['fields'][number] | null {
  return (
    reference.fields.find((one) => one.name === field.name && one.kind === field.kind && !one.key) ?? null
  );
}
