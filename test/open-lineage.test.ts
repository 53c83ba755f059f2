import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { telecomSummary } from './fixtures/summary.js';
import { type NightFolder, nightFolder } from './night-folder.js';

// What the specification asks of a RunEvent (OpenLineage 2-0-2) and of the facets we use, written down independently here.
const facet = <T extends z.ZodRawShape>(name: string, shape: T) =>
  z.object({
    _producer: z.url(),
    _schemaURL: z
      .url()
      .refine((url) =>
        new RegExp(`^https://openlineage\\.io/spec/facets/\\d-\\d-\\d/${name}\\.json#/\\$defs/${name}$`).test(
          url,
        ),
      ),
    ...shape,
  });
const time = z.iso.datetime({ offset: true });
const dataset = {
  namespace: z.string().min(1),
  name: z.string().min(1),
  facets: z.strictObject({
    version: facet('DatasetVersionDatasetFacet', { datasetVersion: z.string() }).optional(),
  }),
};
const job = { namespace: z.string().min(1), name: z.string().min(1) };
const event = z.strictObject({
  eventType: z.enum(['START', 'RUNNING', 'COMPLETE', 'ABORT', 'FAIL', 'OTHER']),
  eventTime: time,
  producer: z.url(),
  schemaURL: z.literal('https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent'),
  run: z.strictObject({
    runId: z.uuid(),
    facets: z.strictObject({
      nominalTime: facet('NominalTimeRunFacet', { nominalStartTime: time }),
      processing_engine: facet('ProcessingEngineRunFacet', { version: z.string() }),
      parent: facet('ParentRunFacet', { run: z.object({ runId: z.uuid() }), job: z.object(job) }).optional(),
      errorMessage: facet('ErrorMessageRunFacet', {
        message: z.string(),
        programmingLanguage: z.string(),
      }).optional(),
    }),
  }),
  job: z.strictObject({
    ...job,
    facets: z.strictObject({
      jobType: facet('JobTypeJobFacet', { processingType: z.literal('BATCH'), integration: z.string() }),
    }),
  }),
  inputs: z.array(
    z.strictObject({
      ...dataset,
      inputFacets: z
        .strictObject({
          inputStatistics: facet('InputStatisticsInputDatasetFacet', {
            rowCount: z.int(),
            size: z.int(),
            fileCount: z.int(),
          }),
          dataQualityMetrics: facet('DataQualityMetricsInputDatasetFacet', {
            rowCount: z.int(),
            columnMetrics: z.record(
              z.string(),
              z.object({ nullCount: z.int().min(0), distinctCount: z.int() }),
            ),
          }).optional(),
        })
        .optional(),
    }),
  ),
  outputs: z.array(
    z.strictObject({
      ...dataset,
      outputFacets: z.strictObject({
        outputStatistics: facet('OutputStatisticsOutputDatasetFacet', { rowCount: z.int() }).optional(),
      }),
    }),
  ),
});

let jobs: NightFolder;

beforeEach(() => {
  jobs = nightFolder();
});

afterEach(() => jobs.remove());

const events = () =>
  readFileSync(join(jobs.workspace, 'openlineage.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => event.parse(JSON.parse(line)));

describe('lineage events', () => {
  it('conform to the specification: START and one end for the night and each run, none for what was not run', async () => {
    const names = telecomSummary.inputs.map(({ name }) => name);
    for (const name of names) jobs.put(name, 'a\n1\n');
    jobs.job('viettel-2026-11');
    const file = readFileSync(join(jobs.folder, 'viettel-2026-11.yaml'), 'utf8');
    jobs.put('viettel-2026-11.yaml', file.replace('extract.csv', JSON.stringify(names)));
    jobs.job('wrong', 'exit 2');
    jobs.job('skipped', 'exit 0', 'after: wrong');
    await jobs.night();
    const ends = new Map<string, string[]>();
    for (const one of events()) ends.set(one.job.name, [...(ends.get(one.job.name) ?? []), one.eventType]);
    expect(Object.fromEntries(ends)).toEqual({
      nightly: ['START', 'FAIL'],
      viettel: ['START', 'COMPLETE'],
      wrong: ['START', 'FAIL'],
    });
    const [night] = events();
    const done = events().find(
      ({ eventType, job: { name } }) => name === 'viettel' && eventType === 'COMPLETE',
    )!;
    expect(done.run.facets.parent?.run.runId).toBe(night!.run.runId);
    for (const { name, sha256, rows } of telecomSummary.inputs) {
      const input = done.inputs.find((one) => one.name === join(jobs.folder, name));
      expect(input?.facets.version?.datasetVersion).toBe(sha256);
      expect(input?.inputFacets?.inputStatistics.rowCount).toBe(rows);
    }
    expect(done.outputs[0]?.outputFacets.outputStatistics?.rowCount).toBe(telecomSummary.figures.rows);
    const failed = events().find(({ job: { name }, eventType }) => name === 'wrong' && eventType === 'FAIL');
    expect(failed?.run.facets.errorMessage?.message).toBe('Sai. / Wrong.');
  });

  it('of several nights stand in one file, also after a line that a power cut tore', async () => {
    jobs.job('a');
    await jobs.night();
    appendFileSync(join(jobs.workspace, 'openlineage.jsonl'), '{"eventType":"STA');
    await jobs.night();
    expect(events().length).toBe(8);
    expect(new Set(events().map(({ run }) => run.runId)).size).toBe(4);
  });
});
