/** One synthetic person, and how the reference prints one. */
import type { Name } from './names.js';
import type { Commune, Province, Sex } from './tables.js';

/** The day the synthetic data speak for: nobody is born or dies later. */
export const LAST_DAY = { year: 2026, month: 10, day: 31 } as const;

export interface Person {
  readonly id: string;
  /** Old 9-digit numbers, oldest first. */
  readonly oldIds: readonly string[];
  /** A personal ID that was cancelled because its place was wrong, and the day the present one was given. */
  readonly formerId: string | null;
  readonly reissued: string;
  readonly name: Name;
  readonly sex: Sex;
  readonly year: number;
  /** 0 with day 0: only the year is known. */
  readonly month: number;
  readonly day: number;
  readonly home: Commune;
  readonly birthPlace: Province;
  /** Address without commune and province, and all of it; one string for the whole household. */
  readonly street: string;
  readonly address: string;
  readonly status: 'alive' | 'dead' | 'left';
  readonly statusDate: string;
  readonly household: number;
  /** Names of the parents where they live in the same household. */
  readonly father: string;
  readonly mother: string;
  /** A stranger with the same name, sex and birth date. */
  alike: Person | null;
  /** Those of the same household, where they are in the same part of the population. */
  parents: readonly [father: Person | null, mother: Person | null];
  spouse: Person | null;
}

export const pad = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** dd/mm/yyyy, or the year alone where no more is known. */
export function bornText(person: Person): string {
  return person.day === 0 ? String(person.year) : `${pad(person.day)}/${pad(person.month)}/${person.year}`;
}
