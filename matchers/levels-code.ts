// Levels of codes, such as those of a province or a sex: one slip in more than two signs → `typo`.
import { graded } from './comparator.js';
import { editDistance } from './string-distance.js';

/** Letters and digits of one byte: in others the engine, which grades codes in a run, does not look for a slip. */
const PLAIN = /^\p{ASCII}*$/u;

export const code = graded({ levels: ['exact', 'typo', 'different'], near: 0 }, (a, b) => {
  const isLong = Math.max(a.length, b.length) > 2;
  return isLong && PLAIN.test(a) && PLAIN.test(b) && editDistance(a, b, 1) <= 1 ? 'typo' : 'different';
});
