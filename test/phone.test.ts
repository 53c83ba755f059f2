import { describe, expect, it } from 'vitest';
import { readTable } from '../normalizers/data-table.js';
import { phone } from '../normalizers/phone.js';
import { keepsItsContract } from './normalizer-contract.js';
import fc from './property.js';

const canonical = new RegExp(`^(?:${phone.canonical})$`, 'u');
const areas = readTable('area_codes.csv');
const changes = readTable('mobile_changes.csv');
const subscriber = (area: string): string => '38251234'.slice(0, 11 - area.length);

describe('phone', () => {
  keepsItsContract(
    phone,
    fc.stringMatching(/^(\+?84|0|00)?[ .-]?\d{3,5}[ .-]?\d{2,5}([,/; -]{1,3}0\d{8,10})?$/),
  );

  it.each(changes)('moves the 11-digit prefix %s to %s', (before, now) => {
    expect(phone.normalize(`${before}4567890`)).toEqual({ value: `${now}4567890`, problems: ['old_prefix'] });
  });

  it.each(areas)('knows the area code %s as %s', (before = '', now = '') => {
    const today = now + subscriber(now);
    expect(phone.normalize(today)).toEqual({ value: today, problems: [], type: 'landline' });
    if (before === now) return;
    const old = phone.normalize(before + subscriber(now), { fileDate: '2016-01-01' });
    const isMobileToo = /^08/.test(before + subscriber(now)) === false;
    expect(old.value).toBe(today);
    expect(old.problems).toEqual(isMobileToo || before === '08' ? ['old_prefix'] : []);
  });

  it.each(readTable('mobile_prefixes.csv'))('leaves numbers of %s as they are', (prefix) => {
    const number = `${prefix}4567890`;
    expect(canonical.test(number), number).toBe(true);
    expect(phone.normalize(number)).toEqual({ value: number, problems: [] });
  });

  it('calls no mobile number of ten digits invalid, known operator or not', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^0[35789]\d{8}$/), (number) => {
        expect(phone.normalize(number).value, number).not.toBeNull();
      }),
    );
  });

  it('hides the middle and groups the digits', () => {
    expect(phone.mask('0912345678')).toBe('091****678');
    expect(phone.format('0912345678')).toBe('0912 345 678');
    expect(phone.format('02438251234')).toBe('024 3825 1234');
  });
});
