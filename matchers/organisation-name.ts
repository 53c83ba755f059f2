import { foldWords } from '../normalizers/unit-keys.js';
import { DIFFERENT, EXACT, TYPO } from './exact-or-different.js';
import type { Matcher } from './matcher.js';
import { ACCENTS, ACCENTS_MISSING, isMistyped, isUnmarked } from './text.js';

/** Type of company and ownership, folded: what people leave out when they write the name of a company. */
const TYPE_WORDS =
  /^(?:cong ty|tong cong ty|tap doan)? ?(?:tnhh|trach nhiem huu han|co phan|hop danh)? ?(?:mot thanh vien|hai thanh vien)? ?(?=\S)/;

function bareName(folded: string): string {
  return folded.replace(TYPE_WORDS, '');
}

/** Names of organisations: as texts, and equal but for the type of company left out on one side (a loss). */
export const organisationNameMatcher: Matcher = {
  kind: 'organisation-name',
  levels: [
    EXACT,
    ACCENTS_MISSING,
    { name: 'type_missing', reason: 'abbreviated', weight: 'loss' },
    ACCENTS,
    TYPO,
    DIFFERENT,
  ],
  compare(ours, reference) {
    if (ours === reference) return 0;
    const a = foldWords(ours);
    const b = foldWords(reference);
    if (a !== '' && a === b) return isUnmarked(ours) ? 1 : 3;
    const [bareA, bareB] = [bareName(a), bareName(b)];
    const oneWithoutType = bareA === a || bareB === b;
    if (bareA !== '' && bareA === bareB && oneWithoutType) return 2;
    return isMistyped(a, b) && isMistypedName(bareA, bareB) ? 4 : 5;
  },
};

/** Slips count within the name itself: the long words before it are the same for thousands of companies. */
function isMistypedName(ours: string, reference: string): boolean {
  return ours === reference || isMistyped(ours, reference);
}
