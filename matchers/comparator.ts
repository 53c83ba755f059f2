// What every comparator of probabilistic matching is: two values of a field in, the number of a level out.

export interface Comparator {
  readonly levels: readonly string[];
  /** Levels below this index get their frequency from the two values, those above from random pairs. */
  readonly near: number;
  /** Among those below, levels at which a value stands for many (an initial): frequency from random pairs as well. */
  readonly broad?: readonly string[];
  compare(a: string, b: string): number;
}

/** A comparator whose first level is that of equal values; `grade` names the level of all others. */
export function graded<const Level extends string>(
  facts: { readonly levels: readonly Level[]; readonly near: number; readonly broad?: readonly Level[] },
  grade: (a: string, b: string) => Level,
): Comparator {
  const numbers = Object.fromEntries(facts.levels.map((level, i) => [level, i])) as Record<Level, number>;
  return { ...facts, compare: (a, b) => (a === b ? 0 : numbers[grade(a, b)]) };
}

/** The letters of a folded value, without the spaces. */
export function letters(folded: string): string {
  return folded.includes(' ') ? folded.replaceAll(' ', '') : folded;
}

/** All words of the shorter one are among the words of the longer one, or it is a beginning of at least three letters. */
export function isPart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length >= 3 && long.startsWith(short)) return true;
  if (!long.includes(' ')) return false;
  const words = new Set(long.split(' '));
  return short.split(' ').every((word) => words.has(word));
}
