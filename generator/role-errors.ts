/** What happens between the people of one record: a spouse written twice, a parent too young, somebody else’s account. */
import type { Draft, Scene } from './draft.js';
import type { Person } from './person.js';

type Damage = (draft: Draft, scene: Scene) => boolean;

function putInto(draft: Draft, scene: Scene, role: string, person: Person | null): boolean {
  if (person === null || !draft.others[role]) return false;
  const made = scene.extract.roleDraft?.(role, person, draft.known);
  if (made === undefined) return false;
  draft.others[role] = made;
  return true;
}

/** The clerk wrote the husband into the wife’s columns as well. */
export const spouseTwice: Damage = (draft, scene) => putInto(draft, scene, 'wife', draft.person);

/** A sister or an aunt stands in the mother’s place. */
export const youngMother: Damage = (draft, scene) => {
  const born = draft.person.year;
  const fits = ({ sex, year, status, alike }: Person): boolean =>
    sex === 'F' && status === 'alive' && alike === null && year <= born + 5 && year > born - 10;
  return putInto(draft, scene, 'mother', scene.unused(fits));
};

/** The money goes to the account of another one of the household, or of a neighbour. */
export const othersAccount: Damage = (draft, scene) => {
  const fits = ({ year, status, alike, id }: Person): boolean =>
    year < 2005 && status === 'alive' && alike === null && id !== draft.person.id;
  return putInto(draft, scene, 'holder', draft.person.spouse ?? scene.unused(fits));
};

const FOREIGN_WIVES = ['Yamada Aoi', 'Lindqvist Maja', 'Okonkwo Ada', 'Rossi Elena'];

/** A foreign wife, known by her passport: set apart, which says nothing against the husband. */
export const foreignWife: Damage = (draft, { random, extract }) => {
  const wife = draft.others.wife;
  if (!wife) return false;
  const name = random.pick(FOREIGN_WIVES);
  wife.name = extract.upperCase ? name.toUpperCase() : name;
  wife.id = `${random.pick(['M', 'TK', 'AB'])}${1_000_000 + random.below(9_000_000)}`;
  wife.readId = null;
  wife.known = false;
  wife.outcome = 'apart';
  wife.reasons = ['record.foreigner'];
  return true;
};
