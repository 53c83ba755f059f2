import { DECISION_KINDS, type DecisionKind } from '../ledger/decisions.js';
import type { Text } from '../messages/text.js';
import { DECISION_TEXTS, folded } from './cases-text.js';

/**
 * The columns of the file by which an office without the program takes part: `cases export` writes them, the office fills in the
 * answers, `cases import` reads them back. Headers are Vietnamese; on import the English ones do as well, and marks, case, blanks,
 * order and other columns do not matter.
 */
export const CASE_COLUMNS = {
  case: { vi: 'Mã trường hợp', en: 'Case' },
  file: { vi: 'Tệp nguồn', en: 'Source file' },
  line: { vi: 'Dòng', en: 'Line' },
  record_key: { vi: 'Khóa bản ghi', en: 'Record key' },
  state: { vi: 'Trạng thái', en: 'State' },
  first_seen: { vi: 'Lần đầu thấy', en: 'First seen' },
  last_seen: { vi: 'Lần cuối thấy', en: 'Last seen' },
  days: { vi: 'Số ngày', en: 'Days' },
  outcome: { vi: 'Kết quả', en: 'Outcome' },
  reasons: { vi: 'Lý do', en: 'Reasons' },
  reason_codes: { vi: 'Mã lý do', en: 'Reason codes' },
  proposed: { vi: 'Người được đề xuất', en: 'Person proposed' },
  probability: { vi: 'Xác suất', en: 'Probability' },
  standing: { vi: 'Quyết định hiện có', en: 'Decision so far' },
} as const satisfies Readonly<Record<string, Text>>;

export const ANSWER_COLUMNS = {
  assignee: { vi: 'Người phụ trách', en: 'Assignee' },
  decision: { vi: 'Quyết định', en: 'Decision' },
  /** Only where a record holds several people. */
  role: { vi: 'Vai', en: 'Role' },
  candidate: { vi: 'Ứng viên số', en: 'Candidate number' },
  person: { vi: 'Mã người trong dữ liệu tham chiếu', en: 'Person in the reference' },
  waive_until: { vi: 'Miễn đến ngày', en: 'Waive until' },
  waive_reason: { vi: 'Lý do miễn', en: 'Reason for waiving' },
  note: { vi: 'Ghi chú', en: 'Note' },
} as const satisfies Readonly<Record<string, Text>>;

export type AnswerColumn = keyof typeof ANSWER_COLUMNS;

/** Position of each column that an import reads; -1: it is not there. */
export type ColumnPlaces = Readonly<Record<AnswerColumn | 'case', number>>;

export function columnPlaces(header: readonly string[]): ColumnPlaces {
  const names = header.map(folded);
  const place = ([name, { vi, en }]: [string, Text]): [string, number] => [
    name,
    names.findIndex((one) => [folded(vi), folded(en), folded(name)].includes(one)),
  ];
  const wanted = { case: CASE_COLUMNS.case, ...ANSWER_COLUMNS };
  return Object.fromEntries(Object.entries(wanted).map(place)) as unknown as ColumnPlaces;
}

/** A decision as people write it: the code, or its words in either language. Null: none of these. */
export function decisionOf(text: string): DecisionKind | null {
  const given = folded(text);
  const found = DECISION_KINDS.find((kind) => {
    const { vi, en } = DECISION_TEXTS[kind];
    return [folded(kind), folded(vi), folded(en)].includes(given);
  });
  return found ?? null;
}

/** A day as people and spreadsheets write it, as ISO: `2026-12-31`, `31/12/2026`, `31-12-2026`, `31.12.2026`. */
export function dayOf(text: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(text.trim());
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim());
  const [year, month, day] = iso
    ? [iso[1], iso[2], iso[3]]
    : local
      ? [local[3], local[2], local[1]]
      : [undefined, undefined, undefined];
  if (year === undefined || month === undefined || day === undefined) return null;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(written) ? written : null;
}
