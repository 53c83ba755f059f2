import type { DecisionKind } from '../ledger/decisions.js';
import type { Text } from '../messages/text.js';
import type { CaseState } from './cases-merge.js';

/** Words of cases, as lists and files show them. */

export const STATE_TEXTS: Readonly<Record<CaseState, Text>> = {
  new: { vi: 'mới', en: 'new' },
  open: { vi: 'còn mở', en: 'open' },
  reopened: { vi: 'mở lại', en: 'reopened' },
  resolved: { vi: 'đã xong', en: 'resolved' },
  waived: { vi: 'được miễn', en: 'waived' },
};

export const DECISION_TEXTS: Readonly<Record<DecisionKind, Text>> = {
  same_person: { vi: 'cùng một người', en: 'same person' },
  not_same: { vi: 'không phải người này', en: 'not the same person' },
  unsure: { vi: 'chưa chắc', en: 'unsure' },
  corrected_at_source: { vi: 'đã sửa ở nguồn', en: 'corrected at source' },
  corrected_in_reference: { vi: 'đã sửa ở dữ liệu tham chiếu', en: 'corrected in the reference' },
};

export const CLOSED_TEXTS: Readonly<Record<string, Text>> = {
  agrees: { vi: 'bản ghi đã trùng khớp', en: 'the record agrees now' },
  gone: { vi: 'bản ghi không còn trong dữ liệu', en: 'the record is no longer in the extract' },
};

/** Lower case, without marks, words one blank apart: what a spreadsheet and its user may do to a word. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
