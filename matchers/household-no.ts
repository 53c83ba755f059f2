import { numberMatcher } from './exact-or-different.js';

/** Household numbers: one slip is a typo. */
export const householdNoMatcher = numberMatcher('household-no');
