// Strings that stand in a column of `raw` more than once. For a column of numbers they are few, and tell how many different strings it
// holds as well: grouping the strings of 88 million rows is dear enough to be done once.
import type { Database } from '../engine/database.js';
import { identifier } from '../engine/sql.js';

/** Makes `repeated_<field>(value, rows)` and returns how many different strings the column holds. Empty cells do not count. */
export async function countDistinct(db: Database, field: string): Promise<number> {
  await db.run(`CREATE OR REPLACE TEMP TABLE ${repeatedTable(field)} AS ${repeatedIn(field)}`);
  return db.value<number>(`SELECT count(${identifier(field)})
    - coalesce((SELECT sum(rows - 1) FROM ${repeatedTable(field)}), 0)::BIGINT FROM raw`);
}

/** The table's name; makes it where an interrupted run, which counted, has left none. */
export async function repeatedValues(db: Database, field: string): Promise<string> {
  await db.run(`CREATE TEMP TABLE IF NOT EXISTS ${repeatedTable(field)} AS ${repeatedIn(field)}`);
  return repeatedTable(field);
}

function repeatedIn(field: string): string {
  const column = identifier(field);
  return `SELECT ${column} AS value, count(*) AS rows FROM raw WHERE ${column} IS NOT NULL GROUP BY ${column} HAVING count(*) > 1`;
}

function repeatedTable(field: string): string {
  return identifier(`repeated_${field}`);
}
