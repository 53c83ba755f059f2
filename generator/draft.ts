/** One row of an extract while it is made: what will stand in its cells, and what a perfect tool would say of it. */
import { bornText, type Person } from './person.js';
import type { Random } from './random.js';
import type { Sex } from './tables.js';

export const SECTORS = ['telecom-subscribers', 'civil-registry', 'workers'] as const;
export type SectorName = (typeof SECTORS)[number];

/** In order of weight: of several errors in a row the last named decides. */
export const TRUE_OUTCOMES = [
  'match',
  'match_after_cleaning',
  'mismatch',
  'linked',
  'possible',
  'ambiguous',
  'not_found',
  'unusable',
  'rejected',
] as const;
export type TrueOutcome = (typeof TRUE_OUTCOMES)[number];

export interface Draft {
  person: Person;
  /** The person is in the reference. */
  known: boolean;
  key: string;
  id: string;
  paper: string;
  name: string;
  born: string;
  sex: string;
  province: string;
  address: string;
  phone: string;
  insurance: string;
  /** Cells that only this sector has, in its own order. */
  own: string[];
  /** Personal ID, year and sex as a perfect reader takes them from the cells; null: not to be had. */
  readId: string | null;
  readYear: number | null;
  readSex: Sex | null;
  outcome: TrueOutcome;
  reasons: string[];
  /** The line itself is broken, or is an earlier line once more. */
  line: 'whole' | 'truncated' | 'overlong' | 'repeated';
}

/** What one kind of extract is like; a sector's file fills this in. */
export interface Extract {
  readonly sector: SectorName;
  readonly job: {
    readonly name: string;
    readonly columns: readonly (readonly [field: string, column: string])[];
  };
  readonly groupBy: readonly string[];
  readonly header: readonly string[];
  readonly style: { readonly delimiter: string; readonly newline: string; readonly bom: boolean };
  /** How the source writes names and dates when nothing is wrong. */
  readonly upperCase: boolean;
  readonly born: (person: Person) => string;
  /** Fields whose lack is reported as `record.required_missing` too. */
  readonly required: readonly string[];
  /** Address and province are compared with the reference. */
  readonly comparesPlace: boolean;
  readonly eligible: (person: Person) => boolean;
  /** How many rows a person has. */
  readonly rows: (random: Random) => number;
  /** Fills key and the sector's own cells. */
  readonly fill: (draft: Draft, random: Random, sequence: number) => void;
  readonly cells: (draft: Draft) => string[];
}

/** A row in which nothing is wrong. */
export function cleanDraft(extract: Extract, person: Person, known: boolean): Draft {
  const full = person.name.full;
  return {
    person,
    known,
    key: '',
    id: person.id,
    paper: '',
    name: extract.upperCase ? full.toUpperCase() : full,
    born: person.day === 0 ? bornText(person) : extract.born(person),
    sex: person.sex === 'M' ? 'Nam' : 'Nữ',
    province: person.home.province.newName,
    address: '',
    phone: '',
    insurance: '',
    own: [],
    readId: person.id,
    readYear: person.year,
    readSex: person.sex,
    outcome: 'match',
    reasons: [],
    line: 'whole',
  };
}

export function worse(a: TrueOutcome, b: TrueOutcome): TrueOutcome {
  return TRUE_OUTCOMES.indexOf(a) >= TRUE_OUTCOMES.indexOf(b) ? a : b;
}

/** Where an error finds the people and numbers that it needs. */
export interface Scene {
  readonly extract: Extract;
  readonly random: Random;
  /** Somebody of the reference who has no row in this extract and will get none but through this error. */
  unused(fits: (person: Person) => boolean): Person | null;
  /** Somebody who is not in the reference. */
  stranger(): Person;
  /** Turns the row into a clean one about somebody else. */
  recast(draft: Draft, person: Person, known: boolean): void;
  /** Adds a clean row about this person after the present one, with these reasons; false: no room left. */
  addRow(person: Person, reasons: readonly string[]): boolean;
  /** There is an earlier row to repeat. */
  readonly canRepeat: boolean;
}

/** Sets the name as the source writes names. */
export function writeName(draft: Draft, scene: Scene, name: string): true {
  draft.name = scene.extract.upperCase ? name.toUpperCase() : name;
  return true;
}
