/**
 * Subscribers as a carrier's system exports them: one row a number, several numbers a person, names in capitals. Dirty as
 * years of sales counters made it: names without marks, old 9-digit papers, other people's numbers, 01/01.
 */
import type { Extract } from './draft.js';
import { bornText, LAST_DAY, pad } from './person.js';
import { draw, weighted } from './random.js';

/** Carrier and current prefixes, by rounded share of the market (domain: mobile prefixes of 2018-2026). */
const CARRIERS = weighted(
  [
    ['Viettel', ['032', '033', '034', '035', '036', '037', '038', '039', '086', '096', '097', '098']],
    ['VinaPhone', ['081', '082', '083', '085', '088', '091', '094']],
    ['MobiFone', ['070', '076', '077', '078', '079', '090', '093']],
    ['Vietnamobile', ['056', '058', '092']],
  ] as const,
  [54, 22, 20, 4],
);
const SERIALS = 9_000_000;
const SUBSCRIPTIONS = weighted([1, 2, 3, 4], [64, 24, 9, 3]);

export const telecomSubscribers: Extract = {
  sector: 'telecom-subscribers',
  dirt: { like: 'telecom-subscribers' },
  job: {
    name: 'thue-bao-2026-11',
    columns: [
      ['record_key', 'so_thue_bao'],
      ['phone', 'so_thue_bao'],
      ['id', 'so_giay_to'],
      ['name', 'ho_ten'],
      ['born', 'ngay_sinh'],
      ['sex', 'gioi_tinh'],
      ['address', 'dia_chi'],
      ['province', 'tinh'],
      ['carrier', 'nha_mang'],
      ['activated', 'ngay_kich_hoat'],
    ],
  },
  groupBy: ['carrier', 'province'],
  header: [
    'so_thue_bao',
    'loai_giay_to',
    'so_giay_to',
    'ho_ten',
    'ngay_sinh',
    'gioi_tinh',
    'dia_chi',
    'tinh',
    'nha_mang',
    'ngay_kich_hoat',
  ],
  style: { delimiter: ',', newline: '\n', bom: false },
  upperCase: true,
  born: bornText,
  required: ['id', 'name', 'born'],
  comparesPlace: false,
  eligible: (person) => person.year < LAST_DAY.year - 14,
  rows: (random) => draw(SUBSCRIPTIONS, random),
  fill: (draft, random, sequence) => {
    const [carrier, prefixes] = draw(CARRIERS, random);
    // Nine million serials, scattered; a round later they meet the next prefix, so that no number is given twice.
    const round = Math.floor(sequence / SERIALS);
    const prefix = prefixes[(sequence + round) % prefixes.length] as string;
    draft.phone = `${prefix}${1_000_000 + ((sequence * 619_033 + 1_000_003) % SERIALS)}`;
    draft.key = draft.phone;
    draft.paper = 'CCCD';
    draft.address = draft.person.address;
    const year = random.between(Math.max(2009, draft.person.year + 14), 2026);
    const activated = `${pad(random.between(1, 28))}/${pad(random.between(1, 10))}/${year}`;
    draft.own = [carrier, activated];
  },
  cells: (draft) => [
    draft.phone,
    draft.paper,
    draft.id,
    draft.name,
    draft.born,
    draft.sex,
    draft.address,
    draft.province,
    ...draft.own,
  ],
};
