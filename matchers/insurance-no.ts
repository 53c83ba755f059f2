import { numberMatcher } from './exact-or-different.js';

/** Social insurance numbers: one slip is a typo. */
export const insuranceNoMatcher = numberMatcher('insurance-no');
