// Reasons about how the people of one record stand to each other: spouses, a parent and a child, the holder of an account and
// who is paid. Which relations hold, the sector declares (docs/sector-file.md).
import { type Reason, same } from './reason-facts.js';

export const RELATION_REASONS = {
  'relation.same_person': {
    label: { vi: 'Hai vai là một người', en: 'Two roles, one person' },
    meaning: {
      vi: 'Hai vai trong bản ghi phải là hai người khác nhau (vợ và chồng, mẹ và con) nhưng cùng là một người.',
      en: 'Two roles of the record must be two people (wife and husband, mother and child) and are one person.',
    },
    example: { vi: 'chồng 079085001234 = vợ 079085001234', en: 'husband 079085001234 = wife 079085001234' },
    mend: ['owner'],
  },
  'relation.different_people': {
    label: { vi: 'Hai vai là hai người', en: 'Two roles, two people' },
    meaning: {
      vi: 'Hai vai trong bản ghi phải là một người (chủ tài khoản và người thụ hưởng) nhưng là hai người khác nhau.',
      en: 'Two roles of the record must be one person (account holder and beneficiary) and are two people.',
    },
    example: {
      vi: 'người thụ hưởng 079085001234 ≠ chủ tài khoản 001190004321',
      en: 'beneficiary 079085001234 ≠ account holder 001190004321',
    },
    mend: ['owner', 'citizen'],
  },
  'relation.age_gap': {
    label: { vi: 'Chênh lệch tuổi vô lý', en: 'Impossible age gap' },
    meaning: {
      vi: 'Chênh lệch tuổi giữa hai vai nằm ngoài giới hạn của lĩnh vực (ví dụ mẹ phải hơn con ít nhất 12 tuổi).',
      en: 'The years between two roles lie outside the sector’s limits (a mother at least 12 years older than her child).',
    },
    example: { vi: 'mẹ sinh 2005, con sinh 2012', en: 'mother born 2005, child born 2012' },
    mend: ['owner', 'civil_status'],
  },
} as const satisfies Readonly<Record<`relation.${string}`, Reason>>;

/** Reasons between fields and records that the checks of a sector raise. */
export const CHECK_REASONS = {
  'record.dates_out_of_order': {
    label: { vi: 'Ngày trái thứ tự', en: 'Dates out of order' },
    meaning: {
      vi: 'Hai ngày trong bản ghi trái thứ tự mà lĩnh vực khai báo (ví dụ ngày chết trước ngày sinh).',
      en: 'Two dates of the record stand in the wrong order (a death before the birth).',
    },
    example: { vi: 'sinh 05/03/1955, chết 05/03/1950', en: 'born 05/03/1955, died 05/03/1950' },
    mend: ['owner', 'civil_status'],
  },
  'record.values_differ': {
    label: { vi: 'Hai trường phải giống nhau', en: 'Two fields differ' },
    meaning: {
      vi: 'Hai trường mà lĩnh vực khai báo là một (tên chủ tài khoản và tên người thụ hưởng) thực sự khác nhau.',
      en: 'Two fields that the sector declares to be one (account holder and beneficiary) really differ.',
    },
    example: same('Nguyễn Văn An ≠ LE THI HONG'),
    mend: ['owner', 'citizen'],
  },
  'record.too_many': {
    label: { vi: 'Quá nhiều bản ghi', en: 'Too many records' },
    meaning: {
      vi: 'Một số giấy tờ đứng tên nhiều bản ghi hơn mức lĩnh vực cho phép.',
      en: 'More records stand under one identity number than the sector allows.',
    },
    example: { vi: '079085001234: 14 thuê bao', en: '079085001234: 14 subscriptions' },
    mend: ['owner', 'citizen'],
  },
} as const satisfies Readonly<Record<`record.${string}`, Reason>>;
