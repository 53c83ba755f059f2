import { identifier } from '../engine/sql.js';

/**
 * Every table of a run, declared once: who writes it and what a row of it is. `temp` tables live as long as the process
 * and can be made again from the tables and files before them; `kept` ones are in run.duckdb when the run has finished, some of them
 * `only` in some runs.
 */
export const TABLES = {
  raw: { by: 'ingest', kept: false, row: 'One input row in input order, its mapped columns as text.' },
  rejects: {
    by: 'ingest',
    kept: true,
    row: 'One row that was rejected or repaired: file, line, why, its text.',
  },
  entries_: {
    by: 'normalize',
    kept: true,
    row: 'One distinct raw value of a field: canonical value, type, problems. Of fields that are neither compared nor grouped by, rows taken from the last run have none.',
  },
  problem_sets_: { by: 'normalize', kept: true, row: 'One combination of problems that occurs in a field.' },
  new_values_: { by: 'normalize', kept: true, row: 'One canonical value that the reference does not hold.' },
  matched: {
    by: 'match',
    kept: false,
    row: 'One input row with its dictionary numbers and the person its number proposes.',
  },
  levels_: {
    by: 'match',
    kept: true,
    row: 'One distinct pair of unequal values of a field and the level it agrees at.',
  },
  exceptions: {
    by: 'match',
    kept: true,
    row: 'One row that its number did not settle: how a person was found for it, if any.',
  },
  links: {
    by: 'match',
    kept: true,
    row: 'One row that went to probabilistic matching: its best candidate and the decision, and whether only the other record of that person keeps it from being linked.',
  },
  candidates: {
    by: 'match',
    kept: true,
    row: 'One of the best candidates of such a row, with the level and the evidence of each field.',
  },
  searched: {
    by: 'match',
    kept: true,
    only: 'with a frozen model',
    row: 'Values that were searched for, as a fingerprint of 128 bits.',
  },
  searched_candidates: {
    by: 'match',
    kept: true,
    only: 'with a frozen model',
    row: 'One candidate of such values with levels and weights, for the next run to take.',
  },
  search_key: {
    by: 'match',
    kept: true,
    only: 'with a frozen model',
    row: 'The one row: what those candidates follow from besides the values, as JSON.',
  },
  duplicates: {
    by: 'classify',
    kept: true,
    row: 'One row of a person who is in the extract more than once, or of a number that several people share.',
  },
  results: {
    by: 'classify',
    kept: true,
    row: 'One input row: what identifies it, the person, levels as one pattern number.',
  },
  verdicts: {
    by: 'classify',
    kept: true,
    row: 'One pattern that occurs, how often, its outcome and reasons.',
  },
  rows_key: {
    by: 'classify',
    kept: true,
    only: 'for records of one person each',
    row: 'The one row: what the numbers of `results` follow from besides the cells of a row, as JSON.',
  },
  forbidden_pairs: {
    by: 'match',
    kept: false,
    row: 'One record and a person whom people decided it is not.',
  },
  cases: {
    by: 'reconcile',
    kept: true,
    row: 'One mismatch that lives on from period to period: state, first and last seen, what changed. No personal data.',
  },
  run_plan: {
    by: 'classify',
    kept: true,
    row: 'The one row: what the run compared and by which rules, as JSON.',
  },
  report_plan: {
    by: 'report',
    kept: true,
    row: 'The one row: what the lists and the letter need besides, as JSON.',
  },
} as const;

export type TableName = keyof typeof TABLES;

/** The table of a field: `tableOf('entries_', 'name')` → `"entries_name"`. */
export function tableOf(table: TableName, field = ''): string {
  return identifier(`${table}${field}`);
}
