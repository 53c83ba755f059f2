import { letters } from './comparator.js';

const sounds = new Map<string, string>();
const MOST_SOUNDS = 100_000;

/**
 * How a word sounds, roughly and in any language: consonants that are often mistaken for each other as one sign, double
 * letters once, vowels dropped after the first letter. `Philip`, `Filipp` → `flp`.
 */
export function soundKey(folded: string): string {
  const known = sounds.get(folded);
  if (known !== undefined) return known;
  const sound = letters(folded)
    .replace(/ph/g, 'f')
    .replace(/gh|kh/g, 'g')
    .replace(/th/g, 't')
    .replace(/sch|sh|ch|x|z|c(?=[eiy])/g, 's')
    .replace(/ck|c|q/g, 'k')
    .replace(/j/g, 'g')
    .replace(/w/g, 'v')
    .replace(/y/g, 'i');
  const first = /^[aeiou]/.test(sound) ? 'a' : '';
  const key = first + sound.replace(/[aeiouh]/g, '').replace(/(.)\1+/g, '$1');
  if (sounds.size >= MOST_SOUNDS) sounds.clear();
  sounds.set(folded, key);
  return key;
}
