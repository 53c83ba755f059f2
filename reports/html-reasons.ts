// Why records do not agree: the commonest reasons as bars, all of them as a table by field.
import { MENDERS, type Mender, reasonOf } from '../matchers/reasons.js';
import type { Text } from '../messages/text.js';
import { type Bar, barChart } from './chart-bars.js';
import { change, escapeHtml, paragraph, type Row, section, t, table } from './html-parts.js';
import { type FieldLabels, familyName, fieldLabels, reasonLabel } from './mismatch-text.js';
import type { ReasonRow, Summary } from './model.js';
import { rowsChange } from './model-changes.js';
import { count, countChange, percent } from './numbers.js';

const CHARTED = 10;

/** By who mends it first: what the machine does, what offices do, what needs the citizen. */
const MENDER_COLOURS: Readonly<Record<Mender, string>> = {
  system: '#4f9cc4',
  owner: '#14577f',
  police: '#74336a',
  civil_status: '#8a6d1f',
  citizen: '#b23a2e',
};

export function reasonsSection(summary: Summary): string {
  const title = { vi: 'Lý do', en: 'Reasons' };
  if (summary.reasons.length === 0) {
    return section('reasons', title, paragraph({ vi: 'Không có lý do nào.', en: 'There are no reasons.' }));
  }
  const intro = paragraph({
    vi: 'Một bản ghi có thể có nhiều lý do nên các dòng dưới đây không cộng lại thành số bản ghi. Màu cho biết ai sửa được trước tiên.',
    en: 'A record may have several reasons, so these do not add up to the number of records. The colour says who can mend it first.',
  });
  const labels = fieldLabels(summary);
  return section(
    'reasons',
    title,
    `${intro}\n<figure>${legend(summary.reasons)}${chart(summary, labels)}</figure>\n${reasonsTable(summary, labels)}`,
  );
}

function chart(summary: Summary, labels: FieldLabels): string {
  const ranked = [...summary.reasons].sort((a, b) => b.rows - a.rows || (a.code < b.code ? -1 : 1));
  const bars = ranked.slice(0, CHARTED).map((reason): Bar => {
    const [n, part] = [count(reason.rows), percent(reason.share)];
    return {
      label: reasonLabel(reason.code, labels),
      figure: { vi: `${n.vi} · ${part.vi}`, en: `${n.en} · ${part.en}` },
      value: reason.rows,
      colour: MENDER_COLOURS[menderOf(reason.code)],
    };
  });
  return barChart({
    id: 'reasons-chart',
    title: { vi: 'Các lý do nhiều nhất', en: 'The commonest reasons' },
    desc: {
      vi: 'Xếp theo số dòng; tỷ lệ trên số dòng được đối sánh. Bảng bên dưới có đủ các lý do.',
      en: 'Ranked by rows; shares of the rows compared. The table below has all reasons.',
    },
    bars,
  });
}

function legend(reasons: readonly ReasonRow[]): string {
  const met = new Set(reasons.map((reason) => menderOf(reason.code)));
  const entries = (Object.keys(MENDERS) as Mender[]).filter((mender) => met.has(mender));
  const items = entries.map(
    (mender) =>
      `<li><span class="key" style="background:${MENDER_COLOURS[mender]}"></span>${t(MENDERS[mender])}</li>`,
  );
  return `<figcaption><ul class="legend">${items.join('')}</ul></figcaption>`;
}

function reasonsTable({ reasons, previous }: Summary, labels: FieldLabels): string {
  const families = [...new Set(reasons.map((reason) => familyOf(reason.code)))];
  const rows = families.flatMap((family): Row[] => [
    { heading: t(familyName(family, labels)) },
    ...reasons
      .filter((reason) => familyOf(reason.code) === family)
      .sort((a, b) => b.rows - a.rows || (a.code < b.code ? -1 : 1))
      .map((reason) => [
        `${t(labelOf(reason.code))} <code>${escapeHtml(reason.code)}</code>`,
        t(count(reason.rows)),
        t(percent(reason.share)),
        ...(previous === null ? [] : [changeOf(reason)]),
        (reasonOf(reason.code)?.mend ?? ['owner' as const]).map((mender) => t(MENDERS[mender])).join(' → '),
      ]),
  ]);
  const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
  return table({
    id: 'reasons-table',
    caption: { vi: 'Lý do theo trường', en: 'Reasons by field' },
    columns: [
      { head: { vi: 'Lý do', en: 'Reason' } },
      numeric('Số dòng', 'Rows'),
      numeric('Trên số đối sánh', 'Of rows compared'),
      ...(previous === null ? [] : [numeric('Thay đổi', 'Change')]),
      { head: { vi: 'Ai sửa được', en: 'Who can mend it' } },
    ],
    rows,
  });
}

function changeOf(reason: ReasonRow): string {
  const difference = rowsChange(reason);
  if (difference === null) return `<span class="change">${t({ vi: 'mới', en: 'new' })}</span>`;
  return change(difference, countChange, 'less');
}

function familyOf(code: string): string {
  return code.split('.', 1)[0]!;
}

function labelOf(code: string): Text {
  return reasonOf(code)?.label ?? { vi: code, en: code };
}

function menderOf(code: string): Mender {
  return reasonOf(code)?.mend[0] ?? 'owner';
}
