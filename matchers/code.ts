import { codeMatcher } from './exact-or-different.js';

/** Codes by which figures are grouped. */
export const codeValueMatcher = codeMatcher('code');
