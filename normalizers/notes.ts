// Tells what is wrong with a value from what is only worth saying of one that is valid as it stands: capital letters, the usual
// d/m/y, a year where no more is known. Every kind of value passes its answers through here, so that `problems` of a valid
// value is empty.
//
// Source: design of the weights (docs/how-it-works.md): what is never reported is nobody's fault.
// Example: { value: '1960-03-05', problems: ['notation'] } → { value: '1960-03-05', problems: [], notes: ['notation'] }.
import type { Hints, Normalized, Normalizer, Problem } from './normalizer.js';

/** True for an entry of a table of problems that finds no fault: it has no reason code, or says itself that it is a note. */
export function isNote({ reason, note }: Problem): boolean {
  return reason === null || note === true;
}

const NONE: readonly string[] = Object.freeze([]);

/** The same kind of value, its notes kept apart from its problems. */
export function withNotes(normalizer: Normalizer): Normalizer {
  const notes = new Set(
    Object.entries(normalizer.problems)
      .filter(([, problem]) => isNote(problem))
      .map(([key]) => key),
  );
  if (notes.size === 0) return normalizer;
  const { normalize } = normalizer;
  // With its getters: what is dear to make is not made for being wrapped.
  const wrapped: Normalizer = Object.defineProperties(
    {},
    Object.getOwnPropertyDescriptors(normalizer),
  ) as never;
  return Object.assign(wrapped, {
    normalize: (raw: string, hints?: Hints) => {
      const read = normalize(raw, hints);
      return read.problems.length === 0 ? read : separated(read, notes);
    },
  });
}

function separated(read: Normalized, notes: ReadonlySet<string>): Normalized {
  const { value, problems, type } = read;
  let count = 0;
  for (const problem of problems) if (notes.has(problem)) count++;
  if (count === 0) return read;
  if (count === problems.length) return answer(value, NONE, problems, type);
  const faults: string[] = [];
  const said: string[] = [];
  for (const problem of problems) (notes.has(problem) ? said : faults).push(problem);
  return answer(value, faults, said, type);
}

function answer(
  value: string | null,
  problems: readonly string[],
  notes: readonly string[],
  type: string | undefined,
): Normalized {
  return type === undefined ? { value, problems, notes } : { value, problems, notes, type };
}
