// Reasons about a person's name. Codes are those of the design, §5; the kinds follow the clerical differences that the
// data-cleaning programme reports: form, marks, i/y, regional pairs, a dropped middle name, order, typing, another name.
import { type Reason, same } from './reason-facts.js';

export const NAME_REASONS = {
  'name.format': {
    label: { vi: 'Khác cách viết', en: 'Written in another form' },
    meaning: {
      vi: 'Chỉ khác hình thức: khoảng trắng, dạng Unicode, vị trí dấu thanh, bảng mã cũ (TCVN3, VNI…), ký tự gõ sót. Không ảnh hưởng nội dung.',
      en: 'Differs in form only: spaces, Unicode form, place of the tone mark, a legacy encoding (TCVN3, VNI…), typing residue. The content is the same.',
    },
    example: same('NguyÔn V¨n Hoµ → Nguyễn Văn Hòa'),
    mend: ['system'],
  },
  'name.accents': {
    label: { vi: 'Thiếu hoặc sai dấu', en: 'Marks missing or wrong' },
    meaning: {
      vi: 'Cùng chữ cái nhưng thiếu dấu, sai dấu, hoặc mất chữ có dấu (thành “?”). Thiếu hết dấu là mất thông tin; sai dấu là khác thật.',
      en: 'Same letters, but marks are missing, wrong, or a marked letter was lost (became “?”). No marks at all is a loss; wrong marks are a real difference.',
    },
    example: same('Nguyễn Văn Ân ≠ Nguyễn Văn An'),
    mend: ['owner', 'citizen'],
  },
  'name.spelling_variant': {
    label: { vi: 'Khác i/y', en: 'i/y spelling' },
    meaning: {
      vi: 'Chỉ khác chữ i hoặc y. Trên giấy tờ đây là hai cách viết khác nhau nên phải xác minh.',
      en: 'Only i against y. On paper these are two different spellings, so it must be verified.',
    },
    example: same('Nguyễn Thị Mĩ Linh ≠ Nguyễn Thị Mỹ Linh'),
    mend: ['owner', 'citizen'],
  },
  'name.regional_variant': {
    label: { vi: 'Biến thể vùng miền', en: 'Regional form' },
    meaning: {
      vi: 'Hai dạng vùng miền của một họ hoặc tên: Hoàng/Huỳnh, Vũ/Võ… Về pháp lý là hai tên khác nhau.',
      en: 'Two regional forms of one name: Hoàng/Huỳnh, Vũ/Võ… Legally they are different names.',
    },
    example: same('Hoàng Văn Bình ≠ Huỳnh Văn Bình'),
    mend: ['owner', 'citizen'],
  },
  'name.middle_name': {
    label: { vi: 'Thừa hoặc thiếu chữ đệm', en: 'Middle name dropped or added' },
    meaning: {
      vi: 'Họ và tên giống nhau, một bên thừa hoặc thiếu chữ đệm (Thị, Văn…).',
      en: 'Family and given name agree; one side has a middle name (Thị, Văn…) more or fewer.',
    },
    example: same('Lê Hồng ≠ Lê Thị Hồng'),
    mend: ['owner', 'citizen'],
  },
  'name.abbreviated': {
    label: { vi: 'Viết tắt', en: 'Abbreviated' },
    meaning: {
      vi: 'Một phần tên chỉ còn chữ cái đầu; không trái với tên đầy đủ.',
      en: 'Part of the name is reduced to initials; it does not contradict the full name.',
    },
    example: same('N. V. An → Nguyễn Văn An'),
    mend: ['owner'],
  },
  'name.word_order': {
    label: { vi: 'Sai thứ tự các chữ', en: 'Word order' },
    meaning: {
      vi: 'Đủ các chữ nhưng khác thứ tự, thường do ghép cột họ và tên ngược hoặc tên người dân tộc thiểu số.',
      en: 'The same words in another order, usually from columns joined the wrong way or names of ethnic minorities.',
    },
    example: same('An Nguyễn Văn ≠ Nguyễn Văn An'),
    mend: ['owner'],
  },
  'name.typo': {
    label: { vi: 'Lỗi gõ', en: 'Typing error' },
    meaning: {
      vi: 'Khác một, hai chữ cái, giống lỗi gõ phím; vẫn phải đối chiếu giấy tờ trước khi sửa.',
      en: 'One or two letters differ as in a typing error; still to be checked against papers before it is changed.',
    },
    example: same('Nguyễn Vănn Hùng ≠ Nguyễn Văn Hùng'),
    mend: ['owner', 'citizen'],
  },
  'name.different': {
    label: { vi: 'Tên khác', en: 'Another name' },
    meaning: {
      vi: 'Hai tên khác hẳn nhau: có thể gán nhầm số giấy tờ, đổi tên, hoặc một bên ghi sai.',
      en: 'Two quite different names: a number given to the wrong person, a change of name, or an error on either side.',
    },
    example: same('Phạm Quốc Tuấn ≠ Nguyễn Văn An'),
    mend: ['citizen', 'owner', 'police', 'civil_status'],
  },
  'name.invalid': {
    label: { vi: 'Không phải tên người', en: 'Not a name' },
    meaning: {
      vi: 'Ô tên chỉ có chữ số, ký hiệu hoặc từ như “không rõ”, “test”; coi như trống.',
      en: 'The cell holds only digits, symbols or words such as “unknown” or “test”; treated as empty.',
    },
    example: same('KHÔNG CÓ → —'),
    mend: ['owner'],
  },
  'name.missing': {
    label: { vi: 'Thiếu tên', en: 'Name missing' },
    meaning: { vi: 'Ô tên trống.', en: 'The name is empty.' },
    example: same('— ≠ Nguyễn Văn An'),
    mend: ['owner', 'citizen'],
  },
} as const satisfies Readonly<Record<`name.${string}`, Reason>>;
