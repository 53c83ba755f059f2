import { taskOf } from '../engine/value-tasks.js';
import type { WorkerModule } from '../engine/worker-pool.js';
import { KEYS, keyNumber } from '../matchers/blocking.js';
import { COMPARATORS, type ComparatorName } from '../matchers/field-levels.js';

interface ValueOptions {
  readonly comparator: ComparatorName;
}

/** Two different values of one field → their level. */
export const level = taskOf(({ comparator }: ValueOptions) => {
  const { compare } = COMPARATORS[comparator];
  return (a, b) => [compare(a, b)];
});

/** One value → the numbers of its blocking keys, in the order of KEYS, each null when the value is too short for it. */
export const keys = taskOf(({ comparator }: ValueOptions) => {
  const makers = KEYS[comparator];
  return (value) =>
    makers.map((maker) => {
      const key = maker.make(value);
      return key === null ? null : keyNumber(key);
    });
});

export const linkValues: WorkerModule = {
  url: new URL(import.meta.url),
  tasks: { level, keys },
};
