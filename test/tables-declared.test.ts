import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../engine/database.js';
import { RUN_DATABASE } from '../pipeline/result-rows.js';
import { TABLES } from '../pipeline/tables.js';
import { workspace } from './flow.js';

describe('pipeline/tables.ts', () => {
  const flow = workspace();
  let tables: string[];

  beforeAll(async () => {
    cpSync(join(import.meta.dirname, '..', 'sample-data'), flow.folder, { recursive: true });
    const { folder } = await flow.run('telecom-subscribers/job.yaml');
    const db = await openDatabase({ path: join(folder, RUN_DATABASE), tempDir: join(flow.folder, 'temp') });
    tables = (await db.rows<{ name: string }>('SELECT table_name AS name FROM duckdb_tables()')).map(
      ({ name }) => name,
    );
    await db.close();
  });

  afterAll(() => flow.remove());

  const declares = (declared: string, name: string) =>
    declared === name || (declared.endsWith('_') && name.startsWith(declared));

  it('declares every table that a run keeps', () => {
    expect(tables.length).toBeGreaterThan(10);
    expect(
      tables.filter((name) => !Object.keys(TABLES).some((declared) => declares(declared, name))),
    ).toEqual([]);
  });

  it('declares none that is not kept', () => {
    const kept = Object.entries(TABLES).flatMap(([name, table]) =>
      table.kept && !('only' in table) ? [name] : [],
    );
    expect(kept.filter((declared) => !tables.some((name) => declares(declared, name)))).toEqual([]);
  });
});
