import { codeMatcher } from './exact-or-different.js';

/** Nationalities, as ISO codes. */
export const nationalityMatcher = codeMatcher('nationality');
