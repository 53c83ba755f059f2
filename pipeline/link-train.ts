import type { Database } from '../engine/database.js';
import { withFirstRules } from '../matchers/blocking.js';
import type { Model } from '../matchers/model.js';
import { findCandidates } from './link-candidates.js';
import { compareCandidates } from './link-compare.js';
import { withoutIdleRules } from './link-idle-rules.js';
import { keyTable } from './link-keys.js';
import { MOST_AT_ONCE } from './link-limits.js';
import { modelOf } from './link-model.js';
import { fieldShapes, trainOn } from './link-score.js';
import { goesAtOnce } from './link-search-key.js';
import type { LinkContext, LinkSpec, Prepared } from './link-spec.js';

/** Records used for training; more teach nothing new. Chosen by the hash of their values. */
const TRAINING_RECORDS = 20_000;
/** Where their candidates are found for training alone. */
const TRAINING_RECORDS_OF_MANY = 8_000;

/**
 * Finds the candidates of some records and learns from them. Rules that the program chose and that turn out to propose strangers only are
 * left out of the model where many records are to be searched for.
 */
export async function learn(
  db: Database,
  prepared: Prepared,
  { spec, context }: { readonly spec: Pick<LinkSpec, 'blocking'>; readonly context: LinkContext },
): Promise<Model> {
  context.progress?.('train');
  const { fields, rules, random } = prepared;
  await chooseTrainingRecords(db, prepared);
  await findCandidates(db, { fields, rules, records: 'link_training', into: 'link_pairs' });
  await compareCandidates(db, { fields, random, pairs: 'link_pairs', into: 'link_compared' });
  const model = await learnFrom(db, prepared, 'link_compared');
  if (goesAtOnce(prepared.records) || spec.blocking.length > 0) return model;
  const left = withFirstRules(await withoutIdleRules(db, prepared, model), prepared.firstRules);
  return { ...model, rules: left.map((rule) => [...rule]) };
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

/** Learns from candidates that are compared already. */
export async function learnFrom(db: Database, prepared: Prepared, compared: string): Promise<Model> {
  const { fields, rules, firstRules, random, people } = prepared;
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
  return modelOf({ fields, random, rules, firstRules, training, counts: { records, people, pairs } });
}
