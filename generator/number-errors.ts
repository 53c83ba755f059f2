/** What happens to identity, phone and insurance numbers. */
import type { Draft, Scene } from './draft.js';
import type { Person } from './person.js';

type Damage = (draft: Draft, scene: Scene) => boolean;

/** The personal ID stands in the cell, unharmed: what most damage needs. */
const hasOwnId = (draft: Draft): boolean => draft.id === draft.person.id;

const onOwnId =
  (write: (id: string, scene: Scene) => string | null): Damage =>
  (draft, scene) => {
    if (!hasOwnId(draft)) return false;
    const text = write(draft.id, scene);
    if (text === null) return false;
    draft.id = text;
    return true;
  };

// Damage of form.

export const separators = onOwnId((id, { random }) => {
  const parts = [id.slice(0, 3), id.slice(3, 6), id.slice(6, 9), id.slice(9)];
  return parts.join(random.pick([' ', '.', '-']));
});

export const letterForDigit = onOwnId((id) => (id.includes('0') ? id.replace('0', 'O') : null));

export const fullWidth = onOwnId((id) =>
  id.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
);

export const apostrophe = onOwnId((id) => `'${id}`);

export const decimalTail = onOwnId((id) => `${id}.0`);

/** A spreadsheet took the number for a number; year and sex in its digits must agree with the row to restore it. */
export const lostZero: Damage = (draft, scene) => {
  const { person } = draft;
  const century = 1900 + 100 * Math.floor(Number(person.id[3]) / 2);
  const agrees =
    century + Number(person.id.slice(4, 6)) === person.year &&
    Number(person.id[3]) % 2 === (person.sex === 'F' ? 1 : 0);
  if (!agrees) return false;
  return onOwnId((id) => (/^0[1-9]/.test(id) ? id.slice(1) : null))(draft, scene);
};

function writeOldId(draft: Draft, number: string): true {
  draft.id = number;
  draft.paper = 'CMND';
  draft.readId = null;
  return true;
}

export const oldNumber: Damage = (draft, { random }) => {
  const { oldIds } = draft.person;
  return hasOwnId(draft) && oldIds.length > 0 && writeOldId(draft, random.pick(oldIds));
};

export const oldNumberLostZero: Damage = (draft) => {
  const number = draft.person.oldIds.find((old) => /^0[1-9]/.test(old));
  return hasOwnId(draft) && number !== undefined && writeOldId(draft, number.slice(1));
};

export const reissued: Damage = (draft, scene) => {
  const fits = (person: Person): boolean => person.formerId !== null;
  const person = fits(draft.person) ? draft.person : scene.unused(fits);
  if (person === null) return false;
  if (person !== draft.person) scene.recast(draft, person, true);
  if (draft.id === '') return false;
  draft.id = person.formerId as string;
  draft.readId = draft.id;
  return true;
};

// The number leads nowhere, or to somebody else.

const lost =
  (write: (person: Person, scene: Scene) => string | null, read: 'as written' | 'nothing'): Damage =>
  (draft, scene) => {
    if (!hasOwnId(draft)) return false;
    const text = write(draft.person, scene);
    if (text === null || text === draft.id) return false;
    draft.id = text;
    draft.readId = read === 'as written' ? text : null;
    return true;
  };

export const idMissing = lost(() => '', 'nothing');

/** Digits of place are left alone: an unknown place would be another error. */
export const wrongDigit = lost(({ id }, { random }) => {
  const at = random.between(3, 11);
  const digit = (Number(id[at]) + random.between(1, 9)) % 10;
  return `${id.slice(0, at)}${digit}${id.slice(at + 1)}`;
}, 'as written');

export const swappedDigits = lost(({ id }, { random }) => {
  const at = random.between(5, 10);
  return `${id.slice(0, at)}${id[at + 1]}${id[at]}${id.slice(at + 2)}`;
}, 'as written');

/** Agrees with the record in every digit that means something, but was never given to anyone. */
export const unknownNumber = lost(({ id }, scene) => {
  const tail = scene.stranger().id.slice(6);
  return [...tail].filter((digit, i) => digit !== id[6 + i]).length < 3 ? null : id.slice(0, 6) + tail;
}, 'as written');

export const exponent = lost(({ id }) => {
  const digits = id.replace(/^0+/, '');
  return `${digits[0]}.${digits.slice(1, 5)}E+${digits.length - 1}`;
}, 'nothing');

export const madeUp = lost(
  (_, { random }) => random.pick(['000000000000', '123456789012', '111111111111']),
  'nothing',
);

export const phoneAsId = lost(
  (_, { random }) => `09${random.pick([0, 1, 3, 6, 7, 8])}${1_234_567 + random.below(8_000_000)}`,
  'nothing',
);

export const unknownOldNumber: Damage = (draft, scene) => {
  const number = scene.stranger().oldIds[0];
  return draft.person.year < 1995 && hasOwnId(draft) && number !== undefined && writeOldId(draft, number);
};

export const passport: Damage = (draft, { random }) => {
  if (!hasOwnId(draft) || draft.person.year > 2005) return false;
  draft.id = `${random.pick(['B', 'C'])}${1_000_000 + random.below(9_000_000)}`;
  draft.paper = 'Hộ chiếu';
  draft.readId = null;
  return true;
};

/** Who could not be taken for the person of the row: not by name, and not by birth date. */
function plainlyOther(draft: Draft): (person: Person) => boolean {
  const { person } = draft;
  return (other) =>
    other.id !== person.id &&
    other.status === 'alive' &&
    other.name.rest !== person.name.rest &&
    other.name.rest.split(' ').at(-1) !== person.name.rest.split(' ').at(-1) &&
    Math.abs(other.year - person.year) > 2 &&
    other.day !== person.day;
}

export const othersNumber: Damage = (draft, scene) => {
  const owner = hasOwnId(draft) ? scene.unused(plainlyOther(draft)) : null;
  if (owner === null) return false;
  draft.id = owner.id;
  draft.readId = owner.id;
  return true;
};

/** As before, but the owner has a row of their own in the same extract. */
export const sharedNumber: Damage = (draft, scene) => {
  const other = plainlyOther(draft);
  const fits = (person: Person): boolean => scene.extract.eligible(person) && other(person);
  const owner = hasOwnId(draft) ? scene.unused(fits) : null;
  if (owner === null || !scene.addRow(owner, ['record.id_shared'])) return false;
  draft.id = owner.id;
  draft.readId = owner.id;
  return true;
};

// Phone and insurance numbers, which are cleaned but not compared.

const OLD_MOBILE = new Map([
  ['032', '0162'],
  ['033', '0163'],
  ['034', '0164'],
  ['035', '0165'],
  ['036', '0166'],
  ['037', '0167'],
  ['038', '0168'],
  ['039', '0169'],
  ['070', '0120'],
  ['079', '0121'],
  ['077', '0122'],
  ['081', '0127'],
  ['082', '0129'],
  ['056', '0186'],
]);

/** The subscriber number is also what the carrier calls the record by. */
function writePhone(draft: Draft, phone: string): true {
  draft.phone = phone;
  draft.key = phone;
  return true;
}

export const oldMobilePrefix: Damage = (draft) => {
  const old = OLD_MOBILE.get(draft.phone.slice(0, 3));
  return old !== undefined && writePhone(draft, old + draft.phone.slice(3));
};

export const internationalPrefix: Damage = (draft, { random }) =>
  writePhone(draft, random.pick(['+84', '84']) + draft.phone.slice(1));

export const phoneTooShort: Damage = (draft) => writePhone(draft, draft.phone.slice(0, 8));

export const insuranceSeparators: Damage = (draft) => {
  if (draft.insurance === '') return false;
  draft.insurance = `${draft.insurance.slice(0, 4)} ${draft.insurance.slice(4, 7)} ${draft.insurance.slice(7)}`;
  return true;
};

export const insuranceTooShort: Damage = (draft) => {
  if (draft.insurance === '') return false;
  draft.insurance = draft.insurance.slice(0, 6);
  return true;
};
