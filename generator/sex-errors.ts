/** What happens to the sex. */
import type { Draft, Scene } from './draft.js';

type Damage = (draft: Draft, scene: Scene) => boolean;

export const sexNotation: Damage = (draft, { random }) => {
  const usual = draft.person.sex === 'M' ? ['M', 'Male'] : ['F', 'Female'];
  draft.sex = random.pick([draft.sex.toLowerCase(), draft.sex.toUpperCase(), ...usual]);
  return true;
};

export const sexWord: Damage = (draft) => {
  draft.sex = draft.person.sex === 'M' ? 'Trai' : 'Gái';
  return true;
};

export const otherSex: Damage = (draft) => {
  draft.sex = draft.person.sex === 'M' ? 'Nữ' : 'Nam';
  draft.readSex = draft.person.sex === 'M' ? 'F' : 'M';
  return true;
};

export const sexMissing: Damage = (draft) => {
  draft.sex = '';
  draft.readSex = null;
  return true;
};
