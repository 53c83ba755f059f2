/**
 * Households: couples with children, single parents, three generations, people alone. Members share address and family
 * name as Vietnamese families do (children bear the father's, the wife keeps her own). There are twins, brothers with
 * names that differ by a mark, and strangers with the same name and birth date.
 */
import { daysInMonth } from '../normalizers/calendar-days.js';
import { type Numbers, oldIdsFor } from './identity.js';
import { childName, familyName, kinhName, minorityFamily, minorityName, type Name } from './names.js';
import { LAST_DAY, type Person, pad } from './person.js';
import { draw, type Random, weighted } from './random.js';
import { type Commune, loadPlaces, type Province, type Sex } from './tables.js';

export interface Chunk {
  readonly random: Random;
  readonly numbers: Numbers;
  readonly people: Person[];
  households: number;
}

interface Home {
  readonly commune: Commune;
  readonly street: string;
  readonly address: string;
  readonly group: string;
  readonly number: number;
}

interface Birth {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

interface Member {
  readonly home: Home;
  readonly name: Name;
  readonly sex: Sex;
  readonly birth: Birth;
  readonly birthPlace: Province;
  readonly father?: Person | null;
  readonly mother?: Person | null;
}

const RATES = {
  moved: 0.18,
  yearOnlyElder: 0.12,
  firstOfJanuary: 0.02,
  digitsDisagree: 0.006,
  reissued: 0.012,
  left: 0.006,
  namesake: 0.02,
  twins: 0.02,
} as const;

const KINDS = weighted(['couple', 'three generations', 'alone', 'one parent'], [62, 16, 13, 9]);
const CHILDREN = weighted([0, 1, 2, 3, 4, 5], [8, 26, 44, 15, 5, 2]);
const STREETS =
  'Trần Hưng Đạo|Lê Lợi|Nguyễn Huệ|Hai Bà Trưng|Quang Trung|Lý Thường Kiệt|Điện Biên Phủ|Hùng Vương'.split(
    '|',
  );
const HAMLETS = {
  north: ['Thôn', 'Xóm', 'Tổ dân phố'],
  centre: ['Thôn', 'Tổ dân phố'],
  south: ['Ấp', 'Khóm', 'Khu phố'],
} as const;

/** Adds one household to the chunk. */
export function household(chunk: Chunk): void {
  const { random } = chunk;
  const home = newHome(chunk);
  const kind = draw(KINDS, random);
  const year = random.between(kind === 'alone' ? 1938 : 1946, 2001);
  if (kind === 'alone') {
    adult(chunk, home, random.chance(0.5) ? 'M' : 'F', year);
    return;
  }
  const husband = kind === 'one parent' && random.chance(0.8) ? null : adult(chunk, home, 'M', year);
  const wife =
    husband !== null && kind === 'one parent' ? null : adult(chunk, home, 'F', year + random.between(-1, 5));
  if (husband !== null && wife !== null) {
    husband.spouse = wife;
    wife.spouse = husband;
  }
  children(chunk, home, husband, wife);
  if (kind === 'three generations' && husband !== null) grandparents(chunk, home, husband);
}

function newHome(chunk: Chunk): Home {
  const { random } = chunk;
  const province = draw(loadPlaces().byWeight, random);
  const commune = random.pick(province.communes);
  let group = 'kinh';
  let left = random.below(1000) / 1000;
  for (const [name, share] of province.groups) {
    if (left >= 0 && left < share) group = name;
    left -= share;
  }
  const hamlet = `${random.pick(HAMLETS[province.half])} ${random.between(1, 12)}`;
  const city = commune.name.startsWith('Phường') && random.chance(0.6);
  const street = city ? `Số ${random.between(1, 399)} ${random.pick(STREETS)}` : hamlet;
  const address = `${street}, ${commune.name}, ${province.newFullName}`;
  return { commune, street, address, group, number: chunk.households++ };
}

function adult(chunk: Chunk, home: Home, sex: Sex, year: number): Person {
  const { random } = chunk;
  const twinStranger =
    home.group === 'kinh' && random.chance(RATES.namesake) ? findStranger(chunk, home, sex) : null;
  const birth = twinStranger ?? birthDate(year, random);
  const name = twinStranger?.name ?? adultName(home, sex, year, random);
  const birthPlace = random.chance(RATES.moved) ? draw(loadPlaces().byWeight, random) : home.commune.province;
  const person = add(chunk, { home, name, sex, birth, birthPlace });
  if (twinStranger !== null) {
    twinStranger.alike = person;
    person.alike = twinStranger;
  }
  return person;
}

function adultName(home: Home, sex: Sex, year: number, random: Random): Name {
  return home.group === 'kinh'
    ? kinhName(familyName(home.commune.province.half, random), sex, year, random)
    : minorityName(home.group, minorityFamily(home.group, random), sex, random);
}

/** Somebody of another household whose name and birth date the next person is to have too. */
function findStranger(chunk: Chunk, home: Home, sex: Sex): Person | null {
  const { random, people } = chunk;
  for (let i = 0; i < 60 && people.length > 0; i++) {
    const other = random.pick(people);
    const fits = other.sex === sex && other.day > 0 && other.year < 2002 && other.alike === null;
    const apart = other.household !== home.number && other.name.group === 'kinh';
    if (fits && apart && (i > 40 || other.home.province.newCode === home.commune.province.newCode))
      return other;
  }
  return null;
}

function children(chunk: Chunk, home: Home, father: Person | null, mother: Person | null): void {
  const { random } = chunk;
  const count = draw(CHILDREN, random);
  const group = father?.name.group ?? mother?.name.group ?? 'kinh';
  const family = father?.name.family ?? mother?.name.family ?? '';
  let year = (mother ?? father ?? { year: 1990 }).year + random.between(19, 33);
  let twinOf: Person | null = null;
  const last: Record<Sex, string | null> = { M: null, F: null };
  for (let i = 0; i < count && year <= LAST_DAY.year; i++) {
    const sex: Sex = random.chance(0.52) ? 'M' : 'F';
    const birth: Birth = twinOf ?? birthDate(year, random);
    const parents = { family, mothersFamily: mother?.name.family ?? family, group, sibling: last[sex] };
    const name = childName(parents, sex, birth.year, random);
    const birthPlace = random.chance(0.05) ? draw(loadPlaces().byWeight, random) : home.commune.province;
    const child = add(chunk, { home, name, sex, birth, birthPlace, father, mother });
    last[sex] = name.rest;
    twinOf = twinOf === null && random.chance(RATES.twins) ? child : null;
    if (twinOf === null) year += random.between(1, 6);
    else i -= 1;
  }
}

function grandparents(chunk: Chunk, home: Home, son: Person): void {
  const { random } = chunk;
  const year = Math.max(1928, son.year - random.between(20, 34));
  const place = home.commune.province;
  const { family, group } = son.name;
  if (random.chance(0.6)) {
    const name =
      group === 'kinh' ? kinhName(family, 'M', year, random) : minorityName(group, family, 'M', random);
    add(chunk, { home, name, sex: 'M', birth: birthDate(year, random), birthPlace: place });
  }
  const herYear = year + random.between(0, 4);
  add(chunk, {
    home,
    name: adultName(home, 'F', herYear, random),
    sex: 'F',
    birth: birthDate(herYear, random),
    birthPlace: place,
  });
}

function birthDate(year: number, random: Random): Birth {
  if (year < 1957 && random.chance(RATES.yearOnlyElder)) return { year, month: 0, day: 0 };
  if (year < 1980 && random.chance(RATES.firstOfJanuary)) return { year, month: 1, day: 1 };
  const month = random.between(1, year >= LAST_DAY.year ? LAST_DAY.month : 12);
  return { year, month, day: random.between(1, daysInMonth(year, month)) };
}

function add(chunk: Chunk, member: Member): Person {
  const { random, numbers } = chunk;
  const { sex, birth, home } = member;
  const wrongSex: Sex = sex === 'M' ? 'F' : 'M';
  const disagrees = random.chance(RATES.digitsDisagree);
  const idSex = disagrees && random.chance(0.4) ? wrongSex : sex;
  const idYear =
    disagrees && idSex === sex
      ? Math.min(LAST_DAY.year, birth.year + random.pick([-2, -1, 1, 2]))
      : birth.year;
  const { id, place } = personalId(chunk, member.birthPlace, idSex, idYear);
  const formerPlace = random.chance(RATES.reissued) ? draw(loadPlaces().byWeight, random) : place;
  const reissued = formerPlace !== place && birth.year < 2015 && !disagrees;
  const [status, statusDate] = statusOf(birth.year, random);
  const person: Person = {
    id,
    oldIds: oldIdsFor(birth.year, home.commune.province, member.birthPlace, chunk),
    formerId: reissued ? numbers.personalId(formerPlace.idPlace, sex, birth.year) : null,
    reissued: reissued ? dateIn(random.between(2016, 2025), random) : '',
    name: member.name,
    sex,
    year: birth.year,
    month: birth.month,
    day: birth.day,
    home: home.commune,
    birthPlace: place,
    street: home.street,
    address: home.address,
    status,
    statusDate,
    household: home.number,
    father: member.father?.name.full ?? '',
    mother: member.mother?.name.full ?? '',
    alike: null,
    parents: [member.father ?? null, member.mother ?? null],
    spouse: null,
  };
  chunk.people.push(person);
  return person;
}

/** A province may have given out all numbers that a chunk owns for a year; then the birth was registered elsewhere. */
function personalId(
  chunk: Chunk,
  birthPlace: Province,
  sex: Sex,
  year: number,
): { id: string; place: Province } {
  let place = birthPlace;
  for (;;) {
    const id = chunk.numbers.personalId(place.idPlace, sex, year);
    if (id !== null) return { id, place };
    place = chunk.random.pick(loadPlaces().provinces);
  }
}

function statusOf(birthYear: number, random: Random): [Person['status'], string] {
  const age = LAST_DAY.year - birthYear;
  const dead = age > 75 ? 0.12 : age > 55 ? 0.03 : 0.004;
  if (age > 1 && random.chance(dead))
    return ['dead', dateIn(random.between(Math.max(birthYear + 1, 2014), 2025), random)];
  if (age > 18 && random.chance(RATES.left)) return ['left', dateIn(random.between(2014, 2025), random)];
  return ['alive', ''];
}

function dateIn(year: number, random: Random): string {
  return `${pad(random.between(1, 28))}/${pad(random.between(1, 12))}/${year}`;
}
