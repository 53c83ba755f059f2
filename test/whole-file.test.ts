import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appearWhole } from '../engine/whole-file.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-whole-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Long enough that the growing file is brought to the disk on the way. */
async function slowly(partial: string, parts: readonly string[]): Promise<void> {
  for (const part of parts) {
    appendFileSync(partial, part);
    await wait(200);
  }
}

describe('a file that takes long to write', () => {
  it('appears with all of it, and not before', async () => {
    const path = join(folder, 'list.csv');
    const writing = appearWhole(path, (partial) => slowly(partial, ['a\n', 'b\n', 'c\n', 'd\n']));
    await wait(450);
    expect(readdirSync(folder)).toEqual(['list.csv.partial']);
    await writing;
    expect(readFileSync(path, 'utf8')).toBe('a\nb\nc\nd\n');
    expect(readdirSync(folder)).toEqual(['list.csv']);
    rmSync(path);
  });

  it.each([0, 3])('leaves nothing where writing fails after %i parts, and says why', async (parts) => {
    const path = join(folder, 'list.csv');
    const writing = appearWhole(path, async (partial) => {
      await slowly(partial, ['a\n', 'b\n', 'c\n'].slice(0, parts));
      throw new Error('no room');
    });
    await expect(writing).rejects.toThrow('no room');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is waited for even if it is made late', async () => {
    const path = join(folder, 'list.csv');
    await appearWhole(path, async (partial) => {
      await wait(600);
      appendFileSync(partial, 'late');
    });
    expect(readFileSync(path, 'utf8')).toBe('late');
  });
});
