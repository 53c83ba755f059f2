import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import type { LinkResult } from './link.js';

/** Of each record the two best candidates are kept, and more of them as far as they are at all likely. */
const MOST_KEPT = 5;
const LIKELY = 0.001;
/** Summed as whole numbers, so that no order of adding changes the last digit. */
const UNIT = 2 ** 50;

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
    FROM (SELECT c.*, row_number() OVER (PARTITION BY c.record ORDER BY c.probability DESC, c.person) AS place,
        greatest(0, 1 - n.probability_of_all) AS nobody_probability
      FROM link_candidates c JOIN links l ON c.record = l.record
      JOIN (SELECT record, sum((probability * ${UNIT})::BIGINT)::DOUBLE / ${UNIT} AS probability_of_all FROM link_candidates GROUP BY record) n ON c.record = n.record
      WHERE c.probability >= ${LIKELY} OR c.person = l.person OR c.person = l.second_person)
    WHERE place <= ${MOST_KEPT}
    ORDER BY record, place`);
}
