// Cases: mismatches that live on from period to period, how old they are, and how far the plan of each data owner is.
import type { Text } from '../messages/text.js';
import { barChart } from './chart-bars.js';
import { dataValue, paragraph, section, t, table } from './html-parts.js';
import { planPart } from './html-plan.js';
import type { Summary } from './model.js';
import { type AgeBand, type CaseFigures, type CaseSummary, olderThan } from './model-cases.js';
import { count, percent, WHOLE } from './numbers.js';
import { firstRows } from './shown-rows.js';

/** Empty where cases are not kept. */
export function casesSection({ cases }: Summary): string {
  if (cases === null) return '';
  const { total, groups, plan } = cases;
  const parts = [
    balance(total),
    ageing(total),
    ...groups.map((group, i) => groupTable(group, total, i)),
    planPart(plan),
  ];
  const title = { vi: 'Trường hợp còn mở và kế hoạch', en: 'Open cases and the plan' };
  return section('cases', title, parts.filter((part) => part !== '').join('\n'));
}

/** opening + new + reopened − resolved − waived = closing, written out. */
function balance(total: CaseFigures): string {
  const figure = (of: Exclude<keyof CaseFigures, 'ageing'>) => count(total[of]);
  const [opening, fresh, reopened] = [figure('opening'), figure('new'), figure('reopened')];
  const [resolved, waived, closing] = [figure('resolved'), figure('waived'), figure('closing')];
  const line = paragraph(
    {
      vi: `${opening.vi} tồn đầu kỳ + ${fresh.vi} mới + ${reopened.vi} mở lại − ${resolved.vi} đã xử lý − ${waived.vi} được miễn = ${closing.vi} tồn cuối kỳ.`,
      en: `${opening.en} open before + ${fresh.en} new + ${reopened.en} reopened − ${resolved.en} resolved − ${waived.en} waived = ${closing.en} open now.`,
    },
    'accounting',
  );
  const intro = paragraph({
    vi: 'Mỗi dòng vẫn không trùng khớp sau làm sạch là một việc, được theo dõi từ kỳ này sang kỳ khác cho đến khi xử lý xong.',
    en: 'Each row that still does not agree after cleaning is a case, followed from period to period until it is settled.',
  });
  return `${intro}\n${line}`;
}

function bandLabel(band: AgeBand): Text {
  const { from, to } = band;
  const range = to === null ? `> ${olderThan(band)}` : `${from}–${to}`;
  return { vi: `${range} ngày`, en: `${range} days` };
}

/** The older, the darker. */
const AGE_COLOURS = ['#9fc3da', '#4f9cc4', '#14577f', '#c7653a', '#b23a2e', '#7d2716'] as const;

function ageing({ ageing: bands, closing }: CaseFigures): string {
  if (closing === 0) return '';
  const chart = barChart({
    id: 'ageing-chart',
    title: { vi: 'Tuổi của các trường hợp còn mở', en: 'Age of the open cases' },
    desc: {
      vi: 'Số việc theo số ngày kể từ khi thấy lần đầu. Bảng bên dưới có đủ số liệu.',
      en: 'Cases by days since they were first seen. The table below holds the figures.',
    },
    bars: bands.map((band, i) => {
      const [n, part] = [count(band.cases), percent(band.share)];
      return {
        label: bandLabel(band),
        figure: { vi: `${n.vi} · ${part.vi}`, en: `${n.en} · ${part.en}` },
        value: band.cases,
        colour: AGE_COLOURS[i] ?? AGE_COLOURS.at(-1)!,
      };
    }),
  });
  const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
  const body = table({
    id: 'ageing-table',
    caption: { vi: 'Trường hợp còn mở theo tuổi', en: 'Open cases by age' },
    columns: [
      { head: { vi: 'Từ khi thấy lần đầu', en: 'Since first seen' } },
      numeric('Số việc', 'Cases'),
      numeric('Tỷ trọng', 'Share'),
    ],
    rows: bands.map((band) => [t(bandLabel(band)), t(count(band.cases)), t(percent(band.share))]),
    foot: [t({ vi: 'Tồn cuối kỳ', en: 'Open now' }), t(count(closing)), t(WHOLE)],
  });
  return `<figure>${chart}</figure>\n${body}`;
}

/** A longer table is not read; all rows are in summary.json. */
const SHOWN = 200;

function groupTable({ labels, rows }: CaseSummary['groups'][number], total: CaseFigures, i: number): string {
  if (rows.length === 0) return '';
  const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
  const cells = (label: string, figures: CaseFigures) => [
    label,
    ...(['opening', 'new', 'reopened', 'resolved', 'waived', 'closing'] as const).map((of) =>
      t(count(figures[of])),
    ),
  ];
  const ranked = rows.toSorted((a, b) => b.figures.closing - a.figures.closing);
  const { shown, left } = firstRows(ranked, SHOWN);
  const body = table({
    id: `cases-${i}`,
    caption: { vi: `${labels.vi}: việc tồn`, en: `${labels.en}: cases` },
    columns: [
      { head: labels },
      numeric('Đầu kỳ', 'Before'),
      numeric('Mới', 'New'),
      numeric('Mở lại', 'Reopened'),
      numeric('Đã xử lý', 'Resolved'),
      numeric('Được miễn', 'Waived'),
      numeric('Cuối kỳ', 'Now'),
    ],
    rows: shown.map((row) => cells(labelOf(row), row.figures)),
    foot: cells(t({ vi: 'Tất cả', en: 'All' }), total),
  });
  if (left === 0) return body;
  return `${body}<p class="aside">${t({
    vi: `Còn ${count(left).vi} dòng nữa trong summary.json.`,
    en: `${count(left).en} more rows are in summary.json.`,
  })}</p>`;
}

function labelOf({ value, label }: { readonly value: string | null; readonly label: string }): string {
  return value === null ? `<em>${t({ vi: 'Không ghi', en: 'Not stated' })}</em>` : dataValue(label);
}
