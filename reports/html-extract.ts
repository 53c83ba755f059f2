// Quality of the extract itself: rows unread, repeated or incomplete, and what was found in each of its columns.
import { reasonOf } from '../matchers/reasons.js';
import type { Text } from '../messages/text.js';
import { bar, change, dataValue, escapeHtml, paragraph, section, t, table } from './html-parts.js';
import type { FieldProblem, FieldQuality, Summary } from './model.js';
import { changesOf, fieldChanges, rowsChange } from './model-changes.js';
import { count, countChange, percent, pointChange } from './numbers.js';

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
      ...(['filled', 'usable'] as const).map((of) => shareOfRows(field, of)),
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
function extractTable(summary: Summary): string {
  const { figures, share, reasons, previous } = summary;
  const lines = [
    {
      name: t({ vi: 'Dòng không đọc được', en: 'Rows that could not be read' }),
      rows: figures.outcomes.rejected ?? 0,
      part: share.outcomes.rejected ?? null,
      difference: changesOf(summary)?.outcomes.rejected ?? null,
    },
    ...reasons
      .filter(({ code }) => code.startsWith('record.'))
      .map((reason) => ({
        name: `${t(reasonOf(reason.code)?.label ?? { vi: reason.code, en: reason.code })} <code>${escapeHtml(reason.code)}</code>`,
        rows: reason.rows,
        part: reason.share_of_rows,
        difference: rowsChange(reason),
      })),
  ];
  const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
  const changed = (difference: number | null) =>
    difference === null ? '–' : change(difference, countChange, 'less');
  return table({
    id: 'extract-table',
    caption: { vi: 'Bản thân tệp nộp', en: 'The extract itself' },
    columns: [
      { head: { vi: 'Điều đã gặp', en: 'What was met' } },
      numeric('Số dòng', 'Rows'),
      numeric('Trên số dòng đọc vào', 'Of the rows read'),
      ...(previous === null ? [] : [numeric('Thay đổi', 'Change')]),
    ],
    rows: lines.map(({ name, rows, part, difference }) => [
      name,
      t(count(rows)),
      t(percent(part)),
      ...(previous === null ? [] : [changed(difference)]),
    ]),
  });
}

/** A share of the rows that could be read, with its change in points where the last period kept it. */
function shareOfRows(field: FieldQuality, of: 'filled' | 'usable'): string {
  const shown = `${t(percent(field.share[of]))}${bar(field.share[of], 'good')}`;
  if ((field.previous?.share[of] ?? null) === null) return shown;
  return `${shown}${change(fieldChanges(field).share[of], pointChange, 'more')}`;
}

function distinctChange(field: FieldQuality): string {
  const { distinct } = fieldChanges(field);
  if (distinct === null || distinct === 0) return '';
  return `<small>${change(distinct, countChange, 'neither')}</small>`;
}

function problems(field: FieldQuality): string {
  const items = field.problems.map(
    (problem) => `<li>${t(problem.labels)}: ${t(count(problem.rows))}${problemChange(problem)}</li>`,
  );
  return items.length === 0 ? '–' : `<ul class="plain">${items.join('')}</ul>`;
}

function problemChange(problem: FieldProblem): string {
  const difference = rowsChange(problem);
  return difference === null || difference === 0 ? '' : ` (${change(difference, countChange, 'less')})`;
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
