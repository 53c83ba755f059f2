/**
 * The synthetic population, made in chunks of whole households. A chunk depends on the seed and its own number only, so any
 * chunk can be made at any time and in any order, and a population of any size needs the memory of a few chunks.
 */
import { type Chunk, household } from './families.js';
import { numbersOfChunk } from './identity.js';
import type { Person } from './person.js';
import { randomOf } from './random.js';

export const CHUNK = 2048;
/** People outside the reference in one of their chunks. */
const OUTSIDERS = 256;

export interface Population {
  readonly seed: number;
  readonly people: number;
  /** Chunks of the population; more follow with people who are not in the reference. */
  readonly chunks: number;
  readonly strangers: number;
}

export function population(seed: number, people: number): Population {
  const chunks = Math.max(1, Math.ceil(people / CHUNK));
  return { seed, people, chunks, strangers: Math.ceil(chunks / 16) };
}

/** The people of one chunk, household by household; chunks from `chunks` on hold those the reference does not know. */
export function peopleOfChunk(plan: Population, index: number): Person[] {
  const wanted = index < plan.chunks ? Math.min(CHUNK, plan.people - index * CHUNK) : OUTSIDERS;
  const chunk: Chunk = {
    random: randomOf(plan.seed, index),
    numbers: numbersOfChunk(plan.seed, index, plan.chunks + plan.strangers),
    people: [],
    households: 0,
  };
  while (chunk.people.length < wanted) household(chunk);
  const people = chunk.people.slice(0, wanted);
  const kept = new Set(people);
  const ifKept = (other: Person | null): Person | null => (other !== null && kept.has(other) ? other : null);
  for (const person of people) {
    person.alike = ifKept(person.alike);
    person.spouse = ifKept(person.spouse);
    person.parents = [ifKept(person.parents[0]), ifKept(person.parents[1])];
  }
  return people;
}
