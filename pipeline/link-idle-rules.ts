import type { Database } from '../engine/database.js';
import { dropTemporary } from '../engine/temporary.js';
import type { BlockingRule } from '../matchers/blocking.js';
import type { Model } from '../matchers/model.js';
import { parametersOf } from './link-model.js';
import { shareCertainty, weigh } from './link-score.js';
import type { Prepared } from './link-spec.js';

/** Strangers that a rule may propose for each candidate who comes into question. */
const MOST_STRANGERS = 5_000;
/** A rule that proposes fewer people per record than this costs little, and a sample says little about it. */
const FEW_PER_RECORD = 0.5;
/** A candidate this likely comes into question: it may be linked, go to review, or stand in another one's way. */
const IN_QUESTION = 0.1;

/**
 * The rules without those that, among the records trained on (`link_training`, their candidates `link_training_compared`), were the first
 * to propose very many people and hardly ever one who comes into question. What only they find is lost, at most one candidate in
 * 5,000 pairs; decision 12 has what it gives and takes.
 */
export async function withoutIdleRules(
  db: Database,
  prepared: Prepared,
  model: Model,
): Promise<BlockingRule[]> {
  const { fields, rules, people } = prepared;
  const parameters = parametersOf(model, fields);
  const weighed = 'link_training_weighed';
  await weigh(db, fields, { compared: 'link_training_compared', into: weighed, parameters, people });
  const shared = await shareCertainty(db, { weighed, parameters, people, oneToOne: false });
  const found = await db.rows<{ rule: number; pairs: number; good: number }>(`SELECT rule, count(*) AS pairs,
      count(*) FILTER (probability >= ${IN_QUESTION}) AS good FROM (${shared}) GROUP BY rule`);
  const few = FEW_PER_RECORD * model.training.records;
  await dropTemporary(db, weighed, 'link_bits', 'link_highest', 'link_totals');
  const idle = new Set(
    found.filter(({ pairs, good }) => pairs > few && pairs > MOST_STRANGERS * good).map(({ rule }) => rule),
  );
  return rules.filter((_, i) => i === 0 || !idle.has(i));
}
