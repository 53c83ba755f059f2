// Levels of numbers of any kind: 079201000123 / 079201000132 (two digits swapped) → `one_digit`.
import { graded } from './comparator.js';
import { editDistance, plainDistance } from './string-distance.js';

export const digits = graded(
  { levels: ['exact', 'one_digit', 'two_digits', 'half', 'different'], near: 0 },
  (a, b) => {
    if (editDistance(a, b, 1) <= 1) return 'one_digit';
    const longest = Math.max(a.length, b.length);
    const distance = plainDistance(a, b, 4);
    if (distance <= 2 && longest >= 6) return 'two_digits';
    return distance <= Math.min(4, longest / 2) && longest >= 7 ? 'half' : 'different';
  },
);
