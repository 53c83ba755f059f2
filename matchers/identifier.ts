import { numberMatcher } from './exact-or-different.js';

/** Numbers of the user's own: one slip is a typo. */
export const identifierMatcher = numberMatcher('identifier');
