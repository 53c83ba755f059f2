import { describe, expect, it } from 'vitest';
import { automaticRules, deletionKeys, KEYS, swapKeys } from '../matchers/blocking.js';
import type { ComparatorName } from '../matchers/field-levels.js';

describe('keys', () => {
  const cases: [ComparatorName, string, string, string | null][] = [
    ['full-name', 'letters', 'Nguyễn Văn An', 'nguyenvanan'],
    ['full-name', 'sorted', 'Nguyễn Văn An', 'an nguyen van'],
    ['full-name', 'ends', 'Nguyễn Văn An', 'nguyen an'],
    ['full-name', 'ends', 'Y', null],
    ['date', 'month_day', '1960-03-05', '03-05'],
    ['date', 'year_parts', '1960-05-03', '1960-03-05'],
    ['date', 'year_day', '1960', null],
    ['digits', 'head', '079060001234', '079060'],
    ['digits', 'tail', '079060001234', '001234'],
    ['digits', 'head', '12', null],
    ['text', 'longest_word', '12 Lê Lợi phố', 'loi'],
    ['code', 'whole', 'M', 'M'],
  ];
  it.each(cases)('%s.%s of %s', (comparator, key, value, expected) => {
    expect(KEYS[comparator].find((one) => one.name === key)?.make(value)).toBe(expected);
  });

  const shared = (a: string, b: string, keys: (value: string) => string[]) =>
    keys(a).some((key) => keys(b).includes(key));
  it('lets numbers meet that differ in one digit or a swap, and no others', () => {
    expect(shared('079060001234', '079060001237', deletionKeys)).toBe(true);
    expect(shared('079060001234', '079060001243', swapKeys)).toBe(true);
    expect(shared('079060001234', '079061001237', deletionKeys)).toBe(false);
    expect(deletionKeys('12345')).toEqual([]);
  });
});

describe('automatic rules', () => {
  const fields = [
    { name: 'name', comparator: 'full-name' as const },
    { name: 'born', comparator: 'date' as const },
    { name: 'sex', comparator: 'code' as const },
  ];
  const collision = {
    'name.letters': 1e-6,
    'name.sorted': 1e-6,
    'name.sound': 1e-5,
    'name.ends': 1e-4,
    'name.given': 1e-2,
    'born.whole': 4e-5,
    'born.year_parts': 4e-5,
    'born.month_day': 3e-3,
    'born.year_month': 1e-3,
    'born.year_day': 4e-4,
    'sex.whole': 0.5,
  };
  const rules = automaticRules(fields, { collision, people: 1e6, mostPerRecord: 10, mostRules: 60 });
  const names = rules.map((rule) => rule.join('+'));

  it('keeps what is telling and leaves out what is not', () => {
    expect(names).toContain('name.letters');
    expect(names).toContain('name.ends+born.month_day');
    expect(names).not.toContain('born.whole');
    expect(names.join()).not.toContain('sex');
  });
  it('proposes no more people than asked', () => {
    for (const rule of rules) {
      const expected = rule.reduce((n, key) => n * collision[key as keyof typeof collision], 1e6);
      expect(expected).toBeLessThanOrEqual(10);
    }
  });
  it('names each rule once', () => {
    expect(new Set(rules.map((rule) => [...rule].sort().join())).size).toBe(rules.length);
  });
});
