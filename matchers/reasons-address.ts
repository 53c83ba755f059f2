// Reasons about places: address, province, commune. Codes: design §5. Since 1 July 2025 there are 34 provinces and no
// districts; an old commune went whole to one new unit, or was split among several and then cannot be resolved silently.
import type { Text } from '../messages/text.js';
import { type Reason, same } from './reason-facts.js';

interface PlaceExamples {
  readonly format: Text;
  readonly oldUnit: Text;
  readonly splitUnit: Text;
  readonly different: Text;
  readonly unreadable: Text;
  readonly missing: Text;
}

function placeReasons<F extends string>(family: F, examples: PlaceExamples) {
  const rows = {
    format: {
      label: { vi: 'Khác cách viết', en: 'Written in another form' },
      meaning: {
        vi: 'Cùng một nơi nhưng viết tắt, không dấu, hoặc ghi bằng mã.',
        en: 'The same place, abbreviated, without marks, or as a code.',
      },
      example: examples.format,
      mend: ['system'],
    },
    old_unit: {
      label: { vi: 'Đơn vị hành chính cũ', en: 'Old unit' },
      meaning: {
        vi: 'Tên hoặc mã trước sắp xếp; chỉ có một đơn vị mới tương ứng nên đã quy đổi.',
        en: 'Name or code from before the rearrangement; exactly one new unit follows it, so it was converted.',
      },
      example: examples.oldUnit,
      mend: ['system'],
    },
    split_unit: {
      label: { vi: 'Đơn vị cũ bị chia', en: 'Old unit that was split' },
      meaning: {
        vi: 'Đơn vị cũ đã chia cho nhiều đơn vị mới; cần số nhà, thôn, tổ để biết thuộc đơn vị nào.',
        en: 'The old unit went to several new ones; street or hamlet is needed to tell which.',
      },
      example: examples.splitUnit,
      mend: ['owner', 'citizen'],
    },
    different: {
      label: { vi: 'Nơi khác', en: 'Another place' },
      meaning: {
        vi: 'Hai bên là hai nơi khác nhau, kể cả sau khi quy đổi đơn vị cũ.',
        en: 'The two sides are different places, also after converting old units.',
      },
      example: examples.different,
      mend: ['citizen', 'owner', 'police'],
    },
    unreadable: {
      label: { vi: 'Không đọc được nơi', en: 'Place not recognised' },
      meaning: {
        vi: 'Không nhận ra tỉnh, xã nào, hoặc mã có thể thuộc nhiều danh mục; không đoán, coi như không đối sánh.',
        en: 'No province or commune is recognised, or the code may belong to several lists; nothing is guessed, it is not compared.',
      },
      example: examples.unreadable,
      mend: ['owner'],
    },
    missing: {
      label: { vi: 'Thiếu nơi', en: 'Place missing' },
      meaning: { vi: 'Ô trống.', en: 'The cell is empty.' },
      example: examples.missing,
      mend: ['owner', 'citizen'],
    },
  } as const satisfies Readonly<Record<string, Reason>>;
  const named = Object.entries(rows).map(([kind, reason]) => [`${family}.${kind}`, reason]);
  return Object.fromEntries(named) as Record<`${F}.${keyof typeof rows}`, Reason>;
}

const OLD_WARD = { vi: 'một phường cũ → 2 phường mới', en: 'one old ward → 2 new wards' };

export const PLACE_REASONS = {
  ...placeReasons('address', {
    format: same('so 5 Tran Phu, tp can tho → …, Thành phố Cần Thơ'),
    oldUnit: same('…, tỉnh Bắc Giang → …, Tỉnh Bắc Ninh'),
    splitUnit: OLD_WARD,
    different: same('Tỉnh Nghệ An ≠ Tỉnh Cà Mau'),
    unreadable: same('ở trọ gần chợ → —'),
    missing: same('— ≠ Tỉnh Nghệ An'),
  }),
  ...placeReasons('province', {
    format: same('TP.HCM → Thành phố Hồ Chí Minh'),
    oldUnit: same('Bắc Giang → Bắc Ninh'),
    splitUnit: same('Sông Bé → Thành phố Hồ Chí Minh / Đồng Nai'),
    different: same('Nghệ An ≠ Cà Mau'),
    unreadable: {
      vi: '24 → Bắc Giang (cũ) hay Bắc Ninh (mới)?',
      en: '24 → Bắc Giang (old) or Bắc Ninh (new)?',
    },
    missing: same('— ≠ Nghệ An'),
  }),
  ...placeReasons('commune', {
    format: same('P.1 → Phường 1'),
    oldUnit: { vi: 'mã xã cũ → mã xã mới', en: 'old commune code → new commune code' },
    splitUnit: OLD_WARD,
    different: same('Xã Tân Tiến ≠ Xã Tân Lập'),
    unreadable: same('Xã ? → —'),
    missing: same('— ≠ Xã Tân Tiến'),
  }),
};
