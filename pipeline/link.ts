import type { Database } from '../engine/database.js';
import { dropTemporary } from '../engine/temporary.js';
import { decisionSql } from '../matchers/decide.js';
import type { Model } from '../matchers/model.js';
import { fixThresholds, type ScoreBand, setThresholds, type Thresholds } from '../matchers/thresholds.js';
import type { RuleFigures } from './link-candidates.js';
import type { PlannedField } from './link-fields.js';
import { parametersOf } from './link-model.js';
import { inFull, planSearch, type SearchPlan } from './link-plan.js';
import { type Claimed, probabilityOfAll, shareCertainty, weighClaimed } from './link-score.js';
import { type SearchRecord, searchRecord } from './link-search-told.js';
import { prepare } from './link-sides.js';
import type { LinkContext, LinkSpec, Prepared } from './link-spec.js';
import { keepSearch, takeCandidates } from './link-stored.js';
import { learn } from './link-train.js';
import { type Scored, scoreAll } from './link-waves.js';

export type { LinkField } from './link-fields.js';
export { prepare } from './link-sides.js';
export { type LinkContext, type LinkSpec, SAME_FILE } from './link-spec.js';

export interface LinkResult {
  readonly model: Model;
  readonly thresholds: Thresholds;
  readonly rules: readonly RuleFigures[];
  readonly fields: readonly PlannedField[];
  readonly pairs: number;
  /** How many records were searched for and how many taken from the last run; not there where nothing is kept. */
  readonly search?: SearchRecord;
}

/**
 * Probabilistic matching of one table with another. Leaves `links(record, person, probability, weight, margin, second_person,
 * candidates, decision)`, one row per record, and `link_candidates` with each candidate's levels for explanations. The order of
 * rows changes nothing. `margin` is log2 of how much likelier the best candidate is than the second.
 */
export async function link(db: Database, spec: LinkSpec, context: LinkContext = {}): Promise<LinkResult> {
  const { prepared, model, rules, plan } = await weighAll(db, spec, context);
  const claimed = spec.claimed === undefined ? null : await weighClaimed(db, spec.claimed);
  const shared = await shareCertainty(db, {
    weighed: 'link_weighed',
    parameters: parametersOf(model, prepared.fields),
    people: prepared.people,
    oneToOne: spec.oneToOne,
    claimed,
  });
  await db.run(`CREATE OR REPLACE TEMP TABLE link_candidates AS ${shared}`);
  await dropTemporary(db, 'link_weighed', 'link_odds', 'link_highest', 'link_totals');
  await writeBest(db);
  const bands = await scoreBands(db);
  const own = setThresholds(bands, model.found * plan.records, spec.falseLinkRate);
  const thresholds = fixThresholds(own, spec.fixed ?? {}, bands);
  await writeLinks(db, spec.ours, { thresholds, claimed });
  const pairs = await db.value<number>('SELECT count(*) FROM link_candidates');
  const search = spec.keep && { search: searchRecord(plan, spec.keep.last?.run ?? null) };
  return { model, thresholds, rules, fields: prepared.fields, pairs, ...search };
}

interface Weighed extends Scored {
  readonly prepared: Prepared;
  readonly plan: SearchPlan;
}

/** `link_weighed` of all records: those searched for, and those that the last run had searched for. */
async function weighAll(db: Database, spec: LinkSpec, context: LinkContext): Promise<Weighed> {
  const planned = await planSearch(db, spec);
  const found =
    (await search(db, { spec, plan: planned, context })) ??
    (await search(db, { spec, plan: inFull(planned, spec), context }));
  if (found === null) throw new Error('a search of all records is never given up');
  const { keep } = spec;
  if (keep === undefined) return found;
  const { plan, mode } = found;
  if (plan.taken !== null) await takeCandidates(db, keep.last!.database);
  await keepSearch(db, spec.fields, { plan, key: { ...keep.key, mode } });
  return found;
}

/** Null: what was taken was found another way than these records are searched for, so all must be searched for. */
async function search(
  db: Database,
  task: { readonly spec: LinkSpec; readonly plan: SearchPlan; readonly context: LinkContext },
): Promise<Weighed | null> {
  const { spec, plan, context } = task;
  const prepared = await prepare(db, { ...spec, ours: plan.ours }, context);
  const scored = await scoreAll(db, prepared, task);
  await dropTemporary(db, 'link_reference_keys', 'link_ours_keys');
  return scored === null ? null : { ...scored, prepared, plan };
}

/** Only the model, for `doisoat model train`. */
export async function trainModel(db: Database, spec: LinkSpec, context: LinkContext = {}): Promise<Model> {
  return learn(db, await prepare(db, { ...spec, model: undefined }, context), { spec, context });
}

/** Only records with several candidates need be put in order, and most have one. */
async function writeBest(db: Database): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE link_rivalry AS
    SELECT record, count(*) AS candidates, ${probabilityOfAll('probability')} AS total
    FROM link_candidates GROUP BY record`);
  const best = 'c.record, c.person, c.probability, c.weight, n.candidates, n.total, c.odds';
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

async function writeLinks(
  db: Database,
  ours: string,
  { thresholds, claimed }: { readonly thresholds: Thresholds; readonly claimed: Claimed | null },
): Promise<void> {
  const columns = { best: 'b.probability', second: 'b.second', total: 'b.total' };
  const decision = decisionSql(columns, thresholds);
  await db.run(`CREATE OR REPLACE TABLE links AS
    SELECT o.record::BIGINT AS record, b.person, coalesce(b.probability, 0) AS probability, b.weight,
      CASE WHEN b.second > 0 THEN log2(b.probability / b.second) END AS margin, b.second_person,
      coalesce(b.candidates, 0) AS candidates, coalesce(${decision}, 'none') AS decision,
      ${claimed === null ? 'false' : furtherSql(decision, thresholds, claimed)} AS further
    FROM ${ours} o LEFT JOIN link_best b ON b.record = o.record
    ${claimed === null ? '' : `LEFT JOIN (${claimed.people}) t ON b.person = t.person`}`);
}

/** SQL: would be linked if the person had no record by number, and is the only one that comes into question. */
function furtherSql(decision: string, { accept }: Thresholds, { bits }: Claimed): string {
  const needed = Math.log2(accept / Math.max(1 - accept, 1e-15)) - bits;
  return `coalesce(t.person IS NOT NULL AND ${decision} = 'possible' AND b.odds >= ${needed}, false)`;
}
