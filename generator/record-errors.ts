/** Rows that are wrong as a whole: about somebody who should not be there, junk, repeated, broken. */
import type { Draft, Scene } from './draft.js';
import { LAST_DAY, type Person, pad } from './person.js';

type Damage = (draft: Draft, scene: Scene) => boolean;

function recast(draft: Draft, scene: Scene, person: Person | null): boolean {
  if (person === null) return false;
  scene.recast(draft, person, true);
  return true;
}

const withStatus =
  (status: Person['status']): Damage =>
  (draft, scene) =>
    recast(
      draft,
      scene,
      scene.unused((person) => person.status === status && scene.extract.eligible(person)),
    );

export const deceased = withStatus('dead');
export const absent = withStatus('left');

/** The digits of the ID have always disagreed with year or sex: it was set up wrongly and never corrected. */
export const wrongStructure: Damage = (draft, scene) =>
  recast(
    draft,
    scene,
    scene.unused((person) => {
      const year = 1900 + 100 * Math.floor(Number(person.id[3]) / 2) + Number(person.id.slice(4, 6));
      const sex = Number(person.id[3]) % 2 === 0 ? 'M' : 'F';
      return (
        (year !== person.year || sex !== person.sex) &&
        person.status === 'alive' &&
        scene.extract.eligible(person)
      );
    }),
  );

export const tooYoung: Damage = (draft, scene) =>
  recast(
    draft,
    scene,
    scene.unused((person) => person.year > LAST_DAY.year - 14 && person.status === 'alive'),
  );

/** Somebody a year or more outside the ages that the sector's check takes, on any day of the next year too. */
export const outOfAge: Damage = (draft, scene) => {
  const { min, max } = scene.extract.ages ?? { min: 0, max: 200 };
  const outside = ({ year, status }: Person): boolean => {
    const age = LAST_DAY.year - year;
    return status === 'alive' && (age < min - 2 || age > max + 2);
  };
  return recast(draft, scene, scene.unused(outside));
};

/** The day of the event is that of somebody else, long before the birth. */
export const beforeBirth: Damage = (draft, { random }) => {
  draft.event = `${pad(random.between(1, 28))}/${pad(random.between(1, 12))}/${draft.person.year - random.between(2, 9)}`;
  return draft.person.year > 1925;
};

export const stranger: Damage = (draft, scene) => {
  scene.recast(draft, scene.stranger(), false);
  return true;
};

export const strangerWithoutNumber: Damage = (draft, scene) => {
  scene.recast(draft, scene.stranger(), false);
  draft.id = '';
  draft.readId = null;
  return true;
};

export const strangerWithOthersNumber: Damage = (draft, scene) => {
  const outsider = scene.stranger();
  const owner = scene.unused(
    (person) => Math.abs(person.year - outsider.year) > 2 && person.name.rest !== outsider.name.rest,
  );
  if (owner === null) return false;
  scene.recast(draft, outsider, false);
  draft.id = owner.id;
  draft.readId = owner.id;
  return true;
};

const FOREIGN = [
  'Amara Okonkwo',
  'Lindqvist Elsa',
  'Tanaka Haruto',
  'Moreau Camille',
  'Kowalski Jan',
  'Rossi Giulia',
];

export const foreigner: Damage = (draft, scene) => {
  const { random } = scene;
  scene.recast(draft, scene.stranger(), false);
  const name = random.pick(FOREIGN);
  draft.name = scene.extract.upperCase ? name.toUpperCase() : name;
  draft.id = `${random.pick(['M', 'TK', 'AB'])}${1_000_000 + random.below(9_000_000)}`;
  draft.paper = 'Hộ chiếu';
  draft.readId = null;
  draft.reasons = draft.reasons.filter((code) => !code.startsWith('name.'));
  return true;
};

const NATIONALITIES = ['Hàn Quốc', 'Nhật Bản', 'Trung Quốc', 'Ấn Độ', 'Pháp', 'Hoa Kỳ'];

export const foreignNational: Damage = (draft, scene) => {
  foreigner(draft, scene);
  draft.nationality = scene.random.pick(NATIONALITIES);
  return true;
};

const ORGANISATIONS = [
  'Công ty TNHH Vận tải Lá Chuối',
  'Hợp tác xã Mây Tre Đan',
  'Công ty CP Xây lắp Đá Xám',
];

export const organisation: Damage = (draft, scene) => {
  scene.recast(draft, scene.stranger(), false);
  const name = scene.random.pick(ORGANISATIONS);
  Object.assign(draft, {
    party: 'TC',
    name: scene.extract.upperCase ? name.toUpperCase() : name,
    id: '',
    readId: null,
    born: '',
    readYear: null,
    sex: '',
    readSex: null,
    reasons: [],
    others: {},
  });
  return true;
};

/** Two people share name, sex, birth date and province; without a number nobody can say which. */
export const namesakeWithoutNumber: Damage = (draft, scene) => {
  const person = scene.unused(
    ({ alike, home, status }) =>
      alike !== null && status === 'alive' && alike.home.province.newCode === home.province.newCode,
  );
  if (!recast(draft, scene, person)) return false;
  draft.id = '';
  draft.readId = null;
  return true;
};

/** Hardly anything: no number, only the year, the name without marks. */
export const faintTrace: Damage = (draft, scene) => {
  const { person } = draft;
  const plain = person.name.full
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('Đ', 'D')
    .replaceAll('đ', 'd');
  if (person.day === 0 || person.alike !== null || plain === person.name.full || person.status !== 'alive')
    return false;
  draft.name = scene.extract.upperCase ? plain.toUpperCase() : plain;
  draft.born = String(person.year);
  draft.id = '';
  draft.readId = null;
  return true;
};

/** Nothing to look for a person by: where the place is compared it is empty as well. */
export const junk: Damage = (draft, { random, extract }) => {
  draft.id = '';
  draft.readId = null;
  draft.name = random.pick(['KHÔNG RÕ', 'test', 'KHÔNG CÓ']);
  draft.born = '';
  draft.readYear = null;
  if (extract.comparesPlace) {
    draft.address = '';
    draft.province = '';
    draft.reasons.push('address.missing');
  }
  return true;
};

export const repeated: Damage = (draft, scene) => {
  draft.line = 'repeated';
  return scene.canRepeat;
};

export const truncated: Damage = (draft) => {
  draft.line = 'truncated';
  return true;
};

export const overlong: Damage = (draft) => {
  draft.line = 'overlong';
  return true;
};
