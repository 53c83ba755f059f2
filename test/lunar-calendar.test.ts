import { describe, expect, it } from 'vitest';
import { dayNumber, fromDayNumber, isoDate, partsOfIso } from '../normalizers/calendar-days.js';
import { isLunarOf, lunarToSolar, solarToLunar } from '../normalizers/lunar-calendar.js';
import fc from './property.js';

const iso = (day: { year: number; month: number; day: number } | null) =>
  day === null ? null : isoDate(day.year, day.month, day.day);

describe('Tết, the first day of the lunar year', () => {
  it.each([
    [
      '1945-02-13',
      '1954-02-03',
      '1960-01-28',
      '1975-02-11',
      '1976-01-31',
      '1984-02-02',
      '1990-01-27',
      '1995-01-31',
    ],
    [
      '2000-02-05',
      '2010-02-14',
      '2017-01-28',
      '2019-02-05',
      '2020-01-25',
      '2021-02-12',
      '2022-02-01',
      '2023-01-22',
    ],
    ['2024-02-10', '2025-01-29', '2026-02-17'],
  ])('%s …', (...days) => {
    for (const day of days)
      expect(iso(lunarToSolar({ year: Number(day.slice(0, 4)), month: 1, day: 1, leap: false }))).toBe(day);
  });

  it.each([
    [1968, '1968-01-29', '1968-01-30'],
    [1985, '1985-01-21', '1985-02-20'],
    [2007, '2007-02-17', '2007-02-18'],
    [2030, '2030-02-02', '2030-02-03'],
  ])('%i differs between UTC+7 and UTC+8', (year, seven, eight) => {
    const first = { year, month: 1, day: 1, leap: false };
    expect([iso(lunarToSolar(first, 7)), iso(lunarToSolar(first, 8))]).toEqual([seven, eight]);
  });
});

describe('leap months', () => {
  it.each([
    [1985, 2],
    [2004, 2],
    [2006, 7],
    [2009, 5],
    [2012, 4],
    [2014, 9],
    [2017, 6],
    [2020, 4],
    [2023, 2],
    [2025, 6],
  ])('%i has a second month %i and no other', (year, leap) => {
    const months = Array.from({ length: 12 }, (_, i) => i + 1);
    expect(months.filter((month) => lunarToSolar({ year, month, day: 1, leap: true }) !== null)).toEqual([
      leap,
    ]);
  });
});

describe('every day of 1900–2100', () => {
  const from = dayNumber({ year: 1901, month: 1, day: 1 });
  const to = dayNumber({ year: 2100, month: 12, day: 31 });

  it('goes to the lunar calendar and back', () => {
    const check = (number: number, zone: number) => {
      const solar = fromDayNumber(number);
      const lunar = solarToLunar(solar, zone);
      expect(lunar, iso(solar)!).not.toBeNull();
      expect(lunarToSolar(lunar!, zone)).toEqual(solar);
    };
    fc.assert(fc.property(fc.integer({ min: from, max: to }), fc.constantFrom(7, 8), check), {
      numRuns: 2000,
    });
  });

  it('has months of 29 or 30 days', () => {
    for (let year = 1901; year <= 2099; year++) {
      for (let month = 1; month <= 12; month++) {
        const at = (day: number) => lunarToSolar({ year, month, day, leap: false });
        expect(at(29), `${month}/${year}`).not.toBeNull();
        expect(at(31), `${month}/${year}`).toBeNull();
      }
    }
  });
});

describe('a lunar date registered as solar', () => {
  it.each([
    ['1955-02-10', '1955-03-03', true],
    ['1984-12-25', '1985-01-15', true],
    ['1955-02-10', '1955-03-04', false],
    ['1955-03-03', '1955-02-10', false],
  ])('%s is %s: %s', (written, solar, expected) => {
    expect(isLunarOf(partsOfIso(written), partsOfIso(solar))).toBe(expected);
  });

  it('before 1976 the calendar of UTC+8 counts as well', () => {
    expect(isLunarOf(partsOfIso('1968-01-01'), partsOfIso('1968-01-30'))).toBe(true);
    expect(isLunarOf(partsOfIso('2007-01-01'), partsOfIso('2007-02-18'))).toBe(false);
  });

  it('outside 1900–2100 nothing is claimed', () => {
    expect(lunarToSolar({ year: 1899, month: 1, day: 1, leap: false })).toBeNull();
    expect(solarToLunar({ year: 2101, month: 1, day: 1 })).toBeNull();
  });
});
