/** An SQL string literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** An SQL identifier, always quoted. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
