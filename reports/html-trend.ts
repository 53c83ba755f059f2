// How the rates moved from period to period of the series.
import { lineChart } from './chart-lines.js';
import { change, section, t, table } from './html-parts.js';
import type { Summary, TrendPoint } from './model.js';
import { type FigureChanges, trendChanges } from './model-changes.js';
import { count, percent, periodName, pointChange, shortPeriod } from './numbers.js';
import { AGREES, DISAGREES } from './outcome-colours.js';
import { firstRows } from './shown-rows.js';

/** A table longer than this is not read; the chart has every period. */
const LISTED = 24;

/** Empty where there is no earlier period. */
export function trendSection({ trend }: Summary): string {
  if (trend.length < 2) return '';
  const chart = lineChart({
    id: 'trend-chart',
    title: { vi: 'Tỷ lệ không trùng khớp qua các kỳ', en: 'Rate of mismatches by period' },
    desc: {
      vi: 'Hai đường: như đã nộp và sau làm sạch, từ kỳ đầu đến kỳ này. Bảng bên dưới có số liệu.',
      en: 'Two lines, as submitted and after cleaning, from the first period to this one. The table below holds the figures.',
    },
    labels: trend.map(({ period }) => shortPeriod(period)),
    series: [
      {
        name: { vi: 'Như đã nộp', en: 'As submitted' },
        colour: DISAGREES,
        values: trend.map(({ figures }) => figures.rate_as_submitted),
      },
      {
        name: { vi: 'Sau làm sạch', en: 'After cleaning' },
        colour: AGREES,
        values: trend.map(({ figures }) => figures.rate_after_cleaning),
        dashed: true,
      },
    ],
    written: percent,
  });
  const figure = chart === '' ? '' : `<figure>${chart}</figure>\n`;
  return section('trend', { vi: 'Qua các kỳ', en: 'From period to period' }, `${figure}${trendTable(trend)}`);
}

function trendTable(trend: readonly TrendPoint[]): string {
  const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
  const { shown, left } = firstRows(trendChanges(trend).toReversed(), LISTED);
  const body = table({
    id: 'trend-table',
    caption: { vi: 'Các kỳ, mới nhất ở trên', en: 'Periods, the latest first' },
    columns: [
      { head: { vi: 'Kỳ', en: 'Period' } },
      numeric('Đối sánh', 'Compared'),
      numeric('Như đã nộp', 'As submitted'),
      numeric('Tỷ lệ', 'Rate'),
      numeric('Thay đổi', 'Change'),
      numeric('Sau làm sạch', 'After cleaning'),
      numeric('Tỷ lệ', 'Rate'),
      numeric('Thay đổi', 'Change'),
    ],
    rows: shown.map(({ point, changes }) => periodRow(point, changes)),
  });
  if (left === 0) return body;
  return `${body}<p class="aside">${t({
    vi: `${count(left).vi} kỳ trước đó có trong summary.json.`,
    en: `${count(left).en} earlier periods are in summary.json.`,
  })}</p>`;
}

function periodRow({ period, figures }: TrendPoint, changes: FigureChanges | null): string[] {
  const changed = (of: 'rate_as_submitted' | 'rate_after_cleaning') =>
    changes === null ? '–' : change(changes[of], pointChange, 'less');
  return [
    t(periodName(period)),
    t(count(figures.compared)),
    t(count(figures.mismatch_as_submitted)),
    t(percent(figures.rate_as_submitted)),
    changed('rate_as_submitted'),
    t(count(figures.mismatch_after_cleaning)),
    t(percent(figures.rate_after_cleaning)),
    changed('rate_after_cleaning'),
  ];
}
