import { describe, expect, it } from 'vitest';
import { code } from '../normalizers/code.js';
import { readTable } from '../normalizers/data-table.js';
import { ethnicity } from '../normalizers/ethnicity.js';
import { identifier } from '../normalizers/identifier.js';
import { encodeLegacy } from '../normalizers/legacy-encodings.js';
import { money } from '../normalizers/money.js';
import { nationality } from '../normalizers/nationality.js';
import { organisationName } from '../normalizers/organisation-name.js';
import { relationship } from '../normalizers/relationship.js';
import { text } from '../normalizers/text.js';
import { keepsItsContract } from './normalizer-contract.js';
import fc from './property.js';

const words = fc
  .array(fc.constantFrom('Công ty', 'TNHH', 'Con', 'ba', 'Kinh', 'Mỹ', 'MTV', 'Hoà', 'UỶ', '04', '&', '"'))
  .map((parts) => parts.join(' '));
const amounts = fc.stringMatching(/^[-(]?\d{1,4}([.,]\d{2,3}){0,3}( ?(đ|triệu|tr|k|tỷ|VND))?\)?$/);

describe('codes and names', () => {
  for (const normalizer of [text, code, ethnicity, nationality, relationship, organisationName]) {
    keepsItsContract(normalizer, words);
  }
  keepsItsContract(identifier, fc.stringMatching(/^[A-Z0-9]{0,6}[-. /]?[0-9a-z]{0,8}(\.0)?$/));
  keepsItsContract(money, amounts);
});

describe('ethnic groups', () => {
  it.each(readTable('ethnic_groups.csv'))('reads %s under both numberings', (name, before, since) => {
    expect(ethnicity.normalize(name ?? '')).toEqual({ value: name, problems: [] });
    expect(ethnicity.normalize((name ?? '').toUpperCase()).value).toBe(name);
    expect(ethnicity.normalize(before ?? '', { codeList: 'qd121' }).value).toBe(name);
    expect(ethnicity.normalize(since ?? '', { codeList: 'qd1019' }).value).toBe(name);
    expect(ethnicity.normalize(before ?? '').value).toBe(before === since ? name : null);
  });

  it('reads every other name of the table', () => {
    for (const [name, , , others = ''] of readTable('ethnic_groups.csv')) {
      for (const other of others.split('/').filter((word) => word !== '')) {
        expect(ethnicity.normalize(other).value, other).toBe(name);
      }
    }
  });
});

describe('nationalities', () => {
  it('reads every country by code and by its Vietnamese and English name', () => {
    const rows = readTable('nationalities.csv');
    expect(rows).toHaveLength(249);
    const unread: string[] = [];
    for (const [alpha2 = '', alpha3 = '', vi = '', en = ''] of rows) {
      for (const written of [alpha2, alpha3, vi, en]) {
        const read = nationality.normalize(written).value;
        if (read === null) unread.push(written);
        else expect(read, written).toBe(alpha2);
      }
    }
    // Nigeria's code, or Russia's Vietnamese name in capitals.
    expect(unread).toEqual(['NGA']);
  });
});

describe('relationships', () => {
  it('reads every word of the table with its marks, and none wrongly without them', () => {
    for (const [name = '', , , others = ''] of readTable('relationships.csv')) {
      for (const word of [name, ...others.split('/')].filter((each) => each !== '')) {
        const read = relationship.normalize(word);
        // "Ba" bears no mark although it means father: it cannot be told from an unmarked "bà".
        if (read.problems.includes('ambiguous_word')) expect(word).toBe('Ba');
        else expect(read.value, word).toBe(name);
        const bare = word.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd');
        expect([name, null], bare).toContain(relationship.normalize(bare).value);
      }
    }
  });
});

describe('organisations', () => {
  it.each(['tcvn3', 'vni', 'viscii', 'cp1258', 'mojibake'] as const)('undoes %s', (encoding) => {
    const written = encodeLegacy('Công ty cổ phần Đầu tư Hưng Thịnh', encoding);
    const read = organisationName.normalize(written, { encoding });
    expect(read.value).toBe('CÔNG TY CỔ PHẦN ĐẦU TƯ HƯNG THỊNH');
    expect(read.problems).toContain('encoding');
  });
});
