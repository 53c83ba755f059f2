import type { Database } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import { dropTemporary } from '../engine/temporary.js';
import type { PlannedField } from './link-fields.js';
import { keyTable, makeValueKeys, type Side } from './link-keys.js';

export { planFields } from './link-fields.js';

export interface Sides {
  /** Table with `record` and a column per field. */
  readonly ours: string;
  /** Table with `person` and the same columns. */
  readonly reference: string;
  /** Table with the same columns, as numbers or integers, that says how common values are; the reference unless given. */
  readonly frequencies?: string;
}

/**
 * Both sides with numbers in place of values: `link_ours(row, f0, f1 …, s0, s1 …)` and `link_reference(row, f0 …)`; a field
 * without a dictionary keeps its value. Per field `link_share_0(key, share)`, how much of the reference has that value (of values
 * that rows hold themselves, only ours); s0 is the share of f0. Per coded field the values of each side with
 * how many rows have them and their blocking keys (`keyTable`). The order of rows changes nothing.
 */
export async function encodeSides(
  db: Database,
  fields: readonly PlannedField[],
  sides: Sides,
): Promise<void> {
  await makeDictionaries(db, fields, sides);
  await encode(db, fields, { from: sides.ours, id: 'record', into: 'link_ours' });
  await encode(db, fields, { from: sides.reference, id: 'person', into: 'link_reference' });
  for (const [i, field] of fields.entries()) {
    if (field.dictionary === null) await shareOfOwn(db, i);
    else await codedValues(db, i, field);
    if (sides.frequencies !== undefined) await sharesOf(db, { i, field, table: sides.frequencies });
  }
  await db.run(`CREATE OR REPLACE TEMP TABLE link_ours AS SELECT o.*
    ${fields.map((_, i) => `, s${i}.share::FLOAT AS s${i}`).join('')} FROM link_ours o
    ${fields.map((_, i) => `LEFT JOIN link_share_${i} s${i} ON s${i}.key = o.f${i}`).join(' ')}`);
}

async function makeDictionaries(db: Database, fields: readonly PlannedField[], sides: Sides): Promise<void> {
  for (const dictionary of new Set(fields.map((field) => field.dictionary))) {
    const members = fields.filter((field) => field.dictionary === dictionary);
    if (dictionary === null) continue;
    const { held } = members[0]!;
    await dropTemporary(db, dictionary);
    if (held.as === 'numbers') {
      await db.run(`CREATE TEMP VIEW ${dictionary} AS SELECT key, value FROM ${held.values}`);
      continue;
    }
    const values = [sides.ours, sides.reference]
      .flatMap((table) => members.map(({ name }) => `SELECT ${identifier(name)} AS value FROM ${table}`))
      .join(' UNION ALL ');
    await db.run(`CREATE TEMP TABLE ${dictionary} AS
      SELECT (row_number() OVER (ORDER BY value))::UINTEGER AS key, value
      FROM (SELECT DISTINCT value FROM (${values}) WHERE value <> '')`);
  }
}

const isText = (field: PlannedField) => field.held.as === 'text' && field.dictionary !== null;

async function encode(
  db: Database,
  fields: readonly PlannedField[],
  side: { from: string; id: string; into: string },
): Promise<void> {
  const columns = fields.map((field, i) => {
    const column = `source.${identifier(field.name)}`;
    const own = field.held.as === 'text' ? `nullif(${column}, '')` : column;
    return `, ${isText(field) ? `d${i}.key` : own} AS f${i}`;
  });
  const joins = fields.map((field, i) =>
    isText(field)
      ? `LEFT JOIN ${field.dictionary} d${i} ON d${i}.value = source.${identifier(field.name)}`
      : '',
  );
  const kind = side.into === 'link_reference' && !fields.some(isText) ? 'VIEW' : 'TABLE';
  await dropTemporary(db, side.into);
  await db.run(`CREATE TEMP ${kind} ${side.into} AS
    SELECT source.${side.id}::BIGINT AS row ${columns.join('')} FROM ${side.from} source ${joins.join(' ')}`);
}

/** Of values that rows hold themselves only ours are counted: nearly all others occur once. */
async function shareOfOwn(db: Database, i: number): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE link_share_${i} AS
    SELECT f${i} AS key, count(*) / (SELECT count(f${i}) FROM link_reference) AS share FROM link_reference
    WHERE f${i} IN (SELECT f${i} FROM link_ours) GROUP BY f${i}`);
}

/** Rows of our own that may have a value before it is taken for a common one: a person's duplicates must not make their values common. */
const FEW = 3;

/** How common our values are among the people of a table, or among our own rows where they are commoner there (a stopgap name). */
async function sharesOf(
  db: Database,
  { i, field, table }: { i: number; field: PlannedField; table: string },
): Promise<void> {
  const column = identifier(field.name);
  await db.run(`CREATE OR REPLACE TEMP TABLE link_share_${i} AS
    SELECT o.key, greatest((coalesce(t.n, 0) + 1) / ((SELECT count(${column}) FROM ${table}) + 1), (o.n - ${FEW}) / o.total) AS share
    FROM (SELECT f${i} AS key, count(*) AS n, (sum(count(*)) OVER ())::BIGINT AS total FROM link_ours
        WHERE f${i} IS NOT NULL GROUP BY f${i}) o
      LEFT JOIN (SELECT ${column} AS key, count(*) AS n FROM ${table}
        WHERE ${column} IN (SELECT f${i} FROM link_ours) GROUP BY 1) t ON t.key = o.key`);
}

async function codedValues(db: Database, i: number, field: PlannedField): Promise<void> {
  const { held, comparator } = field;
  const counts = (side: Side) =>
    `(SELECT f${i} AS key, count(*) AS people FROM link_${side} WHERE f${i} IS NOT NULL GROUP BY f${i})`;
  const prepared = held.as === 'numbers' ? held.keys : null;
  const both = `SELECT f${i} FROM link_ours UNION SELECT f${i} FROM link_reference`;
  const only = prepared === null ? both : `SELECT f${i} FROM link_ours`;
  const values = `SELECT key, value FROM ${field.dictionary} WHERE key IN (${only})`;
  await makeValueKeys(db, { comparator, values, into: 'link_made' });
  for (const side of ['ours', 'reference'] as const) {
    const from =
      side === 'reference' && prepared !== null
        ? `SELECT * FROM ${prepared}`
        : `SELECT m.* EXCLUDE (made), c.people FROM link_made m JOIN ${counts(side)} c ON m.key = c.key`;
    await db.run(`CREATE OR REPLACE TEMP TABLE ${keyTable(side, i)} AS ${from}`);
  }
  await db.run(`CREATE OR REPLACE TEMP TABLE link_share_${i} AS SELECT key,
    people / (SELECT sum(people) FROM ${keyTable('reference', i)}) AS share FROM ${keyTable('reference', i)}`);
}
