import { join } from 'node:path';
import { literal } from '../engine/sql.js';
import { OUTCOMES } from '../matchers/outcomes.js';

export const RUN_DATABASE = 'run.duckdb';

/** SQL that names an outcome by its stored position. */
export function outcomeName(column: string): string {
  return `[${OUTCOMES.map(literal).join(', ')}][${column} + 1]`;
}

/**
 * A finished run's rows for programs that look into it (evaluate, why): record (from 1), record_key, outcome, reasons
 * (`;`-separated), reference_id (unmasked), probability. `database` is the alias run.duckdb is attached under.
 */
export function resultRelation(database: string): string {
  return `(SELECT r.record + 1 AS record, r.record_key, ${outcomeName('v.outcome')} AS outcome, v.reasons,
      ${referenceIdText('r.reference_key')} AS reference_id, r.probability
    FROM ${database}.results r JOIN ${database}.verdicts v ON r.pattern = v.pattern)`;
}

export function runDatabasePath(folder: string): string {
  return join(folder, RUN_DATABASE);
}

/** A stored key as text; personal IDs are whole numbers there, and get their leading zeros back. */
export function referenceIdText(key: string): string {
  return `if(typeof(${key}) = 'BIGINT', lpad(${key}::VARCHAR, 12, '0'), ${key}::VARCHAR)`;
}
