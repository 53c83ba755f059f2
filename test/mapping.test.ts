import { describe, expect, it } from 'vitest';
import { foldHeader, headerWords } from '../sectors/header-words.js';
import { HIGH, MEDIUM, suggestMapping } from '../sectors/mapping.js';
import { sectorSchema } from '../sectors/schema.js';
import { alike, nearestName } from '../sectors/suggest.js';

const label = (vi: string, en: string) => ({ vi, en });

const SECTOR = sectorSchema.parse({
  name: 'shop',
  labels: label('Khách hàng', 'Customers'),
  fields: {
    id: { kind: 'citizen-id', labels: label('Số giấy tờ', 'Identity number') },
    name: { kind: 'person-name', labels: label('Họ tên', 'Name') },
    born: { kind: 'birth-date', labels: label('Ngày sinh', 'Born') },
    sex: { kind: 'sex', labels: label('Giới tính', 'Sex') },
    phone: { kind: 'phone', labels: label('Điện thoại', 'Phone') },
    province: { kind: 'province', labels: label('Tỉnh', 'Province') },
    address: { kind: 'address', labels: label('Địa chỉ', 'Address') },
    issued: { kind: 'date-of-issue', labels: label('Ngày cấp', 'Issued') },
    shop: { kind: 'code', labels: label('Cửa hàng', 'Shop'), headers: ['ma ch', 'chi nhanh'] },
  },
});

describe('the words of a header', () => {
  it.each([
    ['Số giấy tờ', 'so giay to'],
    ['so_giay_to', 'so giay to'],
    ['SoGiayTo', 'so giay to'],
    ['SỐ GIẤY TỜ', 'so giay to'],
    ['CMND/CCCD', 'cmnd cccd'],
    ['  Địa-chỉ (KH) ', 'dia chi kh'],
    ['\uFEFFHọ tên', 'ho ten'],
    ['MSTCaNhan', 'mst ca nhan'],
    ['Ngày sinh'.normalize('NFD'), 'ngay sinh'],
    ['___', ''],
  ])('%s', (header, words) => {
    expect(headerWords(header)).toBe(words);
    expect(foldHeader(header)).toBe(words.replaceAll(' ', ''));
  });
});

describe('a header alone suggests its field', () => {
  it.each([
    ['Số giấy tờ', 'id'],
    ['so_giay_to', 'id'],
    ['SOGT', 'id'],
    ['CMND/CCCD', 'id'],
    ['Số CCCD', 'id'],
    ['SoDinhDanh', 'id'],
    ['Họ và tên', 'name'],
    ['HOTEN', 'name'],
    ['ho_va_ten_kh', 'name'],
    ['Tên khách hàng', 'name'],
    ['Ngày, tháng, năm sinh', 'born'],
    ['NTNS', 'born'],
    ['ngaysinh', 'born'],
    ['Năm sinh', 'born'],
    ['GT', 'sex'],
    ['Phái', 'sex'],
    ['Giới tính (Nam/Nữ)', 'sex'],
    ['SĐT', 'phone'],
    ['Số điện thoại khách hàng', 'phone'],
    ['dtdd', 'phone'],
    ['Tỉnh/TP', 'province'],
    ['Địa chỉ thường trú', 'address'],
    ['HKTT', 'address'],
    ['Ngày cấp', 'issued'],
    ['Chi nhánh', 'shop'],
  ])('%s → %s', (header, field) => {
    const [suggestion] = suggestMapping([header], SECTOR);
    expect(suggestion?.field).toBe(field);
    expect(suggestion?.confidence).toBeGreaterThanOrEqual(MEDIUM);
  });

  it.each(['Ngày sihn', 'Ho va tne', 'so_giay_t', 'gioi_tinhh'])('also misspelt: %s', (header) => {
    const [suggestion] = suggestMapping([header], SECTOR);
    expect(suggestion?.field).not.toBeNull();
    expect(suggestion?.confidence).toBeLessThan(1);
  });
});

describe('what is somebody else’s is never taken with certainty', () => {
  it.each([
    'Họ tên cha',
    'Họ tên mẹ',
    'ho_ten_nguoi_giam_ho',
    'Ngày sinh vợ',
    'Ngày hết hạn',
    'Ngày đăng ký',
    'Số CCCD người đại diện',
    'SĐT người thân',
    'Ghi chú',
    'Số tiền',
    'Loại giấy tờ',
    'trang_thai',
    'x',
    '',
  ])('%s', (header) => {
    const [suggestion] = suggestMapping([header], SECTOR);
    expect(suggestion?.confidence).toBeLessThan(MEDIUM);
  });
});

describe('a whole header', () => {
  const header = ['STT', 'Họ tên', 'Họ tên cha', 'Ngày sinh', 'Ngày cấp', 'Số CCCD', 'SĐT', 'Ghi chú'];

  it('is mapped one to one, whatever the order of the columns', () => {
    const expected = {
      'Họ tên': 'name',
      'Ngày sinh': 'born',
      'Ngày cấp': 'issued',
      'Số CCCD': 'id',
      SĐT: 'phone',
    };
    for (const columns of [header, header.toReversed(), header.toSorted()]) {
      const sure = suggestMapping(columns, SECTOR).filter(
        ({ confidence, field }) => confidence >= HIGH && field !== 'record_key',
      );
      expect(Object.fromEntries(sure.map(({ column, field }) => [column, field]))).toEqual(expected);
    }
  });

  it('never has two columns for one field, and doubts where two fit as well', () => {
    const suggestions = suggestMapping(['Số CCCD', 'Số giấy tờ'], SECTOR);
    expect(suggestions.filter(({ field }) => field === 'id')).toHaveLength(1);
    expect(suggestions.filter(({ field, confidence }) => field === 'id' && confidence >= HIGH)).toHaveLength(
      0,
    );
  });

  it('says the same twice', () => {
    expect(suggestMapping(header, SECTOR)).toEqual(suggestMapping(header, SECTOR));
  });

  it('counts values of another kind against a header that sounds right', () => {
    const confidence = (accepted: number) =>
      suggestMapping(['Ngày sinh'], SECTOR, () => accepted)[0]?.confidence ?? 0;
    expect(confidence(1)).toBeGreaterThanOrEqual(HIGH);
    expect(confidence(0.1)).toBeLessThan(HIGH);
  });
});

describe('names that look alike', () => {
  const names = ['name', 'sector', 'input', 'reference', 'period', 'report', 'output', 'alert'];

  it.each([
    ['nmae', 'name'],
    ['secter', 'sector'],
    ['sectors', 'sector'],
    ['Refrence', 'reference'],
    ['outptu', 'output'],
    ['xyz', null],
    ['', null],
  ])('%s → %s', (typed, meant) => {
    expect(nearestName(typed, names)).toBe(meant);
  });

  it('do not depend on the order of the candidates', () => {
    expect(alike('repot', names.toReversed())).toEqual(alike('repot', names));
  });
});
