import { describe, expect, it } from 'vitest';
import { unitTables } from '../normalizers/admin-units.js';
import { formerProvince, formerProvincesOfCommune } from '../normalizers/former-province.js';
import { keepsItsContract } from './normalizer-contract.js';
import fc from './property.js';

const { communesNew, provinceChanges, provinces34, provinces63 } = unitTables();
const names = [...provinces63.values(), ...provinces34.values()].map(({ name }) => name);

keepsItsContract(formerProvince, fc.constantFrom(...names, 'Hà Tây', 'TP', 'split:24|27'), {
  codeList: 'gso34',
});

describe('every province', () => {
  it.each([...provinces63.values()])(
    'of the former list is read as itself: $code $name',
    ({ code, name }) => {
      expect(formerProvince.normalize(code).value).toBe(code);
      expect(formerProvince.normalize(name).value).toBe(code);
      expect(formerProvince.format(code)).toBe(name);
    },
  );

  it.each([...provinces34.values()])(
    'of today is the former ones it was made of: $code $name',
    ({ code, name }) => {
      const made = [...provinceChanges].filter(([, now]) => now === code).map(([old]) => old);
      const value = made.length === 1 ? made[0] : `split:${made.sort().join('|')}`;
      for (const raw of [code, name]) {
        expect(formerProvince.normalize(raw, { codeList: 'gso34' }).value).toBe(value);
      }
    },
  );
});

describe('communes of today', () => {
  it('lie in former provinces that became their province', () => {
    const strayed = [...communesNew.values()].filter(({ code, parent }) =>
      formerProvincesOfCommune(code).some((old) => provinceChanges.get(old) !== parent),
    );
    expect(strayed).toEqual([]);
  });

  it('have one former province each, but for a handful made across a border', () => {
    const several = [...communesNew.keys()].filter((code) => formerProvincesOfCommune(code).length !== 1);
    expect(several.length).toBeLessThan(40);
  });
});
