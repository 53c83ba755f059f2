import { describe, expect, it } from 'vitest';
import { readTable } from '../normalizers/data-table.js';
import { foldedName, nameParts, phoneticName, sortedName } from '../normalizers/name-keys.js';
import { fold } from '../normalizers/vietnamese-letters.js';
import fc from './property.js';

const words = readTable('name_words.csv').map(([word = '']) => word);
const fullName = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(' '));

describe('foldedName', () => {
  it.each([
    ['Đặng Thị Ý', 'dang thi y'],
    ["H'Hen Niê", 'hhen nie'],
    ['Y Moan Êñuôl', 'y moan enuol'],
    ['Jean-Paul Martin', 'jean paul martin'],
    ['Nguy?n Văn An', 'nguyn van an'],
    ['?', ''],
    [' ', ''],
    [' dang  thi y ', 'dang thi y'],
  ])('%s → %s', (name, key) => expect(foldedName(name)).toBe(key));

  it('leaves single spaces and no marks, and is its own key', () => {
    fc.assert(
      fc.property(fc.oneof(fullName, fc.string({ unit: 'grapheme' })), (name) => {
        const key = foldedName(name);
        expect(key).toMatch(/^(?:\p{L}+(?: \p{L}+)*)?$/u);
        expect(foldedName(key)).toBe(key);
      }),
    );
  });

  it('is one key for a name and the same without marks', () => {
    fc.assert(
      fc.property(fullName, (name) => {
        expect(foldedName(fold(name))).toBe(foldedName(name));
      }),
    );
  });
});

describe('sortedName', () => {
  it('forgets the order of words, and nothing else', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(words, { minLength: 2, maxLength: 5 }), (parts) => {
        expect(sortedName([...parts].reverse().join(' '))).toBe(sortedName(parts.join(' ')));
      }),
    );
    expect(sortedName('Niê Hen')).not.toBe(sortedName('Niê Nhen'));
  });
});

describe('phoneticName', () => {
  it.each([
    ['i and y', 'Lí Thị Mĩ', 'Lý Thị Mỹ'],
    ['s and x', 'Nguyễn Văn Sương', 'Nguyễn Văn Xương'],
    ['tr and ch', 'Trần Thị Trinh', 'Trần Thị Chinh'],
    ['d, gi and r', 'Lê Văn Giang', 'Lê Văn Dang'],
    ['l and n', 'Phạm Văn Lam', 'Phạm Văn Nam'],
    ['n and ng at the end', 'Lê Thị Lan', 'Lê Thị Lang'],
    ['c and t at the end', 'Trần Văn Các', 'Trần Văn Cát'],
    ['regional surnames', 'Huỳnh Văn Bình', 'Hoàng Văn Bình'],
    ['regional surnames without marks', 'Vo Thi Lan', 'Vu Thi Lan'],
    ['regional given names', 'Lê Văn Phước', 'Lê Văn Phúc'],
  ])('merges %s: %s, %s', (_, one, other) => expect(phoneticName(one)).toBe(phoneticName(other)));

  it.each([
    ['Nguyễn Văn An', 'Nguyễn Văn Bình'],
    ['Trần Văn An', 'Lê Văn An'],
    ['Vương Văn An', 'Dương Văn An'],
    ['Phan Văn An', 'Phạm Văn An'],
    ['Lê Thị Hoa', 'Lê Thị Hà'],
  ])('keeps %s and %s apart', (one, other) => expect(phoneticName(one)).not.toBe(phoneticName(other)));

  it('does not depend on marks', () => {
    fc.assert(
      fc.property(fullName, (name) => {
        expect(phoneticName(foldedName(name))).toBe(phoneticName(name));
      }),
    );
  });
});

describe('nameParts', () => {
  it.each([
    ['Nguyễn Văn An', 'Nguyễn', 'Văn', 'An'],
    ['Nguyễn Thị Thu Hà', 'Nguyễn', 'Thị Thu', 'Hà'],
    ['Lê Hồng', 'Lê', '', 'Hồng'],
    ['Hoa', '', '', 'Hoa'],
    ['Tôn Nữ Thu Hà', 'Tôn Nữ', 'Thu', 'Hà'],
    ['Công Tằng Tôn Nữ Mai', 'Công Tằng Tôn Nữ', '', 'Mai'],
    ['Âu Dương Phong', 'Âu Dương', '', 'Phong'],
    ['Tôn Nữ', 'Tôn', '', 'Nữ'],
    ["H'Hen Niê", 'Niê', '', "H'Hen"],
    ['Y Moan Êñuôl', 'Êñuôl', '', 'Y Moan'],
    ['Y Blưm', '', '', 'Y Blưm'],
    ['Giàng A Páo', 'Giàng', 'A', 'Páo'],
  ])('%s → family %s, middle %s, given %s', (name, family, middle, given) => {
    expect(nameParts(name)).toEqual({ family, middle, given });
  });

  it('loses no word', () => {
    fc.assert(
      fc.property(fullName, (name) => {
        const { family, middle, given } = nameParts(name);
        const parts = [family, middle, given].filter((part) => part !== '').join(' ');
        expect(parts.split(' ').sort()).toEqual(name.split(' ').sort());
      }),
    );
  });
});
