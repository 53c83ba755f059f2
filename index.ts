/** The library: everything the command line does, as functions over plain data. */
export { type Context, quietContext } from './pipeline/context.js';
export { loadJob } from './pipeline/job.js';
export type { Job } from './pipeline/job-type.js';
export { type BuiltReference, buildReference } from './pipeline/reference-build.js';
export { type RunOptions, type RunResult, runJob } from './pipeline/run.js';
export { normalizers } from './normalizers/index.js';
export type { Hints, Normalized, Normalizer } from './normalizers/normalizer.js';
export { matchers } from './matchers/index.js';
export type { Level, Matcher } from './matchers/matcher.js';
export { OUTCOME_FACTS, OUTCOMES, type Outcome } from './matchers/outcomes.js';
export { REASON_CODES, reasonOf } from './matchers/reasons.js';
export type { Summary } from './reports/model.js';
export { type Sector, sectorSchema } from './sectors/schema.js';
export { UserError } from './messages/user-error.js';
