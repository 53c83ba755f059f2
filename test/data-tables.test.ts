import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCsv } from '../scripts/table-file.js';
import { writeTables } from '../scripts/tables.js';

/** The scripts write the committed tables again, byte for byte, from the lists in scripts/tables/. */
const root = fileURLToPath(new URL('..', import.meta.url));
const NORMALIZERS = join('normalizers', 'data');
const GENERATOR = join('generator', 'data');
const tablesIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.csv'));

describe('the scripts that write the tables', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doisoat-tables-'));
  beforeAll(() => writeTables(join(root, 'scripts', 'tables'), folder));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('write all tables of the normalizers, and no other', () => {
    expect(tablesIn(join(folder, NORMALIZERS))).toEqual(tablesIn(join(root, NORMALIZERS)));
  });

  it.each([NORMALIZERS, GENERATOR])('write %s as it is committed', (tables) => {
    const written = tablesIn(join(folder, tables));
    expect(written.length).toBeGreaterThan(5);
    const differing = written.filter(
      (name) => !readFileSync(join(folder, tables, name)).equals(readFileSync(join(root, tables, name))),
    );
    expect(differing, 'run node dist/scripts/tables.js').toEqual([]);
  });
});

const isDay = (text: string | undefined): boolean => {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
};

describe.each(tablesIn(join(root, NORMALIZERS)).filter((name) => name !== 'MANIFEST.csv'))('%s', (table) => {
  const rows = readCsv(join(root, NORMALIZERS, table));

  it('says of every row where it comes from', () => {
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((row) => (row.source ?? '').trim() === '')).toEqual([]);
  });

  it('says of every row since when and until when it holds, as days or open', () => {
    const wrong = rows.filter(({ valid_from: from, valid_to: to }) => {
      const written = [from, to].every((day) => day === '' || isDay(day));
      return !written || (from !== '' && to !== '' && (from ?? '') > (to ?? ''));
    });
    expect(wrong).toEqual([]);
  });
});
