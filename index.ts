/** The library: everything the command line does, as functions over plain data. */

export { matchers } from './matchers/index.js';
export type { Level, Matcher } from './matchers/matcher.js';
export { OUTCOME_FACTS, OUTCOMES, type Outcome } from './matchers/outcomes.js';
export { REASON_CODES, reasonOf } from './matchers/reasons.js';
export { UserError } from './messages/user-error.js';
export { normalizers } from './normalizers/index.js';
export type { Hints, Normalized, Normalizer } from './normalizers/normalizer.js';
export { cleanFile } from './pipeline/clean.js';
export { type Context, quietContext } from './pipeline/context.js';
export { evaluate } from './pipeline/evaluate.js';
export { loadJob } from './pipeline/job.js';
export type { Job } from './pipeline/job-type.js';
export { readModel } from './pipeline/model-file.js';
export { profileFile } from './pipeline/profile.js';
export { type BuiltReference, buildReference } from './pipeline/reference-build.js';
export { type RunOptions, type RunResult, runJob } from './pipeline/run.js';
export { explainRun } from './pipeline/why.js';
export type { Summary } from './reports/model.js';
export { loadSector } from './sectors/load.js';
export { type Sector, sectorSchema } from './sectors/schema.js';
