/** Housing, driving licences and vehicles; paper licences bear name and year of birth only. */
import { dayAtAge, dayBetween, filledPattern, mostly, nothing, oneNumber, oneOf } from '../cells.js';
import type { SectorTable } from '../sector-table.js';
import { PAPER } from '../table-fill.js';

export const LAND_TRANSPORT: readonly SectorTable[] = [
  {
    sector: 'housing',
    job: 'nha-o',
    style: 'commas of a spreadsheet',
    people: { ages: [22, 90] },
    rows: [85, 12, 3],
    key: 'N********',
    dirt: { like: 'telecom-subscribers', rates: { organisation: 6, 'old-number': 40, 'title-or-note': 14 } },
    columns: [
      ['ma_nha', 'record_key', 'key'],
      ['chu_so_huu', 'name', 'name'],
      ['loai_chu', 'member_type', 'party'],
      ['ngay_sinh', 'born', 'born'],
      ['so_giay_to', 'id', 'id'],
      ['dia_chi_nha', 'house_address', ({ person }) => person.address],
      ['so_giay_chung_nhan', 'certificate_no', oneNumber('CS######')],
      ['loai_nha', 'house_type', oneOf('Nhà riêng lẻ', 'Căn hộ chung cư', 'Biệt thự')],
      ['tinh', 'province', 'province'],
    ],
  },
  {
    sector: 'driving-licences',
    job: 'giay-phep-lai-xe',
    style: 'commas',
    names: 'capitals',
    people: { ages: [20, 80] },
    key: 'HS**********',
    paper: 0.3,
    dirt: {
      like: 'telecom-subscribers',
      rates: { 'old-number': 16, 'other-province': 0, 'place-missing': 0 },
    },
    columns: [
      ['ma_ho_so', 'record_key', 'key'],
      [
        'so_gplx',
        'licence_no',
        ({ paper }, random) => filledPattern(paper === PAPER ? '@@######' : '79##########', random),
      ],
      ['hang', 'licence_class', oneOf('A1', 'A1', 'B1', 'B2', 'C', 'D')],
      ['vat_lieu', 'material', ({ paper }) => (paper === PAPER ? PAPER : 'PET')],
      ['ho_ten', 'name', 'name'],
      ['ngay_sinh', 'born', 'born'],
      ['so_cccd', 'id', 'id'],
      ['noi_cu_tru', 'address', 'address'],
      ['ngay_cap', 'issued', mostly(0.9, dayAtAge(18, 50), nothing)],
    ],
  },
  {
    sector: 'vehicles',
    job: 'dang-ky-xe',
    style: 'commas',
    names: 'capitals',
    people: { ages: [18, 85] },
    rows: [80, 16, 4],
    key: '**.******',
    dirt: {
      like: 'telecom-subscribers',
      rates: {
        organisation: 8,
        'old-number': 30,
        'old-address': 16,
        'split-address': 4,
        'other-province': 6,
      },
    },
    columns: [
      ['so_dang_ky', 'record_key', 'key'],
      ['bien_so', 'plate_no', oneNumber('##@-###.##')],
      ['chu_xe', 'name', 'name'],
      ['loai_chu_xe', 'member_type', 'party'],
      ['ngay_sinh', 'born', 'born'],
      ['so_giay_to', 'id', 'id'],
      ['dia_chi', 'address', 'address'],
      ['loai_xe', 'vehicle_type', oneOf('Mô tô', 'Mô tô', 'Ô tô con', 'Ô tô tải')],
      ['so_khung', 'frame_no', oneNumber('RL@@##@#######')],
      ['ngay_dang_ky', 'registered', dayBetween(2010, 2026)],
    ],
  },
];
