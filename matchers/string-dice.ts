// The Dice coefficient of two texts: twice the letter pairs that both have, over all their letter pairs (Dice 1945; the npm
// package string-similarity, of which this file is the one home).
//
// What it decides here: whether two names that are not Vietnamese, or long words of them, are one name misspelt. Vietnamese
// syllables are too short for letter pairs to mean anything; there the edit distance and the list of syllables decide.
// Example: dice('katharina', 'catharina') = 0.875; dice('an', 'anh') = 0.67, which says nothing.
import stringSimilarity from 'string-similarity';

/** 0 (no letter pair in common) to 1 (the same letter pairs). Spaces do not count. */
export function dice(a: string, b: string): number {
  return stringSimilarity.compareTwoStrings(a, b);
}
