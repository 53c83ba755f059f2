// compare.html: what moved between two runs. Totals only; the records stand in the list beside it.
import { OUTCOME_FACTS, OUTCOMES, type Outcome } from '../matchers/outcomes.js';
import type { Text } from '../messages/text.js';
import { CAUSES, type ComparedGroup, type Comparison, type Moves } from './compare-model.js';
import { renderPage } from './html-page.js';
import { type Better, change, dataValue, escapeHtml, paragraph, section, t, table } from './html-parts.js';
import type { Figures } from './model.js';
import { count, countChange, percent, periodName, pointChange } from './numbers.js';
import { firstRows } from './shown-rows.js';

/** Rows of a group table that a page has room for. */
const MOST_ROWS = 40;

/** The whole page as text. */
export function renderCompareHtml(comparison: Comparison): string {
  const { before, after, sector, moves } = comparison;
  return renderPage({
    kind: { vi: 'So sánh hai lần chạy', en: 'Two runs compared' },
    title: sector.labels,
    facts: [
      [
        { vi: 'Lần trước', en: 'Before' },
        `${t(periodName(before.period))} <small>${dataValue(before.run)}</small>`,
      ],
      [
        { vi: 'Lần sau', en: 'After' },
        `${t(periodName(after.period))} <small>${dataValue(after.run)}</small>`,
      ],
    ],
    sections: [
      notesSection(comparison),
      figuresSection(comparison),
      moves === null ? '' : matrixSection(moves),
      moves === null ? '' : causesSection(moves),
      reasonsSection(comparison),
      ...comparison.groups.map(groupSection),
    ],
    foot: {
      vi: 'Trang này chỉ có số liệu tổng hợp, không có dữ liệu cá nhân.',
      en: 'This page holds totals only and no personal data.',
    },
  });
}

const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
const BEFORE = numeric('Lần trước', 'Before');
const AFTER = numeric('Lần sau', 'After');
const CHANGE = numeric('Thay đổi', 'Change');

function notesSection({ notes }: Comparison): string {
  if (notes.length === 0) return '';
  return section(
    'notes',
    { vi: 'Cần biết khi đọc', en: 'To know when reading this' },
    `<ul>${notes.map((note) => `<li>${t(note)}</li>`).join('')}</ul>`,
  );
}

function figuresSection({ figures: { before, after, change: changed } }: Comparison): string {
  const counted = (name: Text, of: (figures: Figures) => number, better: Better) => [
    t(name),
    t(count(of(before))),
    t(count(of(after))),
    change(of(changed), countChange, better),
  ];
  const rate = (name: Text, of: (figures: Figures) => number | null) => [
    t(name),
    t(percent(of(before))),
    t(percent(of(after))),
    change(of(changed), pointChange, 'less'),
  ];
  const met = (outcome: Outcome) => [before, after].some(({ outcomes }) => (outcomes[outcome] ?? 0) > 0);
  return section(
    'figures',
    { vi: 'Số liệu', en: 'Figures' },
    table({
      id: 'figures-table',
      caption: {
        vi: 'Số dòng theo kết quả, hai tỷ lệ sai lệch',
        en: 'Rows by outcome, and the two rates of mismatch',
      },
      columns: [{ head: { vi: 'Số liệu', en: 'Figure' } }, BEFORE, AFTER, CHANGE],
      rows: [
        counted({ vi: 'Số dòng', en: 'Rows' }, ({ rows }) => rows, 'neither'),
        ...OUTCOMES.filter(met).map((one) =>
          counted(OUTCOME_FACTS[one], (f) => f.outcomes[one] ?? 0, betterOf(one)),
        ),
        rate({ vi: 'Sai lệch như đã nộp', en: 'Mismatch as submitted' }, (f) => f.rate_as_submitted),
        rate({ vi: 'Sai lệch sau làm sạch', en: 'Mismatch after cleaning' }, (f) => f.rate_after_cleaning),
      ],
    }),
  );
}

function betterOf(outcome: Outcome): Better {
  if (outcome === 'match') return 'more';
  return OUTCOME_FACTS[outcome].asSubmitted || outcome === 'rejected' ? 'less' : 'neither';
}

function matrixSection(moves: Moves): string {
  const seen = (side: 'before' | 'after') =>
    [...OUTCOMES, null].filter((one) => moves.matrix.some((cell) => cell[side] === one));
  const columns = seen('after');
  const cell = (before: string | null, after: string | null) => {
    const records = moves.matrix.find((one) => one.before === before && one.after === after)?.records ?? 0;
    if (records === 0) return '–';
    return before === after ? t(count(records)) : `<strong>${t(count(records))}</strong>`;
  };
  const rows = seen('before').map((before) => [
    t(before === null ? { vi: 'Chưa có', en: 'Not there' } : OUTCOME_FACTS[before]),
    ...columns.map((after) => cell(before, after)),
  ]);
  const heads = columns.map((after) => ({
    head: after === null ? { vi: 'Không còn', en: 'No longer there' } : OUTCOME_FACTS[after],
    numeric: true,
  }));
  return section(
    'matrix',
    { vi: 'Từ kết quả nào sang kết quả nào', en: 'From which outcome to which' },
    `${paragraph(movesSentence(moves))}
${table({
  id: 'matrix-table',
  caption: {
    vi: 'Số bản ghi: hàng là kết quả lần trước, cột là kết quả lần sau; số đậm là bản ghi đã đổi',
    en: 'Records: rows are outcomes before, columns outcomes after; bold figures are records that changed',
  },
  columns: [{ head: { vi: 'Trước ↓ · sau →', en: 'Before ↓ · after →' } }, ...heads],
  rows,
})}`,
  );
}

/** How many records there are of each kind, in a sentence. */
export function movesSentence({ in_both, appeared, gone, other_outcome, other_reasons }: Moves): Text {
  const [both, more, less, outcome, reasons] = [in_both, appeared, gone, other_outcome, other_reasons].map(
    count,
  );
  return {
    vi: `${both!.vi} bản ghi có trong cả hai lần chạy, ${more!.vi} mới có, ${less!.vi} không còn. ${outcome!.vi} bản ghi đổi kết quả, ${reasons!.vi} bản ghi giữ kết quả nhưng đổi lý do.`,
    en: `${both!.en} records are in both runs, ${more!.en} are new, ${less!.en} are gone. ${outcome!.en} changed their outcome, ${reasons!.en} kept it and changed their reasons.`,
  };
}

function causesSection({ causes, list }: Moves): string {
  if (causes.length === 0) return '';
  const beside = list === null ? '' : `<p><code>${escapeHtml(list)}</code></p>`;
  return section(
    'causes',
    { vi: 'Vì sao đổi', en: 'Why they changed' },
    `${table({
      id: 'causes-table',
      caption: {
        vi: 'Bản ghi đổi kết quả hoặc lý do, theo nguyên nhân',
        en: 'Records that changed, by cause',
      },
      columns: [{ head: { vi: 'Nguyên nhân', en: 'Cause' } }, numeric('Số bản ghi', 'Records')],
      rows: causes.map(({ cause, records }) => [t(CAUSES[cause]), t(count(records))]),
    })}${beside}`,
  );
}

function reasonsSection({ reasons, moves }: Comparison): string {
  if (reasons.length === 0) return '';
  const of = (code: string) => moves?.reasons.find((one) => one.code === code);
  const known = moves === null ? [] : [numeric('Mất đi', 'Lost'), numeric('Mới có', 'Gained')];
  const rows = reasons
    .toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change) || (a.code < b.code ? -1 : 1))
    .map(({ code, labels, before, after, change: changed }) => [
      `${t(labels)}<small><code>${escapeHtml(code)}</code></small>`,
      t(count(before)),
      t(count(after)),
      change(changed, countChange, 'less'),
      ...(moves === null ? [] : [t(count(of(code)?.lost ?? 0)), t(count(of(code)?.gained ?? 0))]),
    ]);
  return section(
    'reasons',
    { vi: 'Theo lý do', en: 'By reason' },
    table({
      id: 'reasons-table',
      caption: {
        vi: 'Số dòng có mỗi lý do; mất đi và mới có: tính trên các bản ghi có trong cả hai lần chạy',
        en: 'Rows with each reason; lost and gained: of the records that are in both runs',
      },
      columns: [{ head: { vi: 'Lý do', en: 'Reason' } }, BEFORE, AFTER, CHANGE, ...known],
      rows,
    }),
  );
}

function groupSection(group: ComparedGroup): string {
  const ranked = group.rows.toSorted((a, b) => mismatches(b) - mismatches(a));
  const known = group.rows.some(({ settled }) => settled !== null);
  const { shown, left } = firstRows(ranked, MOST_ROWS);
  const rows = shown.map(({ value, label, before, after, change: changed, settled, broken }) => [
    value === null ? t({ vi: '(trống)', en: '(empty)' }) : dataValue(label),
    before === null ? '–' : t(percent(before.rate_as_submitted)),
    after === null ? '–' : t(percent(after.rate_as_submitted)),
    change(changed, pointChange, 'less'),
    t(count(before?.mismatch_as_submitted ?? 0)),
    t(count(after?.mismatch_as_submitted ?? 0)),
    ...(known ? [t(count(settled ?? 0)), t(count(broken ?? 0))] : []),
  ]);
  const rest =
    left > 0
      ? paragraph({
          vi: `Còn ${count(left).vi} giá trị nữa trong compare.json.`,
          en: `${count(left).en} more values are in compare.json.`,
        })
      : '';
  return section(
    `group-${escapeHtml(group.field)}`,
    { vi: `Theo ${group.labels.vi.toLowerCase()}`, en: `By ${group.labels.en.toLowerCase()}` },
    `${table({
      id: `group-${escapeHtml(group.field)}-table`,
      caption: {
        vi: `${group.labels.vi}: sai lệch như đã nộp; hết và mới sai lệch tính trên các bản ghi có trong cả hai lần chạy`,
        en: `${group.labels.en}: mismatch as submitted; settled and new are of the records that are in both runs`,
      },
      columns: [
        { head: group.labels },
        numeric('Tỷ lệ trước', 'Rate before'),
        numeric('Tỷ lệ sau', 'Rate after'),
        CHANGE,
        numeric('Số dòng trước', 'Rows before'),
        numeric('Số dòng sau', 'Rows after'),
        ...(known ? [numeric('Hết sai lệch', 'Settled'), numeric('Mới sai lệch', 'New')] : []),
      ],
      rows,
    })}${rest}`,
  );
}

function mismatches({ before, after }: ComparedGroup['rows'][number]): number {
  return (after ?? before)?.mismatch_as_submitted ?? 0;
}
