/**
 * Values to time normalizers with: per kind a half as a careful source writes them and a half as the generator's error model
 * damages them. Kinds that the generator does not make take the tables of cases of the tests, over and over.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cleanDraft, type Draft, type Extract, type Scene } from '../generator/draft.js';
import { ERRORS, type RowError, rateOf, VARIATIONS } from '../generator/errors.js';
import { bare } from '../generator/names.js';
import { peopleOfChunk, population } from '../generator/people.js';
import type { Person } from '../generator/person.js';
import { draw, type Random, randomOf, weighted } from '../generator/random.js';
import { telecomSubscribers } from '../generator/telecom-subscribers.js';
import { workers } from '../generator/workers.js';
import { encodeLegacy } from '../normalizers/legacy-encodings.js';
import { readCsv } from '../scripts/table-file.js';
import { dataFolder } from './data-folder.js';

export interface ValueSet {
  readonly clean: readonly string[];
  readonly dirty: readonly string[];
  /** The values are made by the generator and all different. */
  readonly distinct: boolean;
}

type Cell = 'name' | 'born' | 'id' | 'sex' | 'province' | 'address' | 'phone' | 'insurance';

/** Kind of value → cell of a generated row, and the field whose errors befall it. */
const GENERATED: Readonly<Record<string, readonly [cell: Cell, field: RowError['field']]>> = {
  'person-name': ['name', 'name'],
  'birth-date': ['born', 'born'],
  'citizen-id': ['id', 'id'],
  address: ['address', 'address'],
  phone: ['phone', 'phone'],
  'insurance-no': ['insurance', 'insurance_no'],
};
const EXTRACTS = [telecomSubscribers, workers];
const TRIES = 40;

/** The two halves of a kind, at most `count` values each. */
export function valueSet(kind: string, count: number): ValueSet {
  const made = GENERATED[kind];
  return made === undefined ? fromCases(kind, count) : fromGenerator(made, count);
}

function fromCases(kind: string, count: number): ValueSet {
  const rows = readCsv(join(caseFolder(), `${kind}.csv`)).filter((row) => (row.hints ?? '') === '');
  const clean = [...new Set(rows.map((row) => row.value ?? ''))].filter((value) => value !== '');
  const dirty = rows.filter((row) => row.raw !== row.value).map((row) => row.raw ?? '');
  const repeated = (values: readonly string[]): string[] =>
    Array.from({ length: count }, (_, i) => values[i % values.length] ?? '');
  return { clean: repeated(clean), dirty: repeated(dirty), distinct: false };
}

function caseFolder(): string {
  const folder = join(dirname(dirname(dataFolder())), 'test', 'cases');
  if (!existsSync(folder)) throw new Error(`the tables of cases are not in ${folder}`);
  return folder;
}

function fromGenerator([cell, field]: readonly [Cell, RowError['field']], count: number): ValueSet {
  const plan = population(2026, 20_000_000);
  const random = randomOf(2026, 1);
  const clean = new Set<string>();
  const dirty = new Set<string>();
  // Dates and the like run out of different values: then a half is as large as it gets.
  for (let chunk = 0; chunk < 4 * Math.ceil(count / 2048); chunk++) {
    if (clean.size >= count && dirty.size >= count) break;
    const people = peopleOfChunk(plan, chunk);
    people.forEach((person, i) => {
      const extract = EXTRACTS[i % 2] as Extract;
      const draft = cleanDraft(extract, person, true);
      extract.fill(draft, random, chunk * 2048 + i);
      if (clean.size < count && draft[cell] !== '') clean.add(draft[cell]);
      const damaged = damagedCell(draft, cell, { extract, field, random, people });
      if (dirty.size < count && damaged !== null) dirty.add(damaged);
    });
  }
  return { clean: [...clean], dirty: [...dirty], distinct: true };
}

interface Damage {
  readonly extract: Extract;
  readonly field: RowError['field'];
  readonly random: Random;
  readonly people: readonly Person[];
}

/** The cell after one error of the field, drawn by its rate; null where none of those tried can befall this row. */
function damagedCell(draft: Draft, cell: Cell, damage: Damage): string | null {
  const before = draft[cell];
  const errors = errorsOf(damage);
  for (let i = 0; i < TRIES; i++) {
    const error = draw(errors, damage.random);
    if (!error.damage(draft, sceneOf(damage)) || draft[cell] === before || draft[cell] === '') continue;
    return damage.field === 'address' ? handwritten(draft[cell], damage.random) : draft[cell];
  }
  return null;
}

const known = new Map<string, ReturnType<typeof weighted<RowError>>>();

function errorsOf({ extract, field }: Damage) {
  const key = `${extract.sector} ${field}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const errors = [...VARIATIONS, ...ERRORS].filter((error) => error.field === field);
  const rates = errors.map((error) => rateOf(error, extract));
  // A field that a sector's rows do not damage is damaged as in the sector that does it most.
  const used = rates.some((rate) => rate > 0) ? rates : errors.map((error) => Math.max(...error.rates));
  const table = weighted(errors, used);
  known.set(key, table);
  return table;
}

function sceneOf({ extract, random, people }: Damage): Scene {
  return {
    extract,
    random,
    unused: (fits) => {
      const person = random.pick(people);
      return fits(person) ? person : null;
    },
    stranger: () => random.pick(people),
    recast: () => {},
    addRow: () => false,
    canRepeat: false,
  };
}

const ABBREVIATIONS: readonly (readonly [RegExp, string])[] = [
  [/(^|[\s,])Phường /gu, '$1P.'],
  [/(^|[\s,])Xã /gu, '$1X. '],
  [/(^|[\s,])Thị trấn /gu, '$1TT '],
  [/(^|[\s,])Quận /gu, '$1Q.'],
  [/(^|[\s,])Huyện /gu, '$1H. '],
  [/(^|[\s,])Thành phố /gu, '$1TP '],
  [/(^|[\s,])Tỉnh /gu, '$1'],
];
const abbreviated = (text: string): string =>
  ABBREVIATIONS.reduce((short, [words, letters]) => short.replace(words, letters), text);

/** How people fill in a line of address. */
const HANDS = weighted<(text: string) => string>(
  [
    (text) => text,
    abbreviated,
    (text) => text.toUpperCase(),
    bare,
    (text) => text.replaceAll(', ', ' - '),
    (text) => encodeLegacy(text, 'tcvn3'),
  ],
  [8, 4, 2, 3, 2, 1],
);

function handwritten(text: string, random: Random): string {
  return draw(HANDS, random)(text);
}
