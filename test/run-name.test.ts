import { describe, expect, it } from 'vitest';
import { firstDayOf, seriesOf } from '../pipeline/run-name.js';

describe('run names', () => {
  it.each([
    ['2026', '2026-01-01'],
    ['2026-Q4', '2026-10-01'],
    ['2026-Q1', '2026-01-01'],
    ['2026-11', '2026-11-01'],
    ['2026-11-21', '2026-11-21'],
  ])('period %s begins on %s', (period, day) => {
    expect(firstDayOf(period)).toBe(day);
  });

  it.each([
    ['viettel-2026-11', 'viettel'],
    ['viettel-2026-11-21', 'viettel'],
    ['viettel_2026-Q4', 'viettel'],
    ['viettel', 'viettel'],
    ['2026-11', '2026-11'],
    ['so-4567', 'so'],
  ])('job %s is of the series %s', (name, series) => {
    expect(seriesOf({ name })).toBe(series);
  });
});
