import { describe, expect, it } from 'vitest';
import { address } from '../normalizers/address.js';
import { newCommunesOf, newProvinceOf, unitTables } from '../normalizers/admin-units.js';
import { commune } from '../normalizers/commune.js';
import { encodeLegacy } from '../normalizers/legacy-encodings.js';
import { province } from '../normalizers/province.js';

const tables = unitTables();
const districtOf = (code: string) => tables.districts.get(tables.communesOld.get(code)?.parent ?? '');
const bare = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');

function expectAll<T>(values: Iterable<T>, fault: (value: T) => string | null): void {
  const faults = [...values].map(fault).filter((each) => each !== null);
  expect(faults.slice(0, 10)).toEqual([]);
}

describe('provinces', () => {
  it.each([...tables.provinces63.values()])('maps $code $name by code and name', ({ code, name }) => {
    const now = newProvinceOf(code);
    expect(tables.provinces34.has(now ?? '')).toBe(true);
    expect(province.normalize(name).value).toBe(now);
    expect(province.normalize(bare(name).toUpperCase()).value).toBe(now);
    expect(province.normalize(name.replace(/^(Tỉnh|Thành phố) /u, '')).value).toBe(now);
    expect(province.normalize(code, { codeList: 'gso63' }).value).toBe(now);
    // A code of both lists gives the same value whichever list it is of.
    expect(province.normalize(code).value).toBe(now);
  });

  it('leaves exactly the 34 codes of today alone', () => {
    const canonical = new RegExp(`^(?:${province.canonical})$`, 'u');
    for (let n = 0; n < 100; n += 1) {
      const code = String(n).padStart(2, '0');
      expect(canonical.test(code), code).toBe(tables.provinces34.has(code));
    }
  });

  it('decides the list of a column from its codes', () => {
    const decide = (codes: Iterable<string>) => {
      const counts: Record<string, number> = {};
      for (const code of codes) {
        for (const seen of province.observe?.(code) ?? []) counts[seen] = (counts[seen] ?? 0) + 1;
      }
      return province.decide?.(counts, 34)?.hints.codeList;
    };
    expect(decide(tables.provinces63.keys())).toBe('gso63');
    expect(decide(tables.provinces34.keys())).toBe('gso34');
    expect(decide(['01', '79'])).toBeUndefined();
  });
});

describe('new communes', () => {
  it('reads all 3,321 by code and by name in their province, without a problem', () => {
    expect(tables.communesNew.size).toBe(3321);
    expectAll(tables.communesNew.values(), ({ code, name, parent }) => {
      const full = `${name}, ${tables.provinces34.get(parent)?.name}`;
      const read = address.normalize(`Số 5, ${full}`);
      if (read.value !== `${parent}|${code}|so 5` || read.problems.length > 0) return full;
      if (address.normalize(bare(full).toUpperCase()).value?.startsWith(`${parent}|`) !== true)
        return bare(full);
      if (commune.normalize(code, { codeList: 'gso34' }).value !== code) return code;
      return commune.normalize(full).value === code ? null : full;
    });
  });

  it('reads the names of 1/7/2025 where they have changed since', () => {
    const renamed = [...tables.communesNew.values()].filter((unit) => unit.otherName !== '');
    expect(renamed.length).toBeGreaterThan(190);
    expectAll(renamed, ({ code, otherName, parent }) => {
      const full = `${otherName}, ${tables.provinces34.get(parent)?.name}`;
      return commune.normalize(full).value === code ? null : full;
    });
  });
});

describe('old communes', () => {
  it('maps all 10,047 by code and by full name to all their successors', () => {
    expect(tables.communesOld.size).toBe(10_047);
    expectAll(tables.communesOld.values(), ({ code, name }) => {
      const targets = newCommunesOf([code]);
      const district = districtOf(code);
      const full = `${name}, ${district?.name}, ${tables.provinces63.get(district?.parent ?? '')?.name}`;
      if (address.normalize(full).value?.split('|')[1] !== targets.join('/')) return full;
      const expected = targets.length === 1 ? targets[0] : `split:${targets.join('|')}`;
      return commune.normalize(code, { codeList: 'gso63' }).value === expected ? null : code;
    });
  });

  it('without marks and commas finds the same unit or says that there are several', () => {
    expectAll(tables.communesOld.values(), ({ code, name }) => {
      const district = districtOf(code);
      const full = bare(`${name} ${district?.name} ${tables.provinces63.get(district?.parent ?? '')?.name}`);
      const found = address.normalize(full).value?.split('|')[1]?.split('/') ?? [];
      return newCommunesOf([code]).every((target) => found.includes(target)) ? null : full;
    });
  });

  it('never picks one of the successors of a divided unit', () => {
    const divided = [...tables.communeChanges].filter(([, targets]) => targets.length > 1);
    expect(divided).toHaveLength(443);
    for (const [code] of divided) {
      expect(commune.normalize(code, { codeList: 'gso63' })).toMatchObject({ type: 'split' });
    }
  });

  it('decides the list of a column from its codes', () => {
    const decide = (codes: readonly string[]) => {
      const counts: Record<string, number> = {};
      for (const code of codes) {
        for (const seen of commune.observe?.(code) ?? []) counts[seen] = (counts[seen] ?? 0) + 1;
      }
      return commune.decide?.(counts, codes.length)?.hints.codeList;
    };
    expect(decide([...tables.communesOld.keys()].slice(0, 200))).toBe('gso63');
    expect(decide([...tables.communesNew.keys()].slice(0, 200))).toBe('gso34');
  });
});

describe('addresses in a wrong encoding', () => {
  const written = 'Thôn Đông, Xã Tân Tiến, Huyện Yên Dũng, Tỉnh Bắc Giang';
  it.each(['tcvn3', 'vni', 'viscii', 'cp1258', 'mojibake'] as const)(
    'undoes %s, with and without a hint',
    (encoding) => {
      const raw = encodeLegacy(written, encoding);
      expect(address.normalize(raw, { encoding }).value).toBe('24|07699|thon dong');
      expect(address.normalize(raw).value).toBe('24|07699|thon dong');
      expect(address.normalize(raw).problems).toContain('encoding');
    },
  );
});
