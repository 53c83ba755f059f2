// What one value says about another of the same record: the personal ID about year, sex and place, and the other way round.
// Needed by the few distinct combinations where a value alone cannot be trusted.
//
// Sources: structure of the personal ID in citizen-id.ts. Its digits can contradict the true data ("sai cấu trúc số định
// danh", Circular 59/2021/TT-BCA, article 6; Decree 70/2024/NĐ-CP, article 11), so that a conflict is a warning; and it has
// no check digit, so that a restored one is believed only where both year and sex agree.
// Example: `79085001234` restored to `079085001234` is accepted for a man born 1985, for nobody else.
import { inYear } from './birth-date.js';
import { idParts } from './citizen-id.js';

export interface RecordContext {
  /** Canonical date of birth of the same record, in any precision. */
  readonly born: string | null;
  readonly sex: string | null;
  /** Code in the 34-list of the province of *birth registration*; the place of residence says nothing here. */
  readonly province?: string | null;
}

export type StructureConflict = 'year' | 'sex' | 'place';

/**
 * Whether a personal ID whose lost zeros were put back is to be believed. In: the 12 digits, and the record's own date of
 * birth and sex. Out: true only if the place code is known, and both year and sex are present and agree.
 */
export function acceptRestoredId(id: string, { born, sex }: RecordContext): boolean {
  const parts = idParts(id);
  if (parts === null || parts.provinceName === null || born === null || sex === null) return false;
  return parts.birthYear === Number(born.slice(0, 4)) && parts.sex === sex;
}

/**
 * The century of a date whose year was written with two digits, by the digits of the record's own ID. In: the date as
 * normalised, and a 12-digit ID. Out: the date in the ID's century, or null where the two digits disagree.
 */
export function centuryOfBirth(twoDigitYearDate: string, citizenId: string): string | null {
  const year = idParts(citizenId)?.birthYear ?? null;
  if (year === null || year % 100 !== Number(twoDigitYearDate.slice(2, 4))) return null;
  return inYear(twoDigitYearDate, year);
}

/**
 * What the digits of an ID contradict in its own record: a warning (`id.structure`), no proof of a wrong person. In: a
 * 12-digit ID and what else the record says. Out: the conflicts; what is missing on either side is none.
 */
export function structureConflicts(id: string, context: RecordContext): StructureConflict[] {
  const parts = idParts(id);
  if (parts === null) return [];
  const conflicts: StructureConflict[] = [];
  if (context.born !== null && parts.birthYear !== Number(context.born.slice(0, 4))) conflicts.push('year');
  if (context.sex !== null && parts.sex !== context.sex) conflicts.push('sex');
  const place = context.province ?? null;
  if (place !== null && parts.province34 !== null && parts.province34 !== place) conflicts.push('place');
  return conflicts;
}
