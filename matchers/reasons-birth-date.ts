// Reasons about a date of birth and about the sex. Codes: design §5. On registered births without day and month see
// Circular 04/2020/TT-BTP, article 18: 01/01 is therefore not proof of a first of January.
import { type Reason, same } from './reason-facts.js';

export const BORN_REASONS = {
  'born.format': {
    label: { vi: 'Khác cách ghi ngày', en: 'Written in another form' },
    meaning: {
      vi: 'Cùng một ngày nhưng ghi bằng số ngày của bảng tính, năm hai chữ số, viết liền, hoặc kèm chữ thừa.',
      en: 'The same day written as a spreadsheet day number, with a two-digit year, run together, or with stray text.',
    },
    example: same('20153 → 05/03/1955'),
    mend: ['system'],
  },
  'born.year_only': {
    label: { vi: 'Chỉ có năm sinh', en: 'Year only' },
    meaning: {
      vi: 'Một bên chỉ có năm (hoặc tháng, năm) và không trái với bên kia. Giấy tờ cũ thường chỉ ghi năm.',
      en: 'One side has only the year (or month and year) and does not contradict the other. Old papers often give the year only.',
    },
    example: same('1955 → 05/03/1955'),
    mend: ['owner', 'police'],
  },
  'born.default_day': {
    label: { vi: 'Ngày mặc định 01/01', en: 'Default day 01/01' },
    meaning: {
      vi: 'Một bên ghi 01/01, bên kia có ngày đầy đủ cùng năm: có thể 01/01 được điền thay cho ngày không rõ.',
      en: 'One side says 01/01, the other a full date in the same year: 01/01 may stand for an unknown day.',
    },
    example: same('01/01/1955 ≠ 05/03/1955'),
    mend: ['owner', 'citizen', 'civil_status'],
  },
  'born.day_month_swapped': {
    label: { vi: 'Đảo ngày và tháng', en: 'Day and month swapped' },
    meaning: {
      vi: 'Ngày và tháng đổi chỗ cho nhau, thường do bảng tính dùng kiểu ngày của Mỹ.',
      en: 'Day and month have changed places, usually from a spreadsheet with American dates.',
    },
    example: same('03/05/1955 ≠ 05/03/1955'),
    mend: ['owner', 'citizen'],
  },
  'born.impossible': {
    label: { vi: 'Ngày không có thật', en: 'Impossible date' },
    meaning: {
      vi: 'Ngày không có trên lịch, ở tương lai hoặc quá 120 năm trước. Một số giấy tờ cũ thật sự ghi như vậy (30/02…).',
      en: 'Not in the calendar, in the future, or more than 120 years ago. Some old papers do say so (30/02…).',
    },
    example: same('30/02/1957 ≠ 02/03/1957'),
    mend: ['citizen', 'civil_status', 'owner'],
  },
  'born.one_part': {
    label: { vi: 'Sai một phần ngày', en: 'One part differs' },
    meaning: {
      vi: 'Chỉ ngày, chỉ tháng hoặc chỉ năm khác nhau.',
      en: 'Only the day, only the month or only the year differs.',
    },
    example: same('05/03/1956 ≠ 05/03/1955'),
    mend: ['owner', 'citizen', 'police'],
  },
  'born.lunar_suspected': {
    label: { vi: 'Nghi ghi ngày âm lịch', en: 'Lunar date suspected' },
    meaning: {
      vi: 'Ngày một bên đổi từ âm lịch sang dương lịch đúng bằng ngày bên kia. Chỉ là nghi vấn, không tự sửa.',
      en: 'One date, converted from the lunar calendar, equals the other. A suspicion only, never corrected automatically.',
    },
    example: same('10/02/1955 ≠ 03/03/1955'),
    mend: ['citizen', 'civil_status'],
  },
  'born.different': {
    label: { vi: 'Ngày sinh khác', en: 'Another date' },
    meaning: { vi: 'Hai ngày sinh khác hẳn nhau.', en: 'Two quite different dates of birth.' },
    example: same('17/11/1962 ≠ 05/03/1955'),
    mend: ['citizen', 'owner', 'police', 'civil_status'],
  },
  'born.missing': {
    label: { vi: 'Thiếu ngày sinh', en: 'Date of birth missing' },
    meaning: { vi: 'Ô ngày sinh trống.', en: 'The date of birth is empty.' },
    example: same('— ≠ 05/03/1955'),
    mend: ['owner', 'citizen'],
  },
} as const satisfies Readonly<Record<`born.${string}`, Reason>>;

export const SEX_REASONS = {
  'sex.format': {
    label: { vi: 'Khác cách ghi giới tính', en: 'Written in another form' },
    meaning: {
      vi: 'Ghi bằng mã hoặc chữ khác, đã quy về Nam/Nữ theo bảng mã của cột.',
      en: 'Written as a code or another word; read as male or female by the column’s code list.',
    },
    example: same('1 → Nam'),
    mend: ['system'],
  },
  'sex.different': {
    label: { vi: 'Giới tính khác', en: 'Another sex' },
    meaning: {
      vi: 'Giới tính hai bên khác nhau: ghi nhầm, gán nhầm số giấy tờ, hoặc đã cải chính.',
      en: 'The two sides differ: a slip, a number given to the wrong person, or a corrected entry.',
    },
    example: same('Nữ ≠ Nam'),
    mend: ['owner', 'citizen', 'police'],
  },
  'sex.missing': {
    label: { vi: 'Thiếu giới tính', en: 'Sex missing' },
    meaning: { vi: 'Ô giới tính trống.', en: 'The sex is empty.' },
    example: same('— ≠ Nam'),
    mend: ['owner'],
  },
} as const satisfies Readonly<Record<`sex.${string}`, Reason>>;
