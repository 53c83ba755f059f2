// How much a header looks like a name that a field is known by, 0–1. Equal words come first, then words in another order, words
// with others around them, words cut short, and slips of the keyboard; each is worth less than the one before.
import { editDistance } from '../matchers/string-distance.js';
import { headerWords, tellingWords, writtenOut } from './header-words.js';
import { NEUTRAL_WORDS, OTHER_WORDS } from './headers.js';

export interface KnownName {
  readonly words: readonly string[];
  readonly text: string;
  readonly compact: string;
}

export function knownName(header: string): KnownName {
  const text = writtenOut(tellingWords(headerWords(header)));
  return { text, words: text.split(' '), compact: text.replaceAll(' ', '') };
}

/** Each name once. */
export function knownNames(headers: readonly string[]): KnownName[] {
  const names = headers.map(knownName).filter(({ text }) => text !== '');
  return [...new Map(names.map((name) => [name.text, name])).values()];
}

/** The best that any of the names is worth. */
export function likeness(header: KnownName, known: readonly KnownName[]): number {
  let best = 0;
  for (const name of known) best = Math.max(best, one(header, name));
  return best;
}

function one(header: KnownName, known: KnownName): number {
  if (header.text === known.text) return 1;
  if (header.compact === known.compact) return 0.98;
  return Math.max(
    sameWords(header, known),
    within(header, known),
    cutShort(header, known),
    slip(header, known),
  );
}

function sameWords(header: KnownName, known: KnownName): number {
  if (header.words.length !== known.words.length || header.words.length < 2) return 0;
  return restOf(header.words, known.words)?.length === 0 ? 0.9 : 0;
}

/** The known name stands in the header with other words around it: how much do those change? */
function within(header: KnownName, known: KnownName): number {
  if (known.text.length < 3) return 0;
  const rest = restOf(header.words, known.words);
  if (rest === null) return 0;
  if (rest.some((word) => OTHER_WORDS.has(word))) return 0.3;
  return rest.every((word) => NEUTRAL_WORDS.has(word) || /^\d+$/.test(word)) ? 0.88 : 0.65;
}

/** The words of `all` that are not in `part`; null when `part` is not wholly in it. */
function restOf(all: readonly string[], part: readonly string[]): string[] | null {
  const rest = [...all];
  for (const word of part) {
    const at = rest.indexOf(word);
    if (at < 0) return null;
    rest.splice(at, 1);
  }
  return rest;
}

/** `đ.thoại` for `điện thoại`: each word begins as its counterpart does, and one of them is whole. */
function cutShort(header: KnownName, known: KnownName): number {
  const { words } = header;
  if (words.length !== known.words.length || words.length < 2) return 0;
  if (!words.every((word, i) => known.words[i]!.startsWith(word))) return 0;
  return words.some((word, i) => word === known.words[i] && word.length >= 2) ? 0.8 : 0;
}

/** A misspelt header; short ones differ by one letter and mean something else (`dt`, `gt`), so they must be exact. */
function slip(header: KnownName, known: KnownName): number {
  const length = Math.min(header.compact.length, known.compact.length);
  if (length < 5 || Math.abs(header.compact.length - known.compact.length) > 2) return 0;
  const most = length >= 11 ? 2 : 1;
  const distance = editDistance(header.compact, known.compact, most);
  if (distance > most || namesAnother(header, known)) return 0;
  return distance === 1 ? 0.82 : 0.72;
}

/** A word that makes it somebody else’s must stand in the known name too. */
function namesAnother(header: KnownName, known: KnownName): boolean {
  const changes = (a: KnownName, b: KnownName): boolean =>
    a.words.some((word) => word.length > 2 && OTHER_WORDS.has(word) && !b.words.includes(word));
  return changes(header, known) || (header.words.length === known.words.length && changes(known, header));
}
