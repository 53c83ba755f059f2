import { codeMatcher } from './exact-or-different.js';

/** Ethnic groups. */
export const ethnicityMatcher = codeMatcher('ethnicity');
