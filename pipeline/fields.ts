import { matchers } from '../matchers/index.js';
import type { Matcher } from '../matchers/matcher.js';
import type { Text } from '../messages/text.js';
import type { Normalizer } from '../normalizers/normalizer.js';
import { checkedFields, type Sector, type SectorField } from '../sectors/schema.js';
import type { ColumnMap } from './job-type.js';
import { normalizerOf } from './value-worker.js';

/**
 * How the values of a field are stored and used.
 * `identify`: nearly every value differs; rows keep the key itself, only what is not canonical has a dictionary entry.
 * `coded`: rows keep a number into the dictionary of distinct values; equality is equality of numbers.
 * `checked`: cleaned and counted, but neither compared nor grouped by; stored like `identify`.
 */
export type FieldRole = 'identify' | 'coded' | 'checked';

export interface Field {
  readonly name: string;
  readonly kind: string;
  readonly role: FieldRole;
  readonly normalizer: Normalizer;
  readonly matcher: Matcher | null;
  readonly compare: boolean;
  readonly group: boolean;
  readonly required: boolean;
  /** What stands before the dot in its reason codes. */
  readonly reasons: string;
  readonly labels: Text;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** The file's columns that make it up. */
  readonly columns: readonly string[];
}

/** The one field of every extract that is not a value to clean: the data owner's own name of the record. */
export const RECORD_KEY = 'record_key';

/** What the figures are split by, and by which list of provinces. */
export interface Grouping {
  readonly groupBy: readonly string[];
  readonly provinces: 34 | 63;
}

/** Fields of the sector that the job maps to columns, in the sector's order. */
export function fieldsOf(sector: Sector, columns: ColumnMap, { groupBy, provinces }: Grouping): Field[] {
  return Object.entries(sector.fields)
    .filter(([name]) => name !== RECORD_KEY && columns[name] !== undefined)
    .map(
      ([name, field]) =>
        [name, { ...field, kind: kindOf(field, groupBy.includes(name), provinces) }] as const,
    )
    .map(([name, field]) => ({
      name,
      kind: field.kind,
      role: roleOf(sector, name, groupBy),
      normalizer: normalizerOf(field.kind),
      matcher: matchers[field.kind] ?? null,
      compare: field.compare && !sector.identify_by.includes(name),
      group: groupBy.includes(name),
      required: field.required,
      reasons: field.reasons ?? name,
      labels: field.labels,
      settings: field.settings,
      columns: columns[name] ?? [],
    }))
    .filter(worthReading);
}

/** A province that only splits the figures is read in the list that the job chose; one that is compared, as the reference has it. */
function kindOf({ kind, compare }: SectorField, group: boolean, provinces: 34 | 63): string {
  return kind === 'province' && group && !compare && provinces === 63 ? 'former-province' : kind;
}

/**
 * A field that nobody compares, groups by or requires is still counted where its kind can tell clean values in the engine; free
 * text (an address) is left to `doisoat clean`, which is there for it.
 */
function worthReading(field: Field): boolean {
  return field.role !== 'checked' || field.required || field.normalizer.canonical !== null;
}

function roleOf(sector: Sector, name: string, groupBy: readonly string[]): FieldRole {
  if (sector.identify_by.includes(name)) return 'identify';
  const checked = sector.checks.some((check) => checkedFields(check).includes(name));
  const sorted = sector.apart.some(({ when }) => when.field === name);
  const dated = sector.person.from === name || sector.person.until === name;
  const coded = sector.fields[name]?.compare || groupBy.includes(name) || checked || sorted || dated;
  return coded ? 'coded' : 'checked';
}

/** SQL type of an identity number's key: 12-digit personal IDs fit an integer, which halves every join on them. */
export function keyType(kind: string): 'BIGINT' | 'VARCHAR' {
  return kind === 'citizen-id' ? 'BIGINT' : 'VARCHAR';
}

/** SQL of a key as text again. */
export function keyText(kind: string, expression: string): string {
  return keyType(kind) === 'BIGINT' ? `lpad(${expression}::VARCHAR, 12, '0')` : expression;
}
