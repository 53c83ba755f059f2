// An invented comparison, so that a page can show how a score is made up without showing anybody: all fields but one agree, and
// every value is as common as the average value of its field.
import { nobodyWeight } from '../matchers/fellegi-sunter.js';
import { levelWeight, type Model } from '../matchers/model.js';

export interface ExampleStep {
  /** Null: what is known before anything is compared. */
  readonly field: string | null;
  readonly level: string | null;
  readonly bits: number;
  /** The sum before the step and after it. */
  readonly from: number;
  readonly total: number;
}

export interface Example {
  readonly steps: readonly ExampleStep[];
  readonly probability: number;
}

/** log2 odds that one given person of the reference is the record's, against nobody being it, before anything is compared. */
export function priorBits(model: Model): number {
  const { relatives, relatives_of_missing: relativesOfMissing, training } = model;
  const found = Math.min(Math.max(model.found, 1e-6), 1 - 1e-6);
  return -nobodyWeight(
    { m: [], h: [], found, relatives, relativesOfMissing },
    Math.max(1, training.people),
    true,
  );
}

/** The score of a record whose first field is at its commonest level that is not full agreement, all others equal. */
export function exampleOf(model: Model): Example {
  let total = priorBits(model);
  const steps: ExampleStep[] = [{ field: null, level: null, bits: total, from: 0, total }];
  for (const [i, field] of model.fields.entries()) {
    const at = i === 0 ? commonestFault(field) : 0;
    const level = field.levels[at]!;
    // A field that leans on another is read as its parent agrees.
    const bits = levelWeight(level, field.parent === null ? 0 : 1);
    total += bits;
    steps.push({ field: field.name, level: level.name, bits, from: total - bits, total });
  }
  return { steps, probability: 1 / (1 + 2 ** -total) };
}

/** Weight of a given and a family name that have changed places; no chance is taken for impossible. */
export function swappedBits({ swapped }: Pick<Model, 'swapped'>): number {
  return Math.log2(Math.max(swapped.m[1], 1e-7));
}

function commonestFault({ levels }: Model['fields'][number]): number {
  const faults = levels.slice(1, -1);
  const most = Math.max(...faults.map((level) => level.m[0]));
  return faults.length === 0 ? 0 : 1 + faults.findIndex((level) => level.m[0] === most);
}
