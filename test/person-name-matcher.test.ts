import { describe, expect, it } from 'vitest';
import { nameSimilarity, personNameMatcher } from '../matchers/person-name.js';
import { NAME_REASONS } from '../matchers/reasons-name.js';
import { dice } from '../matchers/string-dice.js';
import { readTable } from '../normalizers/data-table.js';
import { foldedName } from '../normalizers/name-keys.js';
import { personName } from '../normalizers/person-name.js';
import { caseTable } from './case-table.js';
import fc from './property.js';

const levelOf = (ours: string, reference: string): string | undefined =>
  personNameMatcher.levels[personNameMatcher.compare(ours, reference)]?.name;

const words = readTable('name_words.csv').map(([word = '']) => word);
const fullName = fc
  .array(fc.constantFrom(...words), { minLength: 2, maxLength: 4 })
  .map((parts) => personName.normalize(parts.join(' ')).value ?? 'Nguyễn An');

describe('person name matcher', () => {
  it.each(caseTable('person-name-pairs'))(
    '$ours against $reference: $level',
    ({ ours, reference, level }) => {
      expect(levelOf(ours ?? '', reference ?? '')).toBe(level);
    },
  );

  it('has a case for each level', () => {
    const tried = new Set(caseTable('person-name-pairs').map(({ level }) => level));
    expect([...tried].sort()).toEqual(personNameMatcher.levels.map(({ name }) => name).sort());
  });

  it('gives reasons that are explained', () => {
    for (const { reason } of personNameMatcher.levels)
      if (reason !== null) expect(NAME_REASONS).toHaveProperty([`name.${reason}`]);
  });

  it('compares any two strings, quickly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ minLength: 1 }), (a, b) => {
        expect(levelOf(a, b)).toBeDefined();
        expect(nameSimilarity(a, b)).toBeGreaterThanOrEqual(0);
      }),
    );
    const long = '??a'.repeat(300);
    expect(levelOf(long, 'a'.repeat(901))).toBe('different');
  });

  it('calls a name without marks by that, and never a typo of another', () => {
    fc.assert(
      fc.property(fullName, (name) => {
        const bare = personName.normalize(foldedName(name)).value ?? '';
        fc.pre(bare !== name && foldedName(bare) === foldedName(name));
        expect(levelOf(bare, name)).toBe('accents_missing');
      }),
    );
  });
});

describe('likeness of names', () => {
  it('is the same both ways round, 1 for equal names, within 0 and 1', () => {
    fc.assert(
      fc.property(fullName, fullName, (a, b) => {
        const alike = nameSimilarity(a, b);
        expect(alike).toBeCloseTo(nameSimilarity(b, a), 10);
        expect(alike).toBeLessThanOrEqual(1);
        expect(nameSimilarity(a, a)).toBe(1);
      }),
    );
  });

  it.each([
    ['Nguyễn Văn Ân', 'Nguyễn Văn Anh', 'Nguyễn Văn An'],
    ['Nguyễn An', 'Trần Bình', 'Nguyễn Văn An'],
    ['An Nguyễn Văn', 'Nguyễn Văn Bình', 'Nguyễn Văn An'],
    ['Jon Smith', 'Jane Smith', 'John Smith'],
    ['Lí Thị Mĩ', 'Lê Thị Mơ', 'Lý Thị Mỹ'],
  ])('%s is nearer than %s to %s', (nearer, farther, name) => {
    expect(nameSimilarity(nearer, name)).toBeGreaterThan(nameSimilarity(farther, name));
  });

  it('counts letter pairs', () => {
    expect(dice('katharina', 'catharina')).toBeCloseTo(0.875);
    expect(dice('abc', 'xyz')).toBe(0);
  });
});
