// A model of matching as data: what EM learnt about each field of one sector, frozen so that a nightly run scores as the run did that
// trained it. JSON, versioned, checked on reading. Example: fields[0] = { name: 'born', levels: [{ name: 'exact', m: [...] }] }.
import { z } from 'zod';

const share = z.number().min(0).max(1);

const level = z.strictObject({
  name: z.string(),
  /** Probability between two records of one person: parent unknown, parent agrees, parent differs. */
  m: z.tuple([share, share, share]),
  /** Between two random people. */
  u: share,
  /** Between relatives. */
  h: share,
});

export const modelSchema = z.strictObject({
  schema: z.literal('doisoat.model/1'),
  fields: z.array(
    z.strictObject({
      name: z.string(),
      kind: z.string(),
      comparator: z.string(),
      /** The field this one leans on. */
      parent: z.string().nullable(),
      levels: z.array(level).min(2),
    }),
  ),
  /** m of given and family name standing straight and swapped. */
  swapped: z.strictObject({ m: z.tuple([share, share]), h: z.tuple([share, share]) }),
  rules: z.array(z.array(z.string()).min(1)),
  /** Those of the first wave in a large file; not there: the first of `rules`. */
  first_rules: z.array(z.array(z.string()).min(1)).optional(),
  /** Share of records whose person is in the reference; in deduplication, duplicates per record. */
  found: z.number().positive(),
  relatives: z.number().min(0),
  relatives_of_missing: z.number().min(0),
  training: z.strictObject({
    records: z.number().int(),
    people: z.number().int(),
    pairs: z.number().int(),
    iterations: z.number().int(),
    converged: z.boolean(),
    change: z.number(),
    log_likelihood: z.number(),
  }),
});

export type Model = z.infer<typeof modelSchema>;

/** What a share learnt from some thousands of records can mean. Finer digits differ with the order of adding, and so with the machine. */
const DIGITS = 6;

export function roundedShare(share: number): number {
  return Number(share.toPrecision(DIGITS));
}

/** The model as it is saved. A run uses the same, so that it is repeated exactly by its own model frozen. */
export function roundedModel(model: Model): Model {
  const { fields, swapped, training } = model;
  const list = <T extends readonly number[]>(shares: T) => shares.map(roundedShare) as unknown as T;
  return {
    ...model,
    fields: fields.map((field) => ({
      ...field,
      levels: field.levels.map(({ name, m, u, h }) => ({
        name,
        m: list(m),
        u: roundedShare(u),
        h: roundedShare(h),
      })),
    })),
    swapped: { m: list(swapped.m), h: list(swapped.h) },
    found: roundedShare(model.found),
    relatives: roundedShare(model.relatives),
    relatives_of_missing: roundedShare(model.relatives_of_missing),
    training: {
      ...training,
      change: roundedShare(training.change),
      log_likelihood: roundedShare(training.log_likelihood),
    },
  };
}

/** Bits that a level adds, before the frequency of the value is known; positive speaks for the same person. */
export function levelWeight(entry: Model['fields'][number]['levels'][number], state = 0): number {
  return Math.log2(entry.m[state]! / entry.u);
}

/** What differs between two models, level by level: bits before, bits after; largest change first. */
export function compareModels(
  before: Model,
  after: Model,
): { field: string; level: string; before: number | null; after: number | null }[] {
  const weights = (model: Model): Map<string, number> =>
    new Map<string, number>(
      model.fields.flatMap((field) =>
        field.levels.map((entry) => [`${field.name}\t${entry.name}`, levelWeight(entry)] as [string, number]),
      ),
    );
  const [old, now] = [weights(before), weights(after)];
  const change = (key: string) => Math.abs((now.get(key) ?? 0) - (old.get(key) ?? 0));
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort((a, b) => change(b) - change(a) || (a < b ? -1 : 1))
    .map((key) => {
      const [field, name] = key.split('\t') as [string, string];
      return { field, level: name, before: old.get(key) ?? null, after: now.get(key) ?? null };
    });
}
