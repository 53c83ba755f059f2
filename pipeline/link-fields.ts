import { KEYS } from '../matchers/blocking.js';
import { type ComparatorName, comparatorOf, type NamePart } from '../matchers/field-levels.js';

/** How the columns of both tables hold the values of a field. */
export type Held =
  /** As numbers: `values(key, value)` says what each stands for; `keys`: what the reference keeps of them (`prepareLinkKeys`). */
  | { readonly as: 'numbers'; readonly values: string; readonly keys: string | null }
  /** As integers of 12 digits. */
  | { readonly as: 'integers' }
  | { readonly as: 'text' };

/** A field both sides have; its canonical values stand in a column of that name in both tables. */
export interface LinkField {
  readonly name: string;
  readonly kind: string;
  /** Which part of a person's name it holds, when names come in several columns. */
  readonly part?: NamePart;
  /** As text unless said. */
  readonly held?: Held;
}

export interface PlannedField extends LinkField {
  readonly held: Held;
  readonly comparator: ComparatorName;
  /**
   * Table of (key, value) that the numbers in the rows stand for. Fields that may be mistaken for each other share one, so that
   * they can be compared crosswise. Null: rows hold the value itself (numbers that are nearly all different).
   */
  readonly dictionary: string | null;
  /** The field this one leans on, found in the reference (`dependenceTree`). */
  readonly parent: number | null;
}

export function planFields(fields: readonly LinkField[]): PlannedField[] {
  return fields.map((field, i) => {
    const comparator = comparatorOf(field.kind, field.part);
    const held = field.held ?? { as: 'text' };
    const itself = held.as === 'integers' || (held.as === 'text' && comparator === 'digits');
    const usual = field.part === undefined ? `link_values_${i}` : 'link_values_names';
    return { ...field, held, comparator, parent: null, dictionary: itself ? null : usual };
  });
}

/** SQL of the text of a value that rows hold themselves. */
export function textOf(field: PlannedField, column: string): string {
  return field.held.as === 'integers' ? `lpad(${column}::VARCHAR, 12, '0')` : column;
}

export const BOTH_NAMES = 'names.both';

/** Positions of the given and the family name, which people write into each other's place. */
export function swappedFields(fields: readonly PlannedField[]): readonly [number, number] | null {
  const given = fields.findIndex((field) => field.part === 'given-name');
  const family = fields.findIndex((field) => field.part === 'family-name');
  return given >= 0 && family >= 0 ? [given, family] : null;
}

export function keyNames(fields: readonly PlannedField[]): { field: number; key: string; name: string }[] {
  return fields.flatMap((field, i) =>
    KEYS[field.comparator].map((key) => ({ field: i, key: key.name, name: `${field.name}.${key.name}` })),
  );
}
