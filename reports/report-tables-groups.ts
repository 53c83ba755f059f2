// The same figures split: by data owner, province, age and whatever the sector groups by; and the cases that live on.
import type { Text } from '../messages/text.js';
import { lowered } from './mismatch-text.js';
import type { GroupTable, Summary } from './model.js';
import type { CaseFigures, CaseSummary } from './model-cases.js';
import { countColumn, type ReportTable, shareColumn, textColumn } from './report-table.js';
import { FIGURE_COLUMNS, figureCells } from './report-tables-results.js';

const NOT_STATED = 'Không ghi · Not stated';

export function groupTables(summary: Summary): ReportTable[] {
  return summary.groups.map((group) => groupTable(summary, group));
}

function groupTable({ figures, previous }: Summary, group: GroupTable): ReportTable {
  return {
    name: { vi: `Theo ${lowered(group.labels.vi)}`, en: `By ${lowered(group.labels.en)}` },
    columns: [
      { head: group.labels, kind: 'text', width: 34 },
      ...FIGURE_COLUMNS,
      shareColumn('Kỳ trước: như đã nộp', 'Last period: as submitted', 16),
      shareColumn('Kỳ trước: sau làm sạch', 'Last period: after cleaning', 16),
    ],
    rows: group.rows.map((row) => [
      row.value === null ? NOT_STATED : row.label,
      ...figureCells(row.figures),
      row.previous?.rate_as_submitted ?? null,
      row.previous?.rate_after_cleaning ?? null,
    ]),
    total: [
      'Tất cả · All',
      ...figureCells(figures),
      previous?.figures.rate_as_submitted ?? null,
      previous?.figures.rate_after_cleaning ?? null,
    ],
  };
}

/** Opening, new, reopened, resolved, waived, closing and the ages of the open ones; the plan of each owner. */
export function caseTables({ cases }: Summary): ReportTable[] {
  if (cases === null) return [];
  const groups = cases.groups.map(({ labels, rows }) =>
    caseTable(
      cases,
      { vi: `Hồ sơ theo ${lowered(labels.vi)}`, en: `Cases by ${lowered(labels.en)}` },
      rows.map(({ value, label, figures }) => [value === null ? NOT_STATED : label, figures]),
    ),
  );
  const all = caseTable(cases, { vi: 'Hồ sơ sai lệch', en: 'Cases' }, []);
  return [...(groups.length === 0 ? [all] : groups), ...(cases.plan.length === 0 ? [] : [planTable(cases)])];
}

function caseTable(
  { total }: CaseSummary,
  name: Text,
  rows: readonly (readonly [string, CaseFigures])[],
): ReportTable {
  const cells = (figures: CaseFigures) => [
    ...[figures.opening, figures.new, figures.reopened, figures.resolved, figures.waived, figures.closing],
    ...figures.ageing.map(({ cases }) => cases),
  ];
  return {
    name,
    columns: [
      textColumn('Nhóm', 'Group', 34),
      countColumn('Đầu kỳ', 'Opening'),
      countColumn('Mới', 'New'),
      countColumn('Mở lại', 'Reopened'),
      countColumn('Đã xong', 'Resolved'),
      countColumn('Miễn xử lý', 'Waived'),
      countColumn('Cuối kỳ', 'Closing'),
      ...total.ageing.map(({ from, to }) =>
        to === null
          ? countColumn(`Từ ${from} ngày`, `${from} days or more`, 16)
          : countColumn(`${from}–${to} ngày`, `${from}–${to} days`, 16),
      ),
    ],
    rows: rows.map(([label, figures]) => [label, ...cells(figures)]),
    total: ['Tất cả · All', ...cells(total)],
  };
}

function planTable({ plan }: CaseSummary): ReportTable {
  return {
    name: { vi: 'Kế hoạch', en: 'Plan' },
    columns: [
      textColumn('Đơn vị', 'Owner', 34),
      textColumn('Tháng', 'Month', 12),
      countColumn('Kế hoạch còn lại', 'Planned to be left', 16),
      countColumn('Thực tế còn lại', 'Really left', 16),
      textColumn('Dự kiến xong', 'Projected end', 16),
    ],
    rows: plan.flatMap(({ owner, months, projected }) =>
      months.map(({ month, target, actual }) => [owner, month, target, actual, projected]),
    ),
  };
}
