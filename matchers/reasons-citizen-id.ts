// Reasons about the identity number. Codes: design §5. The digits of a personal ID carry place of birth registration, sex
// and year (Decree 137/2015/NĐ-CP, article 13), yet issued numbers can contradict the true data and are then cancelled and
// re-established (Decree 70/2024/NĐ-CP, article 11): a conflict of digits is a warning, not proof of a wrong person.
import { type Reason, same } from './reason-facts.js';

export const ID_REASONS = {
  'id.format': {
    label: { vi: 'Khác cách ghi số', en: 'Written in another form' },
    meaning: {
      vi: 'Có dấu cách, dấu chấm, chữ O thay số 0, mất số 0 ở đầu hoặc hỏng do bảng tính; đã khôi phục được.',
      en: 'Separators, letter O for zero, a lost leading zero or spreadsheet damage; it could be restored.',
    },
    example: same('79 085 001 234 → 079085001234'),
    mend: ['system'],
  },
  'id.old_number': {
    label: { vi: 'Số CMND cũ', en: 'Old 9-digit number' },
    meaning: {
      vi: 'Ghi số chứng minh nhân dân 9 số; dữ liệu tham chiếu biết số định danh của người này.',
      en: 'An old 9-digit number; the reference knows this person’s personal ID.',
    },
    example: same('023456789 → 079085001234'),
    mend: ['system', 'owner'],
  },
  'id.reissued': {
    label: { vi: 'Số đã hủy, cấp lại', en: 'Cancelled and re-issued' },
    meaning: {
      vi: 'Số định danh đã bị hủy và xác lập lại; dữ liệu tham chiếu có số mới.',
      en: 'The personal ID was cancelled and re-established; the reference has the new number.',
    },
    example: same('079085001234 → 079185001234'),
    mend: ['system', 'owner'],
  },
  'id.typo': {
    label: { vi: 'Gõ sai một chữ số', en: 'One digit wrong' },
    meaning: {
      vi: 'Sai, thiếu một chữ số hoặc hai chữ số cạnh nhau đổi chỗ so với số của người khớp các trường khác.',
      en: 'One digit wrong or lost, or two neighbours swapped, against the number of the person whom the other fields fit.',
    },
    example: same('079085001243 ≠ 079085001234'),
    mend: ['owner'],
  },
  'id.belongs_to_other': {
    label: { vi: 'Số của người khác', en: 'Belongs to somebody else' },
    meaning: {
      vi: 'Số này trong dữ liệu tham chiếu thuộc về một người rõ ràng khác. Nghiêm trọng: nghi dùng giấy tờ của người khác hoặc gán nhầm.',
      en: 'In the reference this number belongs to a plainly different person. Serious: another person’s papers, or a wrong assignment.',
    },
    example: same('079085001234 · Lê Thị Hồng ≠ 079085001234 · Nguyễn Văn An'),
    mend: ['citizen', 'owner', 'police'],
  },
  'id.not_found': {
    label: { vi: 'Không có trong tham chiếu', en: 'Not in the reference' },
    meaning: {
      vi: 'Số đúng dạng nhưng dữ liệu tham chiếu không có ai mang số này.',
      en: 'The number is well formed, but nobody in the reference has it.',
    },
    example: same('079085009999 → —'),
    mend: ['owner', 'citizen', 'police'],
  },
  'id.structure': {
    label: { vi: 'Trái với cấu trúc số', en: 'Digits contradict the record' },
    meaning: {
      vi: 'Các chữ số chỉ giới tính, năm sinh hoặc nơi đăng ký khai sinh trái với chính bản ghi. Chỉ là cảnh báo: có số được cấp như vậy.',
      en: 'The digits for sex, year or place of registration contradict the record itself. A warning only: such numbers have been issued.',
    },
    example: { vi: '079085001234 (nam, 1985) ≠ Nữ, 1958', en: '079085001234 (male, 1985) ≠ female, 1958' },
    mend: ['owner', 'citizen', 'police'],
  },
  'id.invalid': {
    label: { vi: 'Không phải số giấy tờ', en: 'Not an identity number' },
    meaning: {
      vi: 'Sai độ dài, toàn số giống nhau, hoặc là loại số khác (số điện thoại, mã số thuế…); coi như trống.',
      en: 'Wrong length, all digits equal, or another kind of number (phone, tax code…); treated as empty.',
    },
    example: same('111111111111 → —'),
    mend: ['owner'],
  },
  'id.missing': {
    label: { vi: 'Thiếu số giấy tờ', en: 'Number missing' },
    meaning: { vi: 'Ô số giấy tờ trống.', en: 'The identity number is empty.' },
    example: same('— ≠ 079085001234'),
    mend: ['owner', 'citizen'],
  },
} as const satisfies Readonly<Record<`id.${string}`, Reason>>;
