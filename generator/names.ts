/**
 * Names of synthetic people, drawn word by word from frequency tables, so that no name is taken from a person.
 *
 * Built as Vietnamese names are: family name, one or two middle names, given name; 2-5 words. Shares of the family names
 * follow samples of the years 2007-2022 (Nguyễn 31 %), with Hoàng and Vũ in the north where the south has Huỳnh and Võ.
 * Thị and Văn were the rule for those born before 1980 and are the exception now, while names of four words became common
 * for girls (hoten.org, pupils of Ho Chi Minh City). Names of minorities follow their own order: `H'Hen Niê`, `Y Moan Niê`,
 * `Giàng A Páo`, `A Dơk`.
 */
import { draw, type Random, type Weighted, weighted } from './random.js';
import { type Half, type Sex, tableRows } from './tables.js';

export interface Name {
  readonly family: string;
  /** Everything but the family name; in names of the Ê Đê it comes first. */
  readonly rest: string;
  readonly full: string;
  /** Family names follow the father, middle and given names are chosen as the group does. */
  readonly group: string;
}

interface Words {
  readonly middle: Weighted<string>;
  readonly given: Weighted<string>;
}

interface NameTables {
  readonly surnames: Weighted<string>;
  readonly words: Readonly<Record<Sex, Words>>;
  /** Given names with the same letters but for their marks, or the same beginning: what brothers and sisters are called. */
  readonly near: ReadonlyMap<string, readonly string[]>;
  readonly minorities: ReadonlyMap<string, readonly string[]>;
}

/** Share of those born in a decade with Thị (women) or Văn (men) as first middle name, and with four words. */
const COHORTS: readonly (readonly [until: number, thi: number, van: number, fourWords: number])[] = [
  [1960, 0.82, 0.5, 0.08],
  [1980, 0.74, 0.38, 0.16],
  [1995, 0.55, 0.24, 0.3],
  [2007, 0.3, 0.12, 0.42],
  [2100, 0.12, 0.06, 0.52],
];
const TWO_WORDS = 0.006;
const MOTHERS_NAME = 0.08;
const REGIONAL: readonly (readonly [north: string, south: string])[] = [
  ['Hoàng', 'Huỳnh'],
  ['Vũ', 'Võ'],
];

let tables: NameTables | null = null;

function load(): NameTables {
  tables ??= read();
  return tables;
}

function read(): NameTables {
  const surnames = tableRows('surnames');
  const given = tableRows('given_names');
  const near = new Map<string, string[]>();
  for (const row of given) {
    const word = row.given ?? '';
    const key = bare(word);
    near.set(key, [...(near.get(key) ?? []), word]);
  }
  const minorities = new Map<string, string[]>();
  for (const row of tableRows('minority_names')) {
    const key = `${row.group} ${row.part}`;
    minorities.set(key, [...(minorities.get(key) ?? []), row.value ?? '']);
  }
  return {
    surnames: weighted(
      surnames.map((row) => row.surname ?? ''),
      surnames.map((row) => Number(row.weight)),
    ),
    words: { M: wordsOf('M'), F: wordsOf('F') },
    near,
    minorities,
  };
}

function wordsOf(sex: Sex): Words {
  const column = sex === 'M' ? 'male' : 'female';
  const usual = sex === 'M' ? 'Văn' : 'Thị';
  const middle = tableRows('middle_names').filter((row) => row.middle !== usual && Number(row[column]) > 0);
  const given = tableRows('given_names').filter((row) => Number(row[column]) > 0);
  return {
    middle: weighted(
      middle.map((row) => row.middle ?? ''),
      middle.map((row) => Number(row[column])),
    ),
    given: weighted(
      given.map((row) => row.given ?? ''),
      given.map((row) => Number(row[column])),
    ),
  };
}

/** Letters without marks, lower case. */
export function bare(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}

export function familyName(half: Half, random: Random): string {
  const drawn = draw(load().surnames, random);
  const pair = REGIONAL.find((names) => names.includes(drawn));
  if (pair === undefined || half === 'centre') return drawn;
  const usual = half === 'north' ? pair[0] : pair[1];
  return random.chance(0.85) ? usual : drawn;
}

export function kinhName(family: string, sex: Sex, birthYear: number, random: Random): Name {
  const { words } = load();
  const own = words[sex];
  const [, thi, van, fourWords] = COHORTS.find(([until]) => birthYear < until) as (typeof COHORTS)[number];
  if (random.chance(TWO_WORDS)) return joined(family, draw(own.given, random), 'kinh');
  const usual = sex === 'F' ? thi : van;
  const first = random.chance(usual) ? (sex === 'F' ? 'Thị' : 'Văn') : draw(own.middle, random);
  if (!random.chance(sex === 'F' ? fourWords : fourWords / 2.5)) {
    return joined(family, `${first} ${draw(own.given, random)}`, 'kinh');
  }
  const second = draw(own.middle, random);
  const last = `${second} ${draw(own.given, random)}`;
  return joined(family, second === first ? last : `${first} ${last}`, 'kinh');
}

function joined(family: string, rest: string, group: string): Name {
  return { family, rest, full: `${family} ${rest}`, group };
}

export interface Parents {
  readonly family: string;
  readonly mothersFamily: string;
  readonly group: string;
  /** The rest of an elder brother's or sister's name of the same sex, to be near it. */
  readonly sibling: string | null;
}

/** A child bears the father's family name; now and then the mother's as a middle name, or a name near a sibling's. */
export function childName(parents: Parents, sex: Sex, birthYear: number, random: Random): Name {
  if (parents.group !== 'kinh') return minorityName(parents.group, parents.family, sex, random);
  if (parents.sibling !== null && random.chance(0.25)) {
    const rest = nearName(parents.sibling, random);
    if (rest !== null) return joined(parents.family, rest, 'kinh');
  }
  const name = kinhName(parents.family, sex, birthYear, random);
  const words = name.rest.split(' ');
  if (words.length !== 2 || parents.mothersFamily === parents.family || !random.chance(MOTHERS_NAME))
    return name;
  return joined(name.family, `${parents.mothersFamily} ${words[1] ?? ''}`, 'kinh');
}

/** The same middle name, and a given name that differs by its marks only: Văn Hùng, Văn Hưng. */
function nearName(rest: string, random: Random): string | null {
  const words = rest.split(' ');
  const last = words.pop() ?? '';
  const others = (load().near.get(bare(last)) ?? []).filter((word) => word !== last);
  return others.length === 0 ? null : [...words, random.pick(others)].join(' ');
}

/** A family name of the group; '' where it has none. */
export function minorityFamily(group: string, random: Random): string {
  const { minorities } = load();
  const families = minorities.get(`${group} family`) ?? minorities.get(`${group} family-last`);
  return families === undefined ? '' : random.pick(families);
}

export function minorityName(group: string, family: string, sex: Sex, random: Random): Name {
  const { minorities } = load();
  const side = sex === 'M' ? 'm' : 'f';
  const given = random.pick(minorities.get(`${group} given-${side}`) as readonly string[]);
  if (group === 'ede') {
    const rest = sex === 'M' ? `Y ${given}` : `H'${given}`;
    return { family, rest, full: `${rest} ${family}`, group };
  }
  if (group === 'bana') {
    const rest = `${sex === 'M' ? 'A' : 'Y'} ${given}`;
    return { family: '', rest, full: rest, group };
  }
  const middle = random.pick(minorities.get(`${group} middle-${side}`) as readonly string[]).trim();
  const rest = middle === '' || middle.endsWith("'") ? `${middle}${given}` : `${middle} ${given}`;
  return { family, rest, full: `${family} ${rest}`, group };
}
