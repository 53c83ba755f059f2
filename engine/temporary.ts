import type { Database } from './database.js';
import { identifier, literal } from './sql.js';

/**
 * Drops the tables and views of the moment (TEMP) of these names; `link_*` are all that begin so. What nobody reads any more takes
 * memory and, at national size, some GB of disk each. Names that are not there are passed over.
 */
export async function dropTemporary(db: Database, ...names: readonly string[]): Promise<void> {
  const wanted = names.map((one) =>
    one.endsWith('*') ? `starts_with(name, ${literal(one.slice(0, -1))})` : `name = ${literal(one)}`,
  );
  const found = await db.rows<{ kind: string; name: string }>(`SELECT kind, name FROM (
      SELECT 'VIEW' AS kind, view_name AS name FROM duckdb_views() WHERE temporary
      UNION ALL SELECT 'TABLE', table_name FROM duckdb_tables() WHERE temporary)
    WHERE ${wanted.join(' OR ')} ORDER BY kind DESC, name`);
  for (const { kind, name } of found) await db.run(`DROP ${kind} ${identifier(name)}`);
}
