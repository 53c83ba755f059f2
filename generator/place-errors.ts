/** What happens to places: the province and the address of residence. */
import type { Draft, Scene } from './draft.js';
import { bare } from './names.js';

type Damage = (draft: Draft, scene: Scene) => boolean;

const withoutType = (name: string): string => name.replace(/^(?:Tỉnh|Thành phố) /u, '');

export const abbreviatedProvince: Damage = (draft) => {
  const short = { 'Hồ Chí Minh': 'TP.HCM', 'Hà Nội': 'TP Hà Nội', 'Đà Nẵng': 'TP. Đà Nẵng' }[draft.province];
  if (short === undefined) return false;
  draft.province = short;
  return true;
};

export const oldProvince: Damage = (draft) => {
  const old = withoutType(draft.person.home.province.name);
  if (old.normalize('NFC') === draft.person.home.province.newName) return false;
  draft.province = old;
  return draft.person.home.province.code !== draft.person.home.province.newCode;
};

function writeOldAddress(draft: Draft): true {
  const { street, home } = draft.person;
  draft.address = `${street}, ${home.oldName}, ${home.oldDistrict}, ${home.province.name}`;
  return true;
}

export const oldAddress: Damage = (draft) =>
  !draft.person.home.split &&
  bare(draft.person.home.oldName) !== bare(draft.person.home.name) &&
  writeOldAddress(draft);

export const splitAddress: Damage = (draft) => draft.person.home.split && writeOldAddress(draft);

export const otherProvince: Damage = (draft, scene) => {
  const elsewhere = scene.stranger();
  if (elsewhere.home.province.newCode === draft.person.home.province.newCode) return false;
  draft.province = elsewhere.home.province.newName;
  draft.address = elsewhere.address;
  return true;
};

export const unreadablePlace: Damage = (draft, { random }) => {
  draft.province = random.pick(['Không rõ', 'xxx', '?']);
  return true;
};

export const placeMissing: Damage = (draft) => {
  draft.province = '';
  draft.address = '';
  return true;
};
