import { describe, expect, it } from 'vitest';
import { COMPARATORS } from '../matchers/field-levels.js';
import { outlineOf } from '../matchers/name-outline.js';
import { foldText } from '../matchers/string-distance.js';
import fc from './property.js';

const WORDS = [
  'Nguyễn',
  'Trần',
  'Đặng',
  'Văn',
  'Thị',
  'Thu',
  'Hà',
  'Hoa',
  'Hòa',
  'An',
  'Anh',
  'N',
  'V',
  'Thảo',
  'Thao',
  'Quang',
];
const names = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 6 })
  .map((words) => words.join(' '));
const { levels, compare } = COMPARATORS['full-name'];

describe('outlineOf', () => {
  it('tells letters in common and equal ends', () => {
    expect(outlineOf('Bùi Hương Thu Hoa', 'Trương Việt Hòa')).toMatchObject({
      longest: 14,
      shortest: 13,
      fewestWords: 3,
      common: 9,
      sameFirst: false,
      sameLast: true,
      initials: false,
    });
    expect(outlineOf('Nguyễn V. An', 'Nguyễn An')).toBeNull();
    expect(outlineOf('N V An', 'Nguyễn Văn An')?.initials).toBe(true);
  });

  it.each(['', ' An', 'An ', 'Trần  An', 'Ng\u0301o An', '李 An'])(
    'leaves “%s” to those who can read it',
    (name) => {
      expect(outlineOf(name, 'Trần An')).toBeNull();
    },
  );

  it('counts what folding would count', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        const found = outlineOf(a, b)!;
        const [x, y] = [foldText(a), foldText(b)];
        expect(found.sameLast).toBe(x.split(' ').at(-1) === y.split(' ').at(-1));
        expect(found.sameFirst).toBe(x.split(' ')[0] === y.split(' ')[0]);
        const rest = [...y.replaceAll(' ', '')];
        const common = [...x.replaceAll(' ', '')].filter((letter) => {
          const at = rest.indexOf(letter);
          if (at >= 0) rest.splice(at, 1);
          return at >= 0;
        });
        expect(found.common).toBe(common.length);
      }),
    );
  });
});

describe('full names', () => {
  it('get the level that they get when they are folded first', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        fc.pre(a !== b);
        // Decomposed letters take more than a look, so that all is computed.
        expect(outlineOf(`${a}\u0301`, b)).toBeNull();
        expect(levels[compare(a, b)]).toBe(levels[compare(`${a}\u0301`, b)]);
      }),
      { numRuns: 2000 },
    );
  });
});
