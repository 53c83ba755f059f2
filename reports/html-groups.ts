// The figures split by data owner, province or whatever the sector groups by: one table each.
import { bar, change, dataValue, section, t, table } from './html-parts.js';
import type { Figures, GroupTable, Summary } from './model.js';
import { count, percent, pointChange } from './numbers.js';

/** More values than this would make a page nobody reads; the rest is in summary.json. */
const SHOWN = 300;

export function groupsSection(summary: Summary): string {
  const tables = summary.groups.map((group, i) => groupTable(summary, group, i));
  return tables.length === 0
    ? ''
    : section('groups', { vi: 'Theo đơn vị và địa bàn', en: 'By owner and place' }, tables.join('\n'));
}

type GroupRow = GroupTable['rows'][number];

function groupTable(summary: Summary, group: GroupTable, index: number): string {
  const hasPrevious = summary.previous !== null;
  const shown = mostMismatches(group.rows);
  const largest = Math.max(...shown.map((row) => row.figures.rate_as_submitted ?? 0));
  const known = { largest, hasPrevious };
  const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
  const body = table({
    id: `group-${index}`,
    caption: {
      vi: `${group.labels.vi}: không trùng khớp`,
      en: `${group.labels.en}: do not agree`,
    },
    columns: [
      { head: group.labels },
      numeric('Đối sánh', 'Compared'),
      numeric('Như đã nộp', 'As submitted'),
      numeric('Tỷ lệ', 'Rate'),
      ...(hasPrevious ? [numeric('Thay đổi', 'Change')] : []),
      numeric('Sau làm sạch', 'After cleaning'),
      numeric('Tỷ lệ', 'Rate'),
      ...(hasPrevious ? [numeric('Thay đổi', 'Change')] : []),
    ],
    rows: shown.map((row) => cells(labelOf(row), row.figures, row.previous, known)),
    foot: cells(t({ vi: 'Tất cả', en: 'All' }), summary.figures, summary.previous?.figures ?? null, known),
  });
  return body + leftOut(group.rows.length - shown.length);
}

interface Known {
  /** The highest rate of the table, which the longest bar stands for. */
  readonly largest: number;
  readonly hasPrevious: boolean;
}

/** `before` null where there is an earlier period: this value is new in it. */
function cells(
  label: string,
  now: Figures,
  before: Figures | null,
  { largest, hasPrevious }: Known,
): string[] {
  const points = (of: 'rate_as_submitted' | 'rate_after_cleaning') => {
    if (!hasPrevious) return [];
    if (before === null) return [`<span class="change">${t({ vi: 'mới', en: 'new' })}</span>`];
    return [change((now[of] ?? 0) - (before[of] ?? 0), pointChange(now[of], before[of]), 'less')];
  };
  const rate = (part: number | null) =>
    `${t(percent(part))}${bar(part === null || largest === 0 ? null : part / largest, 'bad relative')}`;
  return [
    label,
    t(count(now.compared)),
    t(count(now.mismatch_as_submitted)),
    rate(now.rate_as_submitted),
    ...points('rate_as_submitted'),
    t(count(now.mismatch_after_cleaning)),
    rate(now.rate_after_cleaning),
    ...points('rate_after_cleaning'),
  ];
}

function labelOf({ value, label }: GroupRow): string {
  return value === null ? `<em>${t({ vi: 'Không ghi', en: 'Not stated' })}</em>` : dataValue(label);
}

/** In the order of the summary; when there are too many, those with the most mismatches. */
function mostMismatches(rows: readonly GroupRow[]): readonly GroupRow[] {
  if (rows.length <= SHOWN) return rows;
  return rows
    .toSorted((a, b) => b.figures.mismatch_as_submitted - a.figures.mismatch_as_submitted)
    .slice(0, SHOWN);
}

function leftOut(n: number): string {
  if (n <= 0) return '';
  const rest = count(n);
  return `<p class="aside">${t({
    vi: `Chỉ hiện các dòng có nhiều sai lệch nhất; còn ${rest.vi} dòng nữa trong summary.json.`,
    en: `Only the rows with the most mismatches are shown; ${rest.en} more are in summary.json.`,
  })}</p>`;
}
