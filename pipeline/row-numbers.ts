import type { Database } from '../engine/database.js';

/**
 * Record numbers of the rows of `raw`. A row's number is its position, plus the number of refused rows that stand before it in
 * the input and were put in at the end of the table. How many those are is looked up by blocks of rows, so that no row is
 * moved and none is counted one by one.
 */
const BLOCK_BITS = 6;

/** `positions`: for every refused row, the first row of `raw` that stands behind it. In ascending order. */
export async function makeShifts(db: Database, positions: readonly number[]): Promise<void> {
  await db.run('CREATE OR REPLACE TEMP TABLE shift_points (position UINTEGER)');
  await db.append(
    'temp.shift_points',
    positions.map((position) => [position]),
  );
  await db.run(`CREATE OR REPLACE TEMP TABLE shifts AS
    WITH counted AS (SELECT position >> ${BLOCK_BITS} AS block, count(*) AS n, list(position) AS points FROM shift_points GROUP BY block),
      blocks AS (SELECT range AS block FROM range(0, ((SELECT count(*) FROM raw) >> ${BLOCK_BITS}) + 1))
    SELECT blocks.block::UINTEGER AS block, points, coalesce(sum(n)
      OVER (ORDER BY blocks.block ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::UINTEGER AS before
    FROM blocks LEFT JOIN counted ON blocks.block = counted.block`);
}

/** `raw` with `_record_number`, from 0. Without shifts it is the row's position. `which`: SQL of a join that leaves some rows out. */
export function numberedRows(hasShifts: boolean, which = ''): string {
  if (!hasShifts)
    return `(SELECT raw.*, raw.rowid AS _place, raw.rowid::UINTEGER AS _record_number FROM raw ${which})`;
  const within = 'if(s.points IS NULL, 0, len(list_filter(s.points, lambda point: point <= raw.rowid)))';
  const shift = `coalesce(s.before + ${within}, 0)`;
  return `(SELECT raw.*, raw.rowid AS _place, coalesce(raw._record, raw.rowid + ${shift})::UINTEGER AS _record_number
    FROM raw ${which} LEFT JOIN shifts s ON (raw.rowid >> ${BLOCK_BITS})::UINTEGER = s.block)`;
}
