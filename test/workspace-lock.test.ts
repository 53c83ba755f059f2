import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identify } from '../ledger/process-identity.js';
import { lockNight, lockRun, lockWorkspace } from '../ledger/workspace-lock.js';
import { UserError } from '../messages/user-error.js';

let workspace: string;
const WANTED = { command: 'doisoat run a.yaml', started: '2026-11-21T01:00:00Z' };

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'doisoat-locks-'));
});

afterEach(() => rmSync(workspace, { recursive: true, force: true }));

const run = (series: string, out?: string) => () => lockRun(workspace, { series, out }, WANTED);
const night = () => lockNight(workspace, WANTED);
const whole = () => lockWorkspace(workspace, WANTED);

function codeOf(work: () => unknown): number {
  try {
    work();
    return 0;
  } catch (error) {
    if (error instanceof UserError) return error.exitCode;
    throw error;
  }
}

describe('who may work at the same time', () => {
  it.each([
    ['runs of different series', run('viettel'), run('vinaphone'), 0],
    ['runs of one series', run('viettel'), run('viettel'), 5],
    ['series that differ in case only', run('viettel'), run('Viettel'), 0],
    ['a run and a night', run('viettel'), night, 0],
    ['two nights', night, night, 5],
    ['a run, then the whole workspace', run('viettel'), whole, 5],
    ['a night, then the whole workspace', night, whole, 5],
    ['the whole workspace, then a run', whole, run('viettel'), 5],
    ['the whole workspace, then a night', whole, night, 5],
    ['the whole workspace twice', whole, whole, 5],
  ])('%s', (_, first, second, code) => {
    const lock = first();
    expect(codeOf(second)).toBe(code);
    lock.release();
  });

  it('runs of different series do not write into one folder', () => {
    const out = join(workspace, 'elsewhere', 'results');
    const lock = run('viettel', out)();
    expect(codeOf(run('vinaphone', out))).toBe(5);
    lock.release();
    run('vinaphone', out)().release();
    expect(readdirSync(join(workspace, 'elsewhere'))).toEqual([]);
  });

  it('whoever is refused leaves nothing behind, so that the next one is not refused because of him', () => {
    const lock = whole();
    for (const refused of [run('viettel', join(workspace, 'out')), night, whole]) codeOf(refused);
    lock.release();
    expect(readdirSync(join(workspace, 'locks'))).toEqual([]);
    for (const free of [run('viettel'), night, whole]) free().release();
  });

  it('a dead holder keeps nobody out', () => {
    run('viettel')().release();
    const dead = { ...identify(process.pid), ...WANTED, began: '1', token: 'dead' };
    const path = join(workspace, 'locks', 'nightly.lock');
    writeFileSync(path, JSON.stringify(dead));
    whole().release();
    night().release();
    expect(existsSync(path)).toBe(false);
  });

  it('what a process left that died while it took the lock is removed', () => {
    const locks = join(workspace, 'locks');
    mkdirSync(locks, { recursive: true });
    writeFileSync(join(locks, `nightly.lock.${2 ** 22 + 1}.7.some-token.tmp`), '{"pid"');
    writeFileSync(join(locks, `nightly.lock.${process.pid}..another-token.tmp`), '{"pid"');
    night().release();
    expect(readdirSync(locks)).toEqual([`nightly.lock.${process.pid}..another-token.tmp`]);
  });

  it('long names and names with marks make files all the same', () => {
    const series = `đối-soát-${'ấ'.repeat(300)}`;
    const lock = run(series)();
    expect(codeOf(run(series))).toBe(5);
    lock.release();
  });
});
