import type { Database } from '../engine/database.js';
import { checkCodes } from './checks.js';
import type { JudgedPattern } from './classify.js';
import { type Context, dayInVietnam } from './context.js';
import type { ColumnFacts } from './dictionaries.js';
import { type Field, fieldsOf, RECORD_KEY } from './fields.js';
import type { SourceFile } from './ingest.js';
import type { Job } from './job-type.js';
import type { LinkResult } from './link.js';
import type { MatchedPlan } from './matched-sql.js';
import { comparableField } from './normalize.js';
import type { PatternPlan } from './pattern.js';
import type { ReferenceManifest } from './reference.js';
import { attachReference } from './reference-build.js';

/** A run as it was asked for, and where it takes place. */
export interface Running {
  readonly job: Job;
  readonly revealIds: boolean;
  readonly context: Context;
  readonly started: Date;
  readonly run: string;
  readonly folder: string;
  /** Inside `folder`; what is in it moves up when all is complete. */
  readonly building: string;
}

/** What the stages hand on to each other besides tables. */
export interface RunState {
  readonly job: Job;
  readonly run: string;
  readonly db: Database;
  readonly fields: readonly Field[];
  readonly reference: ReferenceManifest;
  readonly referenceFolder: string;
  readonly today: string;
  files: readonly SourceFile[];
  columns: Readonly<Record<string, ColumnFacts>>;
  matched: MatchedPlan;
  patterns: PatternPlan;
  judged: readonly JudgedPattern[];
  /** What probabilistic matching used and found; null when it had nothing to do. */
  links: LinkResult | null;
}

/** The state before the first stage, with the reference attached as `ref`. */
export async function startState(
  running: Pick<Running, 'job' | 'context' | 'run'>,
  db: Database,
  referenceFolder: string,
): Promise<RunState> {
  const { job, context, run } = running;
  const reference = await attachReference(db, referenceFolder);
  const fields = fieldsOf(job.sector, job.input.columns, job.report.groupBy);
  const comparable = fields.filter((field) => field.compare && comparableField(field, reference) !== null);
  const identity =
    fields.find(
      (field) =>
        field.role === 'identify' && reference.fields.some((one) => one.name === field.name && one.key),
    ) ?? null;
  const matched: MatchedPlan = {
    fields,
    comparable,
    identity,
    hasRecordKey: job.input.columns[RECORD_KEY] !== undefined,
    repeatedIds: reference.repeatedIds > 0,
    hasShifts: false,
    referenceHasKey: reference.hasKey,
  };
  const patterns: PatternPlan = {
    fields,
    comparable,
    identity,
    problemSets: {},
    columns: {},
    checks: checkCodes(job.sector.checks),
  };
  const today = dayInVietnam(context.clock());
  return {
    job,
    run,
    db,
    fields,
    reference,
    referenceFolder,
    today,
    files: [],
    columns: {},
    matched,
    patterns,
    judged: [],
    links: null,
  };
}

/** Rows in the input, rejected ones included. */
export function rowsOf(state: RunState): number {
  return state.files.reduce((sum, file) => sum + file.rows, 0);
}
