// What a night may meet besides a kill: a full disk, a ledger that another process holds, two runs at once. Each time the run that
// comes after ends with the same bytes as an undisturbed one.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerState, leftOvers, outputs, prepareFolder, run } from './run-command.js';

let folder: string;
let undisturbed: Record<string, string>;
let expected: ReturnType<typeof ledgerState>;

beforeAll(async () => {
  folder = await prepareFolder();
  const ended = await run(folder, join(folder, 'whole'));
  expect(ended.code, ended.said).toBeLessThanOrEqual(4);
  undisturbed = outputs(join(folder, 'whole'));
  expected = ledgerState(join(folder, 'whole'));
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function endsWell(workspace: string): Promise<void> {
  const ended = await run(folder, workspace);
  expect(ended.code, ended.said).toBeLessThanOrEqual(4);
  expect(outputs(workspace)).toEqual(undisturbed);
  expect(ledgerState(workspace)).toEqual({ ...expected, integrity: 'ok', runs: 1 });
  expect(leftOvers(workspace)).toEqual([]);
}

/** A folder of so many megabytes; null where this user may not make one. */
function smallFolder(name: string, megabytes: number): string | null {
  const path = join(folder, name);
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path], { stdio: 'ignore' });
    return path;
  } catch {
    return null;
  }
}

describe('a full disk', () => {
  it.each([1, 4, 8, 12, 16, 20, 24])(
    'of %i MB is said, and the run goes on once there is room',
    async (megabytes) => {
      const workspace = smallFolder(`disk-${megabytes}`, megabytes);
      if (workspace === null) {
        console.log('skipped: this user may not mount a small folder');
        return;
      }
      try {
        const ended = await run(folder, workspace);
        if (ended.code === 2) expect(ended.said).toMatch(/Hết chỗ trên đĩa/);
        else expect(ended.code, ended.said).toBeLessThanOrEqual(4);
        execFileSync('mount', ['-o', 'remount,size=400m', workspace]);
        await endsWell(workspace);
      } finally {
        execFileSync('umount', ['-l', workspace]);
      }
    },
  );
});

describe('a ledger that another process holds', () => {
  it('stops the run with a message; the next one goes on', async () => {
    const workspace = join(folder, 'held');
    await endsWell(workspace);
    rmSync(join(workspace, 'runs'), { recursive: true });
    const holder = new Database(join(workspace, 'ledger.sqlite'));
    holder.exec('begin exclusive');
    const ended = await run(folder, workspace);
    holder.exec('rollback');
    holder.close();
    expect(ended.code, ended.said).toBe(5);
    expect(ended.said).toMatch(/đang (bị|được)|khóa/);
    await endsWell(workspace);
  });
});

describe('two runs at once', () => {
  it('are one run and a refusal', async () => {
    const workspace = join(folder, 'twice');
    const ended = await Promise.all([run(folder, workspace), run(folder, workspace)]);
    const codes = ended.map(({ code }) => code).sort();
    expect(codes.filter((code) => code === 5)).toHaveLength(1);
    await endsWell(workspace);
  });
});
