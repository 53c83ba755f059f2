/** Civil status: deaths and decisions on nationality; births have a module of their own. */
import { dayAtAge, dayBetween, oneNumber, oneOf } from '../cells.js';
import type { SectorTable } from '../sector-table.js';

export const CIVIL_STATUS: readonly SectorTable[] = [
  {
    sector: 'deaths',
    job: 'khai-tu',
    style: 'commas of a spreadsheet',
    names: 'TCVN3',
    people: { ages: [40, 105], only: ({ status }) => status !== 'left' },
    event: dayBetween(2025, 2026),
    key: '***/KT-2026',
    withoutNumber: 0.12,
    dirt: { like: 'civil-registry', rates: { 'before-birth': 2, 'old-number': 6, deceased: 0 } },
    columns: [
      ['so_dang_ky', 'record_key', 'key'],
      ['ho_ten_nguoi_chet', 'name', 'name'],
      ['ngay_sinh', 'born', 'born'],
      ['gioi_tinh', 'sex', 'sex'],
      ['so_dinh_danh', 'id', 'id'],
      ['ngay_chet', 'died', 'event'],
      ['noi_chet', null, oneOf('Tại nhà', 'Bệnh viện', 'Trạm y tế')],
      ['ngay_dang_ky', 'registered', dayBetween(2026, 2026)],
      ['tinh', 'province', 'province'],
    ],
  },
  {
    sector: 'nationality-changes',
    job: 'quoc-tich',
    style: 'semicolons',
    people: { ages: [18, 70] },
    key: '****/QĐ-CTN',
    withoutNumber: 0.15,
    dirt: { like: 'civil-registry', rates: { absent: 6, passport: 4, 'old-number': 6 } },
    columns: [
      ['so_quyet_dinh', 'record_key', 'key'],
      ['ho_va_ten', 'name', 'name'],
      ['ngay_sinh', 'born', 'born'],
      ['gioi_tinh', 'sex', 'sex'],
      ['so_dinh_danh', 'id', 'id'],
      [
        'loai_viec',
        'change',
        oneOf('Thôi quốc tịch', 'Thôi quốc tịch', 'Trở lại quốc tịch', 'Nhập quốc tịch'),
      ],
      ['quoc_tich_moi', 'new_nationality', oneOf('Đức', 'Hoa Kỳ', 'Hàn Quốc', 'Đài Loan', 'Úc', 'Séc')],
      ['ngay_quyet_dinh', 'decided', dayAtAge(18, 60)],
      ['so_ho_chieu_moi', null, oneNumber('@########')],
      ['tinh', 'province', 'province'],
    ],
  },
];
