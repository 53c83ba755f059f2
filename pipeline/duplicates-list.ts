// duplicates.csv: who is in the extract more than once, cluster by cluster, for the owner of the data to take out or to set right.
import { join } from 'node:path';
import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import { writeCsv } from '../engine/write-csv.js';
import { type ListPlan, placeColumns } from './result-lists.js';

/** One line per row of a cluster, clusters in the order of their first row. Holds no value of a person. */
export async function writeDuplicateList(db: Database, plan: ListPlan): Promise<string> {
  const path = join(plan.folder, 'duplicates.csv');
  const columns = [
    { name: 'cluster', sql: 'd.cluster', encoded: true },
    ...placeColumns(plan, 'csv'),
    { name: 'how', sql: 'd.how', encoded: true },
  ];
  await writeCsv(db, path, {
    columns,
    from: `${await duplicatesOf(db)} d JOIN results r ON d.record = r.record ORDER BY d.cluster, d.record`,
  });
  return path;
}

/** A run of an earlier version kept no clusters: its list is empty. */
async function duplicatesOf(db: Database): Promise<string> {
  const kept = await db.value<number>(
    `SELECT count(*) FROM duckdb_tables() WHERE table_name = ${literal('duplicates')}`,
  );
  return kept > 0
    ? 'duplicates'
    : '(SELECT 0::UINTEGER AS cluster, 0::UINTEGER AS record, NULL AS how LIMIT 0)';
}
