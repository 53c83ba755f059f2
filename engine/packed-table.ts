// Tables that say how their columns are compressed, where the database compresses at all.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from './database.js';
import { identifier, literal } from './sql.js';
import { dropTemporary } from './temporary.js';

/**
 * A wide table that is made once and read several times, for the moment like a TEMP one, so known by its bare name. In a database that
 * compresses its tables it lies compressed in a file of its own in the temp folder: of whole numbers a third of what the engine
 * would put aside, and the memory stays free for others. Else it is a TEMP table.
 */
export async function makePackedTable(db: Database, name: string, select: string): Promise<void> {
  if (!db.compresses) {
    await db.run(`CREATE OR REPLACE TEMP TABLE ${name} AS ${select}`);
    return;
  }
  await dropPackedTable(db, name);
  const { catalog, path } = packedFile(db, name);
  await db.run(`ATTACH ${literal(path)} AS ${catalog}`);
  await db.run(`CREATE TABLE ${catalog}.packed (${await packedColumns(db, select)})`);
  await db.run(`INSERT INTO ${catalog}.packed ${select}`);
  await db.run(`CREATE TEMP VIEW ${name} AS SELECT * FROM ${catalog}.packed`);
}

/**
 * CREATE TABLE AS of a table that is kept, its columns compressed as those of a packed one. In a database that does not compress it is
 * what the engine makes of it.
 */
export async function makeKeptTable(db: Database, name: string, select: string): Promise<void> {
  if (!db.compresses) {
    await db.run(`CREATE OR REPLACE TABLE ${name} AS ${select}`);
    return;
  }
  await db.run(`CREATE OR REPLACE TABLE ${name} (${await packedColumns(db, select)})`);
  await db.run(`INSERT INTO ${name} ${select}`);
}

/** What costs nearly nothing: whole numbers are cut down to the bits that they need. */
const CHEAP: readonly (readonly [RegExp, string])[] = [
  [/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/, 'bitpacking'],
  [/^(VARCHAR|BOOLEAN)$/, 'uncompressed'],
];

/**
 * To find out how texts are best compressed takes several times what the rest of the table does, and saves little where they are keys.
 * Columns of other types are for the engine to try.
 */
async function packedColumns(db: Database, select: string): Promise<string> {
  const columns = await db.rows<{ name: string; type: string }>(
    `SELECT column_name AS name, column_type AS type FROM (DESCRIBE ${select})`,
  );
  return columns
    .map(({ name, type }) => {
      const how = CHEAP.find(([types]) => types.test(type))?.[1];
      return `${identifier(name)} ${type}${how === undefined ? '' : ` USING COMPRESSION ${how}`}`;
    })
    .join(', ');
}

/** Drops it and gives its disk back; one that is not there is passed over. */
export async function dropPackedTable(db: Database, name: string): Promise<void> {
  await dropTemporary(db, name);
  if (!db.compresses) return;
  const { catalog, path } = packedFile(db, name);
  await db.run(`DETACH DATABASE IF EXISTS ${catalog}`);
  for (const file of [path, `${path}.wal`]) rmSync(file, { force: true });
}

function packedFile(
  { tempDir }: Database,
  name: string,
): { readonly catalog: string; readonly path: string } {
  const catalog = `${PACKED}${name}`;
  return { catalog, path: join(tempDir, `${catalog}.duckdb`) };
}

/** What the files of such tables begin with. */
export const PACKED = 'packed_';
