import { describe, expect, it } from 'vitest';
import { address } from '../normalizers/address.js';
import { commune } from '../normalizers/commune.js';
import { province } from '../normalizers/province.js';
import { keepsItsContract } from './normalizer-contract.js';
import fc from './property.js';

const part = fc.constantFrom(
  ...[
    'Số 5',
    'thôn 3',
    'P.',
    'Xã',
    'Tân Tiến',
    'Phường 1',
    'Q1',
    'Quận Ba Đình',
    'Huyện',
    'Hà Nội',
    'TP',
    'HCM',
  ],
  ...['Bắc Ninh', 'tỉnh', '24', '00007', '-', ',', '(', ')', 'VN', 'Kỳ Anh', 'đặc khu', '/', '|', 'split:'],
);
const addressLike = fc.array(part, { maxLength: 10 }).map((parts) => parts.join(' '));

describe('addresses and their units', () => {
  for (const normalizer of [address, province, commune]) keepsItsContract(normalizer, addressLike);

  it('shows units in words and hides house and street', () => {
    expect(address.format('01|00004|so 5')).toBe('so 5, Phường Ba Đình, Thành phố Hà Nội');
    expect(address.mask('01|00004|so 5')).toBe('***, Phường Ba Đình, Thành phố Hà Nội');
    expect(province.format('split:40|42')).toBe('Tỉnh Nghệ An hoặc Tỉnh Hà Tĩnh');
    expect(commune.format('00004')).toBe('Phường Ba Đình, Thành phố Hà Nội');
  });

  it('reads the same units in both orders', () => {
    const small = address.normalize('Phường Bến Nghé, Quận 1, TP.HCM');
    expect(small.value).not.toBeNull();
    expect(address.normalize('TP.HCM, Quận 1, Phường Bến Nghé')).toEqual(small);
  });
});
