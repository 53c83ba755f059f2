import type { Database } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import { mapValues } from '../engine/value-exchange.js';
import { KEYS } from '../matchers/blocking.js';
import { type ComparatorName, comparatorOf, type NamePart } from '../matchers/field-levels.js';
import { linkValues } from './link-values.js';

/** A field both sides have; its canonical values stand in a column of that name in both tables. */
export interface LinkField {
  readonly name: string;
  readonly kind: string;
  /** Which part of a person's name it holds, when names come in several columns. */
  readonly part?: NamePart;
}

export interface PlannedField extends LinkField {
  readonly comparator: ComparatorName;
  /** Fields that may be mistaken for each other share a dictionary, so that they can be compared crosswise. */
  readonly dictionary: string;
  /** The field this one leans on, found in the reference (`dependenceTree`). */
  readonly parent: number | null;
}

export interface Sides {
  /** Table with `record` and a column per field. */
  readonly ours: string;
  /** Table with `person` and the same columns. */
  readonly reference: string;
}

export function planFields(fields: readonly LinkField[]): PlannedField[] {
  return fields.map((field, i) => ({
    ...field,
    comparator: comparatorOf(field.kind, field.part),
    parent: null,
    dictionary: field.part === undefined ? `link_values_${i}` : 'link_values_names',
  }));
}

/**
 * Replaces values by dictionary numbers: `link_ours(row, f0, f1 …, s0, s1 …)` and `link_reference(row, f0 …)`,
 * and per field `link_share_0(key, share)`, how much of the reference has that value; s0 is the share of f0. Numbers follow the order of the values, so that
 * the order of rows changes nothing.
 */
export async function encodeSides(
  db: Database,
  fields: readonly PlannedField[],
  sides: Sides,
): Promise<void> {
  for (const dictionary of new Set(fields.map((field) => field.dictionary))) {
    const columns = fields
      .filter((field) => field.dictionary === dictionary)
      .map((field) => identifier(field.name));
    const values = [sides.ours, sides.reference]
      .flatMap((table) => columns.map((column) => `SELECT ${column} AS value FROM ${table}`))
      .join(' UNION ALL ');
    await db.run(`CREATE OR REPLACE TEMP TABLE ${dictionary} AS
      SELECT (row_number() OVER (ORDER BY value))::UINTEGER AS key, value
      FROM (SELECT DISTINCT value FROM (${values}) WHERE value <> '')`);
  }
  await encode(db, fields, { from: sides.ours, id: 'record', into: 'link_ours' });
  await encode(db, fields, { from: sides.reference, id: 'person', into: 'link_reference' });
  for (const [i] of fields.entries()) {
    await db.run(`CREATE OR REPLACE TEMP TABLE link_share_${i} AS
      SELECT f${i} AS key, count(*) / sum(count(*)) OVER () AS share
      FROM link_reference WHERE f${i} IS NOT NULL GROUP BY f${i}`);
  }
  await db.run(`CREATE OR REPLACE TEMP TABLE link_ours AS SELECT o.*
    ${fields.map((_, i) => `, s${i}.share::FLOAT AS s${i}`).join('')} FROM link_ours o
    ${fields.map((_, i) => `LEFT JOIN link_share_${i} s${i} ON s${i}.key = o.f${i}`).join(' ')}`);
}

async function encode(
  db: Database,
  fields: readonly PlannedField[],
  side: { from: string; id: string; into: string },
): Promise<void> {
  const columns = fields.map((_, i) => `, d${i}.key AS f${i}`).join('');
  const joins = fields
    .map(
      (field, i) => `LEFT JOIN ${field.dictionary} d${i} ON d${i}.value = source.${identifier(field.name)}`,
    )
    .join(' ');
  await db.run(`CREATE OR REPLACE TEMP TABLE ${side.into} AS
    SELECT source.${side.id}::BIGINT AS row ${columns} FROM ${side.from} source ${joins}`);
}

/** Blocking keys of both sides: `link_ours_keys(row, "name.sound" …)` as hashes, and `…_errors(row, field, h)`. */
export async function makeKeys(db: Database, fields: readonly PlannedField[]): Promise<void> {
  for (const [i, field] of fields.entries()) {
    await mapValues(db, {
      select: `SELECT key, value AS a FROM ${field.dictionary} WHERE key IN
        (SELECT f${i} FROM link_ours UNION SELECT f${i} FROM link_reference)`,
      columns: 1,
      module: linkValues,
      task: 'keys',
      options: { comparator: field.comparator },
      into: {
        table: `link_keys_${i}`,
        columns: Object.fromEntries(KEYS[field.comparator].map((key) => [key.name, 'VARCHAR'])),
      },
    });
    if (field.comparator === 'digits' && (await errorKeysMade(db))) await makeErrorKeys(db, i, field);
  }
  for (const side of ['link_ours', 'link_reference']) await keyRows(db, fields, side);
}

/**
 * One-error keys are some twenty a number. In a large reference they cost more than they find: a number with one error
 * keeps one half, and half a number with part of the name or birth date is a rule already.
 */
const MOST_PEOPLE_FOR_ERROR_KEYS = 200_000;

export async function errorKeysMade(db: Database): Promise<boolean> {
  return (await db.value<number>('SELECT count(*) FROM link_reference')) <= MOST_PEOPLE_FOR_ERROR_KEYS;
}

async function makeErrorKeys(db: Database, i: number, field: PlannedField): Promise<void> {
  await mapValues(db, {
    select: `SELECT key, value AS a FROM ${field.dictionary}`,
    columns: 1,
    module: linkValues,
    task: 'errorKeys',
    options: { comparator: field.comparator },
    into: { table: `link_errors_${i}`, columns: { errors: 'VARCHAR' } },
  });
}

async function keyRows(db: Database, fields: readonly PlannedField[], side: string): Promise<void> {
  const columns = keyNames(fields).map(({ field, key }) => {
    const column = `k${field}.${identifier(key)}`;
    return `CASE WHEN ${column} IS NOT NULL THEN hash(${column}) END AS ${identifier(`${fields[field]!.name}.${key}`)}`;
  });
  const joins = fields.map((_, i) => `LEFT JOIN link_keys_${i} k${i} ON k${i}.key = side.f${i}`).join(' ');
  await db.run(`CREATE OR REPLACE TEMP TABLE ${side}_keys AS
    SELECT *${bothNames(fields)} FROM (SELECT side.row, ${columns.join(', ')} FROM ${side} side ${joins})`);
}

/** One key for given and family name in whatever order, so that swapped ones meet. */
function bothNames(fields: readonly PlannedField[]): string {
  const swap = swappedFields(fields);
  if (swap === null) return '';
  const [a, b] = swap.map((i) => identifier(`${fields[i]!.name}.sound`));
  return `, CASE WHEN ${a} IS NOT NULL AND ${b} IS NOT NULL THEN hash(least(${a}, ${b}), greatest(${a}, ${b})) END
    AS ${identifier(BOTH_NAMES)}`;
}

export const BOTH_NAMES = 'names.both';

/** Positions of the given and the family name, which people write into each other's place. */
export function swappedFields(fields: readonly PlannedField[]): readonly [number, number] | null {
  const given = fields.findIndex((field) => field.part === 'given-name');
  const family = fields.findIndex((field) => field.part === 'family-name');
  return given >= 0 && family >= 0 ? [given, family] : null;
}

export function keyNames(fields: readonly PlannedField[]): { field: number; key: string }[] {
  return fields.flatMap((field, i) => KEYS[field.comparator].map((key) => ({ field: i, key: key.name })));
}
