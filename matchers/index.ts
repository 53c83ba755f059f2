import { addressMatcher } from './address.js';
import { birthDateMatcher } from './birth-date.js';
import { citizenIdMatcher } from './citizen-id.js';
import { codeValueMatcher } from './code.js';
import { communeMatcher } from './commune.js';
import { drivingLicenceMatcher } from './driving-licence.js';
import { ethnicityMatcher } from './ethnicity.js';
import { healthCardMatcher } from './health-card.js';
import { householdNoMatcher } from './household-no.js';
import { identifierMatcher } from './identifier.js';
import { insuranceNoMatcher } from './insurance-no.js';
import type { Matcher } from './matcher.js';
import { moneyMatcher } from './money.js';
import { nationalityMatcher } from './nationality.js';
import { organisationNameMatcher } from './organisation-name.js';
import { personNameMatcher } from './person-name.js';
import { phoneMatcher } from './phone.js';
import { provinceMatcher } from './province.js';
import { relationshipMatcher } from './relationship.js';
import { sexMatcher } from './sex.js';
import { taxCodeMatcher } from './tax-code.js';
import { textMatcher } from './text.js';

const ALL: readonly Matcher[] = [
  personNameMatcher,
  birthDateMatcher,
  citizenIdMatcher,
  sexMatcher,
  provinceMatcher,
  communeMatcher,
  addressMatcher,
  phoneMatcher,
  taxCodeMatcher,
  insuranceNoMatcher,
  healthCardMatcher,
  drivingLicenceMatcher,
  householdNoMatcher,
  nationalityMatcher,
  ethnicityMatcher,
  relationshipMatcher,
  organisationNameMatcher,
  moneyMatcher,
  textMatcher,
  identifierMatcher,
  codeValueMatcher,
];

/** How two values of a kind are compared; kinds without an entry are cleaned but never compared. */
export const matchers: Readonly<Record<string, Matcher>> = Object.fromEntries(
  ALL.map((matcher) => [matcher.kind, matcher]),
);
