import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ledger, openLedger, type RunMeta } from '../ledger/ledger.js';
import type { Summary } from '../reports/model.js';
import { figuresOf, telecomSummary } from './fixtures/summary.js';

let folder: string;
let ledger: Ledger;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-trend-'));
  ledger = openLedger(join(folder, 'ledger.sqlite'));
});

afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Recorded {
  readonly run: string;
  readonly period: string;
  readonly job?: string;
  readonly mismatches?: number;
  readonly finished?: string;
  readonly state?: RunMeta['state'];
}

function record({
  run,
  period,
  job = 'a',
  mismatches = 1,
  finished = '01',
  state = 'finished',
}: Recorded): void {
  const summary: Summary = { ...telecomSummary, run, job, period, figures: figuresOf([7, 0, mismatches]) };
  const at = `2026-12-01T00:00:${finished}Z`;
  ledger.recordRun(summary, { state, started: at, finished: at, inputHash: 'x', folder: `runs/${run}` });
}

const runsBefore = (period: string, job = 'a') => ledger.trend(job, period).map(({ run }) => run);

describe('the trend of a series', () => {
  it('is every earlier period, the oldest first', () => {
    for (const period of ['2026-11', '2026-09', '2026-10']) record({ run: period, period });
    expect(runsBefore('2026-11')).toEqual(['2026-09', '2026-10']);
    expect(runsBefore('2026-12')).toEqual(['2026-09', '2026-10', '2026-11']);
    expect(runsBefore('2026-09')).toEqual([]);
  });

  it('takes the last run of a period, and never one that failed', () => {
    record({ run: 'first', period: '2026-09', finished: '01' });
    record({ run: 'second', period: '2026-09', finished: '02' });
    record({ run: 'broken', period: '2026-09', finished: '03', state: 'failed' });
    record({ run: 'all broken', period: '2026-10', state: 'failed' });
    expect(runsBefore('2026-12')).toEqual(['second']);
  });

  it('is of one series only', () => {
    record({ run: 'mine', period: '2026-09' });
    record({ run: 'theirs', period: '2026-09', job: 'b' });
    expect(runsBefore('2026-12')).toEqual(['mine']);
    expect(runsBefore('2026-12', 'nobody')).toEqual([]);
  });

  it('gives the figures back as they were', () => {
    record({ run: 'a', period: '2026-09', mismatches: 3 });
    expect(ledger.trend('a', '2026-10')[0]!.figures).toEqual(figuresOf([7, 0, 3]));
  });
});

describe('the last period', () => {
  it('has the figures of columns and of what has to be done', () => {
    ledger.recordRun(
      { ...telecomSummary, job: 'a' },
      {
        state: 'finished',
        started: '',
        finished: '',
        inputHash: '',
        folder: '',
      },
    );
    const { fields, mending } = ledger.previousRun('a', '2026-12')!;
    for (const { field, filled, usable, distinct } of telecomSummary.fields) {
      const kept = ['filled', 'usable', 'distinct'].map((metric) => fields[`${field}.${metric}`]);
      expect(kept).toEqual([filled, usable, distinct]);
    }
    for (const { who, rows } of telecomSummary.mending) expect(mending[who]).toBe(rows);
  });
});
