import { communeCodes } from '../normalizers/commune.js';
import { DIFFERENT, EXACT } from './exact-or-different.js';
import type { Matcher } from './matcher.js';
import { splitUnitMatcher } from './split-unit.js';

/** Communes of the list of 3,321; a former commune that was divided agrees with each of its successors. */
export const communeMatcher: Matcher = splitUnitMatcher('commune', communeCodes, [EXACT, DIFFERENT]);
