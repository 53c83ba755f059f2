import { numberMatcher } from './exact-or-different.js';

/** Driving licence numbers: one slip is a typo. */
export const drivingLicenceMatcher = numberMatcher('driving-licence');
