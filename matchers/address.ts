import { addressParts } from '../normalizers/address.js';
import { DIFFERENT, EXACT } from './exact-or-different.js';
import type { Matcher } from './matcher.js';
import { haveCommon, SPLIT_UNIT } from './split-unit.js';

/**
 * Addresses: the province decides, then the commune; house, street and hamlet are information only, because they are
 * written in too many ways. Another commune of the same province is a loss, not a contradiction: people move within a
 * province oftener than registers follow; a job that is `strict` counts it. That a unit was written under its former
 * name is a problem of the value (`old_unit`), not a level.
 */
export const addressMatcher: Matcher = {
  kind: 'address',
  levels: [
    EXACT,
    { name: 'same_commune', reason: null, weight: 'none' },
    SPLIT_UNIT,
    { name: 'commune_unknown', reason: 'unreadable', weight: 'loss' },
    { name: 'commune_differs', reason: 'different', weight: 'loss' },
    DIFFERENT,
  ],
  compare(ours, reference) {
    if (ours === reference) return 0;
    const a = addressParts(ours);
    const b = addressParts(reference);
    if (!haveCommon(a.provinces, b.provinces)) return 5;
    if (a.communes.length === 0 || b.communes.length === 0) return 3;
    if (!haveCommon(a.communes, b.communes)) return 4;
    return a.communes.length === 1 && b.communes.length === 1 ? 1 : 2;
  },
};
