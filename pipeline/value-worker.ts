import { countingTaskOf, taskOf } from '../engine/value-tasks.js';
import type { WorkerModule } from '../engine/worker-pool.js';
import { matchers } from '../matchers/index.js';
import { normalizers } from '../normalizers/index.js';
import { type Hints, type Normalizer, problemMask } from '../normalizers/normalizer.js';

/** The functions over values that run in worker threads. Each gets the kind's name, because functions cannot be sent. */
export interface KindOptions {
  readonly kind: string;
  readonly hints?: Hints;
  /** Also tell how the value is shown masked (left out it costs nothing). */
  readonly masked?: boolean;
}

/** value, type, mask of its problems and notes, masked value */
export const normalizeValues = taskOf((options: KindOptions) => {
  const normalizer = normalizerOf(options.kind);
  const masks = new Map<string, number>();
  const maskOf = (problems: readonly string[]) => {
    if (problems.length === 0) return 0;
    const key = problems.join();
    const known = masks.get(key);
    if (known !== undefined) return known;
    const mask = problemMask(normalizer.problems, problems);
    masks.set(key, mask);
    return mask;
  };
  return (raw) => {
    const { value, type, problems, notes } = normalizer.normalize(raw, options.hints);
    const masked = value === null || options.masked !== true ? null : normalizer.mask(value);
    const said = notes === undefined ? maskOf(problems) : maskOf(problems) + maskOf(notes);
    return [value, type ?? null, said, masked];
  };
});

/** masked value of a canonical one */
export const maskValues = taskOf((options: KindOptions) => {
  const normalizer = normalizerOf(options.kind);
  return (value) => [normalizer.mask(value)];
});

/** value as people read it */
export const formatValues = taskOf((options: KindOptions) => {
  const normalizer = normalizerOf(options.kind);
  return (value) => [normalizer.format(value)];
});

/** level of a pair of canonical values */
export const compareValues = taskOf((options: KindOptions) => {
  const matcher = matchers[options.kind];
  if (matcher === undefined) throw new Error(`no matcher for ${options.kind}`);
  return (ours, reference) => [matcher.compare(ours, reference)];
});

/** counts of what the values of a column give evidence for */
export const observeValues = countingTaskOf((options: KindOptions) => {
  const { observe } = normalizerOf(options.kind);
  return (raw) => observe?.(raw) ?? [];
});

/** counts of what the values of a column give evidence for, kind by kind, as `kind observation` */
export const observeAllKinds = countingTaskOf(() => {
  const kinds = Object.values(normalizers).flatMap(({ kind, observe }) =>
    observe ? [{ kind, observe }] : [],
  );
  return (raw) =>
    kinds.flatMap(({ kind, observe }) => observe(raw).map((name) => `${kind}${EVIDENCE_MARK}${name}`));
});

/** What stands between kind and observation in the counts of `observeAllKinds`. */
export const EVIDENCE_MARK = ' ';

/** counts of the kinds that take a value: something is left of it to compare, and it is of this very kind */
export const countKinds = countingTaskOf((options: { readonly hints: Readonly<Record<string, Hints>> }) => {
  const kinds = Object.values(normalizers);
  return (raw) =>
    kinds
      .filter((normalizer) => takes(normalizer, raw, options.hints[normalizer.kind]))
      .map(({ kind }) => kind);
});

function takes(normalizer: Normalizer, raw: string, hints: Hints | undefined): boolean {
  const { value, problems } = normalizer.normalize(raw, hints);
  return value !== null && !problems.some((name) => normalizer.problems[name]?.weight === 'blank');
}

export const valueWorker: WorkerModule = {
  url: new URL(import.meta.url),
  tasks: {
    normalizeValues,
    maskValues,
    formatValues,
    compareValues,
    observeValues,
    observeAllKinds,
    countKinds,
  },
};

export function normalizerOf(kind: string): Normalizer {
  const normalizer = normalizers[kind];
  if (normalizer === undefined) throw new Error(`no normalizer for ${kind}`);
  return normalizer;
}
