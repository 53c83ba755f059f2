import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import type { LinkResult } from './link.js';

/** Of each record at least the best candidates are kept, and more of them as far as they are at all likely. */
const ALWAYS_KEPT = 2;
const MOST_KEPT = 5;
const LIKELY = 0.001;

/**
 * candidates: what `doisoat why` needs to tell how a score came about. `nobody_probability` is that none of the record's
 * candidates is the person; levels `l0`, `u0` … stand in the order of the compared fields.
 */
export async function keepCandidates(db: Database, result: LinkResult): Promise<void> {
  const rules = result.rules.map(({ rule }) => literal(rule.join(' + '))).join(', ');
  const columns = result.fields.map((_, i) => `l${i}, u${i}::FLOAT AS u${i}`).join(', ');
  await db.run(`CREATE OR REPLACE TABLE candidates AS
    SELECT record::UINTEGER AS record, place::UTINYINT AS place, person::UINTEGER AS person,
      ${rules === '' ? 'NULL::VARCHAR' : `list_extract([${rules}], rule::INTEGER + 1)`} AS rule,
      ${columns}, swapped, weight, odds, probability, nobody_probability
    FROM (SELECT *, row_number() OVER (PARTITION BY record ORDER BY probability DESC, person) AS place,
        greatest(0, 1 - sum(probability) OVER (PARTITION BY record)) AS nobody_probability FROM link_candidates)
    WHERE place <= ${ALWAYS_KEPT} OR (place <= ${MOST_KEPT} AND probability >= ${LIKELY})
    ORDER BY record, place`);
}
