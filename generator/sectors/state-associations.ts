/** State staff, and the associations: lists of branches, most without numbers, with year of birth and commune only. */
import { dayAtAge, oneNumber, oneOf } from '../cells.js';
import type { Dirt } from '../draft.js';
import type { Person } from '../person.js';
import type { SectorTable } from '../sector-table.js';

interface Association {
  readonly sector: string;
  readonly job: string;
  readonly key: string;
  readonly ages: readonly [from: number, to: number];
  readonly only?: (person: Person) => boolean;
  readonly names?: SectorTable['names'];
  readonly withoutNumber: number;
}

/** A branch writes by hand and types it up later: light slips, hardly ever another person’s number. */
const BY_HAND: Dirt = {
  like: 'civil-registry',
  rates: {
    'no-marks': 0,
    'other-name': 0,
    'name-typo': 6,
    'title-or-note': 6,
    'shared-number': 0,
    'others-number': 0,
    'old-number': 8,
    'reissued-number': 0,
    'wrong-structure': 0,
    'namesake-without-number': 0,
    stranger: 2,
    'stranger-without-number': 0,
    'other-province': 0,
    'place-missing': 0,
  },
};

function association({ sector, job, key, ages, only, names, withoutNumber }: Association): SectorTable {
  return {
    sector,
    job,
    key,
    style: 'semicolons',
    dates: 'year',
    names: names ?? 'as written',
    people: only === undefined ? { ages } : { ages, only },
    withoutNumber,
    dirt: BY_HAND,
    columns: [
      ['so_the', 'record_key', 'key'],
      ['ho_ten_hoi_vien', 'name', 'name'],
      ['nam_sinh', 'born', 'born'],
      ...(sector === 'womens-union' ? [] : ([['gioi_tinh', 'sex', 'sex']] as const)),
      ['so_cccd', 'id', 'id'],
      ['xa', 'address', 'commune'],
      ['tinh', 'address', 'home province'],
      ['chi_hoi', 'branch', oneOf('Chi hội thôn 1', 'Chi hội thôn 2', 'Chi hội tổ 5', 'Chi hội ấp Giữa')],
      ['ngay_vao_hoi', 'joined', dayAtAge(18, 50)],
    ],
  };
}

export const STATE_ASSOCIATIONS: readonly SectorTable[] = [
  {
    sector: 'civil-servants',
    job: 'can-bo-cong-chuc',
    style: 'semicolons',
    people: { ages: [23, 61] },
    key: 'CB.******',
    dirt: {
      like: 'workers',
      rates: { 'old-number': 8, 'too-young': 0, 'out-of-age': 2, 'spelling-variant': 8 },
    },
    columns: [
      ['so_hieu', 'record_key', 'key'],
      ['ho_ten', 'name', 'name'],
      ['ngay_sinh', 'born', 'born'],
      ['gioi_tinh', 'sex', 'sex'],
      ['so_dinh_danh', 'id', 'id'],
      ['dan_toc', 'ethnicity', oneOf('Kinh')],
      ['chuc_vu', 'position', oneOf('Chuyên viên', 'Phó trưởng phòng', 'Trưởng phòng', 'Kế toán', 'Văn thư')],
      ['ma_ngach', 'rank', oneOf('01.003', '01.002', '06.031', '02.007')],
      ['co_quan', 'agency', oneOf('Sở Nội vụ', 'Sở Tài chính', 'UBND xã Đồng Cao', 'UBND phường Bến Sông')],
      ['ngay_tuyen_dung', 'started', dayAtAge(23, 40)],
      ['he_so_luong', null, oneNumber('#,##')],
    ],
  },
  association({
    sector: 'farmers-association',
    job: 'hoi-nong-dan',
    key: 'ND-******',
    ages: [20, 85],
    withoutNumber: 0.6,
  }),
  association({
    sector: 'elderly-association',
    job: 'hoi-nguoi-cao-tuoi',
    key: 'NCT-*****',
    ages: [60, 105],
    withoutNumber: 0.7,
  }),
  association({
    sector: 'veterans-association',
    job: 'hoi-cuu-chien-binh',
    key: 'CCB-*****',
    ages: [45, 100],
    only: ({ sex }) => sex === 'M',
    withoutNumber: 0.5,
  }),
  association({
    sector: 'womens-union',
    job: 'hoi-phu-nu',
    key: 'PN******',
    ages: [20, 85],
    only: ({ sex }) => sex === 'F',
    withoutNumber: 0.6,
  }),
  association({
    sector: 'youth-union',
    job: 'doan-thanh-nien',
    key: 'DV******',
    ages: [16, 34],
    names: 'capitals',
    withoutNumber: 0.3,
  }),
];
