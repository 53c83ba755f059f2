// How two values of one field are graded for scoring: an ordered list of levels per comparator, 0 = exact, the last =
// different. A kind of value (`person-name`, `phone` …) uses one comparator; the grades are finer than the reasons shown to
// the user where a finer grade carries evidence (Winkler 1990: partial agreement). Example: given names Jon / John → `typo`.
import type { Comparator } from './comparator.js';
import { code } from './levels-code.js';
import { date } from './levels-date.js';
import { digits } from './levels-digits.js';
import { fullName } from './levels-full-name.js';
import { namePart } from './levels-name-part.js';
import { text } from './levels-text.js';

export type ComparatorName = 'name-part' | 'full-name' | 'text' | 'digits' | 'date' | 'code';

/** What a field is, beyond its kind, where the sector says so: which part of a person's name it holds. */
export type NamePart = 'given-name' | 'middle-name' | 'family-name';

const BY_KIND: Readonly<Record<string, ComparatorName>> = {
  'person-name': 'full-name',
  'birth-date': 'date',
  'date-of-issue': 'date',
  'citizen-id': 'digits',
  'old-id': 'digits',
  passport: 'digits',
  identifier: 'digits',
  phone: 'digits',
  'tax-code': 'digits',
  'insurance-no': 'digits',
  'health-card': 'digits',
  'driving-licence': 'digits',
  'household-no': 'digits',
  sex: 'code',
  province: 'code',
  commune: 'code',
  nationality: 'code',
  ethnicity: 'code',
  relationship: 'code',
  code: 'code',
  money: 'code',
};

/** The comparator of a kind of value; free text for kinds that have none of their own. */
export function comparatorOf(kind: string, part?: NamePart): ComparatorName {
  return part === undefined ? (BY_KIND[kind] ?? 'text') : 'name-part';
}

export const COMPARATORS: Readonly<Record<ComparatorName, Comparator>> = {
  'name-part': namePart,
  'full-name': fullName,
  text,
  digits,
  date,
  code,
};
