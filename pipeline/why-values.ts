import type { Database } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import { citizenId } from '../normalizers/citizen-id.js';
import { type Field, keyText } from './fields.js';
import { maskUnknown } from './mask-unknown.js';
import { referenceIdText } from './result-rows.js';
import type { RunPlan } from './run-plan.js';
import { tableOf } from './tables.js';

/** One row of `results` with its values in words. */
export interface RecordValues {
  readonly recordKey: string | null;
  readonly file: number;
  readonly person: number | null;
  readonly referenceKey: string | null;
  readonly pattern: string;
  readonly fields: Readonly<
    Record<string, { readonly raw: string | null; readonly canonical: string | null }>
  >;
}

/** The number that finds the person first, then what is compared. */
export function shownFields({ patterns: { fields, identity } }: RunPlan): Field[] {
  return [...(identity === null ? [] : [identity]), ...fields.filter((field) => field.compare)];
}

/** A value with what identifies a person hidden. What a person wrote may have any form, so all of it is hidden. */
export function shownValue(field: Field, value: string, kind: 'raw' | 'canonical'): string {
  return kind === 'raw' ? maskUnknown(value) : field.normalizer.mask(value);
}

/** A number or key with its middle hidden. */
export function maskedId(id: string): string {
  return citizenId.mask(id);
}

/** Reads the row (from 0) out of the attached database `run`. */
export async function recordValues(db: Database, plan: RunPlan, row: number): Promise<RecordValues> {
  const { identity } = plan.patterns;
  const columns = shownFields(plan).flatMap((field) => {
    const e = identifier(`d_${field.name}`);
    const [raw, canonical] = field === identity ? keyColumns(field, e) : codedColumns(field, e);
    return [
      `${raw} AS ${identifier(`raw_${field.name}`)}`,
      `${canonical} AS ${identifier(`canonical_${field.name}`)}`,
    ];
  });
  const joins = shownFields(plan).map(
    (field) => `LEFT JOIN run.${tableOf('entries_', field.name)} ${identifier(`d_${field.name}`)}
      ON r.${identifier(`e_${field.name}`)} = ${identifier(`d_${field.name}`)}.entry`,
  );
  const [found] = await db.rows<
    Record<string, string | number | null>
  >(`SELECT r.record_key, r.file, r.person,
      ${referenceIdText('r.reference_key')} AS reference_key, r.pattern::VARCHAR AS pattern ${columns.map((column) => `, ${column}`).join('')}
    FROM (SELECT * FROM run.results WHERE record = ${row}) r ${joins.join('\n    ')}`);
  const at = (name: string) => {
    const value = found?.[name] ?? null;
    return value === null ? null : String(value);
  };
  return {
    recordKey: at('record_key'),
    file: Number(at('file') ?? 0),
    person: at('person') === null ? null : Number(at('person')),
    referenceKey: at('reference_key'),
    pattern: at('pattern') ?? '0',
    fields: Object.fromEntries(
      shownFields(plan).map(({ name }) => [
        name,
        { raw: at(`raw_${name}`), canonical: at(`canonical_${name}`) },
      ]),
    ),
  };
}

function keyColumns(field: Field, entry: string): [string, string] {
  const own = keyText(field.kind, 'r.find_by');
  return [`coalesce(${entry}.raw, ${own})`, `coalesce(${own}, ${entry}.value)`];
}

/** As in results.csv: a two-digit year that the record's own number put into the other century is shown there. */
function codedColumns(field: Field, entry: string): [string, string] {
  const value = `${entry}.value`;
  if (field.kind !== 'birth-date') return [`${entry}.raw`, value];
  const usual = `r.${identifier(`w_${field.name}`)} = ${entry}.value_id OR ${entry}.type IS DISTINCT FROM 'two-digit-year'`;
  return [`${entry}.raw`, `if(${usual}, ${value}, ${entry}.other_year::VARCHAR || substr(${value}, 5))`];
}

export type PersonValues = Readonly<Record<string, string | null>>;

/** Canonical values of people of the attached reference `ref`, by field; the identity number under its field's name. */
export async function peopleOf(
  db: Database,
  plan: RunPlan,
  people: readonly number[],
): Promise<ReadonlyMap<number, PersonValues>> {
  if (people.length === 0) return new Map();
  const { comparable, identity } = plan.patterns;
  const columns = comparable.map(
    (field) => `, ${identifier(`t_${field.name}`)}.value AS ${identifier(field.name)}`,
  );
  if (identity !== null) {
    columns.push(
      `, ${keyText(identity.kind, `p.${identifier(`k_${identity.name}`)}`)} AS ${identifier(identity.name)}`,
    );
  }
  const joins = comparable.map(
    (field) => `LEFT JOIN ref.${identifier(`values_${field.name}`)} ${identifier(`t_${field.name}`)}
      ON p.${identifier(`v_${field.name}`)} = ${identifier(`t_${field.name}`)}.value_id`,
  );
  const rows = await db.rows<
    Record<string, string | number | null>
  >(`SELECT p.person AS "person of it" ${columns.join('')}
    FROM (SELECT * FROM ref.people WHERE person IN (${people.join(', ')})) p ${joins.join('\n    ')}`);
  return new Map(
    rows.map(({ 'person of it': person, ...values }) => [Number(person), values as PersonValues]),
  );
}
