// Quality of the extract itself: rows unread, repeated or incomplete, and what was found in each of its columns.
import { reasonOf } from '../matchers/reasons.js';
import type { Text } from '../messages/text.js';
import { bar, change, dataValue, escapeHtml, paragraph, section, t, table } from './html-parts.js';
import type { FieldQuality, Summary } from './model.js';
import { count, countChange, percent, pointChange, share } from './numbers.js';

const USES: Readonly<Record<FieldQuality['use'], Text>> = {
  identify: { vi: 'dùng để tìm người', en: 'used to find the person' },
  compare: { vi: 'được đối sánh', en: 'compared' },
  count: { vi: 'chỉ đếm', en: 'counted only' },
};

export function columnsSection(summary: Summary): string {
  if (summary.fields.length === 0) return '';
  const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
  const intro = paragraph({
    vi: 'Trước khi đối sánh, mỗi cột được đưa về dạng chuẩn. Bảng này cho biết đã gặp gì trong từng cột, để sửa tại nguồn; số nào khác kỳ trước thì có thay đổi bên cạnh.',
    en: 'Before comparing, each column is brought to a standard form. This table says what was met in each, so that it can be mended at the source; a count that differs from the last period has its change beside it.',
  });
  const body = table({
    id: 'columns-table',
    caption: { vi: 'Chất lượng từng cột', en: 'Quality of each column' },
    columns: [
      { head: { vi: 'Trường', en: 'Field' } },
      numeric('Có giá trị', 'Filled'),
      numeric('Dùng được', 'Usable'),
      numeric('Giá trị khác nhau', 'Distinct values'),
      { head: { vi: 'Vấn đề đã gặp', en: 'Problems met' } },
      { head: { vi: 'Nhận định về cột', en: 'Found about the column' } },
    ],
    rows: summary.fields.map((field) => [
      `${t(field.labels)}<small><code>${dataValue(field.column)}</code> ${escapeHtml(field.kind)}; ${t(USES[field.use])}</small>`,
      ...(['filled', 'usable'] as const).map((of) => shareOfRows(summary, field, of)),
      `${t(count(field.distinct))}${distinctChange(field)}`,
      problems(field),
      hints(field),
    ]),
  });
  return section(
    'columns',
    { vi: 'Chất lượng dữ liệu nộp', en: 'Quality of the extract' },
    `${extractTable(summary)}\n${intro}\n${body}`,
  );
}

/** What is wrong with the extract as a whole, before any comparing: rows unread, repeated, incomplete. */
function extractTable({ figures, reasons, previous }: Summary): string {
  const rejected = figures.outcomes.rejected ?? 0;
  const lines = [
    {
      name: t({ vi: 'Dòng không đọc được', en: 'Rows that could not be read' }),
      rows: rejected,
      before: previous === null ? null : (previous.figures.outcomes.rejected ?? 0),
    },
    ...reasons
      .filter(({ code }) => code.startsWith('record.'))
      .map(({ code, rows, previous: before }) => ({
        name: `${t(reasonOf(code)?.label ?? { vi: code, en: code })} <code>${escapeHtml(code)}</code>`,
        rows,
        before,
      })),
  ];
  const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
  const changed = (now: number, before: number | null) =>
    before === null ? '–' : change(now - before, countChange(now, before), 'less');
  return table({
    id: 'extract-table',
    caption: { vi: 'Bản thân tệp nộp', en: 'The extract itself' },
    columns: [
      { head: { vi: 'Điều đã gặp', en: 'What was met' } },
      numeric('Số dòng', 'Rows'),
      numeric('Trên số dòng đọc vào', 'Of the rows read'),
      ...(previous === null ? [] : [numeric('Thay đổi', 'Change')]),
    ],
    rows: lines.map(({ name, rows, before }) => [
      name,
      t(count(rows)),
      t(share(rows, figures.rows)),
      ...(previous === null ? [] : [changed(rows, before)]),
    ]),
  });
}

/** A share of the rows compared, with its change in points where the last period kept it. */
function shareOfRows(summary: Summary, field: FieldQuality, of: 'filled' | 'usable'): string {
  const all = summary.figures.compared;
  const part = all === 0 ? null : field[of] / all;
  const before = summary.previous?.figures.compared ?? 0;
  const shown = `${t(percent(part))}${bar(part, 'good')}`;
  if (field.previous === null || before === 0) return shown;
  const then = field.previous[of] / before;
  return `${shown}${change((part ?? 0) - then, pointChange(part, then), 'more')}`;
}

function distinctChange({ distinct, previous }: FieldQuality): string {
  if (previous === null || previous.distinct === distinct) return '';
  return `<small>${change(distinct - previous.distinct, countChange(distinct, previous.distinct), 'neither')}</small>`;
}

function problems(field: FieldQuality): string {
  const items = field.problems.map(({ labels, rows, previous }) => {
    const before = previous ?? rows;
    const changed = rows === before ? '' : ` (${change(rows - before, countChange(rows, before), 'less')})`;
    return `<li>${t(labels)}: ${t(count(rows))}${changed}</li>`;
  });
  return items.length === 0 ? '–' : `<ul class="plain">${items.join('')}</ul>`;
}

/** What was concluded about a column, in words; a hint without a name here is shown as it is called. */
const HINTS: Readonly<Record<string, Text>> = {
  encoding: { vi: 'Bảng mã', en: 'Encoding' },
  dateOrder: { vi: 'Thứ tự ngày', en: 'Order of dates' },
  excelEpoch: { vi: 'Gốc ngày bảng tính', en: 'Spreadsheet epoch' },
  centuryPivot: { vi: 'Mốc năm hai chữ số', en: 'Two-digit year pivot' },
  fileDate: { vi: 'Ngày lập tệp', en: 'Date of the extract' },
  codeList: { vi: 'Bảng mã giá trị', en: 'Code list' },
  without_marks: { vi: 'Cột không dấu', en: 'Column without marks' },
};
const HINT_VALUES: Readonly<Record<string, Text>> = {
  dmy: { vi: 'ngày/tháng/năm', en: 'day/month/year' },
  mdy: { vi: 'tháng/ngày/năm', en: 'month/day/year' },
  true: { vi: 'có', en: 'yes' },
  false: { vi: 'không', en: 'no' },
};

function hints({ hints: found, confidence }: FieldQuality): string {
  const items = Object.keys(found)
    .sort()
    .map((name) => {
      const sure = confidence[name];
      const certainty = sure === undefined ? '' : ` (${t(percent(sure))})`;
      return `<li>${named(HINTS, name)}: ${named(HINT_VALUES, String(found[name]))}${certainty}</li>`;
    });
  return items.length === 0 ? '–' : `<ul class="plain">${items.join('')}</ul>`;
}

function named(names: Readonly<Record<string, Text>>, name: string): string {
  return Object.hasOwn(names, name) ? t(names[name]!) : dataValue(name);
}
