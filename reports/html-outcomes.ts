// What became of the rows: flow, accounting line, table of outcomes.
import { OUTCOME_FACTS, OUTCOMES, type Outcome } from '../matchers/outcomes.js';
import type { Text } from '../messages/text.js';
import { flowChart } from './chart-flow.js';
import { stackChart } from './chart-stack.js';
import { accountingLine, addsUp } from './headline.js';
import { type Better, change, section, t, table } from './html-parts.js';
import type { Summary } from './model.js';
import { count, countChange, pointChange, share } from './numbers.js';
import { OUTCOME_COLOURS } from './outcome-colours.js';

export function outcomesSection(summary: Summary): string {
  const charts = `${flowChart(summary.figures)}\n${stackChart(summary.figures)}`;
  return section(
    'outcomes',
    { vi: 'Kết quả đối soát', en: 'Outcomes' },
    `<figure>${charts}<figcaption><p class="aside">${t(OF_ROWS_READ)}</p></figcaption></figure>\n${accounting(summary)}\n${outcomesTable(summary)}`,
  );
}

const OF_ROWS_READ: Text = {
  vi: 'Tỷ trọng trong hình tính trên mọi dòng đọc vào; hai tỷ lệ ở đầu báo cáo tính trên số dòng được đối sánh.',
  en: 'Shares in the picture are of all rows read; the two rates at the top are of the rows compared.',
};

function accounting({ figures }: Summary): string {
  const right = addsUp(figures);
  const verdict: Text = right
    ? { vi: 'Tổng các kết quả bằng số dòng đọc vào.', en: 'The outcomes add up to the rows read.' }
    : {
        vi: 'SAI: tổng các kết quả khác số dòng đọc vào.',
        en: 'WRONG: the outcomes do not add up to the rows read.',
      };
  return `<p class="accounting${right ? '' : ' wrong'}"><strong>${right ? '✓' : '✗'} ${t(verdict)}</strong> ${t(accountingLine(figures))}.</p>`;
}

function outcomesTable({ figures, previous }: Summary): string {
  const before = previous?.figures ?? null;
  const shown = OUTCOMES.filter((outcome) => outcome !== 'apart' || (figures.outcomes[outcome] ?? 0) > 0);
  const rows = shown.map((outcome) => {
    const [now, then] = [figures.outcomes[outcome] ?? 0, before?.outcomes[outcome] ?? 0];
    const better = betterOf(outcome);
    const nowShare = figures.rows === 0 ? null : now / figures.rows;
    const thenShare = before === null || before.rows === 0 ? null : then / before.rows;
    const points = (nowShare ?? 0) - (thenShare ?? 0);
    return [
      `<span class="key" style="background:${OUTCOME_COLOURS[outcome]}"></span>${t(OUTCOME_FACTS[outcome])}<small>${t(OUTCOME_FACTS[outcome].meaning)}</small>`,
      t(count(now)),
      t(share(now, figures.rows)),
      ...(before === null
        ? []
        : [
            change(now - then, countChange(now, then), better),
            change(points, pointChange(nowShare, thenShare), better),
          ]),
    ];
  });
  const total = [
    t({ vi: 'Tổng số dòng đọc vào', en: 'All rows read' }),
    t(count(figures.rows)),
    t(share(figures.rows, figures.rows)),
  ];
  const changes =
    before === null
      ? []
      : [change(figures.rows - before.rows, countChange(figures.rows, before.rows), 'neither'), ''];
  const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
  return table({
    id: 'outcomes-table',
    caption: { vi: 'Số dòng theo kết quả', en: 'Rows by outcome' },
    columns: [
      { head: { vi: 'Kết quả', en: 'Outcome' } },
      numeric('Số dòng', 'Rows'),
      numeric('Tỷ trọng', 'Share'),
      ...(before === null
        ? []
        : [numeric('Thay đổi', 'Change'), numeric('Thay đổi tỷ trọng', 'Change of share')]),
    ],
    rows,
    foot: [...total, ...changes],
  });
}

function betterOf(outcome: Outcome): Better {
  if (outcome === 'match') return 'more';
  return outcome === 'match_after_cleaning' ? 'neither' : 'less';
}
