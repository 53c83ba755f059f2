// Why a record is set apart: it speaks of somebody whom the population data do not hold as a citizen with a number, so it is
// counted on a line of its own and in neither rate. Which records these are, the sector declares (docs/sector-file.md).
import { type Reason, same } from './reason-facts.js';

export const APART_REASONS = {
  'record.foreigner': {
    label: { vi: 'Người nước ngoài', en: 'Foreigner' },
    meaning: {
      vi: 'Quốc tịch hoặc giấy tờ cho thấy đây không phải công dân Việt Nam; được đếm riêng.',
      en: 'Nationality or papers show that this is not a citizen of Việt Nam; counted apart.',
    },
    example: { vi: 'quốc tịch: KR; hộ chiếu M12345678', en: 'nationality: KR; passport M12345678' },
    mend: ['owner'],
  },
  'record.without_number': {
    label: { vi: 'Chưa có số định danh', en: 'No personal number' },
    meaning: {
      vi: 'Lĩnh vực này cho phép người chưa có số định danh (trẻ chưa khai sinh, người không quốc tịch); được đếm riêng.',
      en: 'This sector allows people without a personal number (a child not yet registered, a stateless person); counted apart.',
    },
    example: { vi: 'số định danh: —', en: 'personal number: —' },
    mend: ['owner', 'police'],
  },
  'record.organisation': {
    label: { vi: 'Tổ chức', en: 'Organisation' },
    meaning: {
      vi: 'Bản ghi là của một tổ chức, không phải của một người; được đếm riêng.',
      en: 'The record is an organisation’s, not a person’s; counted apart.',
    },
    example: same('Công ty TNHH Sao Mai'),
    mend: ['owner'],
  },
} as const satisfies Readonly<Record<`record.${string}`, Reason>>;

/** The codes that make a record's outcome `apart`. */
export const APART_CODES: ReadonlySet<string> = new Set(Object.keys(APART_REASONS));
