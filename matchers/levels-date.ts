// Levels of dates, whole (2001-02-10) or short (2001-02, 2001): 2001-02-10 / 2001-10-02 → `day_month_swapped`, / 2001 → `less_precise`.
import { graded } from './comparator.js';
import { editDistance, plainDistance } from './string-distance.js';

export const date = graded(
  {
    levels: [
      'exact',
      'less_precise',
      'day_month_swapped',
      'one_digit',
      'year_differs',
      'day_differs',
      'month_differs',
      'two_digits',
      'same_year',
      'different',
    ],
    near: 0,
  },
  (a, b) => {
    if (a.length === b.length && a.length >= 10) return fullDateLevel(a, b);
    return a.startsWith(b) || b.startsWith(a) ? 'less_precise' : shortDateLevel(a, b);
  },
);

function shortDateLevel(a: string, b: string) {
  return a.slice(0, 4) === b.slice(0, 4) ? 'same_year' : 'different';
}

function fullDateLevel(a: string, b: string) {
  const [yearA, monthA, dayA] = a.split('-') as [string, string, string];
  const [yearB, monthB, dayB] = b.split('-') as [string, string, string];
  if (yearA === yearB && monthA === dayB && dayA === monthB) return 'day_month_swapped';
  const [digitsA, digitsB] = [yearA + monthA + dayA, yearB + monthB + dayB];
  if (editDistance(digitsA, digitsB, 1) <= 1) return 'one_digit';
  const equal = [yearA === yearB, monthA === monthB, dayA === dayB];
  if (equal[1] && equal[2]) return 'year_differs';
  if (equal[0] && equal[1]) return 'day_differs';
  if (equal[0] && equal[2]) return 'month_differs';
  if (plainDistance(digitsA, digitsB, 2) <= 2) return 'two_digits';
  return equal[0] ? 'same_year' : 'different';
}
