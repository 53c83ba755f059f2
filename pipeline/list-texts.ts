// SQL of the texts that lists show masked.

/** The first letter of each word stays; of digits none. */
export function maskedWords(text: string): string {
  return `regexp_replace(regexp_replace(${text}, '([\\p{L}])[\\p{L}\\p{M}]*', '\\1***', 'g'), '[0-9]', '*', 'g')`;
}

/** The first three and last three characters of a number; of a short one its last two. The kinds' own `mask` in SQL. */
export function maskedNumber(text: string): string {
  return `if(length(${text}) >= 9, left(${text}, 3) || repeat('*', length(${text}) - 6) || right(${text}, 3),
    repeat('*', greatest(length(${text}) - 2, 0)) || right(${text}, 2))`;
}

/** Identity numbers and phones within a text: every run of nine digits or more keeps its first and last three. */
export function numbersMasked(text: string): string {
  return `regexp_replace(${text}, '([0-9]{3})[0-9]{3,}([0-9]{3})', '\\1******\\2', 'g')`;
}
