import type { Database } from '../engine/database.js';
import { clusterRecords } from '../matchers/clusters.js';
import { nobodyWeight, type Parameters } from '../matchers/fellegi-sunter.js';
import type { Model } from '../matchers/model.js';
import { type LinkContext, type LinkSpec, prepare, SAME_FILE } from './link.js';
import { findCandidates, type RuleFigures } from './link-candidates.js';
import { compareCandidates } from './link-compare.js';
import { modelOf, parametersOf } from './link-model.js';
import { relativesWithinFile, shapesWithinFile, trainOn, weigh } from './link-score.js';

export interface DedupeSpec extends Omit<LinkSpec, 'reference' | 'oneToOne' | 'falseLinkRate' | 'fixed'> {
  /** A model that was learnt by linking these records with a reference; without one it is learnt here. */
  readonly model?: Model;
  /** log2 odds above which two records are one person, 0 unless said. */
  readonly leastOdds?: number;
}

export interface DedupeResult {
  readonly model: Model;
  readonly rules: readonly RuleFigures[];
  readonly pairs: number;
  readonly groups: number;
}

/** Pairs less likely than this do not speak in clustering. */
const LEAST_PROBABILITY = 0.01;

/**
 * Duplicates within one table: leaves `duplicate_pairs(record, person, probability, …)`, where `person` is the other record, and
 * `duplicate_groups(record, cluster)` for records that have at least one duplicate; a cluster bears the number of its first record.
 */
export async function dedupe(
  db: Database,
  spec: DedupeSpec,
  context: LinkContext = {},
): Promise<DedupeResult> {
  await db.run(
    `CREATE OR REPLACE TEMP VIEW ${SAME_FILE} AS SELECT * RENAME (record AS person) FROM ${spec.ours}`,
  );
  const prepared = await prepare(db, { ...spec, reference: SAME_FILE, oneToOne: false }, context);
  const { fields, rules, random, records } = prepared;
  await db.run('CREATE OR REPLACE TEMP TABLE link_open AS SELECT row AS record FROM link_ours');
  const figures = await findCandidates(db, {
    fields,
    rules,
    records: 'link_open',
    into: 'link_pairs',
    sameFile: true,
  });
  await compareCandidates(db, { fields, random, pairs: 'link_pairs', into: 'link_compared' });
  const people = Math.max(1, (records - 1) / 2);
  const pairs = await db.value<number>('SELECT count(*) FROM link_pairs');
  const model =
    (spec.model === undefined ? null : withinFile(spec.model)) ??
    modelOf({
      fields,
      random,
      rules,
      firstRules: [],
      training: await trainOn(db, fields, {
        compared: 'link_compared',
        records: 'link_open',
        people,
        exclusive: false,
        shapes: shapesWithinFile(fields, random),
      }),
      counts: { records, people: records, pairs },
    });
  const parameters = parametersOf(model, fields);
  await weigh(db, fields, { compared: 'link_compared', into: 'link_weighed', parameters, people });
  const groups = await writeClusters(db, { parameters, people, leastOdds: spec.leastOdds ?? 0 });
  return { model, rules: figures, pairs, groups };
}

/** Duplicates per record that are expected before anything is compared, and other records of the same family. */
const DUPLICATES = 0.01;
const RELATIVES = 0.1;

/** A model of linking, for records that are compared with each other. */
function withinFile(model: Model): Model {
  return {
    ...model,
    found: DUPLICATES,
    relatives: Math.max(model.relatives_of_missing, RELATIVES),
    fields: model.fields.map((field) => {
      const h = relativesWithinFile(
        field.comparator,
        field.levels.map((level) => level.u),
      );
      return h === null
        ? field
        : { ...field, levels: field.levels.map((level, i) => ({ ...level, h: h[i]! })) };
    }),
  };
}

async function writeClusters(
  db: Database,
  { parameters, people, leastOdds }: { parameters: Parameters; people: number; leastOdds: number },
): Promise<number> {
  const none = nobodyWeight(parameters, people, false);
  await db.run(`CREATE OR REPLACE TEMP TABLE duplicate_pairs AS
    SELECT *, odds_of AS odds, 1 / (1 + pow(2, -odds_of)) AS probability
    FROM (SELECT *, weight - (${none}) AS odds_of FROM link_weighed)`);
  const pairs = await db.rows<{ a: number; b: number; odds: number }>(`SELECT record AS a, person AS b, odds
    FROM duplicate_pairs WHERE probability >= ${LEAST_PROBABILITY} ORDER BY record, person`);
  const clusters = clusterRecords(pairs, leastOdds);
  await db.run('CREATE OR REPLACE TEMP TABLE duplicate_groups (record BIGINT, cluster BIGINT)');
  const rows = [...clusters]
    .sort((x, y) => x[0] - y[0])
    .map(([record, cluster]) => `(${record}, ${cluster})`);
  for (let i = 0; i < rows.length; i += 50_000) {
    await db.run(`INSERT INTO duplicate_groups VALUES ${rows.slice(i, i + 50_000).join(', ')}`);
  }
  return new Set(clusters.values()).size;
}
