import { address } from './address.js';
import { birthDate } from './birth-date.js';
import { citizenId } from './citizen-id.js';
import { code } from './code.js';
import { commune } from './commune.js';
import { dateOfIssue } from './date-of-issue.js';
import { drivingLicence } from './driving-licence.js';
import { ethnicity } from './ethnicity.js';
import { formerProvince } from './former-province.js';
import { healthCard } from './health-card.js';
import { householdNo } from './household-no.js';
import { identifier } from './identifier.js';
import { insuranceNo } from './insurance-no.js';
import { money } from './money.js';
import { nationality } from './nationality.js';
import type { Normalizer } from './normalizer.js';
import { oldId } from './old-id.js';
import { organisationName } from './organisation-name.js';
import { passport } from './passport.js';
import { personName } from './person-name.js';
import { phone } from './phone.js';
import { province } from './province.js';
import { relationship } from './relationship.js';
import { sex } from './sex.js';
import { taxCode } from './tax-code.js';
import { text } from './text.js';

const ALL: readonly Normalizer[] = [
  personName,
  birthDate,
  citizenId,
  oldId,
  passport,
  sex,
  province,
  formerProvince,
  commune,
  address,
  phone,
  taxCode,
  insuranceNo,
  healthCard,
  drivingLicence,
  householdNo,
  nationality,
  ethnicity,
  relationship,
  organisationName,
  money,
  dateOfIssue,
  text,
  identifier,
  code,
];

/** Every kind of value by name. */
export const normalizers: Readonly<Record<string, Normalizer>> = Object.fromEntries(
  ALL.map((normalizer) => [normalizer.kind, normalizer]),
);
