// How every built-in sector does on its own sample: rows, outcomes, precision and recall of the people found. The figures are
// measured by scripts/coverage.ts and kept in coverage.json beside the sectors, so that the command line can show them.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const whole = z.number().int().min(0);
const rate = z.number().min(0).max(1).nullable();

const coverageSchema = z.record(
  z.string(),
  z.strictObject({
    rows: whole,
    outcomes: z.record(z.string(), whole),
    /** Of the people accepted, how many are right; of the people in the reference, how many were accepted rightly. */
    precision: rate,
    recall: rate,
    /** Records with exactly the true set of reasons, of all. */
    reasons: rate,
  }),
);

export type Coverage = z.infer<typeof coverageSchema>;

const FILE = fileURLToPath(new URL('coverage.json', import.meta.url));

/** By name of the sector; a sector that was not measured yet is not in it. */
export function coverage(): Coverage {
  return existsSync(FILE) ? coverageSchema.parse(JSON.parse(readFileSync(FILE, 'utf8'))) : {};
}
