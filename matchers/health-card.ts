import { insuranceNoOf } from '../normalizers/health-card.js';
import { DIFFERENT, EXACT, isOneSlip, TYPO } from './exact-or-different.js';
import type { Matcher } from './matcher.js';

/**
 * Health cards: cards since 2021 show the last 10 digits only, and group and level of the older ones change with the
 * holder's situation, so that equal last 10 digits are the same person's card.
 */
export const healthCardMatcher: Matcher = {
  kind: 'health-card',
  levels: [EXACT, { name: 'same_number', reason: null, weight: 'none' }, TYPO, DIFFERENT],
  compare(ours, reference) {
    if (ours === reference) return 0;
    const number = insuranceNoOf(ours);
    if (number === insuranceNoOf(reference)) return 1;
    return isOneSlip(number, insuranceNoOf(reference)) ? 2 : 3;
  },
};
