// Levels of numbers of any kind: 079201000123 / 079201000132 (two digits swapped) → `one_digit`.
//
// The first half of a personal ID says the province, sex and year of birth, which the record's other fields say too: that it agrees where the
// second half does not is no sign of the same person. Example: 068174147235 / 068174149508 → `different`.
import { graded } from './comparator.js';
import { editDistance, plainDistance } from './string-distance.js';

export const digits = graded(
  { levels: ['exact', 'one_digit', 'two_digits', 'half', 'different'], near: 0 },
  (a, b) => {
    if (editDistance(a, b, 1) <= 1) return 'one_digit';
    const longest = Math.max(a.length, b.length);
    const distance = plainDistance(a, b, 4);
    if (distance <= 2 && longest >= 6) return 'two_digits';
    if (sharesHeadOnly(a, b)) return 'different';
    return distance <= Math.min(4, longest / 2) && longest >= 7 ? 'half' : 'different';
  },
);

const PERSONAL_ID = 12;

function sharesHeadOnly(a: string, b: string): boolean {
  const half = PERSONAL_ID / 2;
  return a.length === PERSONAL_ID && b.length === PERSONAL_ID && a.slice(0, half) === b.slice(0, half);
}
