import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openDatabase } from '../engine/database.js';
import type { Field } from '../pipeline/fields.js';
import { fitsAtOnce } from '../pipeline/match-memory.js';

const tempDir = mkdtempSync(join(tmpdir(), 'doisoat-fits-'));
afterAll(() => rmSync(tempDir, { recursive: true, force: true }));

/** Half a million names and as many people: some 100 MB while they are joined. */
async function fitsInto(memory: string): Promise<boolean> {
  const db = await openDatabase({ tempDir, memory, threads: 1 });
  try {
    await db.run('CREATE TABLE entries_name AS SELECT range AS entry FROM range(500000)');
    await db.run("ATTACH ':memory:' AS ref");
    await db.run('CREATE TABLE ref.people AS SELECT range AS person FROM range(500000)');
    return await fitsAtOnce(db, [{ name: 'name' } as Field]);
  } finally {
    await db.close();
  }
}

it('holds all that is joined in memory only where there is enough of it', async () => {
  expect(await fitsInto('1GB')).toBe(true);
  expect(await fitsInto('100MB')).toBe(false);
});
