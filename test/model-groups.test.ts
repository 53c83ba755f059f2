import { describe, expect, it } from 'vitest';
import type { Figures, GroupTable } from '../reports/model.js';
import { shortened } from '../reports/model-groups.js';
import { figuresOf } from './fixtures/summary.js';
import fc from './property.js';

function tableOf(counts: readonly (readonly number[])[], hasPrevious: boolean): GroupTable {
  const rows = counts.map((outcomes, i) => ({
    value: `v${i}`,
    label: `v${i}`,
    figures: figuresOf(outcomes),
    previous: hasPrevious && i % 2 === 0 ? figuresOf(outcomes) : null,
  }));
  return { field: 'carrier', labels: { vi: 'Nhà mạng', en: 'Carrier' }, by: 'value', rows };
}

const counts = fc.array(fc.array(fc.nat(1_000_000), { minLength: 9, maxLength: 9 }), { maxLength: 40 });
const parts = ['rows', 'compared', 'mismatch_as_submitted', 'mismatch_after_cleaning'] as const;
const sum = (all: readonly Figures[], of: (typeof parts)[number]) =>
  all.reduce((total, one) => total + one[of], 0);

describe('a group table cut short', () => {
  it('loses no row: those shown and the others add up to all', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 20 }), (all, most) => {
        const table = tableOf(all, true);
        const { shown, others } = shortened(table, most);
        expect(shown.length).toBe(Math.min(most, all.length));
        expect(shown.length + (others?.values ?? 0)).toBe(all.length);
        const left = others === null ? [] : [others.figures];
        for (const part of parts) {
          const cut = [...shown.map(({ figures }) => figures), ...left];
          expect(sum(cut, part)).toBe(
            sum(
              table.rows.map(({ figures }) => figures),
              part,
            ),
          );
        }
      }),
    );
  });

  it('keeps the rows with the most mismatches, in their order', () => {
    fc.assert(
      fc.property(counts, (all) => {
        const table = tableOf(all, false);
        const { shown, others } = shortened(table, 5);
        const mismatches = ({ figures }: GroupTable['rows'][number]) => figures.mismatch_as_submitted;
        const least = Math.min(...shown.map(mismatches));
        for (const row of table.rows)
          if (!shown.includes(row)) expect(mismatches(row)).toBeLessThanOrEqual(least);
        expect(shown).toEqual(table.rows.filter((row) => shown.includes(row)));
        expect(others?.previous ?? null).toBeNull();
      }),
    );
  });

  it('gives the others their rates, from their sums', () => {
    const { others } = shortened(
      tableOf(
        [
          [0, 0, 9],
          [3, 0, 1],
          [5, 1, 0],
        ],
        true,
      ),
      1,
    );
    expect(others).toMatchObject({
      values: 2,
      figures: { compared: 10, rate_as_submitted: 0.2, rate_after_cleaning: 0.1 },
    });
    expect(others!.previous!.compared).toBe(6);
  });
});
