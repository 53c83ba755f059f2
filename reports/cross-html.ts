// cross.html: what `doisoat cross` found between datasets. Totals only; the records stand in the lists beside it.
import type { Text } from '../messages/text.js';
import type { CrossDataset, CrossReport, CrossResult } from './cross-model.js';
import { renderPage } from './html-page.js';
import { dataValue, escapeHtml, paragraph, section, t, table } from './html-parts.js';
import { count, percent, periodName } from './numbers.js';

/** The whole page as text. */
export function renderCrossHtml(report: CrossReport): string {
  return renderPage({
    kind: { vi: 'Đối chiếu chéo giữa các dữ liệu', en: 'Checks across datasets' },
    title: { vi: 'Đối chiếu chéo', en: 'Cross-dataset checks' },
    facts: [
      [{ vi: 'Dữ liệu', en: 'Datasets' }, t(count(report.datasets.length))],
      [{ vi: 'Bản ghi cần xem', en: 'Records to look at' }, t(count(report.records))],
    ],
    sections: [checksSection(report), datasetsSection(report), readingSection()],
    foot: {
      vi: 'Trang này chỉ có số liệu tổng hợp, không có dữ liệu cá nhân.',
      en: 'This page holds totals only and no personal data.',
    },
  });
}

const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });

function checksSection({ checks, datasets }: CrossReport): string {
  const rows = checks.map((one) => [
    `${t(one.label)}<small>${t(one.meaning)}</small>`,
    t(count(one.people)),
    t(count(one.records)),
    whereFound(one, datasets),
  ]);
  return section(
    'checks',
    { vi: 'Kết quả đối chiếu', en: 'What was found' },
    table({
      id: 'checks-table',
      caption: { vi: 'Số người và số bản ghi theo phép đối chiếu', en: 'People and records by check' },
      columns: [
        { head: { vi: 'Phép đối chiếu', en: 'Check' } },
        numeric('Số người', 'People'),
        numeric('Số bản ghi', 'Records'),
        { head: { vi: 'Ở dữ liệu nào', en: 'Where' } },
      ],
      rows,
    }),
  );
}

function whereFound(one: CrossResult, datasets: readonly CrossDataset[]): string {
  if (one.not_done !== null) {
    const [vi, en] = [`Chưa đối chiếu: ${one.not_done.vi}`, `Not done: ${one.not_done.en}`];
    return `<small>${t({ vi, en })}</small>`;
  }
  if (one.list === null) return t({ vi: 'không có', en: 'none' });
  const parts = one.by_dataset.map(
    ({ dataset, records }) => `${nameOf(datasets[dataset]!)}: ${t(count(records))}`,
  );
  return `${parts.join('<br>')}<small><code>${escapeHtml(one.list)}</code></small>`;
}

function nameOf({ job, role }: CrossDataset): string {
  return role === null ? dataValue(job) : `${dataValue(job)} (${t(role)})`;
}

function datasetsSection({ datasets }: CrossReport): string {
  const rows = datasets.map((one) => [
    nameOf(one),
    t(one.sector),
    t(periodName(one.period)),
    t(count(one.rows)),
    t(count(one.found)),
    t(percent(one.share)),
  ]);
  return section(
    'datasets',
    { vi: 'Dữ liệu được đối chiếu', en: 'The datasets' },
    table({
      id: 'datasets-table',
      caption: { vi: 'Dữ liệu và số người tìm được', en: 'Datasets and people found' },
      columns: [
        { head: { vi: 'Dữ liệu', en: 'Dataset' } },
        { head: { vi: 'Lĩnh vực', en: 'Sector' } },
        { head: { vi: 'Kỳ', en: 'Period' } },
        numeric('Số dòng', 'Rows'),
        numeric('Tìm được người', 'Person found'),
        numeric('Tỷ lệ', 'Share'),
      ],
      rows,
    }),
  );
}

const READING: readonly Text[] = [
  {
    vi: 'Người được nhận ra qua kết quả đối sánh với dữ liệu tham chiếu; chỉ những bản ghi đã tìm được người một cách chắc chắn mới được đối chiếu.',
    en: 'People are recognised by what they were matched with in the reference; only records whose person was found with certainty are compared.',
  },
  {
    vi: 'Một phát hiện là điều nghi vấn cần xác minh, không phải bằng chứng: sổ khai tử, dữ liệu của ngành hay kết quả đối sánh đều có thể sai.',
    en: 'A finding is a suspicion to be verified and no proof: the register of deaths, the sector’s data and the match can each be wrong.',
  },
  {
    vi: 'Danh sách trong các tệp CSV ghi số bản ghi ở hai bên; số giấy tờ, khóa và họ tên được che, trừ khi yêu cầu hiện.',
    en: 'The lists (CSV) name the records on both sides; numbers, keys and names are masked unless asked for.',
  },
];

function readingSection(): string {
  return section(
    'reading',
    { vi: 'Cách đọc', en: 'How to read this' },
    READING.map((text) => paragraph(text)).join('\n'),
  );
}
