import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

/**
 * The scripts write the committed tables again, byte for byte. The lists that they read lie beside a working copy, not in it;
 * without them test/tables.test.ts still holds every table to its hash in MANIFEST.csv.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const lists = join(root, '..', 'shared', 'data', 'vn');
const NORMALIZERS = join('normalizers', 'data');
const GENERATOR = join('generator', 'data');

describe.skipIf(!existsSync(lists))('the scripts that write the tables', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doisoat-tables-'));
  const cwd = process.cwd();
  let given: string[];

  beforeAll(async () => {
    mkdirSync(join(folder, NORMALIZERS), { recursive: true });
    process.chdir(folder);
    given = process.argv.splice(2, process.argv.length, lists, NORMALIZERS);
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await import('../scripts/tables-codes.js');
    await import('../scripts/tables-identity.js');
    await import('../scripts/tables-names.js');
    await import('../scripts/tables-phones.js');
    await import('../scripts/tables-units.js');
    await import('../scripts/tables-generator.js');
    vi.restoreAllMocks();
  });

  afterAll(() => {
    process.argv.splice(2, 2, ...given);
    process.chdir(cwd);
    rmSync(folder, { recursive: true, force: true });
  });

  const tablesIn = (path: string) => readdirSync(path).filter((name) => /\.csv$/.test(name));

  it.each([NORMALIZERS, GENERATOR])('write %s as it is committed', (tables) => {
    const written = tablesIn(join(folder, tables)).filter((name) => name !== 'MANIFEST.csv');
    const committed = tablesIn(join(root, tables)).filter((name) => name !== 'MANIFEST.csv');
    expect(written).toEqual(committed);
    const differing = written.filter(
      (name) => !readFileSync(join(folder, tables, name)).equals(readFileSync(join(root, tables, name))),
    );
    expect(differing).toEqual([]);
  });
});
