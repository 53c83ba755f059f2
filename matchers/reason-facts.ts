// What is said about one reason code, and who can mend it.
// Who may change what follows the law as cited in docs/reasons.md: the population database is corrected by the commune
// police (Circular 59/2021/TT-BCA, replaced by 17/2024/TT-BCA), a birth entry by the civil-status office of the commune's
// People's Committee. A difference found from outside is a suspicion, never proof of who is right.
import type { Text } from '../messages/text.js';

/** Who can mend a difference, from the cheapest to the dearest. */
export const MENDERS = {
  system: { vi: 'Hệ thống tự sửa', en: 'Automatic' },
  owner: { vi: 'Đơn vị chủ quản dữ liệu', en: 'Data owner' },
  police: { vi: 'Công an cấp xã', en: 'Commune police' },
  civil_status: { vi: 'Cơ quan hộ tịch cấp xã', en: 'Civil-status office' },
  citizen: { vi: 'Công dân', en: 'Citizen' },
} as const satisfies Readonly<Record<string, Text>>;

export type Mender = keyof typeof MENDERS;

/** One row of the table of reasons, without what its code says already. */
export interface Reason {
  readonly label: Text;
  readonly meaning: Text;
  /** Synthetic: what the sector wrote, then → what it becomes, or ≠ what the reference has. */
  readonly example: Text;
  /** In the order in which they should be asked; the first one is shown in rankings. */
  readonly mend: readonly Mender[];
}

export interface ReasonFacts extends Reason {
  readonly code: string;
  readonly family: string;
  readonly kind: string;
  /** Name of the kind of value; null for a field of the user's own, which has its labels in the sector file. */
  readonly familyLabel: Text | null;
}

/** An example that reads the same in both languages. */
export function same(example: string): Text {
  return { vi: example, en: example };
}
