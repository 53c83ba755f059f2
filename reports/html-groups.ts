// The figures split by data owner, province, age group or whatever the job groups by: a table each, provinces also as a map and
// ages as bars.
import type { Text } from '../messages/text.js';
import { barChart } from './chart-bars.js';
import { tileMap } from './chart-tiles.js';
import { bar, change, dataValue, section, t, table } from './html-parts.js';
import type { Figures, GroupTable, Summary } from './model.js';
import { figureChanges } from './model-changes.js';
import { shortened } from './model-groups.js';
import { count, percent, pointChange } from './numbers.js';
import { DISAGREES } from './outcome-colours.js';

/** More values than this would make a page nobody reads; the rest is one row here and in full in summary.json. */
const SHOWN = 200;

export function groupsSection(summary: Summary): string {
  const parts = summary.groups.map((group, i) => `${chartOf(group, i)}\n${groupTable(summary, group, i)}`);
  return parts.length === 0
    ? ''
    : section(
        'groups',
        { vi: 'Theo đơn vị, địa bàn, độ tuổi', en: 'By owner, place and age' },
        parts.join('\n'),
      );
}

type GroupRow = GroupTable['rows'][number];

function chartOf(group: GroupTable, index: number): string {
  const chart = drawingOf(group, `group-${index}-chart`);
  if (chart === '') return '';
  const caption = group.by === 'age' ? `<figcaption><p>${t(AGE_CAPTION)}</p></figcaption>` : '';
  return `<h3>${t(group.labels)}</h3>\n<figure>${caption}${chart}</figure>`;
}

const AGE_CAPTION: Text = {
  vi: 'Tỷ lệ không trùng khớp như đã nộp, theo tuổi vào ngày đầu kỳ:',
  en: 'Rate of mismatches as submitted, by age on the first day of the period:',
};

function drawingOf(group: GroupTable, id: string): string {
  if (group.by === 'province-34') return tileMap(id, group, '34');
  if (group.by === 'province-63') return tileMap(id, group, '63');
  return group.by === 'age' ? ageChart(group, id) : '';
}

function ageChart(group: GroupTable, id: string): string {
  const met = group.rows.filter((row) => row.value !== null && row.figures.compared > 0);
  return barChart({
    id,
    title: { vi: `${group.labels.vi}: tỷ lệ không trùng khớp`, en: `${group.labels.en}: rate of mismatches` },
    desc: {
      vi: 'Tỷ lệ không trùng khớp như đã nộp của từng nhóm tuổi, từ trẻ đến già. Bảng bên dưới có đủ số liệu.',
      en: 'Rate of mismatches as submitted of each age group, from young to old. The table below holds the figures.',
    },
    bars: met.map(({ label, figures }) => {
      const [rate, rows] = [percent(figures.rate_as_submitted), count(figures.mismatch_as_submitted)];
      return {
        label: { vi: `${label} tuổi`, en: `aged ${label}` },
        figure: { vi: `${rate.vi} · ${rows.vi} dòng`, en: `${rate.en} · ${rows.en} rows` },
        value: figures.rate_as_submitted ?? 0,
        colour: DISAGREES,
      };
    }),
  });
}

function groupTable(summary: Summary, group: GroupTable, index: number): string {
  const hasPrevious = summary.previous !== null;
  const { shown, others } = shortened(group, SHOWN);
  const largest = Math.max(...shown.map((row) => row.figures.rate_as_submitted ?? 0));
  const known = { largest, hasPrevious };
  const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
  const rest =
    others === null ? [] : [cells(t(othersLabel(others.values)), others.figures, others.previous, known)];
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
    rows: [...shown.map((row) => cells(labelOf(row), row.figures, row.previous, known)), ...rest],
    foot: cells(t({ vi: 'Tất cả', en: 'All' }), summary.figures, summary.previous?.figures ?? null, known),
  });
  return others === null ? body : `${body}<p class="aside">${t(LEFT_OUT)}</p>`;
}

const LEFT_OUT: Text = {
  vi: 'Chỉ hiện các dòng có nhiều sai lệch nhất; đủ các dòng có trong summary.json.',
  en: 'Only the rows with the most mismatches are shown; all of them are in summary.json.',
};

function othersLabel(values: number): Text {
  const n = count(values);
  return { vi: `${n.vi} giá trị còn lại`, en: `${n.en} other values` };
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
  const changes = before === null ? null : figureChanges(now, before);
  const points = (of: 'rate_as_submitted' | 'rate_after_cleaning') => {
    if (!hasPrevious) return [];
    if (changes === null) return [`<span class="change">${t({ vi: 'mới', en: 'new' })}</span>`];
    return [change(changes[of], pointChange, 'less')];
  };
  const rate = (part: number | null) => `${t(percent(part))}${bar(part, 'bad relative', largest)}`;
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
