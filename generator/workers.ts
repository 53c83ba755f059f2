/**
 * Workers as personnel offices report them in spreadsheets: semicolons, dates without padding. Dirty as spreadsheets make
 * it: day numbers, lost zeros, 7.9E+10, apostrophes, two-digit years, former provinces and communes.
 */
import type { Extract } from './draft.js';
import { LAST_DAY } from './person.js';
import { draw, weighted } from './random.js';

const EMPLOYERS = weighted(
  [
    'Công ty TNHH Hoa Sen Xanh',
    'Công ty CP May Bình Minh Mới',
    'Hợp tác xã Nông nghiệp Đồng Tiến',
    'Trường Tiểu học Số 3',
    'Bệnh viện Đa khoa Khu vực',
    'Công ty TNHH MTV Cơ khí Sông Trắng',
    'Công ty CP Thủy sản Biển Lặng',
    'Hộ kinh doanh Ánh Sao',
  ],
  [20, 18, 8, 12, 10, 12, 12, 8],
);

export const workers: Extract = {
  sector: 'workers',
  dirt: { like: 'workers' },
  job: {
    name: 'lao-dong-2026-11',
    columns: [
      ['record_key', 'ma_nv'],
      ['id', 'cccd'],
      ['insurance_no', 'so_bhxh'],
      ['name', 'ho_va_ten'],
      ['born', 'ngay_sinh'],
      ['sex', 'gioi_tinh'],
      ['address', 'dia_chi'],
      ['province', 'tinh'],
      ['employer', 'don_vi'],
    ],
  },
  groupBy: ['province', 'employer'],
  header: ['ma_nv', 'ho_va_ten', 'ngay_sinh', 'gioi_tinh', 'cccd', 'so_bhxh', 'don_vi', 'dia_chi', 'tinh'],
  style: { delimiter: ';', newline: '\r\n', bom: true },
  upperCase: false,
  born: ({ day, month, year }) => `${day}/${month}/${year}`,
  required: ['name', 'born'],
  comparesPlace: true,
  eligible: (person) => person.year <= LAST_DAY.year - 17 && person.year >= LAST_DAY.year - 66,
  rows: () => 1,
  fill: (draft, random, sequence) => {
    const { person } = draft;
    draft.key = `NV${String(sequence + 1).padStart(6, '0')}`;
    draft.insurance = `${person.birthPlace.code}${String(10_000_000 + ((sequence * 7919) % 90_000_000))}`;
    draft.address = person.address;
    draft.own = [draw(EMPLOYERS, random)];
  },
  cells: (draft) => [
    draft.key,
    draft.name,
    draft.born,
    draft.sex,
    draft.id,
    draft.insurance,
    draft.own[0] ?? '',
    draft.address,
    draft.province,
  ],
};
