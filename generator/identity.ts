/**
 * Identity numbers of synthetic people.
 *
 * Personal ID, 12 digits: 3 place of birth registration, 1 century and sex, 2 year of birth, 6 random, no check digit
 * (Decree 137/2015/ND-CP art. 13, Circular 07/2016/TT-BCA art. 7). Old number, 9 digits: 2 or 3 of the issuing province,
 * then a running number; it changed with the holder's province, and 271450001-271500000 were issued by both Đồng Nai and
 * Bà Rịa - Vũng Tàu.
 *
 * No number is given out twice, yet nothing is remembered across the population: the people are made in chunks, each chunk
 * owns an equal range of running numbers under every prefix, and a running number is scattered over its digits by a
 * permutation. Example: prefix `001099`, slot 17 of chunk 3 → `001099` + six digits that no other chunk can reach.
 */
import { hash, type Random } from './random.js';
import type { Province, Sex } from './tables.js';

const SERIALS = 1_000_000;
const SHARED_FIRST = 271_450_001;
const SHARED_LAST = 271_500_000;
const SHARED_PROVINCES = ['75', '77'];

export interface Numbers {
  personalId(place: string, sex: Sex, year: number): string | null;
  oldId(prefix: string): string | null;
  /** A number of the range that two provinces issued: the next of Đồng Nai, or the one its counterpart already has. */
  sharedOldId(province: Province): string | null;
}

/** Scatters 0..size-1 over itself; 7, 3 and 1 as last digit of the factor make it one to one for a power of ten. */
function scattered(slot: number, offset: number, size: number): number {
  const factor = size === SERIALS ? 618_033 : 6_180_331;
  return (slot * factor + offset) % size;
}

export function centuryDigit(sex: Sex, year: number): number {
  return Math.floor((year - 1900) / 100) * 2 + (sex === 'F' ? 1 : 0);
}

/** Numbers that look made up are not given to anyone, or the clean population would hold values that read as junk. */
function looksMadeUp(number: string): boolean {
  const step = Math.abs(number.charCodeAt(1) - number.charCodeAt(0));
  if (step > 1 && step !== 9) return false;
  return /^(\d)\1*$/.test(number) || '01234567890123'.includes(number) || '9876543210987'.includes(number);
}

/** The numbers of one chunk out of `chunks`. */
export function numbersOfChunk(seed: number, chunk: number, chunks: number): Numbers {
  const used = new Map<number, number>();
  /** `key` tells prefixes of all lengths apart. */
  const take = (prefix: string, key: number, size: number): string | null => {
    const own = Math.floor(size / chunks);
    const offset = hash(seed, key);
    for (;;) {
      const slot = used.get(key) ?? 0;
      if (slot >= own) return null;
      used.set(key, slot + 1);
      const serial = scattered(chunk * own + slot, offset, size);
      const number = prefix + String(size + serial).slice(1);
      if (!looksMadeUp(number) && !isShared(number)) return number;
    }
  };
  let waiting: { number: string; province: string } | null = null;
  let sharedUsed = 0;
  return {
    personalId: (place, sex, year) => {
      const middle = centuryDigit(sex, year) * 100 + (year % 100);
      return take(place + String(1000 + middle).slice(1), Number(place) * 1000 + middle, SERIALS);
    },
    oldId: (prefix) => take(prefix, -Number(`1${prefix}`), 10 ** (9 - prefix.length)),
    sharedOldId: (province) => {
      if (!SHARED_PROVINCES.includes(province.code)) return null;
      if (waiting !== null && waiting.province !== province.code) {
        const { number } = waiting;
        waiting = null;
        return number;
      }
      if (waiting !== null) return null;
      const own = Math.floor((SHARED_LAST - SHARED_FIRST) / chunks);
      if (sharedUsed >= own) return null;
      const number = String(SHARED_FIRST + chunk * own + sharedUsed++);
      waiting = { number, province: province.code };
      return number;
    },
  };
}

function isShared(number: string): boolean {
  return (
    number.length === 9 &&
    number.startsWith('271') &&
    Number(number) >= SHARED_FIRST &&
    Number(number) <= SHARED_LAST
  );
}

/** Old numbers were issued until 2021 to people of 14 and above; who moved province has two. */
export function oldIdsFor(
  born: number,
  home: Province,
  birthPlace: Province,
  supply: { numbers: Numbers; random: Random },
): string[] {
  const { numbers, random } = supply;
  if (born > 2005 || random.chance(0.12)) return [];
  const shared = random.chance(0.1) ? numbers.sharedOldId(home) : null;
  const first = shared ?? numbers.oldId(random.pick(home.oldIdPrefixes));
  const moved = home !== birthPlace ? numbers.oldId(random.pick(birthPlace.oldIdPrefixes)) : null;
  return [moved, first].filter((number) => number !== null);
}
