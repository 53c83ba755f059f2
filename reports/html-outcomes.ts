// What became of the rows: flow, accounting line, table of outcomes.
import { OUTCOME_FACTS, OUTCOMES, type Outcome } from '../matchers/outcomes.js';
import type { Text } from '../messages/text.js';
import { flowChart } from './chart-flow.js';
import { stackChart } from './chart-stack.js';
import { accountingLine } from './headline.js';
import { type Better, change, section, t, table } from './html-parts.js';
import type { Summary } from './model.js';
import { changesOf, outcomeShareChange } from './model-changes.js';
import { addsUp } from './model-sums.js';
import { count, countChange, percent, pointChange } from './numbers.js';
import { OUTCOME_COLOURS } from './outcome-colours.js';

export function outcomesSection(summary: Summary): string {
  const charts = `${flowChart(summary)}\n${stackChart(summary)}`;
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

function outcomesTable(summary: Summary): string {
  const { figures, share } = summary;
  const changes = changesOf(summary);
  const shown = OUTCOMES.filter((outcome) => outcome !== 'apart' || (figures.outcomes[outcome] ?? 0) > 0);
  const rows = shown.map((outcome) => {
    const better = betterOf(outcome);
    return [
      `<span class="key" style="background:${OUTCOME_COLOURS[outcome]}"></span>${t(OUTCOME_FACTS[outcome])}<small>${t(OUTCOME_FACTS[outcome].meaning)}</small>`,
      t(count(figures.outcomes[outcome] ?? 0)),
      t(percent(share.outcomes[outcome] ?? null)),
      ...(changes === null
        ? []
        : [
            change(changes.outcomes[outcome] ?? 0, countChange, better),
            change(outcomeShareChange(summary, outcome), pointChange, better),
          ]),
    ];
  });
  const total = [
    t({ vi: 'Tổng số dòng đọc vào', en: 'All rows read' }),
    t(count(figures.rows)),
    t(percent(share.rows)),
  ];
  const totalChanges = changes === null ? [] : [change(changes.rows, countChange, 'neither'), ''];
  const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
  return table({
    id: 'outcomes-table',
    caption: { vi: 'Số dòng theo kết quả', en: 'Rows by outcome' },
    columns: [
      { head: { vi: 'Kết quả', en: 'Outcome' } },
      numeric('Số dòng', 'Rows'),
      numeric('Tỷ trọng', 'Share'),
      ...(changes === null
        ? []
        : [numeric('Thay đổi', 'Change'), numeric('Thay đổi tỷ trọng', 'Change of share')]),
    ],
    rows,
    foot: [...total, ...totalChanges],
  });
}

function betterOf(outcome: Outcome): Better {
  if (outcome === 'match') return 'more';
  return outcome === 'match_after_cleaning' ? 'neither' : 'less';
}
