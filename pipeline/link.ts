import type { Database } from '../engine/database.js';
import type { BlockingRule } from '../matchers/blocking.js';
import { decisionSql } from '../matchers/decide.js';
import { COMPARATORS } from '../matchers/field-levels.js';
import { type Model, roundedShare } from '../matchers/model.js';
import {
  type FixedThresholds,
  fixThresholds,
  type ScoreBand,
  setThresholds,
  type Thresholds,
} from '../matchers/thresholds.js';
import { chooseRules, findCandidates, type RuleFigures } from './link-candidates.js';
import { compareCandidates, randomLevels } from './link-compare.js';
import { addConditionalShares, dependenceTree } from './link-dependence.js';
import { type LinkField, type PlannedField, planFields } from './link-fields.js';
import { keyRows, keyTable } from './link-keys.js';
import { modelOf, parametersOf, withParents } from './link-model.js';
import { encodeSides } from './link-prepare.js';
import { fieldShapes, joinCertainty, shareCertainty, trainOn, weigh } from './link-score.js';

export type { LinkField } from './link-fields.js';

export interface LinkSpec {
  /** Table of `record` (BIGINT) and one column of canonical values (VARCHAR) per field. */
  readonly ours: string;
  /** Table of `person` (BIGINT) and the same columns. */
  readonly reference: string;
  readonly fields: readonly LinkField[];
  /** Rules as `field.key` names; empty: chosen from the kinds. */
  readonly blocking: readonly BlockingRule[];
  /** At most one record per person. */
  readonly oneToOne: boolean;
  /** A frozen model; without one it is trained on these data. */
  readonly model?: Model;
  /** Expected share of false links that is accepted, 0.001 unless said. */
  readonly falseLinkRate?: number;
  /** Thresholds in place of the program's own. */
  readonly fixed?: FixedThresholds;
}

export interface LinkContext {
  /** Called with the name of each step as it begins. */
  readonly progress?: (step: string) => void;
}

export interface LinkResult {
  readonly model: Model;
  readonly thresholds: Thresholds;
  readonly rules: readonly RuleFigures[];
  readonly fields: readonly PlannedField[];
  readonly pairs: number;
}

/** The reference of a file that is compared with itself. */
export const SAME_FILE = 'link_same';
/** Up to so many records are scored with all rules at once; more go in waves. */
const MOST_AT_ONCE = 100_000;
/** Records used for training; more teach nothing new. Chosen by the hash of their values. */
const TRAINING_RECORDS = 20_000;
/** Where their candidates are found for training alone. */
const TRAINING_RECORDS_OF_MANY = 8_000;
/**
 * Records so sure after the first, most telling rules that the other rules are spared: where every value is equal, nobody found later
 * can come near; else only where nothing is plainly different and it is all but certain.
 */
const SETTLED_EQUAL = 0.999;
const SETTLED = 0.99999;

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
  await shareCertainty(db, {
    weighed: 'link_weighed',
    parameters: parametersOf(model, prepared.fields),
    people: prepared.people,
    oneToOne: spec.oneToOne,
  });
  await joinCertainty(db, 'link_weighed');
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

interface Prepared {
  readonly fields: readonly PlannedField[];
  readonly rules: readonly BlockingRule[];
  readonly surest: BlockingRule | null;
  readonly random: readonly (readonly number[])[];
  readonly people: number;
  readonly records: number;
}

/** Numbers for values, blocking keys, what strangers have in common. */
export async function prepare(db: Database, spec: LinkSpec, context: LinkContext): Promise<Prepared> {
  context.progress?.('prepare');
  const planned = planFields(spec.fields);
  await encodeSides(db, planned, spec);
  const parents = await parentsOf(db, spec, planned);
  const fields = planned.map((field, i) => ({ ...field, parent: parents[i]! }));
  await addConditionalShares(db, parents);
  const { rules, surest } = await chooseRules(db, fields, spec.model?.rules ?? spec.blocking);
  await keyRows(db, fields, surest === null ? rules : [surest, ...rules]);
  return {
    fields,
    rules,
    surest,
    random: spec.model === undefined ? await roundedLevels(db, fields) : randomOf(spec.model, fields),
    people: await db.value<number>('SELECT count(*) FROM link_reference'),
    records: await db.value<number>('SELECT count(*) FROM link_ours'),
  };
}

/** As they are saved in the model, so that the run is the same with its model frozen. */
async function roundedLevels(db: Database, fields: readonly PlannedField[]): Promise<number[][]> {
  return (await randomLevels(db, fields)).map((shares) => shares.map(roundedShare));
}

/** Within one file duplicates themselves make values coincide, so nothing is to be learnt there. */
async function parentsOf(
  db: Database,
  spec: LinkSpec,
  planned: readonly PlannedField[],
): Promise<(number | null)[]> {
  if (spec.model !== undefined) return withParents(spec.model, planned).map((field) => field.parent);
  return spec.reference === SAME_FILE ? planned.map(() => null) : dependenceTree(db, planned);
}

function randomOf(model: Model, fields: readonly PlannedField[]): number[][] {
  parametersOf(model, fields);
  return fields.map((field) =>
    model.fields.find((entry) => entry.name === field.name)!.levels.map((level) => level.u),
  );
}

interface Task {
  readonly spec: LinkSpec;
  readonly context: LinkContext;
}

interface Scored {
  readonly model: Model;
  readonly rules: readonly RuleFigures[];
}

/** All candidates of all records, found and compared once; the model is learnt from some of them. Leaves `link_weighed`. */
async function scoreAtOnce(db: Database, prepared: Prepared, { spec, context }: Task): Promise<Scored> {
  context.progress?.('train');
  const { fields, random, rules, people } = prepared;
  await db.run('CREATE OR REPLACE TEMP TABLE link_open AS SELECT row AS record FROM link_ours');
  const figures = await findCandidates(db, { fields, rules, records: 'link_open', into: 'link_pairs' });
  await compareCandidates(db, { fields, random, pairs: 'link_pairs', into: 'link_compared' });
  const model = spec.model ?? (await learnFrom(db, prepared, 'link_compared'));
  context.progress?.('score');
  const parameters = parametersOf(model, fields);
  await weigh(db, fields, { compared: 'link_compared', into: 'link_weighed', parameters, people });
  return { model, rules: figures };
}

async function scoreInWaves(db: Database, prepared: Prepared, { spec, context }: Task): Promise<Scored> {
  const model = spec.model ?? (await learn(db, prepared, context));
  context.progress?.('score');
  return { model, rules: await scoreAll(db, prepared, model) };
}

async function learn(db: Database, prepared: Prepared, context: LinkContext): Promise<Model> {
  context.progress?.('train');
  const { fields, rules, random } = prepared;
  await chooseTrainingRecords(db, prepared);
  await findCandidates(db, { fields, rules, records: 'link_training', into: 'link_pairs' });
  await compareCandidates(db, { fields, random, pairs: 'link_pairs', into: 'link_compared' });
  return learnFrom(db, prepared, 'link_compared');
}

/** By the hash of their values, so that the order of rows and the numbers of values change nothing. */
async function chooseTrainingRecords(db: Database, prepared: Prepared): Promise<void> {
  const { fields, records } = prepared;
  const most = records <= MOST_AT_ONCE ? TRAINING_RECORDS : TRAINING_RECORDS_OF_MANY;
  const hashes = fields.map((field, i) => (field.dictionary === null ? `o.f${i}` : `k${i}.value_hash`));
  const joins = fields.map((field, i) =>
    field.dictionary === null ? '' : `LEFT JOIN ${keyTable('ours', i)} k${i} ON k${i}.key = o.f${i}`,
  );
  await db.run(`CREATE OR REPLACE TEMP TABLE link_training AS SELECT row AS record FROM
    (SELECT o.row, hash(${hashes.join(', ')}) AS place FROM link_ours o ${joins.join(' ')})
    ORDER BY place, row LIMIT ${most}`);
}

async function learnFrom(db: Database, prepared: Prepared, compared: string): Promise<Model> {
  const { fields, rules, random, people } = prepared;
  await chooseTrainingRecords(db, prepared);
  await db.run(`CREATE OR REPLACE TEMP VIEW link_training_compared AS SELECT * FROM ${compared}
    WHERE record IN (SELECT record FROM link_training)`);
  const training = await trainOn(db, fields, {
    compared: 'link_training_compared',
    records: 'link_training',
    people,
    exclusive: true,
    shapes: fieldShapes(fields),
  });
  const records = await db.value<number>('SELECT count(*) FROM link_training');
  const pairs = await db.value<number>('SELECT count(*) FROM link_training_compared');
  return modelOf({ fields, random, rules, training, counts: { records, people, pairs } });
}

/**
 * Waves: the surest rule for all records, then the most telling quarter, then the others, each for those records that are not
 * settled by then.
 */
async function scoreAll(db: Database, prepared: Prepared, model: Model): Promise<RuleFigures[]> {
  const { fields, rules, people, surest } = prepared;
  const parameters = parametersOf(model, fields);
  const quarter = Math.max(3, Math.ceil(rules.length / 4));
  const first = surest === null ? rules.slice(0, 1) : [surest];
  const rest = surest === null ? rules.slice(1) : rules;
  const waves = [first, rest.slice(0, quarter), rest.slice(quarter)].filter((wave) => wave.length > 0);
  await db.run('CREATE OR REPLACE TEMP TABLE link_open AS SELECT row AS record FROM link_ours');
  const figures: RuleFigures[] = [];
  for (const [i, wave] of waves.entries()) {
    const last = i === waves.length - 1;
    const search = {
      fields,
      rules: wave,
      records: 'link_open',
      into: 'link_pairs',
      firstRule: figures.length,
    };
    figures.push(...(await findCandidates(db, { ...search, errors: last })));
    if (i > 0) await db.run(FORGET_WEIGHED);
    const pairs = { pairs: 'link_pairs', into: 'link_compared' };
    await compareCandidates(db, { fields, random: prepared.random, ...pairs });
    const into = i === 0 ? 'link_weighed' : 'link_weighed_more';
    await weigh(db, fields, { compared: 'link_compared', into, parameters, people });
    if (i > 0) await db.run('INSERT INTO link_weighed BY NAME SELECT * FROM link_weighed_more');
    if (!last) await keepOpen(db, prepared, model);
  }
  return figures;
}

const FORGET_WEIGHED = `DELETE FROM link_pairs USING link_weighed w
  WHERE w.record = link_pairs.record AND w.person = link_pairs.person`;

/** Takes the settled records out of `link_open`: all but certain, and nothing plainly different about the person found. */
async function keepOpen(db: Database, prepared: Prepared, model: Model): Promise<void> {
  const parameters = parametersOf(model, prepared.fields);
  await shareCertainty(db, { weighed: 'link_weighed', parameters, people: prepared.people, oneToOne: false });
  const agrees = prepared.fields
    .map((field, i) => `l${i} <> ${COMPARATORS[field.comparator].levels.length - 1}`)
    .join(' AND ');
  const equal = prepared.fields.map((_, i) => `l${i} = 0`).join(' AND ');
  await db.run(`DELETE FROM link_open WHERE record IN (SELECT w.record FROM link_weighed w
    JOIN (SELECT record, person, probability FROM link_odds WHERE probability >= ${SETTLED_EQUAL}) o
      ON w.record = o.record AND w.person = o.person WHERE (${equal}) OR (${agrees} AND probability >= ${SETTLED}))`);
}

async function writeBest(db: Database): Promise<void> {
  const rank = '(probability, -person)';
  await db.run(`CREATE OR REPLACE TEMP TABLE link_best AS
    SELECT record, people[1] AS person, shares[1] AS probability, weight, candidates, odds,
      coalesce(shares[2], 0) AS second, people[2] AS second_person
    FROM (SELECT record, arg_max(person, ${rank}, 2) AS people, max(probability, 2) AS shares,
        arg_max(weight, ${rank}) AS weight, count(*) AS candidates, arg_max(odds, ${rank}) AS odds
      FROM link_candidates GROUP BY record)`);
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
