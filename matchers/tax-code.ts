import { numberMatcher } from './exact-or-different.js';

/** Tax codes: one slip is a typo. */
export const taxCodeMatcher = numberMatcher('tax-code');
