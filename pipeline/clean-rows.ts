import type { Hints, Normalized, Normalizer } from '../normalizers/normalizer.js';
import { problemsOfMask, saidMask } from '../normalizers/normalizer.js';
import { type CleanedField, type CleanField, cleanedHeader, PROBLEM_SEPARATOR } from './clean-plan.js';
import { givenHints } from './input-table.js';
import { maskUnknown } from './mask-unknown.js';

/** Cleans rows one by one, with what their first ones told of each column. Remembers answers, as names repeat. */
export interface RowCleaner {
  readonly header: readonly string[];
  clean(row: readonly string[]): string[];
  summary(): CleanedField[];
}

type KnownOfFile = Parameters<typeof givenHints>[1];

export interface FirstRows {
  readonly header: readonly string[];
  readonly fields: readonly CleanField[];
  readonly first: readonly (readonly string[])[];
}

/** `known`: the day of the run, and the encoding of fonts that the user named. */
export function startCleaning({ header, fields, first }: FirstRows, known: KnownOfFile): RowCleaner {
  const cleaners = fields.map((field) => {
    const values = new Set(
      first.map((row) => rawOf(row, field.positions)).filter((raw) => raw.trim() !== ''),
    );
    const given = givenHints(field.field, known);
    return fieldCleaner(field, { ...hintsFrom(values, field.normalizer), ...given });
  });
  return {
    header: cleanedHeader(header, fields),
    clean: (row) => [...row, ...cleaners.flatMap((cleaner) => cleaner.clean(row))],
    summary: () => cleaners.map((cleaner) => cleaner.summary()),
  };
}

/** What the values of a column tell of it. */
function hintsFrom(values: ReadonlySet<string>, { observe, decide }: Normalizer): Hints {
  if (!observe || !decide) return {};
  const counts: Record<string, number> = {};
  for (const raw of values) for (const name of observe(raw)) counts[name] = (counts[name] ?? 0) + 1;
  return decide(counts, values.size).hints;
}

/** Names repeat: so many answers are kept, then forgotten all at once. */
const REMEMBERED = 100_000;
const EXAMPLES = 3;

function fieldCleaner(field: CleanField, hints: Hints) {
  const { normalizer, positions } = field;
  const answers = new Map<string, Normalized>();
  const counts = { filled: 0, changed: 0, unusable: 0 };
  const problemRows = new Map<string, number>();
  const examples: string[] = [];
  const answerOf = (raw: string): Normalized => {
    const remembered = answers.get(raw);
    if (remembered) return remembered;
    if (answers.size >= REMEMBERED) answers.clear();
    const answer = normalizer.normalize(raw, hints);
    answers.set(raw, answer);
    return answer;
  };
  const tally = (raw: string, { value, problems, notes = [] }: Normalized) => {
    if (raw.trim() === '') return;
    counts.filled++;
    if (value === null) counts.unusable++;
    else if (value !== raw) counts.changed++;
    for (const problem of [...problems, ...notes])
      problemRows.set(problem, (problemRows.get(problem) ?? 0) + 1);
    if (value === null || value === raw || examples.length >= EXAMPLES) return;
    const example = `${maskUnknown(raw)} → ${normalizer.mask(value)}`;
    if (!examples.includes(example)) examples.push(example);
  };
  return {
    clean(row: readonly string[]): [string, string] {
      const raw = rawOf(row, positions);
      const answer = answerOf(raw);
      tally(raw, answer);
      const said = problemsOfMask(normalizer.problems, saidMask(normalizer.problems, answer));
      return [answer.value ?? '', said.join(PROBLEM_SEPARATOR)];
    },
    summary: (): CleanedField => ({
      field: field.name,
      kind: normalizer.kind,
      columns: field.columns,
      ...counts,
      problems: Object.entries(normalizer.problems)
        .map(([problem, { vi, en }]) => ({
          problem,
          labels: { vi, en },
          rows: problemRows.get(problem) ?? 0,
        }))
        .filter(({ rows }) => rows > 0)
        .toSorted((a, b) => b.rows - a.rows),
      examples,
    }),
  };
}

function rawOf(row: readonly string[], positions: readonly number[]): string {
  if (positions.length === 1) return row[positions[0] ?? -1] ?? '';
  return positions
    .map((i) => row[i] ?? '')
    .filter((cell) => cell !== '')
    .join(' ');
}
