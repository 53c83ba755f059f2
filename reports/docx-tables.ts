// The two tables of the letter: rows by outcome, and the commonest reasons with who can mend them.
import { OUTCOME_FACTS, OUTCOMES } from '../matchers/outcomes.js';
import { MENDERS, reasonOf } from '../matchers/reasons.js';
import type { TableText } from './docx-parts.js';
import { familyName, fieldLabels, lowered } from './mismatch-text.js';
import type { ReasonRow, Summary } from './model.js';
import { count, percent, periodName } from './numbers.js';

export function outcomesText({ figures, share, previous }: Summary): TableText {
  const before = previous?.figures ?? null;
  const met = OUTCOMES.filter(
    (outcome) => (figures.outcomes[outcome] ?? 0) > 0 || (before?.outcomes[outcome] ?? 0) > 0,
  );
  const cells = (rows: number, part: number | null, rowsBefore: number) => [
    count(rows).vi,
    percent(part).vi,
    ...(before === null ? [] : [count(rowsBefore).vi]),
  ];
  return {
    head: [
      'Kết quả',
      'Số dòng',
      'Tỷ trọng',
      ...(previous === null ? [] : [`Kỳ trước (${periodName(previous.period).vi})`]),
    ],
    rows: met.map((outcome) => [
      OUTCOME_FACTS[outcome].vi,
      ...cells(
        figures.outcomes[outcome] ?? 0,
        share.outcomes[outcome] ?? null,
        before?.outcomes[outcome] ?? 0,
      ),
    ]),
    total: ['Tổng số dòng đọc vào', ...cells(figures.rows, share.rows, before?.rows ?? 0)],
    widths: before === null ? [0.5, 0.25, 0.25] : [0.43, 0.19, 0.15, 0.23],
    numeric: new Set([1, 2, 3]),
  };
}

export const MOST_REASONS = 10;

/** The commonest reasons, as the letter shows them. */
export function rankedReasons({ reasons }: Summary): ReasonRow[] {
  return reasons.toSorted((a, b) => b.rows - a.rows || (a.code < b.code ? -1 : 1)).slice(0, MOST_REASONS);
}

/** `Họ tên: lỗi gõ` */
export function reasonName({ code }: ReasonRow, summary: Summary): string {
  const labels = fieldLabels(summary);
  const kind = reasonOf(code)?.label.vi ?? code;
  return `${familyName(code.split('.', 1)[0]!, labels).vi}: ${lowered(kind)}`;
}

export function reasonsText(summary: Summary): TableText {
  return {
    head: ['Lý do', 'Số dòng', 'Trên số đối sánh', 'Nơi sửa được'],
    rows: rankedReasons(summary).map((reason) => [
      reasonName(reason, summary),
      count(reason.rows).vi,
      percent(reason.share).vi,
      (reasonOf(reason.code)?.mend ?? ['owner' as const]).map((mender) => MENDERS[mender].vi).join('; '),
    ]),
    widths: [0.38, 0.13, 0.14, 0.35],
    numeric: new Set([1, 2]),
  };
}
