// The facets of OpenLineage that our events carry, each under the name and schema of the standard
// (https://openlineage.io/spec/facets); open-lineage.ts puts them into events.
import { statSync } from 'node:fs';
import type { Summary } from '../reports/model.js';
import type { Problem } from './nightly-child.js';
import { VERSION } from './version.js';

export type Facets = Readonly<Record<string, object>>;

export const PRODUCER = `urn:doisoat:${VERSION}`;
export const NAMESPACE = 'doisoat';

/** A facet with the address of its own schema, as each must have: `1-0-1/ParentRunFacet.json`. */
function facet(schema: string, content: object): object {
  const name = schema.slice(schema.indexOf('/') + 1).replace('.json', '');
  return {
    _producer: PRODUCER,
    _schemaURL: `https://openlineage.io/spec/facets/${schema}#/$defs/${name}`,
    ...content,
  };
}

export function jobFacets(jobType: 'DAG' | 'JOB'): Facets {
  const content = { processingType: 'BATCH', integration: 'DOISOAT', jobType };
  return { jobType: facet('2-0-3/JobTypeJobFacet.json', content) };
}

export function engineFacet(): Facets {
  return {
    processing_engine: facet('1-1-1/ProcessingEngineRunFacet.json', { name: 'doisoat', version: VERSION }),
  };
}

export function nominalFacet(started: Date): Facets {
  return {
    nominalTime: facet('1-0-1/NominalTimeRunFacet.json', { nominalStartTime: started.toISOString() }),
  };
}

export function parentFacet(runId: string): Facets {
  const parent = { run: { runId }, job: { namespace: NAMESPACE, name: 'nightly' } };
  return { parent: facet('1-0-1/ParentRunFacet.json', parent) };
}

export function errorFacet({ what }: Problem): Facets {
  const content = { message: `${what.vi} / ${what.en}`, programmingLanguage: 'JavaScript' };
  return { errorMessage: facet('1-0-1/ErrorMessageRunFacet.json', content) };
}

export function versionFacet(datasetVersion: string): Facets {
  return { version: facet('1-0-1/DatasetVersionDatasetFacet.json', { datasetVersion }) };
}

export function inputStatistics(rowCount: number, size: number): Facets {
  const content = { rowCount, size, fileCount: 1 };
  return { inputStatistics: facet('1-0-0/InputStatisticsInputDatasetFacet.json', content) };
}

export function outputStatistics(rowCount: number, path: string): Facets {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  const content = { rowCount, ...(size === undefined ? {} : { size }), fileCount: 1 };
  return { outputStatistics: facet('1-0-2/OutputStatisticsOutputDatasetFacet.json', content) };
}

/** Of the extract's own columns, how many rows are empty and how many values differ. */
export function qualityFacet({ fields, figures }: Summary): Facets {
  const columnMetrics = Object.fromEntries(
    fields.map(({ column, filled, distinct }) => [
      column,
      { count: filled, nullCount: Math.max(0, figures.compared - filled), distinctCount: distinct },
    ]),
  );
  const content = { rowCount: figures.rows, columnMetrics };
  return { dataQualityMetrics: facet('1-0-2/DataQualityMetricsInputDatasetFacet.json', content) };
}
