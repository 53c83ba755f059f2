/**
 * Numbers the keys of unit names, so that all runs of words before a place in a text are looked up without building a string:
 * a key is found by a hash over its letters from the last to the first, which one more word to the left only continues.
 * Exact: two keys of one hash are told apart by their letters.
 */
import { type AddressWords, COMMA } from './address-words.js';

export interface KeyNumbers {
  readonly keys: string[];
  /** Hash → number of the first key that has it; `next` leads on to the others. */
  readonly heads: Map<number, number>;
  readonly next: number[];
}

/** Words from `start` to an end that form a key. */
export interface Run {
  readonly start: number;
  readonly key: number;
}

/** Names of units have at most so many words. */
export const LONGEST_NAME = 8;
const SEED = 0x2f0b4c47;
const NO_RUNS: readonly Run[] = [];

export function keyNumbers(): KeyNumbers {
  return { keys: [], heads: new Map(), next: [] };
}

function hashFrom(hash: number, word: string): number {
  let mixed = hash;
  for (let i = word.length - 1; i >= 0; i -= 1) mixed = Math.imul(mixed ^ word.charCodeAt(i), 0x01000193);
  return mixed;
}

/** As a small integer, which maps find soonest. */
function slot(hash: number): number {
  return (hash ^ (hash >>> 15)) & 0x3fffffff;
}

/** Number of a key; a new one if it has none yet. */
export function numberOfKey(numbers: KeyNumbers, key: string): number {
  const { keys, heads, next } = numbers;
  const at = slot(hashFrom(SEED, key));
  const head = heads.get(at);
  for (let number = head ?? -1; number >= 0; number = next[number] ?? -1) {
    if (keys[number] === key) return number;
  }
  heads.set(at, keys.length);
  next.push(head ?? -1);
  return keys.push(key) - 1;
}

/** The runs of words ending before `end`, within their segment, that are keys; longest first. */
export function runsBefore(numbers: KeyNumbers, found: AddressWords, end: number): readonly Run[] {
  const known = found.runs[end];
  if (known !== undefined) return known;
  let runs = NO_RUNS as Run[];
  let hash = SEED;
  for (let start = end - 1; start >= 0 && start >= end - LONGEST_NAME; start -= 1) {
    hash = hashFrom(hash, found.words[start] ?? '');
    const head = numbers.heads.get(slot(hash));
    const key = head === undefined ? -1 : sameKey(numbers, head, found.words.slice(start, end).join(''));
    if (key >= 0) runs = runs.length === 0 ? [{ start, key }] : [{ start, key }, ...runs];
    if (found.breaks[start] === COMMA) break;
  }
  found.runs[end] = runs;
  return runs;
}

function sameKey({ keys, next }: KeyNumbers, head: number, written: string): number {
  for (let number = head; number >= 0; number = next[number] ?? -1) {
    if (keys[number] === written) return number;
  }
  return -1;
}
