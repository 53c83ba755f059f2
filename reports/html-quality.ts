// Quality of the data: đúng, đủ, sạch, sống; and what was found in each column of the extract.
import type { Text } from '../messages/text.js';
import { bar, dataValue, escapeHtml, paragraph, section, t, table } from './html-parts.js';
import type { FieldQuality, QualityMark, Summary } from './model.js';
import { count, percent, share } from './numbers.js';

const MARKS: Readonly<Record<QualityMark['mark'], { readonly name: Text; readonly meaning: Text }>> = {
  correct: {
    name: { vi: 'Đúng', en: 'Correct' },
    meaning: {
      vi: 'Dòng trùng khớp với dữ liệu tham chiếu, kể cả sau làm sạch.',
      en: 'Rows that agree with the reference, also after cleaning.',
    },
  },
  complete: {
    name: { vi: 'Đủ', en: 'Complete' },
    meaning: { vi: 'Dòng có đủ các trường bắt buộc.', en: 'Rows that have all required fields.' },
  },
  clean: {
    name: { vi: 'Sạch', en: 'Clean' },
    meaning: {
      vi: 'Dòng không trùng lặp, không lỗi hình thức.',
      en: 'Rows without duplicates or damage of form.',
    },
  },
  live: {
    name: { vi: 'Sống', en: 'Live' },
    meaning: {
      vi: 'Dòng tìm được người, và người đó còn sống, còn cư trú.',
      en: 'Rows whose person was found and is alive and present.',
    },
  },
};

export function marksSection({ marks }: Summary): string {
  const cards = marks.map(({ mark, numerator, denominator }) => {
    const { name, meaning } = MARKS[mark];
    const part = denominator === 0 ? null : numerator / denominator;
    return `<li><p class="what">${t(name)}</p><p class="big">${t(percent(part))}</p>${bar(part, 'good')}<p class="fraction">${t(count(numerator))} / ${t(count(denominator))}</p><p class="aside">${t(meaning)}</p></li>`;
  });
  return section(
    'marks',
    { vi: 'Đúng, đủ, sạch, sống', en: 'Correct, complete, clean, live' },
    `<ul class="tiles">${cards.join('\n')}</ul>`,
  );
}

export function columnsSection(summary: Summary): string {
  if (summary.fields.length === 0) return '';
  const all = summary.figures.compared;
  const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
  const intro = paragraph({
    vi: 'Trước khi đối sánh, mỗi cột được đưa về dạng chuẩn. Bảng này cho biết đã gặp gì trong từng cột, để sửa tại nguồn.',
    en: 'Before comparing, each column is brought to a standard form. This table says what was met in each, so that it can be mended at the source.',
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
      `${t(field.labels)}<small><code>${dataValue(field.column)}</code> ${escapeHtml(field.kind)}</small>`,
      ...[field.filled, field.usable].map(
        (n) => `${t(share(n, all))}${bar(all === 0 ? null : n / all, 'good')}`,
      ),
      t(count(field.distinct)),
      problems(field),
      hints(field),
    ]),
  });
  return section(
    'columns',
    { vi: 'Chất lượng dữ liệu nộp', en: 'Quality of the extract' },
    `${intro}\n${body}`,
  );
}

function problems(field: FieldQuality): string {
  const items = field.problems.map(({ labels, rows }) => `<li>${t(labels)}: ${t(count(rows))}</li>`);
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
