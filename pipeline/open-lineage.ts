// Run events after OpenLineage (https://openlineage.io/spec/2-0-2/OpenLineage.json, facets at openlineage.io/spec/facets):
// START and COMPLETE, FAIL or ABORT for the night and for each of its runs, as JSON lines in the workspace. They name files and
// columns and hold counts; no value of the input.
import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, ftruncateSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Problem, RunAnswer } from './nightly-child.js';
import { filesOf } from './nightly-inputs.js';
import type { NightlyJob } from './nightly-jobs.js';
import type { NightState } from './nightly-result.js';
import {
  engineFacet,
  errorFacet,
  type Facets,
  inputStatistics,
  jobFacets,
  NAMESPACE,
  nominalFacet,
  outputStatistics,
  PRODUCER,
  parentFacet,
  qualityFacet,
  versionFacet,
} from './open-lineage-facets.js';

/** In the workspace; nights are added at its end. */
const LINEAGE_FILE = 'openlineage.jsonl';

const SCHEMA = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent';
export interface LineageNight {
  start(job: NightlyJob, at: Date): LineageRun;
  end(at: Date, exitCode: number): void;
}

export interface LineageRun {
  end(at: Date, how: RunEnd): void;
}

export interface RunEnd {
  readonly state: NightState;
  readonly answer: RunAnswer | null;
  readonly problem: Problem | null;
}

/** Writes the START of a night; what it returns writes the rest, each event as soon as it happens. */
export function beginNight(workspace: string, started: Date): LineageNight {
  const path = join(workspace, LINEAGE_FILE);
  const runId = randomUUID();
  const job = { namespace: NAMESPACE, name: 'nightly', facets: jobFacets('DAG') };
  const facets = { ...engineFacet(), ...nominalFacet(started) };
  const nightEvent = (eventType: EventType, at: Date) =>
    append(path, event(eventType, at, { run: { runId, facets }, job, inputs: [], outputs: [] }));
  cutTornLine(path);
  nightEvent('START', started);
  return {
    start: (one, at) => startRun({ path, job: one, parent: runId }, at),
    end: (at, exitCode) =>
      nightEvent(exitCode === 130 ? 'ABORT' : failed(exitCode) ? 'FAIL' : 'COMPLETE', at),
  };
}

/** Over a threshold is no failure of the run: its outputs are complete. */
function failed(exitCode: number): boolean {
  return ![0, 3, 4].includes(exitCode);
}

interface RunOfNight {
  readonly path: string;
  readonly job: NightlyJob;
  /** The night's run id. */
  readonly parent: string;
}

const EVENT_OF: Readonly<Record<NightState, EventType>> = {
  finished: 'COMPLETE',
  failed: 'FAIL',
  stopped: 'ABORT',
  skipped: 'ABORT',
};

function startRun({ path, job, parent }: RunOfNight, started: Date): LineageRun {
  const runId = randomUUID();
  const facets = { ...engineFacet(), ...nominalFacet(started), ...parentFacet(parent) };
  const about = { namespace: NAMESPACE, name: job.series, facets: jobFacets('JOB') };
  append(
    path,
    event('START', started, { run: { runId, facets }, job: about, inputs: inputs(job, null), outputs: [] }),
  );
  return {
    end: (at, { state, answer, problem }) => {
      const run = { runId, facets: { ...facets, ...(problem === null ? {} : errorFacet(problem)) } };
      const parts = { run, job: about, inputs: inputs(job, answer), outputs: outputs(answer) };
      append(path, event(EVENT_OF[state], at, parts));
    },
  };
}

type EventType = 'START' | 'COMPLETE' | 'FAIL' | 'ABORT';
interface Dataset {
  readonly namespace: 'file';
  /** Absolute path. */
  readonly name: string;
  readonly facets: Facets;
  readonly inputFacets?: Facets;
  readonly outputFacets?: Facets;
}

interface EventParts {
  readonly run: { readonly runId: string; readonly facets: Facets };
  readonly job: { readonly namespace: string; readonly name: string; readonly facets: Facets };
  readonly inputs: readonly Dataset[];
  readonly outputs: readonly Dataset[];
}

function event(eventType: EventType, at: Date, parts: EventParts): object {
  return { eventType, eventTime: at.toISOString(), ...parts, producer: PRODUCER, schemaURL: SCHEMA };
}

/** What was read, with its counts once the run has told them. */
function inputs(job: NightlyJob, answer: RunAnswer | null): Dataset[] {
  const summary = answer?.summary ?? null;
  const extract = filesOf(job, job.inputs);
  const read = extract.map((path, i): Dataset => {
    const file = summary?.inputs.length === extract.length ? summary.inputs[i] : undefined;
    if (summary === null || file?.name !== basename(path)) return dataset(path);
    const quality = extract.length === 1 ? qualityFacet(summary) : {};
    const inputFacets = { ...inputStatistics(file.rows, file.bytes), ...quality };
    return { ...dataset(path, versionFacet(file.sha256)), inputFacets };
  });
  const people = filesOf(job, job.reference).map((path): Dataset => {
    if (summary === null) return dataset(path);
    return dataset(path, versionFacet(summary.reference.hash));
  });
  return [...read, ...people];
}

function outputs(answer: RunAnswer | null): Dataset[] {
  if (answer === null) return [];
  const { rows } = answer.summary.figures;
  return answer.files.map((path) => {
    const isList = /^results\./.test(basename(path));
    const statistics = isList ? outputStatistics(rows, path) : {};
    return { ...dataset(path), outputFacets: statistics };
  });
}

function dataset(name: string, facets: Facets = {}): Dataset {
  return { namespace: 'file', name, facets };
}

function append(path: string, one: object): void {
  const handle = openSync(path, 'a', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(one)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A power cut may leave half a line at the end: readers of JSON lines would stumble over it. */
function cutTornLine(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return;
  const handle = openSync(path, 'r+');
  try {
    let end = size;
    const byte = Buffer.alloc(1);
    while (end > 0 && readSync(handle, byte, 0, 1, end - 1) === 1 && byte[0] !== 10) end--;
    if (end < size) ftruncateSync(handle, end);
  } finally {
    closeSync(handle);
  }
}
