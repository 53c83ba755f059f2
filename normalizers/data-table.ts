import { readFileSync } from 'node:fs';

/** Rows of a table of `normalizers/data/` as arrays of cells, header left out. Read when first needed, by its user. */
export function readTable(name: string): string[][] {
  const text = readFileSync(new URL(`./data/${name}`, import.meta.url), 'utf8');
  return text.trimEnd().split('\n').slice(1).map(cellsOf);
}

function cellsOf(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  const cells = [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map((found) => found[1] ?? '');
  return cells.map((cell) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell));
}

/** A value that is made when it is first asked for and kept. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** An object whose parts are made when they are first asked for and kept. */
export function lazyParts<T extends object>(makers: { readonly [K in keyof T]: () => T[K] }): T {
  const parts = {} as T;
  for (const name of Object.keys(makers) as (keyof T)[]) {
    Object.defineProperty(parts, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = makers[name]();
        Object.defineProperty(parts, name, { value, enumerable: true });
        return value;
      },
    });
  }
  return parts;
}
