import { join } from 'node:path';
import { type Database, openDatabase } from '../engine/database.js';
import { identifier, literal } from '../engine/sql.js';
import { closeWorkers } from '../engine/worker-pool.js';
import type { GeneratedFiles } from '../generator/generate.js';
import { answersTable, normalizeColumn } from '../pipeline/dictionaries.js';

export interface LinkFiles {
  /** `id` and canonical values, one row a record. */
  readonly ours: string;
  /** The same of the reference's people. */
  readonly reference: string;
  /** `id_ours,id_reference` of every record whose person is in the reference. */
  readonly truth: string;
  readonly work: string;
}

const FIELDS = [
  { name: 'name', kind: 'person-name' },
  { name: 'born', kind: 'birth-date' },
  { name: 'sex', kind: 'sex' },
  { name: 'province', kind: 'province' },
] as const;

/** Columns of the generated subscriber extract, in the order of FIELDS. */
const OURS = ['ho_ten', 'ngay_sinh', 'gioi_tinh', 'tinh'];
const KEY = 'so_thue_bao';

/**
 * The same clean columns for both programs: only linking is measured, not cleaning. Broken and repeated lines of the extract are left
 * out.
 */
export async function writeLinkFiles(made: GeneratedFiles, files: LinkFiles): Promise<void> {
  const db = await openDatabase({ tempDir: join(files.work, 'temp') });
  const read = (path: string) =>
    `read_csv(${literal(path)}, header = true, all_varchar = true, null_padding = true, ignore_errors = true)`;
  const { extract, truth } = made.extracts[0]!;
  try {
    await db.run(`CREATE TABLE truth AS SELECT record_key, reference_id FROM ${read(truth)}
      WHERE outcome <> 'rejected' QUALIFY count(*) OVER (PARTITION BY record_key) = 1`);
    await db.run(`CREATE TABLE extract AS SELECT row_number() OVER () AS id, t.reference_id, e.*
      FROM ${read(extract)} e JOIN truth t ON e.${KEY} = t.record_key`);
    await db.run(
      `CREATE TABLE population AS SELECT row_number() OVER () AS row, * FROM ${read(made.population)}`,
    );
    await writeSide(db, { from: 'extract', id: 'id', columns: OURS, into: files.ours });
    const columns = FIELDS.map(({ name }) => name);
    await writeSide(db, { from: 'population', id: 'row', columns, into: files.reference });
    await db.run(`COPY (SELECT e.id AS id_ours, p.row AS id_reference FROM extract e
      JOIN population p ON e.reference_id = p.id) TO ${literal(files.truth)} (HEADER true)`);
  } finally {
    await db.close();
    await closeWorkers();
  }
}

async function writeSide(
  db: Database,
  side: { from: string; id: string; columns: readonly string[]; into: string },
): Promise<void> {
  const chosen = FIELDS.map(({ name }, i) => `nullif(${identifier(side.columns[i]!)}, '') AS ${name}`);
  await db.run(
    `CREATE OR REPLACE TABLE cells AS SELECT ${side.id} AS id, ${chosen.join(', ')} FROM ${side.from}`,
  );
  for (const { name, kind } of FIELDS) {
    await normalizeColumn(db, 'cells', { name, kind, role: 'coded', hints: { today: '2030-12-31' } });
  }
  const values = FIELDS.map(({ name }) => `t_${name}.value AS ${name}`);
  const joins = FIELDS.map(
    ({ name }) => `LEFT JOIN ${answersTable(name)} t_${name} ON t_${name}.raw = c.${name}`,
  );
  await db.run(`COPY (SELECT c.id, ${values.join(', ')} FROM cells c ${joins.join(' ')})
    TO ${literal(side.into)} (HEADER true)`);
}
