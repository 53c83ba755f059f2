import { codeMatcher } from './exact-or-different.js';

/** Amounts in đồng. */
export const moneyMatcher = codeMatcher('money');
