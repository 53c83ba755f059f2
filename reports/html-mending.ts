// What the mismatches need: what the program can correct, what a person must look at, what only the citizen can settle.
import { MENDING, type Mending, mendingOfReason } from '../matchers/mending.js';
import { reasonOf } from '../matchers/reasons.js';
import { barChart } from './chart-bars.js';
import { change, paragraph, section, t, table } from './html-parts.js';
import { fieldLabels, reasonLabel } from './mismatch-text.js';
import type { MendingRow, Summary } from './model.js';
import { changesOf, rowsChange } from './model-changes.js';
import { count, countChange, percent, WHOLE } from './numbers.js';

const MENDING_COLOURS: Readonly<Record<Mending, string>> = {
  automatic: '#4f9cc4',
  person: '#14577f',
  citizen: '#b23a2e',
};

/** Reasons named beside each kind of work. */
const NAMED = 3;

export function mendingSection(summary: Summary): string {
  if (summary.mending.length === 0 || summary.figures.mismatch_as_submitted === 0) return '';
  const intro = paragraph({
    vi: 'Mỗi dòng không trùng khớp như đã nộp được xếp vào đúng một nhóm, theo lý do khó sửa nhất của nó.',
    en: 'Each row that does not agree as submitted stands in one group, by the reason that is the hardest to mend.',
  });
  const title = { vi: 'Sửa bằng cách nào', en: 'How it can be mended' };
  return section('mending', title, `${intro}\n<figure>${chart(summary)}</figure>\n${mendingTable(summary)}`);
}

function chart({ mending }: Summary): string {
  return barChart({
    id: 'mending-chart',
    title: { vi: 'Các dòng không trùng khớp cần gì', en: 'What the mismatches need' },
    desc: {
      vi: 'Số dòng và tỷ lệ trên số dòng không trùng khớp như đã nộp. Bảng bên dưới có đủ số liệu.',
      en: 'Rows, and shares of the mismatches as submitted. The table below holds the figures.',
    },
    bars: mending.map(({ who, rows, share }) => {
      const [n, part] = [count(rows), percent(share)];
      return {
        label: MENDING[who],
        figure: { vi: `${n.vi} · ${part.vi}`, en: `${n.en} · ${part.en}` },
        value: rows,
        colour: MENDING_COLOURS[who],
      };
    }),
  });
}

function mendingTable(summary: Summary): string {
  const { mending, figures, previous } = summary;
  const compared = previous !== null && mending.some((row) => row.previous !== null);
  const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
  const changeOf = (difference: number | null) =>
    difference === null ? '–' : change(difference, countChange, 'less');
  return table({
    id: 'mending-table',
    caption: { vi: 'Dòng không trùng khớp theo việc phải làm', en: 'Mismatches by what has to be done' },
    columns: [
      { head: { vi: 'Việc phải làm', en: 'What has to be done' } },
      numeric('Số dòng', 'Rows'),
      numeric('Tỷ trọng', 'Share'),
      ...(compared ? [numeric('Thay đổi', 'Change')] : []),
      { head: { vi: 'Lý do nhiều nhất', en: 'Commonest reasons' } },
    ],
    rows: mending.map((row) => [
      nameOf(row),
      t(count(row.rows)),
      t(percent(row.share)),
      ...(compared ? [changeOf(rowsChange(row))] : []),
      commonest(summary, row.who),
    ]),
    foot: [
      t({ vi: 'Không trùng khớp như đã nộp', en: 'Do not agree as submitted' }),
      t(count(figures.mismatch_as_submitted)),
      t(WHOLE),
      ...(compared ? [changeOf(changesOf(summary)?.mismatch_as_submitted ?? null)] : []),
      '',
    ],
  });
}

function nameOf({ who }: MendingRow): string {
  const colour = MENDING_COLOURS[who];
  return `<span class="key" style="background:${colour}"></span>${t(MENDING[who])}<small>${t(MENDING[who].meaning)}</small>`;
}

function commonest(summary: Summary, who: Mending): string {
  const labels = fieldLabels(summary);
  const items = summary.reasons
    .filter(({ code }) => mendingOfReason(code) === who && speaksOfMismatch(code))
    .slice(0, NAMED)
    .map(({ code, rows }) => `<li>${t(reasonLabel(code, labels))}: ${t(count(rows))}</li>`);
  return items.length === 0 ? '–' : `<ul class="plain">${items.join('')}</ul>`;
}

/** Duplicates and the state of a person are told of rows that agree, too. */
function speaksOfMismatch(code: string): boolean {
  const family = reasonOf(code)?.family;
  return family !== 'person' && code !== 'record.duplicate';
}
