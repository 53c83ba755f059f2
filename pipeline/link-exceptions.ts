import type { Database } from '../engine/database.js';
import { identifier } from '../engine/sql.js';
import { DECISIONS } from '../matchers/judge.js';
import type { Context } from './context.js';
import { type Field, keyText } from './fields.js';
import type { Job } from './job-type.js';
import { type LinkField, type LinkResult, type LinkSpec, link } from './link.js';
import { keepCandidates } from './link-kept.js';
import type { MatchedPlan } from './matched-sql.js';
import { tableOf } from './tables.js';

export interface ExceptionPlan extends Pick<Job, 'sector' | 'model' | 'matching'> {
  readonly matched: MatchedPlan;
}

/**
 * The dear pass of the matching stage: the rows that no number settled go to probabilistic matching on all fields, the number
 * among them (it may be mistyped). Fills `person`, `decision`, `probability` and `margin` of `exceptions`. Null when there is
 * nothing to link or nothing to link by. Keeps the best candidates of each row.
 */
export async function linkExceptions(
  db: Database,
  plan: ExceptionPlan,
  context: Context,
): Promise<LinkResult | null> {
  const spec = await exceptionSpec(db, plan);
  if (spec === null) return null;
  const result = await link(db, spec, {
    progress: (step) => context.log.debug({ vi: `liên kết: ${step}`, en: `link: ${step}` }),
  });
  const decisions = DECISIONS.map((decision, i) => `WHEN '${decision}' THEN ${i}`).join(' ');
  await db.run(`UPDATE exceptions SET person = l.person, decision = CASE l.decision ${decisions} END,
      probability = l.probability, margin = l.margin
    FROM links l WHERE exceptions.record = l.record AND l.decision <> 'none'`);
  await keepCandidates(db, result);
  return result;
}

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
    fields: linkFields(matched),
    blocking: sector.blocking,
    oneToOne: sector.one_to_one,
    fixed,
    ...(model === null ? {} : { model }),
    ...(falseLinkRate === undefined ? {} : { falseLinkRate }),
  };
}

export function linkFields(plan: MatchedPlan): LinkField[] {
  const fields = plan.comparable.map(({ name, kind }) => ({ name, kind }));
  return plan.identity === null
    ? fields
    : [...fields, { name: plan.identity.name, kind: plan.identity.kind }];
}

/** link_records and link_people: canonical values as text, one column per field. */
async function makeSides(db: Database, plan: MatchedPlan): Promise<void> {
  const ours = plan.comparable.map(
    (field) => `coalesce(${of('k', field)}.value, ${of('n', field)}.value) AS ${identifier(field.name)}`,
  );
  const joins = plan.comparable.map(
    (
      field,
    ) => `LEFT JOIN ref."values_${field.name}" ${of('k', field)} ON e.${identifier(`w_${field.name}`)} = ${of('k', field)}.value_id
      LEFT JOIN ${tableOf('new_values_', field.name)} ${of('n', field)} ON e.${identifier(`w_${field.name}`)} = ${of('n', field)}.value_id`,
  );
  const theirs = plan.comparable.map((field) => `${of('k', field)}.value AS ${identifier(field.name)}`);
  const people = plan.comparable.map(
    (field) =>
      `LEFT JOIN ref."values_${field.name}" ${of('k', field)} ON p.${identifier(`v_${field.name}`)} = ${of('k', field)}.value_id`,
  );
  if (plan.identity !== null) {
    const { name, kind } = plan.identity;
    ours.push(`${keyText(kind, 'e.find_by')} AS ${identifier(name)}`);
    theirs.push(`${keyText(kind, `p.${identifier(`k_${name}`)}`)} AS ${identifier(name)}`);
  }
  await db.run(`CREATE OR REPLACE TEMP TABLE link_records AS
    SELECT e.record::BIGINT AS record, ${ours.join(', ')} FROM exceptions e ${joins.join(' ')} WHERE e.method = 0`);
  await db.run(`CREATE OR REPLACE TEMP VIEW link_people AS
    SELECT p.person::BIGINT AS person, ${theirs.join(', ')} FROM ref.people p ${people.join(' ')}`);
}

function of(prefix: string, field: Field): string {
  return identifier(`${prefix}_${field.name}`);
}
