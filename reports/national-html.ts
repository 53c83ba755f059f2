// national.html: one line per dataset, as the programme's table has it.
import { renderPage } from './html-page.js';
import { bar, change, dataValue, paragraph, section, t, table } from './html-parts.js';
import type { National } from './national-model.js';
import { count, percent, periodName, pointChange } from './numbers.js';

/** The whole page as text. */
export function renderNationalHtml(national: National): string {
  const period = periodName(national.period);
  return renderPage({
    kind: { vi: 'Tổng hợp làm sạch dữ liệu', en: 'Summary of data cleaning' },
    title: { vi: `Các dữ liệu ${period.vi}`, en: `Datasets, ${period.en}` },
    facts: [
      [{ vi: 'Kỳ', en: 'Period' }, t(period)],
      [{ vi: 'Dữ liệu', en: 'Datasets' }, t(count(national.datasets.length))],
      [{ vi: 'Tổng số bản ghi', en: 'Records' }, t(count(national.total.figures.rows))],
    ],
    sections: [datasetsSection(national), readingSection()],
    foot: {
      vi: 'Trang này chỉ có số liệu tổng hợp, không có dữ liệu cá nhân.',
      en: 'This page holds totals only and no personal data.',
    },
  });
}

const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });

function datasetsSection({ datasets, total }: National): string {
  const rows = datasets.map((row) => [
    `${t(row.sector)}<small>${dataValue(row.job)}</small>`,
    t(count(row.figures.rows)),
    t(count(row.figures.matched)),
    `${t(percent(row.figures.share))}${bar(row.figures.share, 'good')}`,
    changeOf(row.change),
    t(percent(row.figures.share_after_cleaning)),
    t(count(row.cleaned)),
    t(count(row.figures.apart)),
  ]);
  const foot = [
    t({ vi: 'Cộng', en: 'Total' }),
    t(count(total.figures.rows)),
    t(count(total.figures.matched)),
    t(percent(total.figures.share)),
    changeOf(total.change),
    t(percent(total.figures.share_after_cleaning)),
    t(count(total.cleaned)),
    t(count(total.figures.apart)),
  ];
  return section(
    'datasets',
    { vi: 'Kết quả theo dữ liệu', en: 'Results by dataset' },
    table({
      id: 'datasets-table',
      caption: { vi: 'Mỗi dữ liệu một dòng', en: 'One line per dataset' },
      columns: [
        { head: { vi: 'Dữ liệu', en: 'Dataset' } },
        numeric('Tổng số', 'Total'),
        numeric('Trùng khớp', 'Matched'),
        numeric('Tỷ lệ', 'Share'),
        numeric('So với kỳ trước', 'Change'),
        numeric('Tỷ lệ sau làm sạch', 'Share after cleaning'),
        numeric('Đã làm sạch', 'Cleaned so far'),
        numeric('Để riêng', 'Set apart'),
      ],
      rows,
      foot,
    }),
  );
}

function changeOf(difference: number | null): string {
  return difference === null ? '–' : change(difference, pointChange, 'more');
}

function readingSection(): string {
  const texts = [
    {
      vi: 'Trùng khớp tính như đã nộp; tỷ lệ tính trên số bản ghi được đối sánh, không kể dòng không đọc được và bản ghi để riêng (người nước ngoài, người chưa có số định danh, tổ chức).',
      en: 'Matched counts records as submitted; shares are of the records compared, which leaves out rows that could not be read and records set apart (foreigners, people without a number, organisations).',
    },
    {
      vi: 'So với kỳ trước: thay đổi của tỷ lệ trùng khớp, tính bằng điểm phần trăm; dòng cộng chỉ tính các dữ liệu có kỳ trước.',
      en: 'Change: of the share matched against the last period, in percentage points; the total counts the datasets that have one.',
    },
    {
      vi: 'Đã làm sạch: số sai lệch đã xử lý xong từ kỳ đầu tiên, trừ số mở lại.',
      en: 'Cleaned so far: mismatches settled since the first period, less those that came back.',
    },
  ];
  return section(
    'reading',
    { vi: 'Cách đọc', en: 'How to read this' },
    texts.map((text) => paragraph(text)).join('\n'),
  );
}
