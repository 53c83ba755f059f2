import type { Database } from '../engine/database.js';
import type { Text } from '../messages/text.js';
import { checkCodes } from './checks.js';
import type { JudgedPattern } from './classify.js';
import { type Context, dayInVietnam } from './context.js';
import { deathRuns } from './deceased.js';
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
import type { RoleRun } from './roles.js';
import { recordJob } from './roles-jobs.js';
import type { RowsTaking, TakenFrom } from './rows-taken.js';

/** In a run's folder: what is not complete yet. */
export const BUILDING = '.building';

/** A run as it was asked for, and where it takes place. */
export interface Running {
  readonly job: Job;
  readonly revealIds: boolean;
  /** Why ids are revealed; empty when they are not. */
  readonly why: string;
  readonly context: Context;
  readonly started: Date;
  readonly run: string;
  readonly folder: string;
  /** Inside `folder`; what is in it moves up when all is complete. */
  readonly building: string;
  /** All is to be done anew, whatever earlier runs left or kept. */
  readonly restart: boolean;
  /** The next run of the series is to take rows, even if this is the first one. */
  readonly keep: boolean;
  /** `building` holds what an interrupted run of the same job left. */
  readonly resumes: boolean;
}

/** What the stages hand on to each other besides tables. */
export interface RunState {
  readonly job: Job;
  /** As it was asked for; another than `job` where a record holds several people (pipeline/roles-jobs.ts). */
  readonly asked: Job;
  readonly run: string;
  readonly db: Database;
  readonly fields: readonly Field[];
  readonly reference: ReferenceManifest;
  readonly referenceFolder: string;
  readonly today: string;
  /** Nothing is taken from an earlier run. */
  readonly restart: boolean;
  /** Folders of the runs of registers of deaths that the job names. */
  readonly deaths: readonly string[];
  files: readonly SourceFile[];
  columns: Readonly<Record<string, ColumnFacts>>;
  matched: MatchedPlan;
  patterns: PatternPlan;
  /** Which rows are taken from the last run; null before that was looked at, and where no run keeps any. */
  taking: RowsTaking | null;
  takenFrom: TakenFrom | null;
  judged: readonly JudgedPattern[];
  /** What probabilistic matching used and found; null when it had nothing to do. */
  links: LinkResult | null;
  /** What to say of people's decisions that could not be used. */
  decisionNotes: readonly Text[];
  /** What was found of each of several people in a record; empty: a record is one person's. */
  roles: readonly RoleRun[];
}

/** The state before the first stage, with the reference attached as `ref`. */
export async function startState(
  running: Pick<Running, 'job' | 'context' | 'run'> & Partial<Pick<Running, 'started' | 'restart'>>,
  db: Database,
  referenceFolder: string,
): Promise<RunState> {
  const { context, run } = running;
  const job = recordJob(running.job);
  const reference = await attachReference(db, referenceFolder);
  const fields = fieldsOf(job.sector, job.input.columns, job.report);
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
    keyField: keyFieldOf(job, fields),
    repeatedIds: reference.repeatedIds > 0,
    hasShifts: false,
    referenceHasKey: reference.hasKey,
    restricted: job.sector.restricted,
    impliedSex: job.sector.person.sex,
  };
  const patterns: PatternPlan = {
    fields,
    comparable,
    identity,
    problemSets: {},
    columns: {},
    checks: checkCodes(job.sector),
    apart: job.sector.apart,
  };
  const deaths = await deathRuns(job, context, reference);
  const today = dayInVietnam(running.started ?? context.clock());
  return {
    job,
    asked: running.job,
    run,
    db,
    fields,
    reference,
    referenceFolder,
    today,
    restart: running.restart ?? false,
    deaths,
    files: [],
    columns: {},
    matched,
    patterns,
    taking: null,
    takenFrom: null,
    judged: [],
    links: null,
    decisionNotes: [],
    roles: [],
  };
}

function keyFieldOf({ input }: Job, fields: readonly Field[]): string | undefined {
  const columns = (name: string) => JSON.stringify(input.columns[name]);
  if (input.columns[RECORD_KEY] === undefined) return undefined;
  return fields.find(({ name, role }) => role !== 'coded' && columns(name) === columns(RECORD_KEY))?.name;
}

/** Rows in the input, rejected ones included. */
export function rowsOf(state: RunState): number {
  return state.files.reduce((sum, file) => sum + file.rows, 0);
}
