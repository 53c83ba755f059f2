// Single values that are general knowledge and may turn out otherwise: data, so that they can be mended without touching a rule.
//
// Source: data/assumptions.csv, each row with what it means.
// Example: assumption('default_day') = '01-01'.
import { readTable } from './data-table.js';

const values = new Map(readTable('assumptions.csv').map(([name = '', value = '']) => [name, value]));

/** The value of one assumption as text. Throws for a name that is not in the table. */
export function assumption(name: string): string {
  const value = values.get(name);
  if (value === undefined) throw new Error(`no assumption ${name}`);
  return value;
}
