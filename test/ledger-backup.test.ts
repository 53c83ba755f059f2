// Back-up and restore by one command each.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLedger } from '../ledger/ledger.js';
import { lockRun } from '../ledger/workspace-lock.js';
import { say } from './command-line.js';
import { telecomSummary } from './fixtures/summary.js';

let workspace: string;
let path: string;
let copy: string;

beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'doisoat-backup-'));
  path = join(workspace, 'ledger.sqlite');
  copy = join(workspace, 'sao-luu', 'so.sqlite');
});

afterEach(() => rmSync(workspace, { recursive: true, force: true }));

const ledgerCommand = (...words: string[]) =>
  say(['ledger', ...words, '--workspace', workspace, '--lang', 'en']);

function record(run: string): void {
  const ledger = openLedger(path);
  const meta = {
    state: 'finished' as const,
    started: '2026-11-21T01:00:00Z',
    finished: '2026-11-21T02:00:00Z',
    inputHash: 'h',
    folder: 'x',
  };
  ledger.recordRun({ ...telecomSummary, run }, meta);
  const at = '2026-11-21T05:00:00Z';
  ledger.appendAudit({ at, who: 'lan', command: 'run', inputs: [], revealed: 0, why: '', details: { run } });
  ledger.close();
}

function runs(): string[] {
  const ledger = openLedger(path);
  const names = ledger.runs().map((row) => row.run);
  ledger.close();
  return names.sort();
}

describe('backup', () => {
  it('is a whole ledger in one file of its owner’s, also while somebody writes', async () => {
    record('a');
    const writer = new Database(path);
    writer.exec("begin immediate; insert into jobs (name) values ('nửa chừng')");
    const { code, out } = await ledgerCommand('backup', copy);
    writer.exec('rollback');
    writer.close();
    expect([code, out]).toEqual([0, expect.stringContaining('1 runs, 0 decisions, 1 audit entries')]);
    expect(readdirSync(join(workspace, 'sao-luu'))).toEqual(['so.sqlite']);
    expect(statSync(copy).mode & 0o077).toBe(0);
    const db = new Database(copy, { readonly: true });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.prepare('select name from jobs').pluck().all()).toEqual([telecomSummary.job]);
    db.close();
  });

  it('replaces no file', async () => {
    record('a');
    writeFileSync(join(workspace, 'that'), 'kept');
    const { code, err } = await ledgerCommand('backup', join(workspace, 'that'));
    expect([code, err]).toEqual([2, expect.stringContaining('there already')]);
    expect(readFileSync(join(workspace, 'that'), 'utf8')).toBe('kept');
  });

  it('says so when there is no ledger, and makes none', async () => {
    const { code, err } = await ledgerCommand('backup', copy);
    expect([code, err]).toEqual([2, expect.stringContaining('no ledger')]);
    expect(existsSync(path)).toBe(false);
  });
});

describe('restore', () => {
  beforeEach(async () => {
    record('a');
    expect((await ledgerCommand('backup', copy)).code).toBe(0);
    record('b');
  });

  it('brings back what was backed up, keeps what stood there, and the trail says so', async () => {
    const { code } = await ledgerCommand('restore', copy);
    expect(code).toBe(0);
    expect(runs()).toEqual(['a']);
    const ledger = openLedger(path);
    const { findings, entries } = ledger.verifyAudit();
    expect([entries, findings]).toEqual([2, []]);
    expect([...ledger.auditEntries()].at(-1)).toMatchObject({
      command: 'ledger restore',
      details: { replaced_entries: 2 },
    });
    ledger.close();
    const before = new Database(`${path}.before-restore`, { readonly: true });
    expect(before.prepare('select count(*) from runs').pluck().get()).toBe(2);
    before.close();
  });

  it('is what one does with a damaged ledger', async () => {
    for (const ending of ['', '-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
    writeFileSync(path, 'không phải sổ theo dõi '.repeat(500));
    writeFileSync(`${path}-wal`, 'rác');
    const { code, err } = await ledgerCommand('restore', copy);
    expect([code, err]).toEqual([0, '']);
    expect(runs()).toEqual(['a']);
  });

  it.each([
    ['a back-up that is not there', () => join(workspace, 'none'), 'no such back-up'],
    ['a file that is no ledger', () => junk('junk', 'không phải'.repeat(200)), 'damaged'],
    ['a damaged back-up', () => damagedCopy(), 'damaged'],
    ['one of a newer version', () => newerCopy(), 'newer doisoat'],
  ])('refuses %s and leaves the ledger as it was', async (_name, made, words) => {
    const { code, err } = await ledgerCommand('restore', made());
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
    expect(runs()).toEqual(['a', 'b']);
    expect(readdirSync(workspace).filter((name) => /partial|before/.test(name))).toEqual([]);
  });

  it('is refused while a run goes on', async () => {
    const lock = lockRun(workspace, { series: 's' }, { command: 'doisoat run x.yaml', started: 's' });
    const { code, err } = await ledgerCommand('restore', copy);
    lock.release();
    expect([code, err]).toEqual([5, expect.stringContaining('doisoat run x.yaml')]);
    expect(runs()).toEqual(['a', 'b']);
  });

  it('is refused while another program has the ledger open', async () => {
    const other = new Database(path);
    other.exec('begin immediate');
    const { code, err } = await ledgerCommand('restore', copy);
    other.exec('rollback');
    other.close();
    expect([code, err]).toEqual([5, expect.stringContaining('locked')]);
    expect(runs()).toEqual(['a', 'b']);
  });
});

function junk(name: string, text: string): string {
  writeFileSync(join(workspace, name), text);
  return join(workspace, name);
}

/** Zeros in the middle, where the pages of tables are. */
function damagedCopy(): string {
  const bytes = readFileSync(copy);
  bytes.fill(0, 4096 * 2, 4096 * 9);
  const place = join(workspace, 'damaged');
  writeFileSync(place, bytes);
  return place;
}

function newerCopy(): string {
  const place = join(workspace, 'newer');
  writeFileSync(place, readFileSync(copy));
  const db = new Database(place);
  db.pragma('user_version = 99');
  db.close();
  return place;
}
