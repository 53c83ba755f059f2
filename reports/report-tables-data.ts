// The data themselves and how the figures came about: quality marks, columns of the extract, their problems, files, method.
import type { Text } from '../messages/text.js';
import type { QualityMark, Summary } from './model.js';
import { finePercent } from './numbers.js';
import { type Cell, countColumn, type ReportTable, shareColumn, textColumn } from './report-table.js';

export const MARKS: Readonly<Record<QualityMark['mark'], Text>> = {
  correct: { vi: 'Đúng', en: 'Correct' },
  complete: { vi: 'Đủ', en: 'Complete' },
  clean: { vi: 'Sạch', en: 'Clean' },
  live: { vi: 'Sống', en: 'Live' },
};

export function marksTable({ marks }: Summary): ReportTable {
  return {
    name: { vi: 'Đúng đủ sạch sống', en: 'Quality marks' },
    columns: [
      textColumn('Dấu chất lượng', 'Quality mark in Vietnamese', 18),
      textColumn('Dấu chất lượng, tiếng Anh', 'Quality mark', 18),
      countColumn('Đạt', 'Numerator'),
      countColumn('Trên', 'Denominator'),
      shareColumn('Tỷ lệ', 'Share'),
      shareColumn('Kỳ trước', 'Last period'),
    ],
    rows: marks.map(({ mark, numerator, denominator, share, previous }) => [
      ...[MARKS[mark].vi, MARKS[mark].en, numerator, denominator],
      ...[share, previous?.share ?? null],
    ]),
  };
}

export function fieldsTable({ fields }: Summary): ReportTable {
  return {
    name: { vi: 'Chất lượng cột', en: 'Columns' },
    columns: [
      textColumn('Trường', 'Field in Vietnamese', 22),
      textColumn('Trường, tiếng Anh', 'Field', 22),
      textColumn('Cột trong tệp', 'Column of the file', 26),
      textColumn('Loại giá trị', 'Kind of value', 18),
      countColumn('Có giá trị', 'Filled'),
      countColumn('Dùng được', 'Usable'),
      countColumn('Giá trị khác nhau', 'Distinct values', 16),
      countColumn('Kỳ trước: có giá trị', 'Last period: filled', 16),
      countColumn('Kỳ trước: dùng được', 'Last period: usable', 16),
    ],
    rows: fields.map(({ labels, column, kind, filled, usable, distinct, previous }) => [
      ...[labels.vi, labels.en, column, kind, filled, usable, distinct],
      ...[previous?.filled ?? null, previous?.usable ?? null],
    ]),
  };
}

export function problemsTable({ fields }: Summary): ReportTable {
  return {
    name: { vi: 'Lỗi của giá trị', en: 'Problems of values' },
    columns: [
      textColumn('Trường', 'Field in Vietnamese', 22),
      textColumn('Lỗi', 'Problem in Vietnamese', 44),
      textColumn('Trường, tiếng Anh', 'Field', 22),
      textColumn('Lỗi, tiếng Anh', 'Problem', 44),
      textColumn('Mã', 'Code', 24),
      countColumn('Số dòng', 'Rows'),
    ],
    rows: fields.flatMap((field) =>
      field.problems.map(({ problem, labels, rows }) => [
        ...[field.labels.vi, labels.vi, field.labels.en, labels.en, problem, rows],
      ]),
    ),
  };
}

export function inputsTable({ inputs }: Summary): ReportTable {
  return {
    name: { vi: 'Tệp đầu vào', en: 'Input files' },
    columns: [
      textColumn('Tệp', 'File', 34),
      countColumn('Dung lượng (byte)', 'Size in bytes', 18),
      countColumn('Dòng', 'Rows'),
      countColumn('Không đọc được', 'Rejected', 16),
      countColumn('Đã nối, sửa', 'Repaired'),
      textColumn('Mã hóa', 'Encoding', 16),
      textColumn('Dấu ngăn cột', 'Delimiter', 14),
      textColumn('SHA-256', 'SHA-256', 68),
    ],
    rows: inputs.map((file) => [
      ...[file.name, file.bytes, file.rows, file.rejected, file.repaired, file.encoding],
      ...[file.delimiter === '\t' ? 'TAB' : file.delimiter, file.sha256],
    ]),
  };
}

/** What the run was, by which thresholds and from which bytes. */
export function methodTable(summary: Summary): ReportTable {
  const { sector, reference, linking, notes } = summary;
  const rows: Cell[][] = [
    ['Lĩnh vực', 'Sector', `${sector.labels.vi} · ${sector.labels.en} (${sector.name})`],
    ['Kỳ', 'Period', summary.period],
    ['Kỳ so sánh', 'Compared with', summary.previous?.period ?? '–'],
    ['Công việc', 'Job', summary.job],
    ['Lần chạy', 'Run', summary.run],
    ['Phiên bản doisoat', 'doisoat version', summary.version],
    ['Người trong tham chiếu', 'People in the reference', reference.people],
    ['Số định danh lặp trong tham chiếu', 'Repeated IDs in the reference', reference.repeatedIds],
    ...(linking === null
      ? []
      : [
          ['Dòng phải đối sánh xác suất', 'Rows matched by probability', linking.records],
          ['Nhận từ xác suất', 'Linked from probability', finePercent(linking.accept).vi],
          ['Để người xem từ xác suất', 'Left to people from probability', finePercent(linking.review).vi],
          [
            'Ước tính tỷ lệ liên kết sai',
            'Estimated share of false links',
            finePercent(linking.false_link_rate).vi,
          ],
          ['SHA-256 mô hình', 'SHA-256 of the model', linking.model_hash],
        ]),
    ['SHA-256 công việc', 'SHA-256 of the job', summary.job_hash],
    ['SHA-256 tham chiếu', 'SHA-256 of the reference', reference.hash],
    ...notes.map(({ vi, en }) => ['Lưu ý', 'Note', `${vi}\n${en}`]),
  ];
  return {
    name: { vi: 'Phương pháp', en: 'Method' },
    columns: [
      textColumn('Mục', 'Item in Vietnamese', 34),
      textColumn('Mục, tiếng Anh', 'Item', 34),
      textColumn('Nội dung', 'Content', 72),
    ],
    rows,
  };
}
