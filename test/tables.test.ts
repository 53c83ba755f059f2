import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readTable } from '../normalizers/data-table.js';
import { readCsv, writeManifest, writeTable } from '../scripts/table-file.js';

const folder = fileURLToPath(new URL('../normalizers/data/', import.meta.url));
const manifest = readCsv(join(folder, 'MANIFEST.csv'));

describe('the tables under normalizers/data', () => {
  it.each(manifest)('$table is what its script wrote', ({ table = '', rows, sha256 }) => {
    const text = readFileSync(join(folder, table), 'utf8');
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
    expect(readCsv(join(folder, table))).toHaveLength(Number(rows));
    expect(text).toBe(text.normalize('NFC'));
  });

  it('are all in the manifest', () => {
    const tables = readdirSync(folder).filter((name) => name.endsWith('.csv') && name !== 'MANIFEST.csv');
    expect(manifest.map((row) => row.table)).toEqual(tables.sort());
  });

  it.each([
    ['provinces_63.csv', 63],
    ['provinces_34.csv', 34],
    ['province_changes.csv', 63],
    ['districts_old.csv', 696],
    ['communes_old.csv', 10_047],
    ['communes_new.csv', 3321],
    ['commune_changes.csv', 10_585],
    ['mobile_changes.csv', 21],
    ['area_codes.csv', 63],
    ['ethnic_groups.csv', 55],
    ['nationalities.csv', 249],
  ])('%s has %i rows, each with its source', (table, count) => {
    const rows = readCsv(join(folder, table));
    expect(rows).toHaveLength(count);
    expect(rows.filter((row) => (row.source ?? '') === '')).toEqual([]);
  });

  it('flag the 12 stale codes beside the 10,035 communes of the last list', () => {
    const stale = readCsv(join(folder, 'communes_old.csv')).filter((row) => row.stale === '1');
    expect(stale).toHaveLength(12);
  });

  it('name only sources that are described', () => {
    const known = new Set(readCsv(join(folder, 'unit_sources.csv')).map((row) => row.source));
    for (const table of [
      'provinces_63',
      'provinces_34',
      'communes_old',
      'communes_new',
      'renamed_units',
      'unit_aliases',
    ]) {
      const used = new Set(readCsv(join(folder, `${table}.csv`)).map((row) => row.source));
      expect(
        [...used].filter((source) => !known.has(source)),
        table,
      ).toEqual([]);
    }
  });

  it('change old communes only into new ones, and reach every new one', () => {
    const targets = new Set(readTable('commune_changes.csv').map(([, now]) => now));
    expect([...targets].sort()).toEqual(
      readTable('communes_new.csv')
        .map(([code]) => code)
        .sort(),
    );
  });
});

describe('table files', () => {
  it('come back as they were written, quotes and commas included', () => {
    const out = mkdtempSync(join(tmpdir(), 'tables-'));
    try {
      const rows = [
        { a: 'x, "y"', b: '' },
        { a: '', b: 'đ' },
      ];
      writeTable(join(out, 'one.csv'), ['a', 'b'], rows);
      expect(readCsv(join(out, 'one.csv'))).toEqual(rows);
      writeManifest(out);
      const before = readFileSync(join(out, 'MANIFEST.csv'), 'utf8');
      writeFileSync(join(out, 'one.csv'), 'a,b\nchanged,\n');
      writeManifest(out);
      expect(readFileSync(join(out, 'MANIFEST.csv'), 'utf8')).not.toBe(before);
    } finally {
      rmSync(out, { recursive: true });
    }
    expect(existsSync(out)).toBe(false);
  });
});
