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
]);

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
  /** Fields that hold an identity number of the person, in the order they are tried. */
  identify_by: z.array(z.string()).default([]),
  /** Fields whose values split the figures (carrier, province …). */
  group_by: z.array(z.string()).default([]),
  /** A loss of information counts as a mismatch. */
  strict: z.boolean().default(false),
  /** At most one record per person. */
  one_to_one: z.boolean().default(false),
  checks: z.array(check).default([]),
  /** Probabilistic matching: which keys propose candidates (see docs/matching.md). Empty: chosen from the kinds. */
  blocking: z.array(z.array(z.string()).min(1)).default([]),
});

export type Sector = z.infer<typeof sectorSchema>;
export type SectorField = Sector['fields'][string];
export type SectorCheck = Sector['checks'][number];
