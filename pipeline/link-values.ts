import { taskOf } from '../engine/value-exchange.js';
import type { WorkerModule } from '../engine/worker-pool.js';
import { deletionKeys, KEYS, swapKeys } from '../matchers/blocking.js';
import { COMPARATORS, type ComparatorName } from '../matchers/field-levels.js';

interface ValueOptions {
  readonly comparator: ComparatorName;
}

/** Two different values of one field → their level. */
export const level = taskOf(({ comparator }: ValueOptions) => {
  const { compare } = COMPARATORS[comparator];
  return (a, b) => [compare(a, b)];
});

/** One value → its blocking keys, in the order of KEYS, each null when the value is too short for it. */
export const keys = taskOf(({ comparator }: ValueOptions) => {
  const makers = KEYS[comparator];
  return (value) => makers.map((maker) => maker.make(value));
});

/** One value → all its one-error keys, with a space between. */
export const errorKeys = taskOf(() => (value) => {
  const made = [...deletionKeys(value), ...swapKeys(value)];
  return [made.length === 0 ? null : made.join(' ')];
});

export const linkValues: WorkerModule = {
  url: new URL(import.meta.url),
  tasks: { level, keys, errorKeys },
};
