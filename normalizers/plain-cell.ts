import type { ProblemTable } from './normalizer.js';

/** Differences of writing that no reader sees, common to free texts and codes. */
export const writingProblems = {
  case: { reason: null, weight: 'none', vi: 'chữ hoa, chữ thường', en: 'letter case' },
  spaces: { reason: null, weight: 'none', vi: 'khoảng trắng thừa', en: 'extra spaces' },
  unicode_form: { reason: null, weight: 'none', vi: 'dạng Unicode khác', en: 'another Unicode form' },
} as const satisfies ProblemTable;

const INVISIBLE =
  /[\u0000-\u0008\u000E-\u001F\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/g;

/** NFC, no invisible characters, single spaces, nothing around. Out: the text and what was undone. */
export function tidyCell(raw: string): { text: string; problems: string[] } {
  const problems: string[] = [];
  let text = raw.normalize('NFC');
  // Taking invisible characters out may bring marks next to their letters.
  text = text.replace(INVISIBLE, '').normalize('NFC');
  if (text !== raw) problems.push('unicode_form');
  const tidy = text.replace(/\s+/g, ' ').trim();
  if (tidy !== text) problems.push('spaces');
  return { text: tidy, problems };
}
