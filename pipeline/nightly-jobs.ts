import { readdirSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { UserError, type UserErrorParts } from '../messages/user-error.js';
import { fileProblem } from '../sectors/file-problem.js';
import { checkFile } from '../sectors/schema-check.js';
import { readYamlFile, shownPath, type YamlFile } from '../sectors/yaml-file.js';
import { type JobFile, jobSchema } from './job-schema.js';
import { seriesOf } from './run-name.js';

/** A job file as far as the night needs it; what it computes is read by the run itself, in its own process. */
export interface NightlyJob {
  readonly name: string;
  readonly series: string;
  /** Absolute path of the job file, and the one that messages show. */
  readonly file: string;
  readonly shown: string;
  /** Names of the jobs that come first. */
  readonly after: readonly string[];
  /** Minutes. */
  readonly waitFor: { readonly minutes: number; readonly every: number } | null;
  readonly notify: { readonly webhook: string | null; readonly riseAbove: number | null };
  /** Instead of the file's own; null: the file names one. */
  readonly period: string | null;
  /** Files and patterns of the extract and of the reference, absolute. */
  readonly inputs: readonly string[];
  readonly reference: readonly string[];
  /** The file cannot be read as a job: it fails without being run. */
  readonly problem: UserErrorParts | null;
  /** Where a setting stands: `after` → `b.yaml:4`. */
  readonly where: (setting: string) => string;
}

export interface NightlyFolder {
  /** By name of file. */
  readonly jobs: readonly NightlyJob[];
  /** Other YAML and JSON files of the folder: sectors, models. */
  readonly others: readonly string[];
}

/**
 * Reads the job files of a folder (YAML or JSON, not those below it) for the night of an ISO day. A file that is meant as a job
 * but is wrong becomes a job with a `problem`. Throws UserError for a folder without jobs and for two jobs of one name.
 */
export function readNightlyFolder(folder: string, night: string): NightlyFolder {
  const read = jobFiles(folder).map((path) => ({ path, job: readJob(path, night) }));
  const jobs = read.flatMap(({ job }) => (job === null ? [] : [job]));
  if (jobs.length === 0) throw noJobs(folder);
  const twice = jobs.find((job, i) => jobs.findIndex(({ name }) => name === job.name) < i);
  if (twice !== undefined) throw sameName(twice, jobs.find(({ name }) => name === twice.name) ?? twice);
  return { jobs, others: read.filter(({ job }) => job === null).map(({ path }) => basename(path)) };
}

function jobFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && /^[^.].*\.(ya?ml|json)$/i.test(entry.name))
      .map((entry) => resolve(folder, entry.name))
      .sort();
  } catch (error) {
    throw fileProblem(error, shownPath(resolve(folder)));
  }
}

/** Null: a file of another kind. */
function readJob(path: string, night: string): NightlyJob | null {
  let file: YamlFile;
  try {
    file = readYamlFile(path);
  } catch (error) {
    return brokenJob(path, null, error);
  }
  if (!isMeantAsJob(file.value)) return null;
  try {
    return jobOf(file, checkFile(file, jobSchema), night);
  } catch (error) {
    return brokenJob(path, jobSchema.shape.name.safeParse(file.value['name']).data ?? null, error);
  }
}

function isMeantAsJob(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['sector', 'input', 'reference'].some((setting) => setting in value)
  );
}

function jobOf(file: YamlFile, settings: JobFile, night: string): NightlyJob {
  const { name, after, wait_for, notify, period, reference } = settings;
  return {
    name,
    series: seriesOf({ name }),
    file: file.path,
    shown: file.shown,
    after,
    waitFor: wait_for ?? null,
    notify: { webhook: notify.webhook ?? null, riseAbove: notify.rise_above },
    period: period === 'auto' ? night : period === undefined ? night.slice(0, 7) : null,
    inputs: absolute(file, settings.input.path),
    reference: absolute(file, typeof reference === 'string' ? reference : reference.path),
    problem: null,
    where: (setting) => file.where(setting.split('.')),
  };
}

function absolute(file: YamlFile, paths: string | readonly string[]): string[] {
  return [paths].flat().map((path) => resolve(dirname(file.path), path));
}

/** Goes by the name of its file where it has none that could be used. */
function brokenJob(path: string, given: string | null, error: unknown): NightlyJob {
  if (!(error instanceof UserError)) throw error;
  const name = given ?? basename(path, extname(path)).replace(/[^\p{L}\p{N}._-]/gu, '_');
  return {
    name,
    series: seriesOf({ name }),
    file: path,
    shown: shownPath(path),
    after: [],
    waitFor: null,
    notify: { webhook: null, riseAbove: null },
    period: null,
    inputs: [],
    reference: [],
    problem: error.parts,
    where: () => shownPath(path),
  };
}

function noJobs(folder: string): UserError {
  return new UserError({
    what: { vi: 'Thư mục này không có tệp công việc nào.', en: 'This folder holds no job file.' },
    where: shownPath(resolve(folder)),
    mend: {
      vi: 'Hãy đặt các tệp công việc (.yaml, .yml, .json) vào đây; doisoat init viết sẵn một tệp.',
      en: 'Put job files (.yaml, .yml, .json) here; doisoat init writes one.',
    },
  });
}

function sameName(job: NightlyJob, first: NightlyJob): UserError {
  return new UserError({
    what: {
      vi: `Hai tệp công việc cùng tên “${job.name}”: ${first.shown} và ${job.shown}.`,
      en: `Two job files have the name “${job.name}”: ${first.shown} and ${job.shown}.`,
    },
    where: job.where('name'),
    mend: { vi: 'Hãy đặt cho mỗi công việc một tên riêng.', en: 'Give each job a name of its own.' },
  });
}
