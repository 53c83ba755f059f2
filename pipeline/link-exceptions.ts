import type { Database } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import { dropTemporary } from '../engine/temporary.js';
import { DECISIONS } from '../matchers/judge.js';
import type { Model } from '../matchers/model.js';
import type { Context } from './context.js';
import type { DedupeSpec } from './dedupe.js';
import { keyType } from './fields.js';
import type { Job } from './job-type.js';
import { type LinkField, type LinkResult, type LinkSpec, link } from './link.js';
import { keepCandidates } from './link-kept.js';
import { preparedKeys } from './link-keys.js';
import { detachLast, type KeptRun, keepSpec } from './link-last-run.js';
import { searchTold } from './link-search-told.js';
import type { MatchedPlan } from './matched-sql.js';
import { tableOf } from './tables.js';

export interface ExceptionPlan extends Pick<Job, 'sector' | 'model' | 'matching'> {
  readonly matched: MatchedPlan;
}

/**
 * The dear pass of the matching stage: the rows that no number settled go to probabilistic matching on all fields, the number
 * among them (it may be mistyped). Fills `person`, `decision`, `probability` and `margin` of `exceptions`. Null when there is
 * nothing to link or nothing to link by. Keeps the best candidates of each row. `run`: with a frozen model, what was found is kept
 * for the next run, and what the last one kept is taken.
 */
export async function linkExceptions(
  db: Database,
  plan: ExceptionPlan,
  context: Context,
  run?: KeptRun,
): Promise<LinkResult | null> {
  const spec = await exceptionSpec(db, plan);
  if (spec === null) return null;
  const keep = run === undefined ? null : await keepSpec(db, run, { ...spec, model: plan.model }, context);
  const result = await link(db, keep === null ? spec : { ...spec, keep }, {
    progress: (step) => context.log.debug({ vi: `liên kết: ${step}`, en: `link: ${step}` }),
  });
  await detachLast(db);
  if (result.search !== undefined) context.log.debug(searchTold(result.search));
  const decisions = DECISIONS.map((decision, i) => `WHEN '${decision}' THEN ${i}`).join(' ');
  await db.run(`UPDATE exceptions SET person = l.person, decision = CASE l.decision ${decisions} END,
      probability = l.probability, margin = l.margin
    FROM links l WHERE exceptions.record = l.record AND l.decision <> 'none'`);
  await keepCandidates(db, result);
  await dropTemporary(db, 'link_*');
  return result;
}

/** People whose number stands in a record that agrees with them. */
const FOUND_BY_NUMBER = `SELECT person FROM matched ANTI JOIN exceptions USING (record) WHERE person IS NOT NULL AND state <> 2
  UNION ALL SELECT person FROM exceptions WHERE method <> 0 AND person IS NOT NULL`;

/**
 * Makes the two sides of the open exceptions and says how they are to be linked; also for the commands that look at the
 * blocking or only train. Null when there is nothing to link or nothing to link by.
 */
export async function exceptionSpec(db: Database, plan: ExceptionPlan): Promise<LinkSpec | null> {
  const { matched, sector, model } = plan;
  if (matched.comparable.length < 2) return null;
  const open = await db.value<number>('SELECT count(*) FROM exceptions WHERE method = 0');
  if (open === 0) return null;
  await makeSides(db, matched);
  const { falseLinkRate, ...fixed } = plan.matching;
  return {
    ours: 'link_records',
    reference: 'link_people',
    fields: await linkFields(db, matched),
    blocking: sector.blocking,
    oneToOne: sector.one_to_one,
    ...(sector.one_to_one ? { claimed: FOUND_BY_NUMBER } : {}),
    fixed,
    ...(model === null ? {} : { model }),
    ...(falseLinkRate === undefined ? {} : { falseLinkRate }),
  };
}

/**
 * Fields as both sides hold them: numbers of one list of values, the identity number itself. What the reference keeps for matching is
 * used where its build made it.
 */
async function linkFields(db: Database, plan: MatchedPlan): Promise<LinkField[]> {
  const fields: LinkField[] = [];
  for (const { name, kind } of plan.comparable) {
    const keys = preparedKeys(name);
    const made = await db.value<number>(`SELECT count(*) FROM duckdb_tables()
      WHERE database_name = 'ref' AND table_name = ${literal(keys)}`);
    const values = `(SELECT value_id AS key, value FROM ref.${identifier(`values_${name}`)}
      UNION ALL SELECT value_id, value FROM ${tableOf('new_values_', name)})`;
    fields.push({
      name,
      kind,
      held: { as: 'numbers', values, keys: made > 0 ? `ref.${identifier(keys)}` : null },
    });
  }
  if (plan.identity !== null) {
    const { name, kind } = plan.identity;
    fields.push({ name, kind, held: { as: keyType(kind) === 'BIGINT' ? 'integers' : 'text' } });
  }
  return fields;
}

/**
 * How rows that nobody was found for are compared with each other: as the run compared them with the reference, whose people still
 * say how common a value is. `records`: table of the rows.
 */
export async function alikeSpec(
  db: Database,
  matched: MatchedPlan,
  { model, records }: { readonly model: Model; readonly records: string },
): Promise<DedupeSpec> {
  await makeSides(db, matched, `e.record IN (SELECT record FROM ${records})`);
  const fields = await linkFields(db, matched);
  return {
    ours: 'link_records',
    fields: fields.map((field) =>
      field.held?.as === 'numbers' ? { ...field, held: { ...field.held, keys: null } } : field,
    ),
    blocking: [],
    model,
    frequencies: 'link_people',
    leastOdds: SAME_PERSON,
  };
}

/** log2 odds from which two rows are listed as one person: 0.996. It changes no outcome; the owner of the data looks at them. */
const SAME_PERSON = 8;

/** link_records and link_people: numbers of values and identity numbers, one column per field. */
async function makeSides(db: Database, plan: MatchedPlan, which = 'e.method = 0'): Promise<void> {
  const column = (side: string, name: string, field: string) =>
    `${side}.${identifier(name)} AS ${identifier(field)}`;
  const ours = plan.comparable.map(({ name }) => column('e', `w_${name}`, name));
  const theirs = plan.comparable.map(({ name }) => column('p', `v_${name}`, name));
  if (plan.identity !== null) {
    const { name } = plan.identity;
    ours.push(column('e', 'find_by', name));
    theirs.push(column('p', `k_${name}`, name));
  }
  await db.run(`CREATE OR REPLACE TEMP VIEW link_records AS
    SELECT e.record::BIGINT AS record, ${ours.join(', ')} FROM exceptions e WHERE ${which}`);
  await db.run(`CREATE OR REPLACE TEMP VIEW link_people AS
    SELECT p.person::BIGINT AS person, ${theirs.join(', ')} FROM ref.people p`);
}
