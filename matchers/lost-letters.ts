// Names in which letters became "?": whether a whole name may be what stood there.
//
// Databases with a Western code page turn ễ and ậ into "?" and many other letters into their nearest (ă → a, đ → d): Windows'
// "best fit" conversion. So beside a "?" a letter without marks says less as well. Several bytes of one letter may each have
// become a "?": a run of n of them stands for one to n letters.
// Source: Unicode consortium, Public/MAPPINGS/VENDORS/MICSFT/WindowsBestFit/bestfit1252.txt.
// Example: fitsLost('nguy?nvanan', 'nguyễnvănan', false) = true; of 'nguy?nvânan' only with `anyMarks`.
import { fold } from '../normalizers/vietnamese-letters.js';

/** Longer texts are no names; the work grows with the product of both lengths. */
const LONGEST = 120;

/** In: small letters without spaces. `anyMarks`: marks that are there may be wrong. */
export function fitsLost(damaged: string, whole: string, anyMarks: boolean): boolean {
  if (damaged.length > LONGEST || whole.length > damaged.length) return false;
  let reached = new Uint8Array(whole.length + 1);
  reached[0] = 1;
  for (let i = 0; i < damaged.length; i++) {
    const letter = damaged.charAt(i);
    const lost = letter === '?';
    const next = lost && damaged.charAt(i - 1) === '?' ? reached.slice() : new Uint8Array(whole.length + 1);
    for (let j = 0; j < whole.length; j++) {
      if (reached[j] === 1 && (lost || mayBe(letter, whole.charAt(j), anyMarks))) next[j + 1] = 1;
    }
    reached = next;
  }
  return reached[whole.length] === 1;
}

function mayBe(damaged: string, whole: string, anyMarks: boolean): boolean {
  return damaged === whole || fold(whole) === (anyMarks ? fold(damaged) : damaged);
}
