import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectCsv } from '../engine/csv-file.js';
import { patchRejects } from '../engine/csv-patch.js';
import { type Database, openDatabase } from '../engine/database.js';
import { surveyFile } from '../engine/file-survey.js';
import { countRejects, mostComplaints, readableRelation } from '../engine/read-csv.js';

const BROKEN = 2_500;
const CELLS_TOO_MANY = 9;
const EVERY = 40;

let folder: string;
let db: Database;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-patch-'));
  db = await openDatabase({ memory: '512MB', threads: 2, tempDir: join(folder, 'temp') });
});

afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** 100,000 rows of 250 bytes, one in forty of them with nine cells too many. */
function largeFile(): string {
  const sound = Array.from({ length: EVERY - 1 }, (_, i) => `${i},${'x'.repeat(245)}`);
  const block = [...sound, `a,b${',c'.repeat(CELLS_TOO_MANY)}`].join('\n');
  const path = join(folder, 'large.csv');
  writeFileSync(path, `key,text\n${Array.from({ length: BROKEN }, () => block).join('\n')}\n`);
  return path;
}

describe('refused rows of a large file', () => {
  it('are mended alone, however many cells they have too many', async () => {
    const path = largeFile();
    const [file, survey] = [await inspectCsv(path), await surveyFile(path)];
    const rows = await db.value<number>(
      `SELECT count(*) FROM ${readableRelation({ file, mended: null })} WHERE c0 IS NOT NULL`,
    );
    expect(await countRejects(db)).toBe(BROKEN * CELLS_TOO_MANY);
    const patch = await patchRejects(db, file, { survey, rows });
    expect(patch?.lines.length).toBe(BROKEN);
    expect(patch?.lines.slice(0, 2)).toEqual([1 + EVERY, 1 + 2 * EVERY]);
    expect(patch?.listed.every(({ state }) => state === 'rejected')).toBe(true);
  });

  it.each([
    [1_000, 20_000],
    [150_000_000, 150_000],
    [14_000_000_000, 1_000_000],
  ])('of %i bytes: the reader may complain %i times', (bytes, most) => {
    expect(mostComplaints({ bytes })).toBe(most);
  });
});
