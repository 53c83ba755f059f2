import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { matchers } from '../matchers/index.js';
import type { Thresholds } from '../matchers/thresholds.js';
import { UserError } from '../messages/user-error.js';
import type { PersonFacts } from '../sectors/schema.js';
import type { Field } from './fields.js';
import type { LinkField } from './link.js';
import type { PatternPlan } from './pattern.js';
import type { RunState } from './run-state.js';
import { tableOf } from './tables.js';
import { normalizerOf } from './value-worker.js';

const VERSION = 'doisoat.plan/1';

/** A field without what can be looked up by its kind. */
type StoredField = Omit<Field, 'normalizer' | 'matcher'>;

interface StoredPlan {
  readonly version: typeof VERSION;
  readonly fields: readonly StoredField[];
  readonly comparable: readonly string[];
  readonly identity: string | null;
  readonly checks: readonly string[];
  readonly apart?: PatternPlan['apart'];
  readonly problemSets: PatternPlan['problemSets'];
  readonly columns: PatternPlan['columns'];
  readonly strict: boolean;
  readonly files: readonly { readonly name: string; readonly rows: number }[];
  readonly linking: LinkingPlan | null;
  readonly person?: PersonFacts;
}

/** What probabilistic matching went by; the model itself is in model.json. */
export interface LinkingPlan {
  /** In the order of the columns of `candidates`. */
  readonly fields: readonly LinkField[];
  readonly thresholds: Thresholds;
}

/** What a finished run compared and by which rules: enough to read its patterns and candidates again. */
export interface RunPlan {
  readonly patterns: PatternPlan;
  readonly strict: boolean;
  readonly files: readonly { readonly name: string; readonly rows: number }[];
  readonly linking: LinkingPlan | null;
  /** What a record says of its person, for checks across datasets. */
  readonly person: PersonFacts;
}

/** Stores it as the one row of `run_plan`. */
export async function saveRunPlan(state: RunState): Promise<void> {
  const { db, patterns, job, links, files } = state;
  const stored: StoredPlan = {
    version: VERSION,
    fields: patterns.fields.map(({ normalizer: _, matcher: __, ...field }) => field),
    comparable: patterns.comparable.map((field) => field.name),
    identity: patterns.identity?.name ?? null,
    checks: patterns.checks,
    apart: patterns.apart ?? [],
    problemSets: patterns.problemSets,
    columns: patterns.columns,
    strict: job.strict,
    files: files.map(({ name, rows }) => ({ name, rows })),
    person: job.sector.person,
    linking:
      links === null
        ? null
        : {
            fields: links.fields.map(({ name, kind, part }) => ({
              name,
              kind,
              ...(part === undefined ? {} : { part }),
            })),
            thresholds: links.thresholds,
          },
  };
  await db.run(
    `CREATE OR REPLACE TABLE ${tableOf('run_plan')} AS SELECT ${literal(JSON.stringify(stored))} AS plan`,
  );
}

/** Reads it back from the attached database of a run. Throws UserError for a run of another version of the program. */
export async function readRunPlan(db: Database, database: string): Promise<RunPlan> {
  const known = await db.value<number>(
    `SELECT count(*) FROM duckdb_tables() WHERE database_name = ${literal(database)} AND table_name = 'run_plan'`,
  );
  if (known === 0) throw otherVersion();
  const stored = JSON.parse(await db.value<string>(`SELECT plan FROM ${database}.run_plan`)) as StoredPlan;
  if (stored.version !== VERSION) throw otherVersion();
  const fields = stored.fields.map((field) => ({
    ...field,
    normalizer: normalizerOf(field.kind),
    matcher: matchers[field.kind] ?? null,
  }));
  const {
    problemSets,
    columns,
    checks,
    apart = [],
    strict,
    files,
    linking,
    person = { state: 'recorded' },
  } = stored;
  return {
    patterns: {
      fields,
      comparable: fields.filter((field) => stored.comparable.includes(field.name)),
      identity: fields.find((field) => field.name === stored.identity) ?? null,
      problemSets,
      columns,
      checks,
      apart,
    },
    strict,
    files,
    linking,
    person,
  };
}

/** For a run that lacks what is asked of it. */
export function otherVersion(): UserError {
  return new UserError({
    what: {
      vi: 'Lần chạy này do một phiên bản khác của doisoat ghi ra.',
      en: 'This run was written by another version of doisoat.',
    },
    mend: { vi: 'Hãy chạy lại công việc đó bằng doisoat run.', en: 'Run its job again with doisoat run.' },
  });
}
