import type { Database } from '../engine/database.js';
import { decisionSql } from '../matchers/decide.js';
import type { Model } from '../matchers/model.js';
import { fixThresholds, type ScoreBand, setThresholds, type Thresholds } from '../matchers/thresholds.js';
import type { RuleFigures } from './link-candidates.js';
import type { PlannedField } from './link-fields.js';
import { parametersOf } from './link-model.js';
import { shareCertainty } from './link-score.js';
import { prepare } from './link-sides.js';
import type { LinkContext, LinkSpec } from './link-spec.js';
import { learn, MOST_AT_ONCE } from './link-train.js';
import { scoreAtOnce, scoreInWaves } from './link-waves.js';

export type { LinkField } from './link-fields.js';
export { prepare } from './link-sides.js';
export { type LinkContext, type LinkSpec, SAME_FILE } from './link-spec.js';

export interface LinkResult {
  readonly model: Model;
  readonly thresholds: Thresholds;
  readonly rules: readonly RuleFigures[];
  readonly fields: readonly PlannedField[];
  readonly pairs: number;
}

/**
 * Probabilistic matching of one table with another. Leaves `links(record, person, probability, weight, margin, second_person,
 * candidates, decision)`, one row per record, and `link_candidates` with each candidate's levels for explanations. The order of
 * rows changes nothing. `margin` is log2 of how much likelier the best candidate is than the second.
 */
export async function link(db: Database, spec: LinkSpec, context: LinkContext = {}): Promise<LinkResult> {
  const prepared = await prepare(db, spec, context);
  const { model, rules } =
    prepared.records <= MOST_AT_ONCE
      ? await scoreAtOnce(db, prepared, { spec, context })
      : await scoreInWaves(db, prepared, { spec, context });
  const shared = await shareCertainty(db, {
    weighed: 'link_weighed',
    parameters: parametersOf(model, prepared.fields),
    people: prepared.people,
    oneToOne: spec.oneToOne,
  });
  await db.run(`CREATE OR REPLACE TEMP TABLE link_candidates AS ${shared}`);
  await writeBest(db);
  const bands = await scoreBands(db);
  const own = setThresholds(bands, model.found * prepared.records, spec.falseLinkRate);
  const thresholds = fixThresholds(own, spec.fixed ?? {}, bands);
  await writeLinks(db, thresholds);
  const pairs = await db.value<number>('SELECT count(*) FROM link_candidates');
  return { model, thresholds, rules, fields: prepared.fields, pairs };
}

/** Only the model, for `doisoat model train`. */
export async function trainModel(db: Database, spec: LinkSpec, context: LinkContext = {}): Promise<Model> {
  return learn(db, await prepare(db, { ...spec, model: undefined }, context), context);
}

/** Only records with several candidates need be put in order, and most have one. */
async function writeBest(db: Database): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE link_rivalry AS
    SELECT record, count(*) AS candidates FROM link_candidates GROUP BY record`);
  const best = 'c.record, c.person, c.probability, c.weight, n.candidates, c.odds';
  await db.run(`CREATE OR REPLACE TEMP TABLE link_best AS
    SELECT ${best}, 0.0::DOUBLE AS second, NULL::BIGINT AS second_person
    FROM link_candidates c JOIN link_rivalry n ON c.record = n.record WHERE n.candidates = 1
    UNION ALL SELECT * EXCLUDE (place) FROM
      (SELECT ${best}, lead(c.probability) OVER own AS second, lead(c.person) OVER own AS second_person,
        row_number() OVER own AS place
      FROM link_candidates c JOIN link_rivalry n ON c.record = n.record WHERE n.candidates > 1
      WINDOW own AS (PARTITION BY c.record ORDER BY c.probability DESC, c.person))
    WHERE place = 1`);
}

/** The distribution of the best probabilities, in bands narrow enough for thresholds near 1. */
async function scoreBands(db: Database): Promise<ScoreBand[]> {
  return db.rows<{
    probability: number;
    records: number;
  }>(`SELECT min(probability) AS probability, count(*) AS records
    FROM link_best GROUP BY floor(8 * log2(greatest(probability, 1e-9) / greatest(1 - probability, 1e-9)))`);
}

async function writeLinks(db: Database, thresholds: Thresholds): Promise<void> {
  const decision = decisionSql('b.probability', 'b.second', thresholds);
  await db.run(`CREATE OR REPLACE TABLE links AS
    SELECT o.row AS record, b.person, coalesce(b.probability, 0) AS probability, b.weight,
      CASE WHEN b.second > 0 THEN log2(b.probability / b.second) END AS margin, b.second_person,
      coalesce(b.candidates, 0) AS candidates, coalesce(${decision}, 'none') AS decision
    FROM link_ours o LEFT JOIN link_best b ON b.record = o.row`);
}
