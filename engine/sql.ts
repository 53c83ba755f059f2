/** An SQL string literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** An SQL identifier, always quoted. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * SQL: the number at the position that `place` says, counted from 0; NULL beyond the last. Inside a CASE the engine copies a list for every
 * row that looks something up in it; branches cost a fifth of that.
 */
export function chosen(place: string, numbers: readonly number[]): string {
  return `CASE ${place} ${numbers.map((number, i) => `WHEN ${i} THEN ${number}::DOUBLE`).join(' ')} END`;
}

/** SQL: the text with a space in place of each of these characters. Hardly any text has one, and asking costs much less than replacing. */
export function spacedAt(text: string, characters: readonly string[]): string {
  const signs = characters.map((one) => `chr(${one.codePointAt(0)})`);
  const has = signs.map((sign) => `contains(${text}, ${sign})`).join(' OR ');
  return `if(${has}, translate(${text}, ${signs.join(' || ')}, ${literal(' '.repeat(signs.length))}), ${text})`;
}
