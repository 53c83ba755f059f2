/** Telecom: registrations of the period, with organisations and foreigners among them; the subscribers have a module of their own. */
import { dayBetween, oneOf } from '../cells.js';
import type { SectorTable } from '../sector-table.js';

export const TELECOM: readonly SectorTable[] = [
  {
    sector: 'telecom-registrations',
    job: 'dang-ky-thue-bao',
    style: 'commas',
    names: 'capitals',
    people: { ages: [15, 90] },
    rows: [80, 15, 5],
    key: 'DK2026********',
    dirt: {
      like: 'telecom-subscribers',
      rates: { 'foreign-national': 6, organisation: 8, 'old-number': 3, 'no-marks': 8 },
    },
    columns: [
      ['ma_dang_ky', 'record_key', 'key'],
      ['so_thue_bao', 'phone', 'phone'],
      ['loai_khach_hang', 'member_type', 'party'],
      ['so_giay_to', 'id', 'id'],
      ['ho_ten', 'name', 'name'],
      ['ngay_sinh', 'born', 'born'],
      ['gioi_tinh', 'sex', 'sex'],
      ['quoc_tich', 'nationality', 'nationality'],
      ['nha_mang', 'carrier', oneOf('Viettel', 'Viettel', 'VinaPhone', 'MobiFone', 'Vietnamobile')],
      ['ngay_kich_hoat', 'registered', dayBetween(2026, 2026)],
      ['kenh_dang_ky', null, oneOf('Cửa hàng', 'Ứng dụng', 'Đại lý')],
    ],
  },
];
