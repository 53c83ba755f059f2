// Relations between the people of one record, as SQL over what was found of each: spouses are two people, an account holder is the
// beneficiary, a parent is older. What is not known is not held against anybody: only what fails in every reading is broken.
import { identifier } from '../engine/sql.js';
import type { Relation } from '../sectors/schema.js';
import type { RoleRun } from './roles.js';
import { tableOf } from './tables.js';

/** The reason code of a relation that does not hold. */
export function relationCode(relation: Relation): string {
  const codes = {
    different_people: 'relation.same_person',
    same_person: 'relation.different_people',
    older: 'relation.age_gap',
  } as const;
  return codes[relation.relation];
}

const BORN = 'born';

/**
 * A role as a relation of `record`, `verdict`, `person` (where one counts as found), `number` (as written, usable) and `born` (the
 * person's own date where one was found, else the written one; ISO or its beginning). `database` is the role's, attached;
 * `verdicts` its patterns with what they mean.
 */
export function peopleOfRole({ matched }: RoleRun, database: string, verdicts: string): string {
  const { comparable, fields, identity } = matched;
  const dated = fields.find(({ name, kind, compare }) => name === BORN && kind === 'birth-date' && compare);
  const written = `(SELECT value_id, any_value(value) AS value FROM ${database}.${tableOf('entries_', BORN)}
    WHERE value_id IS NOT NULL GROUP BY value_id)`;
  const joins: string[] = [];
  const dates: string[] = [];
  if (dated !== undefined && comparable.includes(dated)) {
    joins.push(`LEFT JOIN ref.${identifier(`values_${BORN}`)} t ON v.accepted AND p.r_born = t.value_id`);
    dates.push('t.value');
  }
  if (dated !== undefined) {
    joins.push(`LEFT JOIN ${written} w ON p.w_born = w.value_id`);
    dates.push('w.value');
  }
  const number = identity === null ? 'NULL::VARCHAR' : 'p.find_by::VARCHAR';
  return `(SELECT p.record, v.verdict, if(v.accepted, p.person, NULL) AS person, ${number} AS number,
      ${dates.length === 0 ? 'NULL::VARCHAR' : `coalesce(${dates.join(', ')})`} AS born
    FROM ${database}.results p JOIN ${verdicts} v ON p.pattern = v.pattern ${joins.join(' ')})`;
}

/** SQL of one whole number: the i-th bit is set where the i-th relation is broken. The roles are aliases of `peopleOfRole`. */
export function brokenColumns(relations: readonly Relation[]): string {
  const bits = relations.map(
    (relation, i) => `${2 ** i} * coalesce(${brokenSql(relation)}, false)::UINTEGER`,
  );
  return bits.join(' + ') || '0';
}

function brokenSql(relation: Relation): string {
  if (relation.relation === 'older') return ageGapSql(relation);
  const [a, b] = relation.roles.map(identifier);
  return relation.relation === 'different_people'
    ? `(${a}.person = ${b}.person OR ${a}.number = ${b}.number)`
    : `${a}.person <> ${b}.person`;
}

/** Whole years between two dates; of a date of which only the beginning is known, both readings. */
function ageGapSql(relation: Extract<Relation, { relation: 'older' }>): string {
  const [older, younger] = [`${identifier(relation.older)}.born`, `${identifier(relation.younger)}.born`];
  const years = `(TRY_CAST(left(${younger}, 4) AS INTEGER) - TRY_CAST(left(${older}, 4) AS INTEGER))`;
  const full = `(length(${older}) = 10 AND length(${younger}) = 10)`;
  const notYet = `(substr(${younger}, 6) < substr(${older}, 6))::INTEGER`;
  const most = `(${years} - if(${full}, ${notYet}, 0))`;
  const least = `(${years} - if(${full}, ${notYet}, 1))`;
  const tooMuch = relation.at_most === undefined ? '' : ` OR ${least} > ${relation.at_most}`;
  return `(${most} < ${relation.years}${tooMuch})`;
}
