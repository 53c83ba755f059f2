import { DIFFERENT, EXACT } from './exact-or-different.js';
import type { Matcher } from './matcher.js';

/** Words that say less → those they may stand for: `Con` is a son or a daughter. */
const WIDER: Readonly<Record<string, readonly string[]>> = {
  'Vợ/chồng': ['Vợ', 'Chồng'],
  Con: ['Con trai', 'Con gái'],
  'Cha/mẹ': ['Cha', 'Mẹ'],
  Em: ['Em trai', 'Em gái'],
  Cháu: ['Cháu nội', 'Cháu ngoại'],
  'Anh, chị, em': ['Anh', 'Chị', 'Em', 'Em trai', 'Em gái'],
};

/** Relationships to the head of the household; a wider word on either side says less, but contradicts nothing. */
export const relationshipMatcher: Matcher = {
  kind: 'relationship',
  levels: [EXACT, { name: 'wider', reason: 'format', weight: 'loss' }, DIFFERENT],
  compare(ours, reference) {
    if (ours === reference) return 0;
    const wider = WIDER[ours]?.includes(reference) || WIDER[reference]?.includes(ours);
    return wider ? 1 : 2;
  },
};
