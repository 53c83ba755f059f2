// How far two strings are apart, by character (Unicode code points after folding; never bytes).
//
// Optimal string alignment: insertions, deletions, substitutions and swaps of two neighbours, each costing one
// (F. J. Damerau 1964, restricted form). Jaro–Winkler: W. E. Winkler 1990, prefix of at most four, weight 0.1.
// Example: editDistance('nguyen', 'nguyne', 2) = 1; jaroWinkler('martha', 'marhta') = 0.961.

const WIDTH = 64;
const rows: [Uint16Array, Uint16Array, Uint16Array] = [
  new Uint16Array(WIDTH + 1),
  new Uint16Array(WIDTH + 1),
  new Uint16Array(WIDTH + 1),
];

/** Lower case, no marks, đ as d, only letters and digits with single spaces between words. */
export function foldText(value: string): string {
  plain ??= plainSigns();
  let text = '';
  let from = 0;
  let space = true;
  for (let i = 0; i < value.length; i++) {
    const sign = plain[value.charCodeAt(i)] ?? 0;
    if (sign === 0 || (space && sign === SPACE)) return foldSlowly(value);
    space = sign === SPACE;
    if (sign === value.charCodeAt(i)) continue;
    text += value.slice(from, i) + String.fromCharCode(sign);
    from = i + 1;
  }
  if (space) return foldSlowly(value);
  return from === 0 ? value : text + value.slice(from);
}

export const SPACE = 32;
/** Vietnamese letters end before this. */
const SIGNS = 0x1f00;
let plain: Uint8Array | null = null;

/** The letter, digit or space that a UTF-16 unit folds to; 0 where it takes more than a look-up. */
export function plainSign(code: number): number {
  plain ??= plainSigns();
  return code < SIGNS ? plain[code]! : 0;
}

/** Per sign the one letter or digit it folds to; 0 where it takes more than a look-up. */
function plainSigns(): Uint8Array {
  const signs = new Uint8Array(SIGNS);
  signs[SPACE] = SPACE;
  for (let i = 0; i < SIGNS; i++) {
    const folded = foldSlowly(String.fromCharCode(i));
    if (/^[a-z0-9]$/.test(folded)) signs[i] = folded.charCodeAt(0);
  }
  return signs;
}

function foldSlowly(value: string): string {
  return value
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đð]/g, 'd')
    .replace(/['’`]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Edit distance with neighbour swaps, or `most + 1` as soon as it must be above `most`. Compares at most 64 characters. */
export function editDistance(a: string, b: string, most: number): number {
  return distance(a, b, { most, swaps: true });
}

/** The same without swaps (V. I. Levenshtein 1966): two neighbours in each other's place are two edits. */
export function plainDistance(a: string, b: string, most: number): number {
  return distance(a, b, { most, swaps: false });
}

interface Counting {
  readonly most: number;
  /** Whether two neighbours in each other's place are one edit. */
  readonly swaps: boolean;
}

function distance(a: string, b: string, counting: Counting): number {
  const { most } = counting;
  if (a === b) return 0;
  let start = 0;
  let endA = Math.min(a.length, WIDTH);
  let endB = Math.min(b.length, WIDTH);
  if (Math.abs(endA - endB) > most) return most + 1;
  while (start < endA && start < endB && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  return alignedDistance(a.slice(start, endA), b.slice(start, endB), counting);
}

function alignedDistance(a: string, b: string, { most, swaps }: Counting): number {
  if (a.length === 0 || b.length === 0) return Math.min(a.length + b.length, most + 1);
  let [before, last, now] = rows;
  for (let j = 0; j <= b.length; j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    now[0] = i;
    let least = i;
    const charA = a.charCodeAt(i - 1);
    for (let j = 1; j <= b.length; j++) {
      const charB = b.charCodeAt(j - 1);
      let cost = last[j - 1]! + (charA === charB ? 0 : 1);
      if (last[j]! + 1 < cost) cost = last[j]! + 1;
      if (now[j - 1]! + 1 < cost) cost = now[j - 1]! + 1;
      const swapped =
        swaps && i > 1 && j > 1 && charA === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === charB;
      if (swapped && before[j - 2]! + 1 < cost) cost = before[j - 2]! + 1;
      now[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return most + 1;
    [before, last, now] = [last, now, before];
  }
  return Math.min(last[b.length]!, most + 1);
}

/** Similarity 0–1 that forgives swaps and rewards a common beginning. */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const matches = commonCharacters(a, b);
  if (matches === null) return 0;
  const { count, swaps } = matches;
  const jaro = (count / a.length + count / b.length + (count - swaps / 2) / count) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}

function commonCharacters(a: string, b: string): { count: number; swaps: number } | null {
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const used = new Uint8Array(b.length);
  const found: number[] = [];
  for (let i = 0; i < a.length; i++) {
    const to = Math.min(b.length - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= to; j++) {
      if (used[j] === 1 || a.charCodeAt(i) !== b.charCodeAt(j)) continue;
      used[j] = 1;
      found.push(a.charCodeAt(i));
      break;
    }
  }
  if (found.length === 0) return null;
  let swaps = 0;
  let at = 0;
  for (let j = 0; j < b.length; j++) {
    if (used[j] === 1 && b.charCodeAt(j) !== found[at++]) swaps++;
  }
  return { count: found.length, swaps };
}
