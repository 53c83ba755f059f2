// What came out: the headline figures, the periods, the outcomes, what the mismatches need, the reasons.
import { MENDING } from '../matchers/mending.js';
import { OUTCOME_FACTS, OUTCOMES } from '../matchers/outcomes.js';
import { MENDERS, reasonOf } from '../matchers/reasons.js';
import { familyName, fieldLabels } from './mismatch-text.js';
import type { Figures, Summary } from './model.js';
import { type Cell, countColumn, type ReportTable, shareColumn, textColumn } from './report-table.js';

/** The figures that a reader takes away, each beside the last period. */
export function headlineTable({ figures, previous }: Summary): ReportTable {
  const row = (
    vi: string,
    en: string,
    of: (figures: Figures) => readonly [number, number | null],
  ): Cell[] => {
    const [rows, rate] = of(figures);
    const [rowsBefore, rateBefore] = previous === null ? [null, null] : of(previous.figures);
    return [vi, en, rows, rate, rowsBefore, rateBefore];
  };
  return {
    name: { vi: 'Tóm tắt', en: 'Summary' },
    columns: [
      textColumn('Chỉ tiêu', 'Figure in Vietnamese', 40),
      textColumn('Chỉ tiêu, tiếng Anh', 'Figure', 36),
      countColumn('Số dòng', 'Rows'),
      shareColumn('Tỷ lệ', 'Rate'),
      countColumn('Kỳ trước: số dòng', 'Last period: rows', 18),
      shareColumn('Kỳ trước: tỷ lệ', 'Last period: rate', 18),
    ],
    rows: [
      row('Dòng đọc vào', 'Rows read', ({ rows }) => [rows, null]),
      row('Dòng được đối sánh', 'Rows compared', ({ compared }) => [compared, null]),
      row('Không trùng khớp như đã nộp', 'Do not agree as submitted', (of) => [
        of.mismatch_as_submitted,
        of.rate_as_submitted,
      ]),
      row('Không trùng khớp sau làm sạch', 'Do not agree after cleaning', (of) => [
        of.mismatch_after_cleaning,
        of.rate_after_cleaning,
      ]),
    ],
  };
}

export const FIGURE_COLUMNS = [
  countColumn('Đọc vào', 'Rows read'),
  countColumn('Đối sánh', 'Compared'),
  countColumn('Không khớp như đã nộp', 'Mismatches as submitted', 16),
  shareColumn('Tỷ lệ như đã nộp', 'Rate as submitted', 14),
  countColumn('Không khớp sau làm sạch', 'Mismatches after cleaning', 16),
  shareColumn('Tỷ lệ sau làm sạch', 'Rate after cleaning', 14),
];

/** The cells of `FIGURE_COLUMNS`. */
export function figureCells(figures: Figures): Cell[] {
  return [
    figures.rows,
    figures.compared,
    figures.mismatch_as_submitted,
    figures.rate_as_submitted,
    figures.mismatch_after_cleaning,
    figures.rate_after_cleaning,
  ];
}

export function trendTable({ trend }: Summary): ReportTable {
  return {
    name: { vi: 'Các kỳ', en: 'Periods' },
    columns: [textColumn('Kỳ', 'Period', 14), textColumn('Lần chạy', 'Run', 34), ...FIGURE_COLUMNS],
    rows: trend.map(({ period, run, figures }) => [period, run, ...figureCells(figures)]),
  };
}

export function outcomesTable({ figures, share, previous }: Summary): ReportTable {
  return {
    name: { vi: 'Kết quả', en: 'Outcomes' },
    columns: [
      textColumn('Kết quả', 'Outcome in Vietnamese', 30),
      textColumn('Kết quả, tiếng Anh', 'Outcome', 24),
      textColumn('Mã', 'Code', 22),
      countColumn('Số dòng', 'Rows'),
      shareColumn('Tỷ trọng', 'Share'),
      countColumn('Kỳ trước', 'Last period'),
      textColumn('Ý nghĩa', 'Meaning in Vietnamese', 70),
      textColumn('Ý nghĩa, tiếng Anh', 'Meaning', 70),
    ],
    rows: OUTCOMES.filter((outcome) => outcome !== 'apart' || figures.outcomes[outcome] !== undefined).map(
      (outcome) => {
        const { vi, en, meaning } = OUTCOME_FACTS[outcome];
        const rows = figures.outcomes[outcome] ?? 0;
        const before = previous === null ? null : (previous.figures.outcomes[outcome] ?? 0);
        const part = share.outcomes[outcome] ?? null;
        return [vi, en, outcome, rows, part, before, meaning.vi, meaning.en];
      },
    ),
    total: ['Tổng', 'All', null, figures.rows, share.rows, previous?.figures.rows ?? null, null, null],
  };
}

/** What the mismatches as submitted need: the program alone, a person of an office, the citizen. */
export function mendingTable({ mending }: Summary): ReportTable {
  return {
    name: { vi: 'Cách sửa', en: 'Mending' },
    columns: [
      textColumn('Cách sửa', 'Mending in Vietnamese', 30),
      textColumn('Cách sửa, tiếng Anh', 'Mending', 30),
      countColumn('Số dòng', 'Rows'),
      shareColumn('Trên số không khớp', 'Of the mismatches', 16),
      countColumn('Kỳ trước', 'Last period'),
      textColumn('Ý nghĩa', 'Meaning in Vietnamese', 60),
      textColumn('Ý nghĩa, tiếng Anh', 'Meaning', 60),
    ],
    rows: mending.map(({ who, rows, share, previous }) => {
      const { vi, en, meaning } = MENDING[who];
      return [vi, en, rows, share, previous, meaning.vi, meaning.en];
    }),
  };
}

/** Ranked; a record may have several reasons, so the rows do not add up. */
export function reasonsTable(summary: Summary): ReportTable {
  const { reasons, previous } = summary;
  const labels = fieldLabels(summary);
  const met = OUTCOMES.filter((outcome) => reasons.some((reason) => (reason.by_outcome[outcome] ?? 0) > 0));
  const ranked = reasons.toSorted((a, b) => b.rows - a.rows || (a.code < b.code ? -1 : 1));
  return {
    name: { vi: 'Lý do', en: 'Reasons' },
    columns: [
      textColumn('Trường', 'Field in Vietnamese', 20),
      textColumn('Lý do', 'Reason in Vietnamese', 34),
      textColumn('Trường, tiếng Anh', 'Field', 20),
      textColumn('Lý do, tiếng Anh', 'Reason', 34),
      textColumn('Mã', 'Code', 24),
      countColumn('Số dòng', 'Rows'),
      shareColumn('Trên số đối sánh', 'Of rows compared', 14),
      countColumn('Kỳ trước', 'Last period'),
      textColumn('Ai sửa được', 'Who can mend it, in Vietnamese', 30),
      textColumn('Ai sửa được, tiếng Anh', 'Who can mend it', 30),
      ...met.map((outcome) => countColumn(OUTCOME_FACTS[outcome].vi, OUTCOME_FACTS[outcome].en, 15)),
    ],
    rows: ranked.map((reason) => {
      const family = familyName(reason.code.split('.', 1)[0]!, labels);
      const facts = reasonOf(reason.code);
      const label = facts?.label ?? { vi: reason.code, en: reason.code };
      const menders = (facts?.mend ?? ['owner' as const]).map((mender) => MENDERS[mender]);
      return [
        ...[family.vi, label.vi, family.en, label.en, reason.code, reason.rows],
        reason.share,
        previous === null ? null : (reason.previous ?? 0),
        ...[menders.map(({ vi }) => vi).join(' → '), menders.map(({ en }) => en).join(' → ')],
        ...met.map((outcome) => reason.by_outcome[outcome] ?? 0),
      ];
    }),
  };
}
