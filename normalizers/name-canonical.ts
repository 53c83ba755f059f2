// A regular expression of names that need no look at all: words of Vietnamese syllables in Title Case with the tone mark in place,
// one space between. Built from the same syllables as everything else, so that it cannot say more than they do. It runs in RE2
// (DuckDB) and in JavaScript alike: only alternations and groups.
//
// Left out on purpose, and so looked at by `normalize`: first words that may be no name ("Không Rõ", "Ông …").
// Source: own construction; a property test shows that what it accepts is left unchanged.
//
// Example: accepts 'Nguyễn Văn An', 'Hoa'; not 'Nguyen Van An', 'NguyÔn', 'Nguyễn  Văn', 'Hoà'.
import { SUSPECT_FIRST_WORDS } from './name-notes.js';
import { titleCase } from './vietnamese-letters.js';
import { everySyllable } from './vietnamese-text.js';

interface Part {
  readonly onset: string;
  readonly rime: string;
}

/** Title Case of onset + rime: the capital falls on the rime when there is no onset. */
const titled = ({ onset, rime }: Part): Part =>
  onset === '' ? { onset, rime: titleCase(rime) } : { onset: titleCase(onset), rime };

const group = (choices: Iterable<string>): string => `(?:${[...choices].sort().join('|')})`;

/** Rimes that go with the same onsets share one group, which keeps the expression short. */
function wordPattern(parts: readonly Part[]): string {
  const onsetsOf = new Map<string, string[]>();
  for (const { onset, rime } of parts.map(titled)) onsetsOf.set(rime, [...(onsetsOf.get(rime) ?? []), onset]);
  const rimesOf = new Map<string, string[]>();
  for (const [rime, onsets] of onsetsOf) {
    const key = group(onsets);
    rimesOf.set(key, [...(rimesOf.get(key) ?? []), rime]);
  }
  return group(Array.from(rimesOf, ([onsets, rimes]) => onsets + group(rimes)));
}

/** The expression, to be matched against the whole value. */
export function canonicalNamePattern(): string {
  const parts = [...everySyllable()];
  const first = parts.filter(({ onset, rime }) => !SUSPECT_FIRST_WORDS.has(onset + rime));
  return `${wordPattern(first)}(?: ${wordPattern(parts)})*`;
}
