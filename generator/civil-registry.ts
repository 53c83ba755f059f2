/**
 * Births as a civil-status office keeps them: child, number given at registration, place of registration, parents. Names in
 * Title Case. Dirty as old books typed up in haste are: TCVN3 and VNI, hoà for hòa, missing numbers, lunar dates, 30/02.
 */
import type { Extract } from './draft.js';
import { familyName, kinhName } from './names.js';
import { bornText, type Person, pad } from './person.js';
import type { Random } from './random.js';
import type { Sex } from './tables.js';

function parent(person: Person, sex: Sex, random: Random): string {
  const own = sex === 'M' ? person.father : person.mother;
  if (own !== '') return own;
  if (sex === 'M') return '';
  const family = familyName(person.home.province.half, random);
  return kinhName(family, sex, person.year - 26, random).full;
}

export const civilRegistry: Extract = {
  sector: 'civil-registry',
  dirt: { like: 'civil-registry' },
  job: {
    name: 'khai-sinh-2026-11',
    columns: [
      ['record_key', 'so_dang_ky'],
      ['id', 'so_dinh_danh'],
      ['name', 'ho_ten_con'],
      ['born', 'ngay_sinh'],
      ['sex', 'gioi_tinh'],
      ['registered_at', 'noi_dang_ky'],
      ['province', 'tinh'],
      ['father', 'ho_ten_cha'],
      ['mother', 'ho_ten_me'],
    ],
  },
  groupBy: ['province'],
  header: [
    'so_dang_ky',
    'ho_ten_con',
    'ngay_sinh',
    'gioi_tinh',
    'so_dinh_danh',
    'noi_dang_ky',
    'tinh',
    'ho_ten_cha',
    'ho_ten_me',
    'ngay_dang_ky',
  ],
  style: { delimiter: ',', newline: '\r\n', bom: true },
  upperCase: false,
  born: bornText,
  required: ['name', 'born'],
  comparesPlace: false,
  eligible: (person) => person.year >= 2004,
  rows: () => 1,
  fill: (draft, random, sequence) => {
    const { person } = draft;
    const commune = random.pick(person.birthPlace.communes);
    draft.key = `${sequence + 1}/${person.year}`;
    draft.province = person.birthPlace.newName;
    const nextYear = person.month >= 10 && person.year < 2026;
    const month = nextYear ? random.between(1, 3) : random.between(Math.min(person.month + 1, 10), 10);
    draft.own = [
      `UBND ${commune.name.charAt(0).toLowerCase()}${commune.name.slice(1)}`,
      parent(person, 'M', random),
      parent(person, 'F', random),
      `${pad(random.between(1, 28))}/${pad(month)}/${person.year + (nextYear ? 1 : 0)}`,
    ];
  },
  cells: (draft) => [
    draft.key,
    draft.name,
    draft.born,
    draft.sex,
    draft.id,
    draft.own[0] ?? '',
    draft.province,
    draft.own[1] ?? '',
    draft.own[2] ?? '',
    draft.own[3] ?? '',
  ],
};
