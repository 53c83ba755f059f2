import type { Database } from './database.js';
import { literal } from './sql.js';

export function isParquet(path: string): boolean {
  return /\.parquet$/i.test(path);
}

export function parquetRelation(path: string): string {
  return `read_parquet(${literal(path)})`;
}

/** Column names of a Parquet file in file order. */
export async function parquetColumns(db: Database, path: string): Promise<string[]> {
  const rows = await db.rows<{ column_name: string }>(`DESCRIBE SELECT * FROM ${parquetRelation(path)}`);
  return rows.map((row) => row.column_name);
}
