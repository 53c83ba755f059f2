// summary.json: the figures of a run for machines. Keys stand in the order of the schema, those of maps in the order of
// their names, so that the same figures are the same bytes.
import type { z } from 'zod';
import { OUTCOMES } from '../matchers/outcomes.js';
import { UserError } from '../messages/user-error.js';
import type { Summary } from './model.js';
import { withShares } from './model-shares.js';
import { summarySchema } from './summary-schema.js';

/** The text of summary.json. */
export function summaryJson(summary: Summary): string {
  return `${JSON.stringify(ordered(summary, summarySchema), null, 2)}\n`;
}

/** Reads a summary.json back, its shares from its counts; a UserError says where it is not one. */
export function readSummary(json: string, where: string): Summary {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw notASummary(where, { vi: 'không phải JSON', en: 'not JSON' });
  }
  const read = summarySchema.safeParse(value);
  if (read.success) return withShares(read.data);
  const [issue] = read.error.issues;
  const at = `${issue?.path.join('.') || '/'}: ${issue?.message}`;
  throw notASummary(where, { vi: at, en: at });
}

function ordered(value: unknown, schema: z.ZodType | undefined): unknown {
  const shape = schema as Shaped | undefined;
  const inner = shape?.def.innerType;
  if (inner !== undefined) return ordered(value, inner);
  if (Array.isArray(value)) return value.map((item) => ordered(item, shape?.def.element));
  if (typeof value !== 'object' || value === null) return value;
  const known = shape?.def.shape ?? {};
  const order = [...Object.keys(known), ...OUTCOMES];
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  const keys = Object.keys(value).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const entries = keys.map((key) => [key, ordered((value as Record<string, unknown>)[key], known[key])]);
  return Object.fromEntries(entries);
}

/** What this file needs of a zod type: the parts of an object, a list or a nullable. */
interface Shaped {
  readonly def: {
    readonly shape?: Readonly<Record<string, z.ZodType>>;
    readonly element?: z.ZodType;
    readonly innerType?: z.ZodType;
  };
}

function notASummary(where: string, why: { vi: string; en: string }): UserError {
  return new UserError({
    what: {
      vi: `Tệp này không phải là bản tổng hợp doisoat.summary/1 (${why.vi}).`,
      en: `This file is not a doisoat.summary/1 (${why.en}).`,
    },
    where,
    mend: { vi: 'Chạy lại đối soát để tạo lại tệp.', en: 'Run the job again to make it anew.' },
  });
}
