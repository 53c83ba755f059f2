// Reasons about numbers other than the identity number (phone, tax code, insurance number …) and about values taken from
// a list (nationality, ethnicity …). Codes: design §5. Examples are made up.
import type { Text } from '../messages/text.js';
import { type Reason, same } from './reason-facts.js';

const FORMAT: Omit<Reason, 'example'> = {
  label: { vi: 'Khác cách ghi', en: 'Written in another form' },
  meaning: {
    vi: 'Chỉ khác hình thức (dấu cách, dấu chấm, viết tắt, mã thay chữ, mất số 0 ở đầu…), đã đưa về dạng chuẩn.',
    en: 'Differs in form only (separators, abbreviation, code for word, a lost leading zero…); brought to the standard form.',
  },
  mend: ['system'],
};
const INVALID: Omit<Reason, 'example'> = {
  label: { vi: 'Không hợp lệ', en: 'Not valid' },
  meaning: {
    vi: 'Sai độ dài, sai chữ số kiểm tra, ngoài danh mục, hoặc là loại giá trị khác.',
    en: 'Wrong length or check digit, not in the list, or another kind of value.',
  },
  mend: ['owner', 'citizen'],
};
const TYPO: Omit<Reason, 'example'> = {
  label: { vi: 'Lỗi gõ', en: 'Typing error' },
  meaning: {
    vi: 'Khác rất ít ký tự, giống lỗi gõ phím; phải đối chiếu trước khi sửa.',
    en: 'Very few characters differ, as in a typing error; to be checked before it is changed.',
  },
  mend: ['owner'],
};
const DIFFERENT: Omit<Reason, 'example'> = {
  label: { vi: 'Giá trị khác', en: 'Another value' },
  meaning: { vi: 'Hai bên có giá trị khác nhau.', en: 'The two sides have different values.' },
  mend: ['owner', 'citizen'],
};
const MISSING: Omit<Reason, 'example'> = {
  label: { vi: 'Thiếu giá trị', en: 'Value missing' },
  meaning: { vi: 'Ô trống.', en: 'The cell is empty.' },
  mend: ['owner', 'citizen'],
};

/** The five kinds that every such family has; `good`, `written`, `slip` and `bad` are a right value and damaged ones. */
function valueReasons<F extends string>(family: F, [good, written, slip, bad]: readonly string[]) {
  const rows = {
    format: { ...FORMAT, example: same(`${written} → ${good}`) },
    invalid: { ...INVALID, example: same(`${bad} → —`) },
    typo: { ...TYPO, example: same(`${slip} ≠ ${good}`) },
    different: { ...DIFFERENT, example: same(`${slip} ≠ ${good}`) },
    missing: { ...MISSING, example: same(`— ≠ ${good}`) },
  } satisfies Readonly<Record<string, Reason>>;
  const named = Object.entries(rows).map(([kind, reason]) => [`${family}.${kind}`, reason]);
  return Object.fromEntries(named) as Record<`${F}.${keyof typeof rows}`, Reason>;
}

function example(reason: Omit<Reason, 'example'>, text: Text): Reason {
  return { ...reason, example: text };
}

export const VALUE_REASONS = {
  ...valueReasons('phone', ['0912 345 678', '+84 912.345.678', '0912 345 687', '12345']),
  'phone.old_prefix': {
    label: { vi: 'Đầu số cũ', en: 'Old prefix' },
    meaning: {
      vi: 'Số di động 11 số trước 15/9/2018 hoặc mã vùng cố định cũ; đã quy đổi theo bảng chuyển đổi.',
      en: 'An 11-digit mobile number from before 15 September 2018 or an old area code; converted by the official table.',
    },
    example: same('0169 2345 678 → 039 2345 678'),
    mend: ['system'],
  },
  'phone.different': example(DIFFERENT, same('0987 111 222 ≠ 0912 345 678')),
  ...valueReasons('tax_code', ['079085001234', '079.085.001.234', '079085001243', '12-34']),
  'tax_code.different': example(DIFFERENT, same('001190004321 ≠ 079085001234')),
  ...valueReasons('insurance_no', ['7912345678', '79 1234 5678', '7912345687', '0000000000']),
  'insurance_no.different': example(DIFFERENT, same('0100002222 ≠ 7912345678')),
  ...valueReasons('health_card', ['DN4797912345678', 'dn 4 79 7912345678', 'DN4797912345687', 'THẺ GIẤY']),
  'health_card.different': example(DIFFERENT, same('HT2790100002222 ≠ DN4797912345678')),
  ...valueReasons('driving_licence', ['790123456789', '79 0123 456 789', '790123456798', 'A1']),
  'driving_licence.different': example(DIFFERENT, same('010987654321 ≠ 790123456789')),
  ...valueReasons('household_no', ['0412345', 'số 041 2345', '0412354', 'chưa có']),
  'household_no.different': example(DIFFERENT, same('0877777 ≠ 0412345')),
  ...valueReasons('nationality', ['Việt Nam', 'VNM', 'Việt Nma', '???']),
  'nationality.different': example(DIFFERENT, same('Lào ≠ Việt Nam')),
  ...valueReasons('ethnicity', ['Ê Đê', 'Êđê', 'Ê Đe', '99']),
  'ethnicity.different': example(DIFFERENT, same('Tày ≠ Nùng')),
  ...valueReasons('relationship', ['Con', 'con ruột', 'Co', 'không rõ']),
  'relationship.different': example(DIFFERENT, same('Vợ/chồng ≠ Con')),
  ...valueReasons('organisation', [
    'Công ty TNHH Hoa Sen Xanh',
    'CTY TNHH HOA SEN XANH',
    'Công ty TNHH Hoa Sen Xnah',
    '---',
  ]),
  'organisation.different': example(DIFFERENT, same('Công ty TNHH Mây Trắng ≠ Công ty TNHH Hoa Sen Xanh')),
  ...valueReasons('money', ['12.500.000', '12,500,000 đ', '12.500.00', 'mười hai']),
  'money.different': example(DIFFERENT, same('21.500.000 ≠ 12.500.000')),
  ...valueReasons('field', ['AB-1204', ' ab 1204', 'AB-1240', '#N/A']),
  'field.different': example(DIFFERENT, same('XY-0001 ≠ AB-1204')),
} as const satisfies Readonly<Record<string, Reason>>;
