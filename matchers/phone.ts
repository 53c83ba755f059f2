import { numberMatcher } from './exact-or-different.js';

/** Phone numbers: national digits; one slip is a typo. */
export const phoneMatcher = numberMatcher('phone');
