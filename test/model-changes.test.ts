// Differences are worked out by the model, and the pages of compare, cross and national show what their models say.

import { describe, expect, it } from 'vitest';
import { nationalOf } from '../pipeline/national.js';
import { renderCompareHtml } from '../reports/compare-html.js';
import type { ComparedRun, Comparison } from '../reports/compare-model.js';
import { renderCrossHtml } from '../reports/cross-html.js';
import type { CrossReport } from '../reports/cross-model.js';
import type { Figures } from '../reports/model.js';
import * as changes from '../reports/model-changes.js';
import { addsUp } from '../reports/model-sums.js';
import { renderNationalHtml } from '../reports/national-html.js';
import { nationalTable } from '../reports/national-table.js';
import { firstRows, numbered } from '../reports/shown-rows.js';
import { figuresOf, firstSummary, telecomSummary } from './fixtures/summary.js';
import fc from './property.js';

const outcomes = fc.array(fc.nat(1_000_000), { minLength: 9, maxLength: 9 });

describe('differences', () => {
  it.each([
    [5, 3, 2],
    [3, 5, -2],
    [null, 5, null],
    [5, null, null],
    [null, null, null],
  ])('%j after %j is %j more', (now, before, more) => {
    expect(changes.difference(now, before)).toBe(more);
  });

  it('of figures lead from the one to the other, and add up as they do', () => {
    fc.assert(
      fc.property(outcomes, outcomes, (one, other) => {
        const [before, after] = [figuresOf(one), figuresOf(other)];
        const changed = changes.figureChanges(after, before);
        for (const of of ['rows', 'compared', 'mismatch_as_submitted', 'mismatch_after_cleaning'] as const) {
          expect(before[of] + changed[of]).toBe(after[of]);
        }
        for (const of of ['rate_as_submitted', 'rate_after_cleaning'] as const) {
          if (before[of] === null || after[of] === null) expect(changed[of]).toBeNull();
          else expect(before[of] + changed[of]!).toBeCloseTo(after[of]);
        }
        expect(addsUp(changed)).toBe(true);
      }),
    );
  });

  it('count an outcome that one side does not name as none', () => {
    const named = (all: Figures['outcomes']): Figures => ({ ...figuresOf([]), outcomes: all });
    const { outcomes: changed } = changes.figureChanges(named({ match: 3, apart: 2 }), named({ linked: 4 }));
    expect(changed).toEqual({ match: 3, apart: 2, linked: -4 });
  });

  it('of a first run there are none', () => {
    expect(changes.changesOf(firstSummary)).toBeNull();
    expect(changes.outcomeShareChange(firstSummary, 'match')).toBeNull();
    expect(changes.rowsChange(firstSummary.reasons[0]!)).toBeNull();
    expect(changes.markChange(firstSummary.marks[0]!)).toBeNull();
    expect(changes.fieldChanges(firstSummary.fields[0]!)).toEqual({
      distinct: null,
      share: { filled: null, usable: null },
    });
  });

  it('of a later run are those against its last period', () => {
    const { figures, share, previous, reasons, marks, fields } = telecomSummary;
    expect(changes.changesOf(telecomSummary)).toEqual(changes.figureChanges(figures, previous!.figures));
    expect(changes.outcomeShareChange(telecomSummary, 'match')).toBe(
      share.outcomes.match! - previous!.share.outcomes.match!,
    );
    expect(changes.rowsChange(reasons[0]!)).toBe(61_870 - 70_344);
    expect(changes.markChange(marks[0]!)).toBe(1_080_555 / 1_185_509 - 1_044_210 / 1_169_204);
    expect(changes.fieldChanges(fields[0]!).distinct).toBe(1_121_906 - 1_110_388);
  });

  it('of a series are each against the period before', () => {
    const { trend } = telecomSummary;
    const found = changes.trendChanges(trend);
    expect(found.map(({ point }) => point)).toEqual(trend);
    expect(found[0]!.changes).toBeNull();
    expect(found[2]!.changes).toEqual(changes.figureChanges(trend[2]!.figures, trend[1]!.figures));
  });

  it.each([
    [7, 5, 2],
    [null, 5, null],
  ])('%j open cases where %j were planned are %j more', (actual, target, more) => {
    expect(changes.planDifference({ month: '2026-11', actual, target })).toBe(more);
  });
});

describe('what a page has room for', () => {
  it.each([
    [5, { shown: [1, 2, 3], left: 0 }],
    [3, { shown: [1, 2, 3], left: 0 }],
    [2, { shown: [1, 2], left: 1 }],
  ])('%i of three rows', (most, expected) => expect(firstRows([1, 2, 3], most)).toEqual(expected));

  it('has its rows numbered from 1', () => {
    const expected = [
      [1, 'a'],
      [2, 'b'],
    ];
    expect(numbered(['a', 'b'])).toEqual(expected);
  });
});

const text = (label: string) => ({ vi: label, en: label });

it('the page of two runs shows the changes of its model', () => {
  const run = { run: 'r', job: 'j', rows: 0, version: '1', job_hash: '', reference_hash: '' };
  const ran = (period: string): ComparedRun => ({ ...run, period });
  const [before, after] = [figuresOf([5, 0, 5]), figuresOf([7, 0, 3])];
  const comparison: Comparison = {
    schema: 'doisoat.compare/1',
    version: '1',
    sector: { name: 's', labels: text('S') },
    before: ran('2026-10'),
    after: ran('2026-11'),
    figures: { before, after, change: { ...figuresOf([1_111, 0, 2_222]), rate_as_submitted: 0.123 } },
    reasons: [{ code: 'name.typo', labels: text('R'), before: 1, after: 2, change: 3_333 }],
    groups: [
      {
        field: 'g',
        labels: text('G'),
        rows: [{ value: 'v', label: 'v', before, after, change: 0.456, settled: null, broken: null }],
      },
    ],
    moves: null,
    notes: [],
  };
  const page = renderCompareHtml(comparison);
  for (const shown of ['+1.111', '+2.222', '+3.333', '+12,3', '+45,6']) expect(page).toContain(shown);
});

it('the page of checks across datasets shows the share and the sum of its model', () => {
  const dataset = { job: 'j', run: 'r', sector: text('S'), period: '2026-11', role: null };
  const report: CrossReport = {
    schema: 'doisoat.cross/1',
    version: '1',
    datasets: [{ ...dataset, rows: 10, found: 5, share: 0.123 }],
    checks: [],
    records: 4_567,
  };
  const page = renderCrossHtml(report);
  for (const shown of ['12,3', '4.567']) expect(page).toContain(shown);
});

describe('the summary over datasets', () => {
  const ran = (series: string, period: string, counts: readonly number[]) => ({
    ...{ series, period, sector: 'workers', run: `${series}-${period}`, folder: 'none', settled: null },
    figures: figuresOf(counts),
  });
  const national = nationalOf(
    [ran('a', '2026-10', [6, 0, 4]), ran('a', '2026-11', [9, 0, 1]), ran('b', '2026-11', [1, 0, 1])],
    null,
    '/nowhere',
  );

  it('has the change of each that has an earlier period', () => {
    expect(national.datasets.map(({ change }) => change)).toEqual([0.9 - 0.6, null]);
  });

  it('is shown with it', () => {
    const [first, ...rest] = national.datasets;
    const other = { ...national, datasets: [{ ...first!, change: 0.123 }, ...rest] };
    expect(renderNationalHtml(other)).toContain('+12,3');
    expect(nationalTable(other).rows.map((row) => row[7])).toEqual([0.123, null]);
  });
});
