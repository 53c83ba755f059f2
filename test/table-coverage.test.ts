import { describe, expect, it } from 'vitest';
import { address } from '../normalizers/address.js';
import { newCommunesOf, newProvinceOf, unitTables } from '../normalizers/admin-units.js';
import { citizenId, idParts } from '../normalizers/citizen-id.js';
import { readTable } from '../normalizers/data-table.js';
import { healthCard } from '../normalizers/health-card.js';
import { insuranceNo } from '../normalizers/insurance-no.js';
import type { Normalized, Normalizer } from '../normalizers/normalizer.js';
import { oldId } from '../normalizers/old-id.js';
import { province } from '../normalizers/province.js';

/** Every row of the tables is known to the normalizer that uses it, and the patterns for SQL say no more than the tables. */

const said = ({ problems, notes = [] }: Normalized): string[] => [...problems, ...notes];
const whole = ({ canonical }: Normalizer): RegExp => new RegExp(`^(?:${canonical})$`, 'u');
const numbers = (digits: number): string[] =>
  Array.from({ length: 10 ** digits }, (_, n) => String(n).padStart(digits, '0'));

function faultsOf<T>(values: Iterable<T>, fault: (value: T) => string | null): string[] {
  return [...values].map(fault).filter((each) => each !== null);
}

describe('place codes of personal IDs', () => {
  const places = readTable('id_provinces.csv');

  it('are 63, each with its province, and known to lie in it', () => {
    expect(places).toHaveLength(63);
    const faults = faultsOf(places, ([place = '', name, gso63 = '', gso34]) => {
      const id = `${place}185001234`;
      const { value, problems, type } = citizenId.normalize(id);
      const parts = idParts(id);
      const right =
        parts?.provinceName === name && parts?.province34 === gso34 && newProvinceOf(gso63) === gso34;
      return right && value === id && problems.length === 0 && type === undefined ? null : place;
    });
    expect(faults).toEqual([]);
  });

  it('are the only ones that SQL leaves alone', () => {
    const known = new Set(places.map(([place]) => place));
    const pattern = whole(citizenId);
    for (const born of ['085', '185', '215', '315']) {
      const faults = faultsOf(numbers(3), (place) =>
        pattern.test(`${place}${born}001234`) === known.has(place) ? null : place,
      );
      expect(faults).toEqual([]);
    }
  });

  it('that are not in the list are named, not refused', () => {
    const known = new Set(places.map(([place]) => place));
    const faults = faultsOf(numbers(3), (place) => {
      const read = citizenId.normalize(`${place}185001234`);
      const { value } = read;
      if (value === null) return place;
      return known.has(place) || place >= '100' || said(read).includes('unknown_place') ? null : place;
    });
    expect(faults).toEqual([]);
  });
});

describe('provinces in other numbers', () => {
  it('of health cards are those of the 63-list, in SQL too', () => {
    const pattern = whole(healthCard);
    for (const level of '0123456789') {
      const faults = faultsOf(numbers(2), (code) => {
        const card = `DN${level}${code}7912345678`;
        const known = newProvinceOf(code) !== null && level >= '1' && level <= '5';
        const read = healthCard.normalize(card);
        const { value } = read;
        const right = value === card && said(read).includes('unknown_part') === !known;
        return right && pattern.test(card) === known ? null : card;
      });
      expect(faults).toEqual([]);
    }
  });

  it('of social insurance numbers are those of the 63-list, in SQL no others', () => {
    const pattern = whole(insuranceNo);
    const faults = faultsOf(numbers(2), (code) => {
      const number = `${code}16123457`;
      const read = insuranceNo.normalize(number);
      const { value } = read;
      const known = newProvinceOf(code) !== null;
      const right = value === number && said(read).includes('unknown_province') === !known;
      return right && (known || !pattern.test(number)) ? null : number;
    });
    expect(faults).toEqual([]);
  });

  it('of old identity cards are those of the table, in SQL no others', () => {
    const prefixes = readTable('old_id_prefixes.csv').map(([prefix = '']) => prefix);
    const pattern = whole(oldId);
    const faults = faultsOf(numbers(3), (start) => {
      const number = `${start}245679`;
      const known = prefixes.some((prefix) => number.startsWith(prefix));
      const read = oldId.normalize(number);
      const { value } = read;
      const right = value === number && said(read).includes('unknown_prefix') === !known;
      return right && (known || !pattern.test(number)) ? null : number;
    });
    expect(faults).toEqual([]);
  });
});

describe('other names of units', () => {
  it.each(readTable('unit_aliases.csv'))('%s stands for province %s', (alias = '', codes = '') => {
    const expected = codes.includes('/') ? `split:${codes.replaceAll('/', '|')}` : codes;
    expect(province.normalize(alias).value).toBe(expected);
    expect(province.normalize(alias.toUpperCase()).value).toBe(expected);
    expect(province.normalize(alias.normalize('NFD')).value).toBe(expected);
  });

  it('of 2018–2025 are read in their district and province', () => {
    const { districts, provinces63, communesOld } = unitTables();
    // A name that another unit of the district bore to the end means that one: Ô Quý Hồ of Sa Pa, of two wards in turn.
    const inForce = new Map(
      [...communesOld.values()].map((unit) => [`${unit.parent} ${unit.name}`, unit.code]),
    );
    const rows = readTable('renamed_units.csv').filter(([level]) => level === '3');
    expect(rows.length).toBeGreaterThan(2000);
    const faults = faultsOf(rows, ([, parent = '', name = '', codes = '']) => {
      const later = inForce.get(`${parent} ${name}`);
      const known = codes.split('/').filter((code) => communesOld.has(code));
      const targets = newCommunesOf(later === undefined ? known : [later]);
      const district = districts.get(parent);
      if (district === undefined || targets.length === 0 || targets.length > 8) return null;
      const full = `${name}, ${district.name}, ${provinces63.get(district.parent)?.name}`;
      const found = address.normalize(full).value?.split('|')[1]?.split('/') ?? [];
      return targets.every((target) => found.includes(target)) ? null : `${full} → ${found} not ${targets}`;
    });
    expect(faults).toEqual([]);
  });

  it('of former districts are read in their province', () => {
    const { districts, provinces63 } = unitTables();
    const rows = readTable('renamed_units.csv').filter(([level]) => level === '2');
    expect(rows.length).toBeGreaterThan(20);
    const faults = faultsOf(rows, ([, parent = '', name = '', codes = '']) => {
      const full = `Thôn Không Tên, ${name}, ${provinces63.get(parent)?.name}`;
      const read = address.normalize(full);
      const { value } = read;
      const within = newProvinceOf(districts.get(codes.split('/')[0] ?? '')?.parent ?? '');
      const right = value?.startsWith(`${within}|`) === true && said(read).includes('district_dropped');
      return right ? null : `${full} → ${value} ${said(read)}`;
    });
    expect(faults).toEqual([]);
  });
});
