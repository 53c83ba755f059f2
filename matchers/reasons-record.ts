// Reasons about a record as a whole and about the person whom it was matched with. Codes: design §5.
import { type Reason, same } from './reason-facts.js';

export const RECORD_REASONS = {
  'record.duplicate': {
    label: { vi: 'Bản ghi trùng lặp', en: 'Duplicate record' },
    meaning: {
      vi: 'Mọi cột được khai báo giống hệt một bản ghi trước trong dữ liệu nộp; hoặc, ở lĩnh vực mà mỗi người chỉ có một bản ghi, người này đã có bản ghi trước (xem duplicates.csv).',
      en: 'All mapped columns equal those of an earlier record in the extract; or, in a sector where a person has one record only, the person has an earlier one (see duplicates.csv).',
    },
    example: { vi: 'dòng 120 = dòng 87', en: 'line 120 = line 87' },
    mend: ['owner'],
  },
  'record.id_shared': {
    label: { vi: 'Một số, nhiều người', en: 'One number, several people' },
    meaning: {
      vi: 'Một số giấy tờ đứng tên nhiều người khác nhau trong dữ liệu nộp.',
      en: 'One identity number stands beside the names of several people in the extract.',
    },
    example: same('079085001234: Nguyễn Văn An · Lê Thị Hồng'),
    mend: ['owner', 'citizen'],
  },
  'record.required_missing': {
    label: { vi: 'Thiếu trường bắt buộc', en: 'Required field missing' },
    meaning: {
      vi: 'Một trường mà lĩnh vực này bắt buộc phải có đang trống hoặc không đọc được.',
      en: 'A field that this sector requires is empty or unreadable.',
    },
    example: { vi: 'số giấy tờ: —', en: 'identity number: —' },
    mend: ['owner', 'citizen'],
  },
  'record.age_out_of_range': {
    label: { vi: 'Tuổi ngoài giới hạn', en: 'Age out of range' },
    meaning: {
      vi: 'Tuổi tính đến ngày đối soát nằm ngoài giới hạn của lĩnh vực (ví dụ người lao động dưới 15 tuổi).',
      en: 'The age on the day of the run lies outside the sector’s limits (for instance a worker under 15).',
    },
    example: { vi: 'người lao động, 9 tuổi', en: 'a worker aged 9' },
    mend: ['owner', 'citizen'],
  },
} as const satisfies Readonly<Record<`record.${string}`, Reason>>;

export const PERSON_REASONS = {
  'person.deceased': {
    label: { vi: 'Đã chết', en: 'Deceased' },
    meaning: {
      vi: 'Theo dữ liệu tham chiếu, người này đã chết. Không làm đổi kết quả đối soát.',
      en: 'According to the reference this person is dead. It does not change the outcome.',
    },
    example: {
      vi: 'thuê bao đang hoạt động, chủ thuê bao đã chết',
      en: 'an active subscription of a dead person',
    },
    mend: ['owner', 'civil_status'],
  },
  'person.absent': {
    label: { vi: 'Không còn cư trú', en: 'No longer resident' },
    meaning: {
      vi: 'Theo dữ liệu tham chiếu, người này đã ra nước ngoài định cư hoặc thôi quốc tịch. Không làm đổi kết quả.',
      en: 'According to the reference this person has left the country or lost nationality. It does not change the outcome.',
    },
    example: { vi: 'đã ra nước ngoài định cư', en: 'has settled abroad' },
    mend: ['owner', 'police'],
  },
} as const satisfies Readonly<Record<`person.${string}`, Reason>>;
