import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ledger, openLedger, type RunMeta } from '../ledger/ledger.js';
import { MIGRATIONS } from '../ledger/migrations.js';
import { UserError } from '../messages/user-error.js';
import type { Summary } from '../reports/model.js';
import { figuresOf, telecomSummary } from './fixtures/summary.js';

let folder: string;
let path: string;
let ledger: Ledger;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-ledger-'));
  path = join(folder, '.doisoat', 'ledger.sqlite');
  ledger = openLedger(path);
});

afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

function meta(finished: string, state: RunMeta['state'] = 'finished'): RunMeta {
  return { state, started: '2026-11-21T01:00:00Z', finished, inputHash: 'abc', folder: 'runs/x' };
}

function run(id: string, period: string, counts: readonly number[] = [7, 1, 2]): Summary {
  return {
    ...telecomSummary,
    run: id,
    period,
    figures: figuresOf(counts),
    groups: [],
    reasons: [],
    marks: [],
  };
}

function count(table: string): number {
  const db = new Database(path, { readonly: true });
  const n = db.prepare(`select count(*) from ${table}`).pluck().get() as number;
  db.close();
  return n;
}

function userError(work: () => unknown): UserError {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('recording', () => {
  it('gives back every figure, group, reason and mark that was recorded', () => {
    ledger.recordRun(telecomSummary, meta('2026-11-21T02:00:00Z'));
    const back = ledger.previousRun(telecomSummary.job, '2026-12')!;
    expect(back).toMatchObject({
      period: '2026-11',
      run: telecomSummary.run,
      figures: telecomSummary.figures,
    });
    const groups = telecomSummary.groups.flatMap(({ field, rows }) =>
      rows.map(({ value, figures }) => ({ field, value, figures })),
    );
    expect(back.groups).toHaveLength(groups.length);
    expect(back.groups).toEqual(expect.arrayContaining(groups));
    expect(back.reasons).toEqual(
      Object.fromEntries(telecomSummary.reasons.map((row) => [row.code, row.rows])),
    );
    for (const { mark, numerator, denominator } of telecomSummary.marks)
      expect(back.marks[mark]).toEqual({ numerator, denominator });
  });

  it('counts a run that is recorded again once, and leaves nothing of its first figures', () => {
    ledger.recordRun(telecomSummary, meta('2026-11-21T02:00:00Z'));
    const once = count('figures');
    ledger.recordRun(telecomSummary, meta('2026-11-21T03:00:00Z'));
    expect([count('jobs'), count('runs'), count('figures')]).toEqual([1, 1, once]);
    ledger.recordRun(run(telecomSummary.run, '2026-11'), meta('2026-11-21T04:00:00Z'));
    const back = ledger.previousRun(telecomSummary.job, '2027')!;
    expect(back).toMatchObject({ groups: [], reasons: {}, marks: {} });
    expect(back.figures.rows).toBe(10);
    expect(ledger.runs()).toMatchObject([
      { finished: '2026-11-21T04:00:00Z', rows: 10, mismatch_as_submitted: 3 },
    ]);
  });

  it('refuses a run that another job has recorded, and keeps that one', () => {
    ledger.recordRun(run('r', '2026-11'), meta('2026-11-21T02:00:00Z'));
    const error = userError(() => ledger.recordRun({ ...run('r', '2026-12'), job: 'other' }, meta('x')));
    expect(error.parts.what.en).toContain('another job');
    expect(ledger.runs()).toMatchObject([{ job: telecomSummary.job, period: '2026-11' }]);
    expect(count('jobs')).toBe(1);
  });

  it('tells rows without a group value from rows of another', () => {
    const rows = [null, 'A'].map((value, i) => {
      return { value, label: value ?? '', figures: figuresOf([i + 1]), previous: null };
    });
    const groups = [{ field: 'carrier', labels: { vi: 'x', en: 'x' }, rows }];
    ledger.recordRun({ ...run('r', '2026-11'), groups }, meta('f'));
    const back = ledger.previousRun(telecomSummary.job, '2026-12')!.groups;
    expect(back.map(({ value, figures }) => [value, figures.rows])).toEqual([
      [null, 1],
      ['A', 2],
    ]);
  });
});

describe('the previous run', () => {
  const RUNS: readonly (readonly [id: string, period: string, finished: string, state: RunMeta['state']])[] =
    [
      ['sep', '2026-09', '2026-12-31T00:00:00Z', 'finished'],
      ['oct-1', '2026-10', '2026-11-01T00:00:00Z', 'finished'],
      ['oct-2', '2026-10', '2026-11-02T00:00:00Z', 'finished'],
      ['oct-3', '2026-10', '2026-11-03T00:00:00Z', 'failed'],
      ['nov-1', '2026-11', '2026-11-21T00:00:00Z', 'finished'],
    ];

  it.each([
    ['2026-08', null],
    ['2026-09', null],
    ['2026-10', 'sep'],
    ['2026-11', 'oct-2'],
    ['2026-12', 'nov-1'],
  ])('of %s is %s', (period, expected) => {
    for (const [id, of, finished, state] of RUNS) ledger.recordRun(run(id, of), meta(finished, state));
    expect(ledger.previousRun(telecomSummary.job, period)?.run ?? null).toBe(expected);
  });

  it('is never one of another job', () => {
    ledger.recordRun(run('r', '2026-10'), meta('f'));
    expect(ledger.previousRun('another', '2026-11')).toBeNull();
  });

  it('has no rate where nothing was compared', () => {
    ledger.recordRun(run('r', '2026-10', []), meta('f'));
    expect(ledger.previousRun(telecomSummary.job, '2026-11')!.figures).toEqual(figuresOf([]));
  });
});

describe('the file', () => {
  it('is kept with WAL, the newest schema and for its owner only', () => {
    const db = new Database(path, { readonly: true });
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('opens again with what it held', () => {
    ledger.recordRun(run('r', '2026-10'), meta('f'));
    ledger.close();
    ledger = openLedger(path);
    expect(ledger.runs().map((row) => row.run)).toEqual(['r']);
  });

  it('lets two processes write in turn, and says who is in the way when one does not finish', () => {
    const other = new Database(path);
    other.exec('begin immediate');
    const waiting = openLedger(path, { busyMs: 20 });
    const error = userError(() => waiting.recordRun(run('r', '2026-10'), meta('f')));
    expect(error.exitCode).toBe(5);
    expect(error.parts).toMatchObject({ where: path, what: { vi: expect.stringContaining('khóa') } });
    other.exec('commit');
    other.close();
    waiting.recordRun(run('r', '2026-10'), meta('f'));
    waiting.close();
    expect(ledger.runs()).toHaveLength(1);
  });

  it('is refused when it is not a ledger', () => {
    const text = join(folder, 'ledger.txt');
    writeFileSync(text, 'không phải sổ cái '.repeat(100));
    expect(userError(() => openLedger(text)).parts.what.en).toContain('not a ledger');
  });

  it('is refused when a newer version wrote it, and left as it was', () => {
    const db = new Database(path);
    db.pragma('user_version = 99');
    db.close();
    expect(userError(() => openLedger(path)).parts.what.en).toContain('newer doisoat');
    expect(count('runs')).toBe(0);
  });

  it('says so when its folder is a file', () => {
    writeFileSync(join(folder, 'plain'), '');
    expect(userError(() => openLedger(join(folder, 'plain', 'ledger.sqlite'))).parts.what.en).toContain(
      'opened',
    );
  });
});
