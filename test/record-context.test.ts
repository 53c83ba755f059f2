import { describe, expect, it } from 'vitest';
import { acceptRestoredId, centuryOfBirth, structureConflicts } from '../normalizers/record-context.js';

describe('a restored personal ID is believed', () => {
  it.each([
    ['079085001234', '1985-03-05', 'M', true],
    ['079085001234', '1985', 'M', true],
    ['079185001234', '1985-03-05', 'F', true],
    ['001203001234', '2003', 'M', true],
    ['079085001234', '1985-03-05', 'F', false],
    ['079085001234', '1986-03-05', 'M', false],
    ['079085001234', '2085', 'M', false],
    ['079085001234', null, 'M', false],
    ['079085001234', '1985-03-05', null, false],
    ['003085001234', '1985-03-05', 'M', false],
    ['123085001234', '1985-03-05', 'M', false],
    ['271234567', '1985-03-05', 'M', false],
  ])('%s with %s %s: %s', (id, born, sex, expected) => {
    expect(acceptRestoredId(id, { born, sex })).toBe(expected);
  });
});

describe('the century of a two-digit year', () => {
  it.each([
    ['2026-03-05', '079126001234', '1926-03-05'],
    ['1926-03-05', '079326001234', '2026-03-05'],
    ['1960-03-05', '079060001234', '1960-03-05'],
    ['1926-03', '079326001234', '2026-03'],
    ['1926', '079326001234', '2026'],
    ['1960-03-05', '079061001234', null],
    ['2000-02-29', '079000001234', null],
    ['1960-03-05', '079460001234', null],
    ['1960-03-05', '271234567', null],
  ])('%s with %s: %s', (date, id, expected) => {
    expect(centuryOfBirth(date, id)).toBe(expected);
  });
});

describe('digits that contradict the record', () => {
  const id = '027085001234';
  it.each([
    [{ born: '1985-03-05', sex: 'M', province: '24' }, []],
    [{ born: '1985', sex: 'M' }, []],
    [{ born: null, sex: null, province: null }, []],
    [{ born: '1958-03-05', sex: 'F', province: '24' }, ['year', 'sex']],
    [{ born: '2085', sex: 'M' }, ['year']],
    [{ born: '1985', sex: 'M', province: '27' }, ['place']],
  ])('%o', (context, expected) => {
    expect(structureConflicts(id, context)).toEqual(expected);
  });

  it('a country says nothing of a province, and other papers nothing at all', () => {
    expect(structureConflicts('123085001234', { born: '1985', sex: 'M', province: '24' })).toEqual([]);
    expect(structureConflicts('271234567', { born: '1985', sex: 'M' })).toEqual([]);
  });
});
