/**
 * What stands in the cells of a clean row: parts of the person's draft, which errors may happen to, or words made for the row.
 * The tables in generator/sectors/ are written in these. Patterns: `#` a digit, `@` a capital letter, `*` the row's number.
 */
import type { Draft } from './draft.js';
import { LAST_DAY, pad } from './person.js';
import type { Random } from './random.js';

export type Maker = (draft: Draft, random: Random, sequence: number) => string;

/** Cells that follow the draft through its errors. */
const PARTS = {
  key: (draft: Draft) => draft.key,
  id: (draft: Draft) => draft.id,
  paper: (draft: Draft) => draft.paper,
  name: (draft: Draft) => draft.name,
  /** Family and middle names, and the given name, in columns of their own. */
  'first words': (draft: Draft) => draft.name.slice(0, Math.max(0, draft.name.lastIndexOf(' '))),
  'last word': (draft: Draft) => draft.name.slice(draft.name.lastIndexOf(' ') + 1),
  born: (draft: Draft) => draft.born,
  sex: (draft: Draft) => draft.sex,
  /** By the list of QCVN 109:2017/BTTTT. */
  'sex as digit': (draft: Draft) => ({ Nam: '1', Nữ: '2' })[draft.sex] ?? draft.sex,
  /** A cross in the column “Nữ”. */
  'cross for women': (draft: Draft) => (draft.sex === 'Nữ' ? 'x' : ''),
  address: (draft: Draft) => draft.address,
  commune: (draft: Draft) => (draft.address === '' ? '' : draft.person.home.name),
  province: (draft: Draft) => draft.province,
  'home province': (draft: Draft) => (draft.address === '' ? '' : draft.person.home.province.newFullName),
  nationality: (draft: Draft) => draft.nationality,
  party: (draft: Draft) => draft.party,
  event: (draft: Draft) => draft.event,
  phone: (draft: Draft) => draft.phone,
  insurance: (draft: Draft) => draft.insurance,
} as const;

export type Part = keyof typeof PARTS;
/** A part of another person of the record. */
export interface RoleCell {
  readonly role: string;
  readonly part: Part;
}

export type Cell = Part | Maker | RoleCell;

export const of = (role: string, part: Part): RoleCell => ({ role, part });

export function partOf(part: Part, draft: Draft): string {
  return PARTS[part](draft);
}

export function filledPattern(pattern: string, random: Random, sequence = 0): string {
  return pattern
    .replace(/\*+/g, (stars) => String(sequence + 1).padStart(stars.length, '0'))
    .replace(/#/g, () => String(random.below(10)))
    .replace(/@/g, () => String.fromCharCode(65 + random.below(26)));
}

/** One of these words, each as often as it stands in the list. */
export function oneOf(...words: readonly string[]): Maker {
  return (_, random) => random.pick(words);
}

/** A number by its pattern: `oneNumber('TK########')`. */
export function oneNumber(pattern: string): Maker {
  return (_, random, sequence) => filledPattern(pattern, random, sequence);
}

/** A day between two ages of the person, dd/mm/yyyy; never after the last day. */
export function dayAtAge(from: number, to: number): Maker {
  return ({ person }, random) => {
    const last = LAST_DAY.year - 1;
    const first = Math.min(person.year + from, last);
    return dayIn(random.between(first, Math.max(first, Math.min(person.year + to, last))), random);
  };
}

/** A day of the years given, dd/mm/yyyy. */
export function dayBetween(from: number, to: number): Maker {
  return (_, random) => dayIn(random.between(from, to), random);
}

function dayIn(year: number, random: Random): string {
  const months = year === LAST_DAY.year ? LAST_DAY.month - 1 : 12;
  return `${pad(random.between(1, 28))}/${pad(random.between(1, months))}/${year}`;
}

/** Whole amounts in đồng, as a spreadsheet prints them: 5.000.000. */
export function amount(from: number, to: number, step: number): Maker {
  return (_, random) =>
    String(random.between(from / step, to / step) * step).replace(/\B(?=(\d{3})+$)/g, '.');
}

const TAX_WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/** A tax code of ten digits with its check digit (Circular 105/2020/TT-BTC, annex 1); serials without one are passed over. */
export function taxCode(first: string): Maker {
  return (_, random) => {
    for (;;) {
      const serial = first + filledPattern('#'.repeat(9 - first.length), random);
      const sum = TAX_WEIGHTS.reduce((total, weight, i) => total + weight * Number(serial[i]), 0);
      if (sum % 11 !== 0) return `${serial}${10 - (sum % 11)}`;
    }
  };
}

/** Words, and numbers by pattern, one after the other. */
export function joined(...parts: readonly (string | Maker)[]): Maker {
  return (draft, random, sequence) =>
    parts.map((part) => (typeof part === 'string' ? part : part(draft, random, sequence))).join('');
}

/** Sometimes this, else that. */
export function mostly(share: number, usual: Maker, other: Maker): Maker {
  return (draft, random, sequence) => (random.chance(share) ? usual : other)(draft, random, sequence);
}

export const nothing: Maker = () => '';
