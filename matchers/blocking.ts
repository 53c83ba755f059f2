// Which records are compared at all: a rule is a list of keys, and two records are a candidate pair when all of a rule's keys
// are equal. Keys are made of one canonical value each, by pure functions; a rule is data (`['name.sound', 'born.month_day']`),
// and the joins are equality joins. Sources: Fellegi & Sunter 1969 §3.4 (blocking); deletion keys: W. Garbe's symmetric
// delete, restricted to one deletion. Example: 123456789 and 123456780 are both 12345678 without their ninth digit.
import type { ComparatorName } from './field-levels.js';
import { soundKey } from './sound-key.js';
import { foldText } from './string-distance.js';

/** A key of a field: `sound` of a name, `month_day` of a date. Several keys of one field are several values. */
export interface KeyMaker {
  readonly name: string;
  make(value: string): string | null;
}

export interface BlockingField {
  readonly name: string;
  readonly comparator: ComparatorName;
}

/** `field.key` names, all of which must be equal. */
export type BlockingRule = readonly string[];

const whole: KeyMaker = { name: 'whole', make: (value) => value };

const WORDS: readonly KeyMaker[] = [
  { name: 'letters', make: (value) => orNull(lettersOf(value)) },
  { name: 'sound', make: (value) => orNull(soundKey(foldText(value))) },
  { name: 'start', make: (value) => atLeast(3, lettersOf(value).slice(0, 3)) },
];

export const KEYS: Readonly<Record<ComparatorName, readonly KeyMaker[]>> = {
  'name-part': WORDS,
  'full-name': [
    { name: 'letters', make: (value) => orNull(wordsOf(value).join('')) },
    { name: 'sorted', make: (value) => orNull(inOrder([...wordsOf(value)]).join(' ')) },
    { name: 'sound', make: (value) => orNull(inOrder(wordsOf(value).map(soundKey)).join(' ')) },
    { name: 'ends', make: (value) => ends(wordsOf(value)) },
    { name: 'given', make: (value) => orNull(wordsOf(value).at(-1) ?? '') },
    { name: 'front', make: (value) => orNull(wordsOf(value).slice(0, -1).join(' ')) },
  ],
  text: [
    { name: 'letters', make: (value) => orNull(lettersOf(value)) },
    { name: 'sound', make: (value) => orNull(soundKey(foldText(value))) },
    { name: 'longest_word', make: (value) => atLeast(3, longestWord(foldText(value))) },
    { name: 'commune', make: (value) => communeOf(value) },
  ],
  digits: [
    whole,
    { name: 'head', make: (value) => atLeast(3, value.slice(0, Math.floor(value.length / 2))) },
    { name: 'tail', make: (value) => atLeast(3, value.slice(-Math.floor(value.length / 2))) },
  ],
  date: [
    whole,
    { name: 'month_day', make: (value) => atLeast(5, value.slice(5)) },
    { name: 'year_parts', make: (value) => yearParts(value) },
    { name: 'year_month', make: (value) => atLeast(7, value.slice(0, 7)) },
    { name: 'year_day', make: (value) => (value.length < 10 ? null : value.slice(0, 4) + value.slice(7)) },
    { name: 'year', make: (value) => atLeast(4, value.slice(0, 4)) },
  ],
  code: [whole],
};

/** 32-bit FNV-1a of the UTF-16 units: a key as a number (equal numbers of different keys only cost a needless comparison). */
export function keyNumber(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}

/** All keys of a value are made one after another: its words are split once. */
let split: { readonly value: string; readonly words: readonly string[] } = { value: '', words: [''] };

function wordsOf(value: string): readonly string[] {
  if (split.value !== value) split = { value, words: foldedWords(value) };
  return split.words;
}

/** Names are made of few words: what one folds to is worked out once. */
const folded = new Map<string, readonly string[]>();
const MOST_WORDS = 100_000;

/** `foldText(value).split(' ')`, word by word. */
function foldedWords(value: string): readonly string[] {
  const words: string[] = [];
  for (const word of value.split(' ')) {
    let parts = folded.get(word);
    if (parts === undefined) {
      const text = foldText(word);
      parts = text === '' ? [] : text.split(' ');
      if (folded.size >= MOST_WORDS) folded.clear();
      folded.set(word, parts);
    }
    for (const part of parts) words.push(part);
  }
  return words.length === 0 ? [''] : words;
}

/** In the order of their letters, in place; of a few words this is less work than sort(). */
function inOrder(words: string[]): string[] {
  for (let i = 1; i < words.length; i++) {
    const word = words[i]!;
    let place = i;
    for (; place > 0 && words[place - 1]! > word; place--) words[place] = words[place - 1]!;
    words[place] = word;
  }
  return words;
}

function lettersOf(value: string): string {
  return foldText(value).replaceAll(' ', '');
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}

function atLeast(length: number, text: string): string | null {
  return text.length < length ? null : text;
}

function ends(words: readonly string[]): string | null {
  return words.length < 2 ? null : `${words[0]} ${words.at(-1)}`;
}

function longestWord(folded: string): string {
  return folded.split(' ').reduce((best, word) => (word.length > best.length ? word : best), '');
}

/** Of an address in units (`31|10603|thon 12`): the code of its commune. */
function communeOf(value: string): string | null {
  const [, commune, rest] = value.split('|', 3);
  return rest === undefined || commune === undefined || !/^\d{3,}$/.test(commune) ? null : commune;
}

function yearParts(value: string): string | null {
  if (value.length < 10) return null;
  return [value.slice(0, 4), ...[value.slice(5, 7), value.slice(8)].sort()].join('-');
}

/** Keys of one field that stand alone as a rule. */
const ALONE: Readonly<Record<ComparatorName, readonly string[]>> = {
  'name-part': ['letters'],
  'full-name': ['letters', 'sorted', 'sound'],
  text: ['letters', 'longest_word'],
  digits: ['whole', 'head', 'tail'],
  date: ['whole', 'year_parts'],
  code: [],
};

/** Keys of one field that are combined with those of another. */
const TOGETHER: Readonly<Record<ComparatorName, readonly string[]>> = {
  'name-part': ['sound', 'start'],
  'full-name': ['ends', 'given'],
  text: ['sound', 'longest_word'],
  digits: ['head', 'tail'],
  date: ['month_day', 'year_month', 'year_day'],
  code: ['whole'],
};

export interface RuleFacts {
  /** Probability that two random values of the two sides share the key: Σ share × share. */
  readonly collision: Readonly<Record<string, number>>;
  readonly people: number;
  /** Rules that would propose more than this many people per record are narrowed by a third key. */
  readonly mostPerRecord: number;
  readonly mostRules: number;
}

/**
 * Rules from the kinds of the fields alone, for sectors that declare none: each telling key by itself, then each pair of keys of
 * two fields; a pair that proposes too many people gets a third key. Most selective first.
 */
export function automaticRules(fields: readonly BlockingField[], facts: RuleFacts): BlockingRule[] {
  const expected = (rule: BlockingRule) =>
    rule.reduce((people, key) => people * (facts.collision[key] ?? 1), facts.people);
  const fits = (rule: BlockingRule) => expected(rule) <= facts.mostPerRecord;
  const tells = (key: string) => (facts.collision[key] ?? 1) <= MOST_COMMON;
  const single = fields
    .flatMap((field) => ALONE[field.comparator].map((key) => [`${field.name}.${key}`]))
    .filter(fits);
  const couples = [...combine(fields), ...withYear(fields)].filter((rule) => rule.every(tells));
  const pairs = couples.filter(fits);
  const triples = [
    ...couples.filter((rule) => !fits(rule)).flatMap((rule) => narrowed(rule, fields)),
    ...withYearAndCommune(fields, facts),
  ].filter(
    (rule) =>
      rule.every(tells) && fits(rule) && !pairs.some((pair) => pair.every((key) => rule.includes(key))),
  );
  const rules = [...single, ...unique([...pairs, ...triples])].filter((rule) => expected(rule) > 0);
  const cost = new Map(rules.map((rule) => [rule, expected(rule)]));
  return rules
    .sort((a, b) => a.length - b.length || cost.get(a)! - cost.get(b)! || (a.join() < b.join() ? -1 : 1))
    .slice(0, facts.mostRules);
}

/** Strangers per record that one of the first rules may propose. */
const FEW_STRANGERS = 1;

/**
 * The rules for records without errors, the first wave of a large file: each number by itself, and whole values of the most telling
 * other fields, as many as it takes to propose hardly any stranger. Empty where those fields do not tell that much.
 */
export function firstRules(fields: readonly BlockingField[], facts: RuleFacts): BlockingRule[] {
  const strangers = (rule: BlockingRule) =>
    rule.reduce((people, key) => people * facts.collision[key]!, facts.people);
  const keys = fields
    .flatMap(({ name, comparator }) =>
      ALONE[comparator].slice(0, 1).map((key) => ({ key: `${name}.${key}`, comparator })),
    )
    .filter(({ key }) => (facts.collision[key] ?? 0) > 0);
  const alone = keys.filter(
    ({ key, comparator }) => comparator === 'digits' && strangers([key]) <= FEW_STRANGERS,
  );
  const others = keys
    .filter((one) => !alone.includes(one))
    .map(({ key }) => key)
    .sort((a, b) => facts.collision[a]! - facts.collision[b]! || (a < b ? -1 : 1));
  const together = others
    .map((_, i) => others.slice(0, i + 1))
    .find((rule) => rule.length > 1 && strangers(rule) <= FEW_STRANGERS);
  return together === undefined ? [] : [...alone.map(({ key }) => [key]), together];
}

/**
 * The rules, and those of the first ones that no rule covers. Whole values that are equal have all their keys equal, so a rule of the same
 * fields finds what the first one finds; in a reference of many millions there may be none, because every pair of shorter keys proposes too many
 * people. Records without a number would not be found there by the very name and birth date.
 */
export function withFirstRules(
  rules: readonly BlockingRule[],
  first: readonly BlockingRule[],
): BlockingRule[] {
  const fieldOf = (key: string) => key.slice(0, key.lastIndexOf('.'));
  const covers = (rule: BlockingRule, wanted: BlockingRule) => {
    const fields = new Set(wanted.map(fieldOf));
    return rule.every((key) => fields.has(fieldOf(key)));
  };
  return [...rules, ...first.filter((wanted) => !rules.some((rule) => covers(rule, wanted)))];
}

/** Keys that two strangers share more often than this narrow nothing: sex, a constant column. */
const MOST_COMMON = 0.3;

function combine(fields: readonly BlockingField[]): string[][] {
  const rules: string[][] = [];
  fields.forEach((one, i) => {
    for (const other of fields.slice(i + 1)) {
      for (const key of TOGETHER[one.comparator]) {
        for (const second of TOGETHER[other.comparator]) {
          rules.push([`${one.name}.${key}`, `${other.name}.${second}`]);
        }
      }
    }
  });
  return rules;
}

/** The whole name and the year alone: many people, and many registers, know no more of a birth date. */
function withYear(fields: readonly BlockingField[]): string[][] {
  const of = (comparator: ComparatorName) => fields.filter((field) => field.comparator === comparator);
  return of('full-name').flatMap(({ name }) =>
    of('date').map((date) => [`${name}.letters`, `${date.name}.year`]),
  );
}

const MONTHS = 12;

/**
 * Where most records have the year of birth alone, a slip in the given name leaves nothing to find them by but the rest of the name, the
 * commune and the year; one elsewhere in the name, the given name with these.
 */
function withYearAndCommune(fields: readonly BlockingField[], { collision }: RuleFacts): string[][] {
  const of = (comparator: ComparatorName) => fields.filter((field) => field.comparator === comparator);
  const share = (key: string) => collision[key] ?? 0;
  const years = of('date').filter(
    ({ name }) => share(`${name}.year_month`) * MONTHS * 2 < share(`${name}.year`),
  );
  return of('full-name').flatMap(({ name }) =>
    of('text').flatMap((place) =>
      years.flatMap((date) =>
        ['front', 'given'].map((key) =>
          [`${place.name}.commune`, `${date.name}.year`, `${name}.${key}`].sort(),
        ),
      ),
    ),
  );
}

function narrowed(rule: readonly string[], fields: readonly BlockingField[]): string[][] {
  const taken = new Set(rule.map((key) => key.split('.')[0]));
  return fields
    .filter((field) => !taken.has(field.name))
    .map((field) => [...rule, `${field.name}.${TOGETHER[field.comparator][0]}`].sort());
}

function unique(rules: readonly string[][]): string[][] {
  return [...new Map(rules.map((rule) => [[...rule].sort().join(' '), rule])).values()];
}
