import { z } from 'zod';

const text = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });

/** One field of a sector's records: what kind of value it holds and what it is used for. */
const field = z.strictObject({
  /** A kind of value that has a normalizer (`doisoat sectors --kinds` lists them). */
  kind: z.string().min(1),
  labels: text,
  /** A record without it is reported under `record.required_missing`. */
  required: z.boolean().default(false),
  /** Compared with the field of the same name in the reference. */
  compare: z.boolean().default(false),
  /** What stands before the dot in its reason codes; the field's own name unless given. */
  reasons: z.string().optional(),
  /** Header names met in practice, with or without marks; they feed the suggested mapping. */
  headers: z.array(z.string().min(1)).default([]),
  /** Passed to the normalizer: `{ century_pivot: 1930 }`. */
  settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});

const check = z.discriminatedUnion('check', [
  /** Same values in every mapped column again: `record.duplicate`. */
  z.strictObject({ check: z.literal('duplicate_rows') }),
  /** One identity number under several names: `record.id_shared`. */
  z.strictObject({ check: z.literal('id_shared') }),
  /** Age in whole years on the run's day, from a birth-date field. */
  z.strictObject({
    check: z.literal('age_between'),
    field: z.string(),
    min: z.number().int().min(0).default(0),
    max: z.number().int().max(130).default(120),
  }),
  /** Two dates of the record stand in this order or on one day (death after birth): `record.dates_out_of_order`. */
  z.strictObject({ check: z.literal('date_order'), earlier: z.string(), later: z.string() }),
  /** Two fields of one kind hold the same value (account holder = beneficiary): `record.values_differ`. */
  z.strictObject({ check: z.literal('same_value'), fields: z.tuple([z.string(), z.string()]) }),
  /** At most so many records under one identity number: `record.too_many`. */
  z.strictObject({ check: z.literal('records_per_person'), max: z.number().int().min(1) }),
]);

/** What a record of the dataset says of its person by being there: for `doisoat cross` (docs/cross.md), and his sex. */
const person = z.strictObject({
  /** `dead`: the record is his death. `active`: he does or receives something now. `recorded`: nothing follows. */
  state: z.enum(['dead', 'active', 'recorded']).default('recorded'),
  /** Whole years on the run's day. */
  age: z
    .strictObject({ min: z.number().int().min(0).default(0), max: z.number().int().max(130).default(130) })
    .optional(),
  /** At most one record per person in all datasets that use the same word here (`full_time_post`). */
  exclusive: z.string().min(1).optional(),
  /** Field with the day on which it began: the death, the post, the benefit. */
  from: z.string().optional(),
  /** Field with the day on which it ended; a record that has ended is not active any more. */
  until: z.string().optional(),
  /** Of whoever stands here (a mother is a woman); holds where the record has no sex of its own. */
  sex: z.enum(['M', 'F']).optional(),
});

/** One of several people in a record: matched on its own. */
const role = z.strictObject({
  labels: text,
  /** Field of a person, as the reference names it → field of this sector: `{ id: husband_id, name: husband_name }`. */
  fields: z.record(z.string(), z.string()),
  /** Where all its fields are empty there is nobody, which is no fault (an unknown father). */
  optional: z.boolean().default(false),
  person: person.optional(),
});

const relation = z.discriminatedUnion('relation', [
  /** Two roles must be two people: `relation.same_person`. */
  z.strictObject({
    relation: z.literal('different_people'),
    roles: z.tuple([z.string(), z.string()]),
    decides: z.boolean().default(true),
  }),
  /** Two roles must be one person: `relation.different_people`. */
  z.strictObject({
    relation: z.literal('same_person'),
    roles: z.tuple([z.string(), z.string()]),
    decides: z.boolean().default(true),
  }),
  /** One is older by at least so many whole years, and at most so many where that is given: `relation.age_gap`. */
  z.strictObject({
    relation: z.literal('older'),
    older: z.string(),
    younger: z.string(),
    years: z.number().int().min(0),
    at_most: z.number().int().max(130).optional(),
    decides: z.boolean().default(true),
  }),
]);

/** Whom a rule of `apart` takes out of the comparison. */
const APART = ['foreigner', 'without_number', 'organisation'] as const;

/** Types that a value in an ID field can have besides a personal number. */
const ID_TYPE_NAMES = ['old-id', 'passport', 'foreign', 'phone', 'tax-code'] as const;

const values = z.array(z.string().min(1)).min(1);

/** A record for which it is true is not compared as a citizen's. The first rule that fits stands. */
const apart = z.strictObject({
  as: z.enum(APART),
  when: z.union([
    /** The canonical value is one of these; case does not matter. */
    z.strictObject({ field: z.string(), is: values }),
    /** There is a value, and it is none of these. */
    z.strictObject({ field: z.string(), is_not: values }),
    z.strictObject({ field: z.string(), empty: z.boolean() }),
    /** What stands in the ID field is of one of these types. */
    z.strictObject({ field: z.string(), type: z.array(z.enum(ID_TYPE_NAMES)).min(1) }),
  ]),
});

/** Names that tables of every run use for something else. */
const RESERVED = new Set(['record', 'person']);

export const sectorSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
  labels: text,
  /** Where the data come from and the rule that says what is compared. */
  source: text.optional(),
  fields: z.record(
    z
      .string()
      .regex(/^[a-z][a-z0-9_]*$/)
      .refine((name) => !RESERVED.has(name), 'record and person are names of the program itself'),
    field,
  ),
  /** Fields that hold an identity number of the person, in the order they are tried; with `roles`: of each of them. */
  identify_by: z.array(z.string()).default([]),
  /** Fields whose values split the figures (carrier, province …). */
  group_by: z.array(z.string()).default([]),
  /** A loss of information counts as a mismatch. */
  strict: z.boolean().default(false),
  /** At most one record per person. */
  one_to_one: z.boolean().default(false),
  checks: z.array(check).default([]),
  /** Several people in one record, each matched on its own; empty: the record is one person's. The first is the main one. */
  roles: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), role).default({}),
  relations: z.array(relation).default([]),
  /** Whom the rates leave out, with counts of their own: foreigners, people without a number, organisations. */
  apart: z.array(apart).default([]),
  person: person.default({ state: 'recorded' }),
  /** Every value of a person is masked in lists, not only the numbers. */
  restricted: z.boolean().default(false),
  /** Probabilistic matching: which keys propose candidates (see docs/matching.md). Empty: chosen from the kinds. */
  blocking: z.array(z.array(z.string()).min(1)).default([]),
});

export type Sector = z.infer<typeof sectorSchema>;
export type SectorField = Sector['fields'][string];
export type SectorCheck = Sector['checks'][number];
export type SectorRole = Sector['roles'][string];
export type Relation = Sector['relations'][number];
export type PersonFacts = Sector['person'];
export type ApartRule = Sector['apart'][number];

/** Fields of which a check looks at the values. */
export function checkedFields(check: SectorCheck): readonly string[] {
  if (check.check === 'age_between') return [check.field];
  if (check.check === 'date_order') return [check.earlier, check.later];
  return check.check === 'same_value' ? check.fields : [];
}

/** Fields of the sector that hold a number which finds a person; where a record holds several people, those of each of them. */
export function identifyingFields({ identify_by, roles }: Pick<Sector, 'identify_by' | 'roles'>): string[] {
  const own = Object.values(roles);
  if (own.length === 0) return identify_by;
  return own.flatMap(({ fields }) => identify_by.flatMap((name) => fields[name] ?? []));
}
