import { foldWords, markedKey } from './unit-keys.js';

/** One code and all the words that stand for it. */
export interface CodeWords {
  readonly code: string;
  readonly words: readonly string[];
}

/** Finds the code of a word: null where there is none, `ambiguous` where unmarked text may be several. */
export type CodeLookUp = (text: string) => string | null | 'ambiguous';

const key = (text: string): string => foldWords(text).replaceAll(' ', '');
const marked = (text: string): string => markedKey(text).replaceAll(' ', '');

/**
 * A look-up of words with their marks and, for text written without any, without them; but `ba` may be bà or ba, so that
 * a word without marks must mean one code only.
 */
export function codeLookUp(entries: readonly CodeWords[]): CodeLookUp {
  const byMarks = new Map<string, string>();
  const byLetters = new Map<string, string>();
  for (const { code, words } of entries) {
    for (const word of words) {
      byMarks.set(marked(word), code);
      const known = byLetters.get(key(word));
      byLetters.set(key(word), known === undefined || known === code ? code : 'ambiguous');
    }
  }
  return (text) => {
    const letters = byLetters.get(key(text));
    if (letters === undefined) return null;
    const withMarks = byMarks.get(marked(text));
    const isPlain = !/[^\x00-\x7F]/.test(text);
    return isPlain || withMarks === undefined ? letters : withMarks;
  };
}
