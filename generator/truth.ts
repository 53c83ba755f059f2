/** What a perfect tool reports of a row, by the tables of the design. */
import { type Draft, type Extract, type RolePlan, type Said, type TrueOutcome, worse } from './draft.js';
import { LAST_DAY } from './person.js';

export interface Truth {
  readonly key: string;
  /** Of each person of the record, the main one first; '' where the reference does not hold one. */
  readonly referenceIds: readonly string[];
  readonly outcome: string;
  /** Joined by `;`; of several people, each with the name of its role before it: `wife:name.typo`. */
  readonly reasons: string;
}

export function truthHeader({ roles = [] }: Extract): string[] {
  const others = roles.slice(1).map(({ name }) => `${name}_reference_id`);
  return ['record', 'record_key', 'reference_id', 'outcome', 'reasons', ...others];
}

export function truthOf(extract: Extract, draft: Draft): Truth {
  if (extract.roles !== undefined) return truthOfSeveral(extract.roles, draft);
  // Of who is set apart only that is said, and whether the record lacks what it must have.
  const told = (code: string): boolean => draft.outcome !== 'apart' || code.startsWith('record.');
  return {
    key: draft.key,
    referenceIds: [referenceIdOf(draft)],
    outcome: draft.outcome,
    reasons: reasonsOf(extract, draft).filter(told).sort().join(';'),
  };
}

/** The gravest of the people decides; one set apart, or a role in which nobody stands, weighs nothing. */
function truthOfSeveral(roles: readonly RolePlan[], draft: Draft): Truth {
  const people = roles.map((role, i) => ({ role, one: i === 0 ? draft : (draft.others[role.name] ?? null) }));
  const there = people.flatMap(({ role, one }) => (one === null ? [] : [{ role, one }]));
  const compared = there.filter(({ one }) => one.outcome !== 'apart');
  return {
    key: draft.key,
    referenceIds: people.map(({ one }) => (one === null ? '' : referenceIdOf(one))),
    outcome: isOrganisation(draft)
      ? 'apart'
      : compared.reduce((gravest: TrueOutcome, { one }) => worse(gravest, one.outcome), 'match'),
    reasons: there
      .flatMap(({ role, one }) =>
        reasonsOf(role, one).map((code) => (isOfRecord(code) ? code : `${role.name}:${code}`)),
      )
      .sort()
      .join(';'),
  };
}

/** Said of the record, not of one of its people. */
function isOfRecord(code: string): boolean {
  return code.startsWith('relation.') || code === 'record.duplicate' || code === ORGANISATION;
}

const ORGANISATION = 'record.organisation';

function isOrganisation({ reasons }: Draft): boolean {
  return reasons.includes(ORGANISATION);
}

function referenceIdOf({ known, outcome, person }: Draft): string {
  return known && outcome !== 'unusable' ? person.id : '';
}

type Plan = Pick<Extract, 'says' | 'required' | 'ages'>;

function reasonsOf(plan: Plan, draft: Draft): string[] {
  const { outcome, known, person } = draft;
  const reasons = new Set(draft.reasons);
  if (contradictsDigits(draft)) reasons.add('id.structure');
  if (reasons.has('id.missing')) reasons.delete('id.not_found');
  if (reasons.has('born.missing')) reasons.delete('born.year_only');
  if (reasons.has('name.missing') || reasons.has('name.invalid')) reasons.delete('name.format');
  if (isOutOfAge(plan, draft)) reasons.add('record.age_out_of_range');
  const empty = (field: string): boolean =>
    reasons.has(`${field}.missing`) || reasons.has(`${field}.invalid`);
  if (plan.required.some(empty)) reasons.add('record.required_missing');
  const found = ['match', 'match_after_cleaning', 'mismatch', 'linked'].includes(outcome) && known;
  if (found && person.status === 'dead') reasons.add('person.deceased');
  if (found && person.status === 'left') reasons.add('person.absent');
  return [...reasons].filter((code) => isSaid(plan, code));
}

const PLACES: readonly Said[] = ['address', 'commune', 'province'];

/** An extract without numbers has nothing to say of numbers. */
function isSaid({ says }: Plan, code: string): boolean {
  const family = code.slice(0, code.indexOf('.'));
  if (says === undefined || ['record', 'person', 'relation'].includes(family)) return true;
  if (family === 'address') return PLACES.some((place) => says.has(place));
  return says.has(family as Said) || (family === 'sex' && says.has('cross for women'));
}

/** By the year as written; a table's people are so far from the limits that the day does not matter. */
function isOutOfAge({ ages }: Plan, { readYear }: Draft): boolean {
  if (ages === undefined || readYear === null) return false;
  const age = LAST_DAY.year - readYear;
  return age < ages.min || age > ages.max;
}

/** The digits for sex and year of the number as written, against sex and year as written. */
function contradictsDigits({ readId, readSex, readYear }: Draft): boolean {
  if (readId === null) return false;
  const digit = readId.charCodeAt(3) - 48;
  const year = 1900 + 100 * (digit >> 1) + Number(readId.slice(4, 6));
  return (
    (readYear !== null && year !== readYear) || (readSex !== null && (digit % 2 === 0) !== (readSex === 'M'))
  );
}
