/**
 * Seeded random numbers that give the same stream on every machine: xoshiro128** (Blackman and Vigna, 2018) seeded through
 * splitmix32, on 32-bit integers only. `randomOf(1, 7)` is the seventh stream of seed 1, independent of the sixth.
 */
export interface Random {
  /** Whole number from 0 to bound - 1. */
  below(bound: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** From low to high, both included. */
  between(low: number, high: number): number;
}

function splitmix(state: number): number {
  let z = (state + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

/** A number that depends on both and looks like neither. */
export function hash(seed: number, value: number): number {
  return splitmix(seed ^ splitmix(value));
}

export function randomOf(seed: number, stream: number): Random {
  let a = splitmix(seed ^ Math.imul(stream + 1, 0x85ebca6b));
  let b = splitmix(a ^ stream);
  let c = splitmix(b);
  let d = splitmix(c) | 1;

  const next = (): number => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const below = (bound: number): number => Math.floor((next() / 0x1_0000_0000) * bound);
  return {
    below,
    chance: (probability) => next() < probability * 0x1_0000_0000,
    pick: <T>(list: readonly T[]): T => list[below(list.length)] as T,
    between: (low, high) => low + below(high - low + 1),
  };
}

/** Fisher-Yates, in place. */
export function shuffle<T>(list: T[], random: Random): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const kept = list[i] as T;
    list[i] = list[j] as T;
    list[j] = kept;
  }
  return list;
}

export interface Weighted<T> {
  readonly values: readonly T[];
  /** Alias tables: one draw costs two random numbers, however long the list (Walker 1977, Vose 1991). */
  readonly keep: Float64Array;
  readonly alias: Uint32Array;
}

export function weighted<T>(values: readonly T[], weights: readonly number[]): Weighted<T> {
  const n = values.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const keep = Float64Array.from(weights, (weight) => (weight * n) / total);
  const alias = new Uint32Array(n).map((_, i) => i);
  const small: number[] = [];
  const large: number[] = [];
  keep.forEach((share, i) => {
    (share < 1 ? small : large).push(i);
  });
  while (small.length > 0 && large.length > 0) {
    const less = small.pop() as number;
    const more = large.pop() as number;
    alias[less] = more;
    keep[more] = (keep[more] as number) + (keep[less] as number) - 1;
    ((keep[more] as number) < 1 ? small : large).push(more);
  }
  for (const i of [...small, ...large]) keep[i] = 1;
  return { values, keep, alias };
}

export function draw<T>(table: Weighted<T>, random: Random): T {
  const i = random.below(table.values.length);
  return table.values[random.chance(table.keep[i] as number) ? i : (table.alias[i] as number)] as T;
}
