/** SQL that masks texts as lists do: enough to tell which one is meant, not enough to know it. */

/** The first three and last three characters of a number; of a short one its last two. */
export function maskedNumber(text: string): string {
  return `if(length(${text}) >= 9, left(${text}, 3) || repeat('*', length(${text}) - 6) || right(${text}, 3),
    repeat('*', greatest(length(${text}) - 2, 0)) || right(${text}, 2))`;
}

/** The first letter of each word stays; of digits none. */
export function maskedWords(text: string): string {
  return `regexp_replace(regexp_replace(${text}, '([\\p{L}])[\\p{L}\\p{M}]*', '\\1***', 'g'), '[0-9]', '*', 'g')`;
}
