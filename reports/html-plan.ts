// The plan of each data owner: how many cases it wanted open at the end of a month, how many there were, and when none is left at
// the present pace.
import type { Text } from '../messages/text.js';
import { lineChart } from './chart-lines.js';
import { change, dataValue, type Row, t, table } from './html-parts.js';
import type { PlanProgress } from './model-cases.js';
import { planDifference } from './model-changes.js';
import { count, countChange, dayName, shortPeriod, spokenCount } from './numbers.js';
import { AGREES, DISAGREES } from './outcome-colours.js';

/** A chart for each of the first owners; all of them are in the table. */
const CHARTED = 6;

/** Empty where nobody has a plan. */
export function planPart(plan: readonly PlanProgress[]): string {
  if (plan.length === 0) return '';
  const charts = plan
    .slice(0, CHARTED)
    .map((owner, i) => ownerChart(owner, i))
    .filter((chart) => chart !== '');
  return [...charts, planTable(plan)].join('\n');
}

function ownerChart({ owner, months }: PlanProgress, i: number): string {
  const chart = lineChart({
    id: `plan-${i}`,
    title: { vi: `Kế hoạch và thực hiện: ${owner}`, en: `Plan and progress: ${owner}` },
    desc: {
      vi: 'Số trường hợp còn mở cuối mỗi tháng: kế hoạch và thực hiện. Bảng bên dưới có đủ số liệu.',
      en: 'Open cases at the end of each month: planned and actual. The table below holds the figures.',
    },
    labels: months.map(({ month }) => shortPeriod(month)),
    series: [
      {
        name: { vi: 'Kế hoạch', en: 'Planned' },
        colour: AGREES,
        values: months.map(({ target }) => target),
        dashed: true,
      },
      {
        name: { vi: 'Thực hiện', en: 'Actual' },
        colour: DISAGREES,
        values: months.map(({ actual }) => actual),
      },
    ],
    written: spokenCount,
  });
  return chart === '' ? '' : `<figure><p class="kind">${dataValue(owner)}</p>${chart}</figure>`;
}

function planTable(plan: readonly PlanProgress[]): string {
  const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
  const rows = plan.flatMap((owner): Row[] => [
    { heading: `${dataValue(owner.owner)} <small>${t(projection(owner))}</small>` },
    ...owner.months.map((one) => [
      t(shortPeriod(one.month)),
      t(count(one.target)),
      one.actual === null ? '–' : t(count(one.actual)),
      one.actual === null ? '–' : change(planDifference(one), countChange, 'less'),
    ]),
  ]);
  return table({
    id: 'plan-table',
    caption: {
      vi: 'Kế hoạch và thực hiện: trường hợp còn mở cuối tháng',
      en: 'Plan and progress: cases open at the end of the month',
    },
    columns: [
      { head: { vi: 'Tháng', en: 'Month' } },
      numeric('Kế hoạch', 'Planned'),
      numeric('Thực hiện', 'Actual'),
      numeric('Chênh lệch', 'Difference'),
    ],
    rows,
  });
}

function projection({ projected }: PlanProgress): Text {
  if (projected === null) {
    return {
      vi: 'số việc tồn không giảm, chưa thấy ngày xong',
      en: 'the number does not fall; no end in sight',
    };
  }
  const day = dayName(projected);
  return { vi: `với nhịp hiện nay sẽ xong ngày ${day.vi}`, en: `done on ${day.en} at the present pace` };
}
