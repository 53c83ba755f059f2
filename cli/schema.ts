import { z } from 'zod';
import { UserError } from '../messages/user-error.js';
import { jobSchema } from '../pipeline/job-schema.js';
import { summarySchema } from '../reports/summary-schema.js';
import { sectorSchema } from '../sectors/schema.js';
import { insteadOf } from '../sectors/schema-check.js';
import type { Run } from './session.js';

/** Files are checked as people write them (`input`), what we write as it comes out. */
const SCHEMAS: Readonly<Record<string, { readonly schema: z.ZodType; readonly io: 'input' | 'output' }>> = {
  job: { schema: jobSchema, io: 'input' },
  sector: { schema: sectorSchema, io: 'input' },
  summary: { schema: summarySchema, io: 'output' },
};

/** `doisoat schema job|sector|summary`: JSON Schema, with and without `--json`. */
export const run: Run = async ({ args: [name = ''] }) => {
  const found = SCHEMAS[name];
  if (!found) {
    throw new UserError({
      what: { vi: `Không có lược đồ “${name}”.`, en: `There is no schema “${name}”.` },
      mend: insteadOf(name, Object.keys(SCHEMAS)),
    });
  }
  const data = {
    title: `doisoat ${name}`,
    ...z.toJSONSchema(found.schema, { io: found.io, unrepresentable: 'any' }),
  };
  return { data, text: JSON.stringify(data, null, 2) };
};
