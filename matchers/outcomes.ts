import type { Text } from '../messages/text.js';

/** What became of an input row: exactly one each. Order is the order of every table that lists them. */
export const OUTCOMES = [
  'match',
  'match_after_cleaning',
  'mismatch',
  'linked',
  'possible',
  'ambiguous',
  'not_found',
  'unusable',
  'rejected',
  'apart',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

interface OutcomeFacts extends Text {
  /** Counts as a mismatch in the rate as submitted; `rejected` and `apart` count in neither. */
  readonly asSubmitted: boolean;
  readonly afterCleaning: boolean;
  readonly meaning: Text;
}

export const OUTCOME_FACTS: Readonly<Record<Outcome, OutcomeFacts>> = {
  match: {
    vi: 'Trùng khớp',
    en: 'Match',
    asSubmitted: false,
    afterCleaning: false,
    meaning: {
      vi: 'Tìm thấy người theo số định danh; mọi trường đối sánh giống nhau như đã ghi (không kể chữ hoa, khoảng trắng, dạng Unicode).',
      en: 'The person is found by number; all compared fields are equal as written, up to case, spaces and Unicode form.',
    },
  },
  match_after_cleaning: {
    vi: 'Trùng khớp sau làm sạch',
    en: 'Match after cleaning',
    asSubmitted: true,
    afterCleaning: false,
    meaning: {
      vi: 'Giống nhau sau khi sửa lỗi hình thức; lý do ghi rõ đã sửa gì.',
      en: 'Equal once damage of form is undone; the reasons say what was undone.',
    },
  },
  mismatch: {
    vi: 'Sai lệch',
    en: 'Mismatch',
    asSubmitted: true,
    afterCleaning: true,
    meaning: {
      vi: 'Tìm thấy người theo số định danh nhưng có ít nhất một trường thực sự khác.',
      en: 'The person is found by number; one or more fields really differ.',
    },
  },
  linked: {
    vi: 'Tìm được người, cần sửa số',
    en: 'Linked',
    asSubmitted: true,
    afterCleaning: true,
    meaning: {
      vi: 'Số giấy tờ thiếu, sai hoặc không có, nhưng các trường khác chỉ đủ chắc chắn đến một người: đề xuất sửa.',
      en: 'The number is missing, wrong or unknown, but the other fields point to one person with enough certainty: a correction is proposed.',
    },
  },
  possible: {
    vi: 'Có thể là',
    en: 'Possible',
    asSubmitted: true,
    afterCleaning: true,
    meaning: {
      vi: 'Ứng viên tốt nhất nằm giữa ngưỡng xem xét và ngưỡng chấp nhận: cần người xem.',
      en: 'The best candidate lies between the review and the accept threshold: a person must look.',
    },
  },
  ambiguous: {
    vi: 'Nhiều ứng viên',
    en: 'Ambiguous',
    asSubmitted: true,
    afterCleaning: true,
    meaning: {
      vi: 'Có từ hai ứng viên, không ai trội hẳn: không tự chọn.',
      en: 'There are two or more candidates and none stands out: none is picked.',
    },
  },
  not_found: {
    vi: 'Không tìm thấy',
    en: 'Not found',
    asSubmitted: true,
    afterCleaning: true,
    meaning: { vi: 'Không có ai phù hợp trong dữ liệu tham chiếu.', en: 'Nobody in the reference fits.' },
  },
  unusable: {
    vi: 'Không đủ thông tin',
    en: 'Unusable',
    asSubmitted: true,
    afterCleaning: true,
    meaning: {
      vi: 'Quá ít thông tin hoặc chỉ có dữ liệu rác, không đối sánh được.',
      en: 'Too little or only junk to compare.',
    },
  },
  rejected: {
    vi: 'Không đọc được',
    en: 'Rejected',
    asSubmitted: false,
    afterCleaning: false,
    meaning: {
      vi: 'Dòng không đọc được thành bản ghi; được liệt kê riêng.',
      en: 'The row could not be read as a record; it is listed apart.',
    },
  },
  apart: {
    vi: 'Để riêng',
    en: 'Set apart',
    asSubmitted: false,
    afterCleaning: false,
    meaning: {
      vi: 'Người nước ngoài, người chưa có số định danh hoặc tổ chức, theo khai báo của lĩnh vực; có dòng số liệu riêng, không tính vào tỷ lệ.',
      en: 'A foreigner, a person without a number or an organisation, as the sector declares; it has figures of its own and is in neither rate.',
    },
  },
};

/** With these a person counts as found with certainty; of the others a candidate at most is known. */
export const FOUND: ReadonlySet<Outcome> = new Set(['match', 'match_after_cleaning', 'mismatch', 'linked']);
