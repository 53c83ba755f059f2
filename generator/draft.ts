/** One row of an extract while it is made: what will stand in its cells, and what a perfect tool would say of it. */
import { bornText, type Person } from './person.js';
import type { Random } from './random.js';
import type { Sex } from './tables.js';

/** The three sectors that the error model is rated for (generator/errors.ts); the others take after one of them. */
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
  'apart',
] as const;
export type TrueOutcome = (typeof TRUE_OUTCOMES)[number];

/** Parts of a row that errors happen to. `letters`: those of the name, still unharmed; `date`: more than the year of birth. */
export type Said =
  | 'name'
  | 'letters'
  | 'born'
  | 'date'
  | 'id'
  | 'sex'
  | 'cross for women'
  | 'address'
  | 'commune'
  | 'province'
  | 'phone'
  | 'insurance_no'
  | 'nationality'
  | 'party'
  | 'event'
  | `role ${string}`;

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
  nationality: string;
  /** CN: a person (cá nhân); TC: an organisation (tổ chức). */
  party: string;
  /** The day of what the record is about, dd/mm/yyyy: a death, a dose, a departure. */
  event: string;
  /** Cells that only this sector has, in its own order. */
  own: string[];
  /** The other people of the record by role; null where nobody stands in it. */
  others: Record<string, Draft | null>;
  /** Personal ID, year and sex as a perfect reader takes them from the cells; null: not to be had. */
  readId: string | null;
  readYear: number | null;
  readSex: Sex | null;
  outcome: TrueOutcome;
  reasons: string[];
  /** The line itself is broken, or is an earlier line once more. */
  line: 'whole' | 'truncated' | 'overlong' | 'repeated';
}

/** In which way an extract is dirty: like one of the three, with other rates for some errors (0: does not occur). */
export interface Dirt {
  readonly like: SectorName;
  readonly rates?: Readonly<Record<string, number>>;
}

/** One of several people in a record: what is said of them, and what must be. */
export interface RolePlan {
  readonly name: string;
  readonly says: ReadonlySet<Said>;
  readonly required: readonly string[];
  readonly ages?: { readonly min: number; readonly max: number };
}

/** What one kind of extract is like; a sector's file or table fills this in. */
export interface Extract {
  readonly sector: string;
  readonly dirt: Dirt;
  readonly job: {
    readonly name: string;
    readonly columns: readonly (readonly [field: string, column: string | readonly string[]])[];
  };
  readonly groupBy: readonly string[];
  readonly header: readonly string[];
  readonly style: { readonly delimiter: string; readonly newline: string; readonly bom: boolean };
  /** Share of mismatches as submitted above which the job is to warn; a source that never had a number or a day is known for it. */
  readonly alertAbove?: number;
  /** How the source writes names and dates when nothing is wrong. */
  readonly upperCase: boolean;
  readonly born: (person: Person) => string;
  /** Fields whose lack is reported as `record.required_missing` too. */
  readonly required: readonly string[];
  /** Address and province are compared with the reference. */
  readonly comparesPlace: boolean;
  /** What rows can say of a person; left out: everything. Errors and reasons of anything else do not occur. */
  readonly says?: ReadonlySet<Said>;
  /** Several people in one record, the main one first; left out: one. */
  readonly roles?: readonly RolePlan[];
  /** A clean draft of another person of the record. */
  readonly roleDraft?: (role: string, person: Person, known: boolean) => Draft;
  /** A loss of information counts as a mismatch. */
  readonly strict?: boolean;
  /** Whole years on the last day that the sector's own check takes. */
  readonly ages?: { readonly min: number; readonly max: number };
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
    nationality: 'Việt Nam',
    party: 'CN',
    event: '',
    own: [],
    others: {},
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
