import { describe, expect, it } from 'vitest';
import { unitTables } from '../normalizers/admin-units.js';
import { lineChart } from '../reports/chart-lines.js';
import { axis, classes, linePath } from '../reports/chart-scales.js';
import { TILE_COLOURS, tileMap } from '../reports/chart-tiles.js';
import type { GroupTable } from '../reports/model.js';
import { percent } from '../reports/numbers.js';
import { isArchipelago, provinceTiles } from '../reports/province-tiles.js';
import { contrast } from './contrast.js';
import { figuresOf, telecomSummary } from './fixtures/summary.js';
import fc from './property.js';

const LISTS = ['34', '63'] as const;

describe.each(LISTS)('the tiles of the %s provinces', (list) => {
  const tiles = provinceTiles(list);
  const units = list === '34' ? unitTables().provinces34 : unitTables().provinces63;
  const provinces = tiles.filter((tile) => !isArchipelago(tile));

  it('hold every province once', () => {
    expect(provinces.map(({ code }) => code).sort()).toEqual([...units.keys()].sort());
    expect(tiles.filter(isArchipelago).map(({ label }) => label)).toEqual(['Hoàng Sa', 'Trường Sa']);
  });

  it('do not collide and stay on the map', () => {
    const places = tiles.map(({ column, row }) => `${column},${row}`);
    expect(new Set(places).size).toBe(places.length);
    for (const { column, row } of tiles) {
      expect(column).toBeGreaterThanOrEqual(0);
      expect(column).toBeLessThan(7);
      expect(row).toBeLessThan(20);
    }
  });

  it('hang together: each touches another, corners count', () => {
    const alone = provinces.filter(
      (one) =>
        !provinces.some(
          (other) =>
            other !== one && Math.abs(other.column - one.column) <= 1 && Math.abs(other.row - one.row) <= 1,
        ),
    );
    expect(alone).toEqual([]);
  });

  it('lie as the country does: the north above the south, the west left of the sea', () => {
    const at = (code: string) => provinces.find((tile) => tile.code === code)!;
    const hanoi = at('01');
    expect(Math.max(at('04').row, at('12').row)).toBeLessThan(hanoi.row);
    expect(hanoi.row).toBeLessThan(at('46').row);
    expect(at('46').row).toBeLessThan(at('79').row);
    expect(at('79').row).toBeLessThan(at('96').row);
    expect(at('11').column).toBeLessThan(hanoi.column);
    expect(hanoi.column).toBeLessThan(at('22').column);
  });

  it('bear the names of their provinces, two of them shortened', () => {
    const short = provinces.filter(({ code, label }) => !units.get(code)!.name.endsWith(label));
    expect(short.map(({ label }) => label).sort()).toEqual(
      list === '34' ? ['TP. HCM'] : ['BR-VT', 'TP. HCM'],
    );
  });

  it('are drawn with the rate of each', () => {
    const table: GroupTable = {
      field: 'province',
      labels: { vi: 'Tỉnh', en: 'Province' },
      by: `province-${list}`,
      rows: provinces.map(({ code, label }, i) => ({
        value: code,
        label,
        figures: figuresOf([1000, 0, i + 1]),
        previous: null,
      })),
    };
    const map = tileMap('map', table, list);
    expect(map.match(/<rect /g)).toHaveLength(2 * tiles.length);
    for (const { figures } of table.rows) expect(map).toContain(percent(figures.rate_as_submitted).en);
  });
});

it('the tile map is left out where no province has a row', () => {
  const table = { field: 'p', labels: { vi: 'T', en: 'P' }, by: 'province-34', rows: [] } as const;
  expect(tileMap('map', table, '34')).toBe('');
});

it.each(TILE_COLOURS)('text on a tile of %s has enough contrast', (ground, ink) => {
  expect(contrast(ground, ink)).toBeGreaterThanOrEqual(4.5);
});

describe('scales', () => {
  it('have round ends and ticks within them', () => {
    const { at, ticks } = axis([0, 0.274], [200, 0], 5);
    expect([at(0), at(0.3), ticks]).toEqual([200, 0, [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]]);
  });

  it('place every value within the range, whatever it is', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (all) => {
        const { at } = axis([0, Math.max(...all)], [200, 0], 5);
        for (const value of all) {
          expect(at(value)).toBeGreaterThanOrEqual(0);
          expect(at(value)).toBeLessThanOrEqual(200);
        }
      }),
    );
  });

  it('put every value into a class whose bounds hold it', () => {
    const rates = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(rates, (all) => {
        const { of, bounds } = classes(all, 5);
        for (const value of all) {
          const [from, to] = bounds[of(value)]!;
          expect(value).toBeGreaterThanOrEqual(from - 1e-9);
          expect(value).toBeLessThanOrEqual(to + 1e-9);
        }
      }),
    );
  });

  it('interrupt a line where a value is missing', () => {
    expect(linePath([[0, 1], [2, 3], null, [4, 5], [6, 7]])).toBe('M0,1L2,3M4,5L6,7');
  });
});

describe('lines', () => {
  const chart = {
    id: 'c',
    title: { vi: 'T', en: 'T' },
    desc: { vi: 'D', en: 'D' },
    written: percent,
  };
  const labels = telecomSummary.trend.map(({ period }) => ({ vi: period, en: period }));
  const name = { vi: 'A', en: 'A' };

  it('are left out where there is one period only, or no value', () => {
    const series = [{ name, colour: '#000000', values: [0.5] }];
    expect(lineChart({ ...chart, labels: labels.slice(0, 1), series })).toBe('');
    expect(lineChart({ ...chart, labels, series: [{ ...series[0]!, values: labels.map(() => null) }] })).toBe(
      '',
    );
  });

  it('end with their last known value, apart from each other', () => {
    const series = [0.2, 0.2].map((value) => ({ name, colour: '#000000', values: labels.map(() => value) }));
    const html = lineChart({ ...chart, labels, series });
    const places = [...html.matchAll(/<text x="[\d.]+" y="([\d.]+)" class="name"/g)].map(([, y]) =>
      Number(y),
    );
    expect(places).toHaveLength(4);
    expect(Math.abs(places[0]! - places[1]!)).toBeGreaterThanOrEqual(14);
  });
});
