import type { Database } from '../engine/database.js';
import { dropTemporary } from '../engine/temporary.js';
import { COMPARATORS } from '../matchers/field-levels.js';
import type { Model } from '../matchers/model.js';
import { findCandidates, type RuleFigures } from './link-candidates.js';
import { compareCandidates } from './link-compare.js';
import { parametersOf } from './link-model.js';
import type { SearchPlan } from './link-plan.js';
import { shareCertainty, weigh } from './link-score.js';
import { goesAtOnce, modeOf } from './link-search-key.js';
import type { LinkContext, LinkSpec, Prepared } from './link-spec.js';
import { learn, learnFrom } from './link-train.js';

/**
 * Records so sure after the first, most telling rules that the other rules are spared: where every value is equal, nobody found later
 * can come near; else only where nothing is plainly different and it is all but certain.
 */
const SETTLED_EQUAL = 0.999;
const SETTLED = 0.99999;

interface Task {
  readonly spec: LinkSpec;
  readonly plan: SearchPlan;
  readonly context: LinkContext;
}

export interface Scored {
  readonly model: Model;
  readonly rules: readonly RuleFigures[];
  /** How it was searched (`modeOf`). */
  readonly mode: string;
}

/**
 * Finds and weighs the candidates of `link_ours`; leaves `link_weighed`. How is told by the number of all records, whose candidates may
 * be known already; null: those were found another way.
 */
export function scoreAll(db: Database, prepared: Prepared, task: Task): Promise<Scored | null> {
  return goesAtOnce(task.plan.records) ? scoreAtOnce(db, prepared, task) : scoreInWaves(db, prepared, task);
}

/** All candidates of all records, found and compared once; the model is learnt from some of them. Leaves `link_weighed`. */
async function scoreAtOnce(
  db: Database,
  prepared: Prepared,
  { spec, plan, context }: Task,
): Promise<Scored | null> {
  const mode = modeOf(prepared.fields, { records: plan.records, open: plan.records });
  if (plan.taken !== null && plan.taken.mode !== mode) return null;
  context.progress?.('train');
  const { fields, random, rules, people } = prepared;
  await db.run('CREATE OR REPLACE TEMP TABLE link_open AS SELECT row AS record FROM link_ours');
  const figures = await findCandidates(db, {
    fields,
    rules,
    records: 'link_open',
    into: 'link_pairs',
    open: plan.records,
  });
  await compareCandidates(db, { fields, random, pairs: 'link_pairs', into: 'link_compared' });
  const model = spec.model ?? (await learnFrom(db, prepared, 'link_compared'));
  context.progress?.('score');
  const parameters = parametersOf(model, fields);
  await weigh(db, fields, { compared: 'link_compared', into: 'link_weighed', parameters, people });
  await dropTemporary(db, ...WORK_OF_WAVE);
  return { model, rules: figures, mode };
}

/** Many records: the model is learnt from some, and most need no more than the first rule. */
async function scoreInWaves(
  db: Database,
  prepared: Prepared,
  { spec, plan, context }: Task,
): Promise<Scored | null> {
  const model = spec.model ?? (await learn(db, prepared, { spec, context }));
  context.progress?.('score');
  const rules = spec.model === undefined ? model.rules : prepared.rules;
  const found = await goInWaves(db, { ...prepared, rules }, { model, plan });
  return found === null ? null : { model, ...found };
}

/** Waves: the first rules for all records, then all others for those records that are not settled by then. */
async function goInWaves(
  db: Database,
  prepared: Prepared,
  { model, plan }: { readonly model: Model; readonly plan: SearchPlan },
): Promise<Pick<Scored, 'rules' | 'mode'> | null> {
  const { fields, rules, people, firstRules } = prepared;
  const parameters = parametersOf(model, fields);
  const waves = firstRules.length === 0 ? [rules.slice(0, 1), rules.slice(1)] : [firstRules, rules];
  await db.run('CREATE OR REPLACE TEMP TABLE link_open AS SELECT row AS record FROM link_ours');
  const figures: RuleFigures[] = [];
  let open = plan.records;
  for (const [i, wave] of waves.entries()) {
    const last = i === waves.length - 1;
    const search = {
      fields,
      rules: wave,
      records: 'link_open',
      into: 'link_pairs',
      firstRule: figures.length,
      open,
    };
    figures.push(...(await findCandidates(db, { ...search, errors: last })));
    if (i > 0) await db.run(FORGET_WEIGHED);
    const pairs = { pairs: 'link_pairs', into: 'link_compared' };
    await compareCandidates(db, { fields, random: prepared.random, ...pairs });
    const weighing = { compared: 'link_compared', into: 'link_weighed', parameters, people };
    await weigh(db, fields, { ...weighing, more: i > 0 });
    await dropTemporary(db, ...WORK_OF_WAVE);
    if (last) continue;
    await keepOpen(db, prepared, model);
    open = (await db.value<number>('SELECT count(*) FROM link_open')) + (plan.taken?.open ?? 0);
    if (plan.taken !== null && plan.taken.mode !== modeOf(fields, { records: plan.records, open }))
      return null;
  }
  return { rules: figures, mode: modeOf(fields, { records: plan.records, open }) };
}

/** What a wave leaves besides the weights of its candidates. */
const WORK_OF_WAVE = [
  'link_pairs',
  'link_compared',
  'link_training_compared',
  'link_rounded',
  'link_bits',
] as const;

const FORGET_WEIGHED = `DELETE FROM link_pairs USING link_weighed w
  WHERE w.record = link_pairs.record AND w.person = link_pairs.person`;

/** Takes the settled records out of `link_open`: all but certain, and nothing plainly different about the person found. */
async function keepOpen(db: Database, prepared: Prepared, model: Model): Promise<void> {
  const parameters = parametersOf(model, prepared.fields);
  const shared = await shareCertainty(db, {
    weighed: 'link_weighed',
    parameters,
    people: prepared.people,
    oneToOne: false,
  });
  const agrees = prepared.fields
    .map((field, i) => `l${i} <> ${COMPARATORS[field.comparator].levels.length - 1}`)
    .join(' AND ');
  const equal = prepared.fields.map((_, i) => `l${i} = 0`).join(' AND ');
  await db.run(`DELETE FROM link_open WHERE record IN (SELECT record FROM (${shared})
    WHERE probability >= ${SETTLED_EQUAL} AND ((${equal}) OR (${agrees} AND probability >= ${SETTLED})))`);
}
