import type { Database } from '../engine/database.js';
import { type Model, roundedShare } from '../matchers/model.js';
import { chooseRules } from './link-candidates.js';
import { randomLevels } from './link-compare.js';
import { addConditionalShares, dependenceTree } from './link-dependence.js';
import { type PlannedField, planFields } from './link-fields.js';
import { keyRows } from './link-keys.js';
import { parametersOf, withParents } from './link-model.js';
import { encodeSides } from './link-prepare.js';
import { type LinkContext, type LinkSpec, type Prepared, SAME_FILE } from './link-spec.js';

/** Numbers for values, blocking keys, what strangers have in common. */
export async function prepare(db: Database, spec: LinkSpec, context: LinkContext): Promise<Prepared> {
  context.progress?.('prepare');
  const planned = planFields(spec.fields);
  await encodeSides(db, planned, spec);
  const parents = await parentsOf(db, spec, planned);
  const fields = planned.map((field, i) => ({ ...field, parent: parents[i]! }));
  await addConditionalShares(db, parents);
  const { rules, firstRules } = await chooseRules(db, fields, spec);
  await keyRows(db, fields, [...firstRules, ...rules]);
  return {
    fields,
    rules,
    firstRules,
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
