// The schema `doisoat.summary/1` of summary.json. `doisoat schema summary` prints it as JSON Schema. Objects may gain
// fields within the version, so a reader must let unknown ones pass.
import { z } from 'zod';
import { MENDING_NAMES } from '../matchers/mending.js';
import type { Summary } from './model.js';

const whole = z.number().int().min(0);
const rate = z.number().min(0).max(1).nullable().describe('0–1; null when nothing was compared');
const counts = z.record(z.string(), whole);
const part = z.number().min(0).max(1).nullable();
// Shares that a file of an older program does not have are null until `withShares` fills them in.
const share = (what: string) => part.default(null).describe(`${what}, 0–1; null when there is no whole`);
const text = z.looseObject({ vi: z.string(), en: z.string() });

const figures = z
  .looseObject({
    rows: whole.describe('Rows read: the sum of `outcomes`'),
    outcomes: counts.describe('Rows per outcome; each row has exactly one'),
    compared: whole.describe(
      'Rows less those that could not be read or are set apart: the denominator of both rates',
    ),
    mismatch_as_submitted: whole,
    mismatch_after_cleaning: whole,
    rate_as_submitted: rate,
    rate_after_cleaning: rate,
  })
  .meta({ id: 'figures' });

const rowShares = z
  .looseObject({
    rows: share('All rows read'),
    match_as_submitted: share('compared − mismatch_as_submitted of the rows read'),
    mismatch_as_submitted: share('mismatch_as_submitted of the rows read'),
    outcomes: z.record(z.string(), part).default({}).describe('Each outcome of the rows read'),
  })
  .meta({ id: 'row_shares' });
const NO_ROW_SHARES = { rows: null, match_as_submitted: null, mismatch_as_submitted: null, outcomes: {} };

const trendPoint = z.looseObject({ period: z.string(), run: z.string(), figures });

const mending = z.looseObject({
  who: z.enum(MENDING_NAMES).describe('What the rows need: the program, a person of an office, the citizen'),
  rows: whole,
  share: share('Rows of figures.mismatch_as_submitted'),
  previous: whole.nullable(),
  by_outcome: counts,
});

const group = z.looseObject({
  field: z.string().describe('Name of the field; born.age, commune.province … where values are not its own'),
  labels: text,
  by: z.enum(['value', 'age', 'province-34', 'province-63']).default('value'),
  rows: z.array(
    z.looseObject({
      value: z.string().nullable().describe('null: rows whose value in this field is empty'),
      label: z.string(),
      figures,
      previous: figures.nullable(),
    }),
  ),
});

const reason = z.looseObject({
  code: z.string().describe('field.kind, see docs/reasons.md'),
  rows: whole,
  share: part
    .default(null)
    .describe('Rows compared that have it, of figures.compared; null where only rows apart or rejected do'),
  share_of_rows: share('Rows of figures.rows'),
  previous: whole.nullable().describe('Rows in the previous period; null without one'),
  by_outcome: counts,
});

const fieldShares = z
  .looseObject({
    filled: share('filled of the rows that could be read'),
    usable: share('usable of the rows that could be read'),
  })
  .default({ filled: null, usable: null });

const field = z.looseObject({
  field: z.string(),
  labels: text,
  kind: z.string(),
  use: z.enum(['identify', 'compare', 'count']).default('count'),
  column: z.string(),
  filled: whole,
  distinct: whole,
  usable: whole,
  share: fieldShares,
  previous: z
    .looseObject({ filled: whole, usable: whole, distinct: whole, share: fieldShares })
    .nullable()
    .default(null),
  problems: z.array(
    z.looseObject({
      problem: z.string(),
      labels: text,
      rows: whole,
      previous: whole.nullable().default(null),
    }),
  ),
  hints: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  confidence: z.record(z.string(), z.number()),
});

const input = z.looseObject({
  name: z.string(),
  sha256: z.string(),
  bytes: whole,
  rows: whole,
  rejected: whole,
  repaired: whole,
  encoding: z.string(),
  delimiter: z.string(),
});

const probability = z.number().min(0).max(1);

const linking = z.looseObject({
  accept: probability.describe('Linked at or above this probability'),
  review: probability.describe('Left to people at or above this probability'),
  false_link_rate: probability.describe('Expected share of false links among those linked'),
  records: whole.describe('Rows that no number settled'),
  linked: whole,
  possible: whole,
  ambiguous: whole,
  none: whole.default(0).describe('No candidate fits: records − linked − possible − ambiguous'),
  model_hash: z.string().describe('sha256 of model.json'),
});

const caseFigures = z.looseObject({
  opening: whole,
  new: whole,
  reopened: whole,
  resolved: whole,
  waived: whole,
  closing: whole.describe('opening + new + reopened − resolved − waived'),
  ageing: z
    .array(
      z.looseObject({ from: whole, to: whole.nullable(), cases: whole, share: share('Cases of closing') }),
    )
    .describe('Open cases by age in days since first seen; adds up to closing'),
});

const cases = z.looseObject({
  total: caseFigures,
  groups: z.array(
    z.looseObject({
      field: z.string(),
      labels: text,
      rows: z.array(z.looseObject({ value: z.string().nullable(), label: z.string(), figures: caseFigures })),
    }),
  ),
  plan: z.array(
    z.looseObject({
      owner: z.string(),
      months: z.array(z.looseObject({ month: z.string(), target: whole, actual: whole.nullable() })),
      projected: z.string().nullable(),
    }),
  ),
});

const role = z.looseObject({ role: z.string(), labels: text, figures, nobody: whole });

const apart = z.looseObject({
  code: z.string(),
  rows: whole,
  found: whole.describe('A person was found in the reference after all'),
  matched: whole,
  share: share('matched of rows'),
  by_outcome: counts.describe('By the outcome that they would have had'),
});

const duplicates = z.looseObject({
  clusters: whole.describe('People who are in the extract more than once'),
  records: whole.describe('Their rows, the first ones included'),
  by: counts.describe('The second and further rows by how they were found'),
  shared_numbers: whole.describe('Numbers under which plainly several people stand'),
  shared_records: whole,
});

export const summarySchema = z.looseObject({
  schema: z.literal('doisoat.summary/1'),
  version: z.string(),
  run: z.string(),
  job: z.string(),
  sector: z.looseObject({ name: z.string(), labels: text }),
  period: z.string(),
  previous: z
    .looseObject({ period: z.string(), run: z.string(), figures, share: rowShares.default(NO_ROW_SHARES) })
    .nullable(),
  figures,
  share: rowShares.default(NO_ROW_SHARES).describe('Parts of the rows read; null when none was read'),
  trend: z
    .array(trendPoint)
    .default([])
    .describe('Every period of the series up to this one, the oldest first'),
  roles: z.array(role).optional().describe('One line per role; left out where a record is one person’s'),
  apart: z
    .array(apart)
    .optional()
    .describe('Adds up to the outcome `apart`; left out where nobody is set apart'),
  mending: z.array(mending).default([]).describe('Adds up to figures.mismatch_as_submitted'),
  groups: z.array(group),
  duplicates: duplicates
    .optional()
    .describe(
      'Rows of duplicates.csv; left out where nobody is in the extract twice and no number is shared',
    ),
  reasons: z.array(reason),
  fields: z.array(field),
  marks: z.array(
    z.looseObject({
      mark: z.enum(['correct', 'complete', 'clean', 'live']),
      numerator: whole,
      denominator: whole,
      share: share('numerator of denominator'),
      previous: z
        .looseObject({ numerator: whole, denominator: whole, share: share('numerator of denominator') })
        .nullable()
        .default(null),
    }),
  ),
  inputs: z.array(input),
  reference: z.looseObject({ people: whole, hash: z.string(), repeatedIds: whole }),
  linking: linking
    .nullable()
    .default(null)
    .describe('Probabilistic matching; null: there was nothing for it to do'),
  cases: cases
    .nullable()
    .default(null)
    .describe('Mismatches that live on from period to period; null: cases are not kept'),
  strict: z.boolean().default(false).describe('A loss of information counts as a mismatch'),
  job_hash: z.string(),
  notes: z.array(text),
}) satisfies z.ZodType<Summary>;
