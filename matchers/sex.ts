// Compares two registered sexes: equal or different; there is nothing between.
import type { Matcher } from './matcher.js';

export const sexMatcher: Matcher = {
  kind: 'sex',
  levels: [
    { name: 'exact', reason: null, weight: 'none' },
    { name: 'different', reason: 'different', weight: 'real' },
  ],
  compare: (ours, reference) => (ours === reference ? 0 : 1),
};
