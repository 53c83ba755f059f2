import { provinceCodes } from '../normalizers/province.js';
import { DIFFERENT, EXACT } from './exact-or-different.js';
import type { Matcher } from './matcher.js';
import { splitUnitMatcher } from './split-unit.js';

/** Provinces of the 34-list; a former province that was divided agrees with each of its successors. */
export const provinceMatcher: Matcher = splitUnitMatcher('province', provinceCodes, [EXACT, DIFFERENT]);
