import Fuse from 'fuse.js';

/** Sole home of fuse.js: names that look alike, for “did you mean” and for headers of extracts. */

export interface Likeness {
  readonly name: string;
  /** 1: the same; 0: nothing in common. */
  readonly score: number;
}

const WORST_SUGGESTION = 0.5;

/** The candidates that resemble `name`, best first; equal scores in alphabetical order. */
export function alike(name: string, candidates: readonly string[]): Likeness[] {
  const found = new Map<string, number>();
  // fuse looks for the pattern inside the text, so a word with a letter too many is found only the other way round.
  for (const { item, score } of search(candidates, name)) found.set(item, score);
  for (const candidate of candidates) {
    const turned = search([name], candidate)[0];
    if (turned) found.set(candidate, Math.max(found.get(candidate) ?? 0, turned.score));
  }
  const scored = [...found].map(([candidate, score]) => ({
    name: candidate,
    score: score * lengthFactor(name, candidate),
  }));
  return scored.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
}

/** The valid name a mistyped one most likely stands for, or null when none is near. */
export function nearestName(name: string, candidates: readonly string[]): string | null {
  const best = alike(name.toLowerCase(), candidates)[0];
  return best && best.score >= WORST_SUGGESTION ? best.name : null;
}

function search(texts: readonly string[], pattern: string): { item: string; score: number }[] {
  const fuse = new Fuse(texts, { includeScore: true, ignoreLocation: true, threshold: 0.6 });
  return fuse.search(pattern).map(({ item, score }) => ({ item, score: 1 - (score ?? 1) }));
}

function lengthFactor(a: string, b: string): number {
  const [shorter, longer] = [Math.min(a.length, b.length), Math.max(a.length, b.length)];
  return longer === 0 ? 1 : Math.sqrt(shorter / longer);
}
