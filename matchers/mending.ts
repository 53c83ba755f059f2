// What a mismatch needs so that it goes away: the program alone, a person of an office, or the citizen. Decided by the reasons of
// the record, the dearest of them; each reason by the first of its menders (docs/reasons.md), as in every ranking.
// Example: ['name.format'] → automatic; ['name.format', 'name.typo'] → person; ['name.different'] → citizen.
import type { Text } from '../messages/text.js';
import { OUTCOME_FACTS, type Outcome } from './outcomes.js';
import { type Mender, reasonOf } from './reasons.js';

export const MENDING_NAMES = ['automatic', 'person', 'citizen'] as const;

export type Mending = (typeof MENDING_NAMES)[number];

/** From the cheapest to the dearest. */
export const MENDING: Readonly<Record<Mending, Text & { readonly meaning: Text }>> = {
  automatic: {
    vi: 'Sửa tự động được',
    en: 'Can be corrected automatically',
    meaning: {
      vi: 'Chỉ sai hình thức: áp dụng giá trị chuẩn là xong, không phải xác minh.',
      en: 'Damage of form only: applying the standard value is enough, nothing has to be verified.',
    },
  },
  person: {
    vi: 'Cần cán bộ xử lý',
    en: 'Needs a person',
    meaning: {
      vi: 'Đơn vị chủ quản, công an hoặc cơ quan hộ tịch đối chiếu hồ sơ đang giữ rồi sửa.',
      en: 'The data owner, the police or the civil-status office checks the papers at hand and corrects.',
    },
  },
  citizen: {
    vi: 'Cần công dân',
    en: 'Needs the citizen',
    meaning: {
      vi: 'Phải liên hệ công dân để xác nhận hoặc bổ sung giấy tờ.',
      en: 'The citizen has to be asked to confirm, or to bring papers.',
    },
  },
};

/** What a record needs; null: it agrees as submitted, or it could not be read. No reason that says otherwise: a person. */
export function mendingOf(outcome: Outcome, reasons: readonly string[]): Mending | null {
  if (!OUTCOME_FACTS[outcome].asSubmitted) return null;
  if (reasons.length === 0) return 'person';
  const needed = reasons.map(mendingOfReason);
  const dearest = Math.max(...needed.map((one) => MENDING_NAMES.indexOf(one)));
  // Who is not found, or only perhaps, is never settled by form alone.
  const least = outcome === 'match_after_cleaning' || outcome === 'mismatch' ? 0 : 1;
  return MENDING_NAMES[Math.max(dearest, least)]!;
}

/** What one reason needs; a code that the table does not know needs a person. */
export function mendingOfReason(code: string): Mending {
  return BY_MENDER[reasonOf(code)?.mend[0] ?? 'owner'];
}

const BY_MENDER: Readonly<Record<Mender, Mending>> = {
  system: 'automatic',
  owner: 'person',
  police: 'person',
  civil_status: 'person',
  citizen: 'citizen',
};
