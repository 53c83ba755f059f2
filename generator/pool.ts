/** The people that rows are about at the moment: some chunks of the population, and strangers beside them. */
import type { Extract } from './draft.js';
import type { Person } from './person.js';
import { type Random, shuffle } from './random.js';

export interface Pool {
  readonly extract: Extract;
  readonly people: readonly Person[];
  readonly strangers: readonly Person[];
  readonly order: readonly number[];
  /** 0 no row yet; 1 has rows or will have; the order's cursor for those without. */
  readonly used: Uint8Array;
  cursor: number;
  next: number;
  stranger: number;
}

/** People looked at for a rare one, unless all of them are to be. */
const PROBES = 250;

export function poolOf(
  from: { extract: Extract; random: Random },
  people: readonly Person[],
  strangers: readonly Person[],
): Pool {
  const order = shuffle(
    people.map((_, i) => i),
    from.random,
  );
  return {
    extract: from.extract,
    people,
    strangers,
    order,
    used: new Uint8Array(people.length),
    cursor: order.length - 1,
    next: 0,
    stranger: 0,
  };
}

/** People from the front of the shuffled order; those without a row are taken from its end. */
export function nextPerson(pool: Pool): Person | null {
  while (pool.next < pool.order.length) {
    const at = pool.order[pool.next++] as number;
    const person = pool.people[at] as Person;
    if (pool.used[at] === 1 || !pool.extract.eligible(person)) continue;
    pool.used[at] = 1;
    return person;
  }
  return null;
}

/** Somebody without a row, who counts as having one from now on. */
export function unusedPerson(pool: Pool, fits: (person: Person) => boolean, all: boolean): Person | null {
  const probes = all ? pool.order.length : Math.min(PROBES, pool.order.length);
  for (let i = 0; i < probes; i++) {
    pool.cursor = pool.cursor <= 0 ? pool.order.length - 1 : pool.cursor - 1;
    const at = pool.order[pool.cursor] as number;
    if (pool.used[at] === 1 || !fits(pool.people[at] as Person)) continue;
    pool.used[at] = 1;
    return pool.people[at] as Person;
  }
  return null;
}

/** The next stranger who would belong in such an extract. */
export function nextStranger(pool: Pool): Person {
  const { length } = pool.strangers;
  for (let i = 0; i < length; i++) {
    const person = pool.strangers[pool.stranger++ % length] as Person;
    if (pool.extract.eligible(person)) return person;
  }
  return pool.strangers[0] as Person;
}
