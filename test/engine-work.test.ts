import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../engine/database.js';
import { inTurns } from '../engine/turns.js';
import { writeCsv } from '../engine/write-csv.js';
import { countDistinct, repeatedValues } from '../pipeline/repeated.js';

let folder: string;
let db: Database;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-engine-work-'));
  db = await openDatabase({ path: join(folder, 'own.duckdb'), tempDir: join(folder, 'temp') });
});

afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('inTurns', () => {
  test('of the statements that wait the one with the lowest place is next', async () => {
    const done: string[] = [];
    const slow = {
      ...db,
      run: async (sql: string) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        done.push(sql);
      },
    };
    const at = inTurns(slow);
    const chain = async () => {
      await at(0).run('first');
      await at(0).run('second');
    };
    await Promise.all([at(2).run('began before'), at(2).run('last'), at(1).run('middle'), chain()]);
    expect(done).toEqual(['began before', 'first', 'second', 'middle', 'last']);
  });

  test('a statement that fails lets the next one begin', async () => {
    const at = inTurns(db);
    const failing = at(0).run('SELECT nothing');
    const next = at(1).value<number>('SELECT 7');
    await expect(failing).rejects.toThrow(/nothing/);
    expect(await next).toBe(7);
  });
});

describe('append', () => {
  test('keeps every type, empty cells and texts that SQL would have to escape', async () => {
    await db.run('CREATE TABLE kept (big HUGEINT, n BIGINT, small UTINYINT, yes BOOLEAN, text VARCHAR)');
    await db.append('kept', [
      [2n ** 100n, 3, 4, true, 'O\'Hara\n"Đặng"'],
      [-1n, 5n, null, false, null],
    ]);
    const rows = await db.rows('SELECT big::VARCHAR AS big, n, small, yes, text FROM kept ORDER BY n');
    expect(rows).toEqual([
      { big: String(2n ** 100n), n: 3, small: 4, yes: true, text: 'O\'Hara\n"Đặng"' },
      { big: '-1', n: 5, small: null, yes: false, text: null },
    ]);
  });
});

describe('beside', () => {
  test('a second connection sees the tables that are kept, and outlives none of the first', async () => {
    await db.run('CREATE OR REPLACE TABLE seen AS SELECT 11 AS n');
    await db.run('CREATE OR REPLACE TEMP TABLE unseen AS SELECT 12 AS n');
    const other = await db.beside();
    expect(await other.value<number>('SELECT n FROM seen')).toBe(11);
    await expect(other.value('SELECT n FROM unseen')).rejects.toThrow(/unseen/);
    await other.close();
    expect(await db.value<number>('SELECT n FROM unseen')).toBe(12);
  });
});

describe('a file with groups of its own size', () => {
  test('is what every connection means, and any other can read it', async () => {
    const path = join(folder, 'grouped.duckdb');
    const grouped = await openDatabase({ path, tempDir: join(folder, 'temp'), rowGroup: 61_440 });
    await grouped.run('CREATE TABLE numbers AS SELECT range AS n FROM range(200_000)');
    const groups = `SELECT count(DISTINCT row_group_id) FROM pragma_storage_info('numbers')`;
    expect(await grouped.value<number>(groups)).toBeGreaterThan(2);
    const other = await grouped.beside();
    expect(await other.value<number>('SELECT count(*) FROM numbers')).toBe(200_000);
    expect(await other.value<string>('SELECT current_database()')).toBe('grouped');
    await other.close();
    await grouped.append('numbers', [[-1]]);
    await grouped.close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = await openDatabase({ path, tempDir: join(folder, 'temp'), readOnly: true });
    expect(await again.value<number>('SELECT count(*) FROM numbers WHERE n >= -1')).toBe(200_001);
    await again.close();
  });
});

describe('writeCsv', () => {
  test('an expression may hold several cells, and texts between cells are written once', async () => {
    const path = join(folder, 'cells.csv');
    const columns = [
      { name: 'number', sql: 'n', encoded: true },
      { name: 'file', sql: "'it''s.csv'", encoded: true },
      { name: 'raw', more: ['canonical'], sql: "n || ',' || n + 1", encoded: true },
      { name: 'text', sql: 'text' },
    ];
    const from = `(VALUES (1, 'plain'), (2, 'a "quoted", one'), (3, NULL)) v(n, text) ORDER BY n`;
    expect(await writeCsv(db, path, { columns, from })).toBe(3);
    expect(readFileSync(path, 'utf8')).toBe(
      '\ufeffnumber,file,raw,canonical,text\r\n' +
        "1,it's.csv,1,2,plain\r\n" +
        '2,it\'s.csv,2,3,"a ""quoted"", one"\r\n' +
        "3,it's.csv,3,4,\r\n",
    );
  });
});

describe('repeated strings', () => {
  test('tell how many different ones a column holds, and are found again where they are gone', async () => {
    await db.run(`CREATE OR REPLACE TEMP TABLE raw AS
      SELECT unnest(['a', 'b', 'a', NULL, 'c', 'a', 'c', NULL]) AS phone`);
    expect(await countDistinct(db, 'phone')).toBe(3);
    const repeated = async () =>
      db.rows(`SELECT value, rows FROM ${await repeatedValues(db, 'phone')} ORDER BY value`);
    const expected = [
      { value: 'a', rows: 3 },
      { value: 'c', rows: 2 },
    ];
    expect(await repeated()).toEqual(expected);
    await db.run('DROP TABLE repeated_phone');
    expect(await repeated()).toEqual(expected);
  });

  test('a column without any has none', async () => {
    await db.run(`CREATE OR REPLACE TEMP TABLE raw AS SELECT NULL::VARCHAR AS phone`);
    expect(await countDistinct(db, 'phone')).toBe(0);
  });
});
