import { identifier } from '../engine/sql.js';
import { METHODS } from '../matchers/judge.js';
import { flagColumns } from './checks.js';
import type { ClassifyPlan } from './classify.js';
import { proposedKey } from './matched-sql.js';
import { digitsOf, foundAnew } from './pattern.js';

/**
 * SELECT of the taken rows as `results` has them: what the last run found, and this run's findings over all rows (duplicates, shared
 * numbers, the sector's checks). Rows that a decision of people has opened again are in `settled` and not here.
 * `columns`: as `results` keeps them.
 */
export function takenResults(plan: ClassifyPlan, columns: readonly string[]): string {
  const flags = flagColumns(plan);
  const known: Readonly<Record<string, string>> = {
    ...VALUES,
    reference_key: `${proposedKey(plan.matched, 'm')} AS reference_key`,
  };
  const values = columns.map((column) => known[column] ?? `m.${column}`);
  return `SELECT ${values.join(', ')}, ${wholePattern(plan)} AS pattern
    FROM (SELECT m.*, ${flags.columns.join(', ')} FROM matched_taken m ANTI JOIN settled x ON m.record = x.record
      ${flags.joins.join(' ')}) m`;
}

const VALUES: Readonly<Record<string, string>> = {
  probability: 'NULL::DOUBLE AS probability',
  method: `${METHODS.indexOf('id')}::UTINYINT AS method`,
};

/** The digits that are found anew, put into a pattern in which they are 0. */
function wholePattern({ patterns }: ClassifyPlan): string {
  const found = new Set(foundAnew(patterns));
  let place = 1n;
  const parts: string[] = [];
  for (const { name, radix } of digitsOf(patterns).reverse()) {
    if (found.has(name)) parts.push(`if(${identifier(name)}, ${place}::HUGEINT, 0)`);
    place *= BigInt(radix);
  }
  return `(m.whole + ${parts.join(' + ')})`;
}
