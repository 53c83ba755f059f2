// The programme's table as data, for the workbook and the letter.
import type { National, NationalFigures } from './national-model.js';
import { periodName } from './numbers.js';
import { type Cell, countColumn, type ReportTable, shareColumn, textColumn } from './report-table.js';
import { numbered } from './shown-rows.js';

/** One line per dataset and the total; the change is in shares, 0.012 for 1.2 percentage points. */
export function nationalTable({ period, datasets, total }: National): ReportTable {
  const { vi, en } = periodName(period);
  return {
    name: { vi: `Tổng hợp ${vi}`, en: `Summary ${en}` },
    columns: [
      { head: { vi: 'STT', en: 'No.' }, kind: 'count', width: 6 },
      textColumn('Dữ liệu', 'Dataset', 36),
      textColumn('Công việc', 'Job', 24),
      countColumn('Tổng số', 'Total'),
      countColumn('Được đối sánh', 'Compared'),
      countColumn('Trùng khớp', 'Matched'),
      shareColumn('Tỷ lệ', 'Share'),
      shareColumn('So với kỳ trước', 'Change', 14),
      countColumn('Trùng khớp sau làm sạch', 'Matched after cleaning', 18),
      shareColumn('Tỷ lệ sau làm sạch', 'Share after cleaning', 14),
      countColumn('Đã làm sạch', 'Cleaned so far'),
      countColumn('Để riêng', 'Set apart'),
      countColumn('Không đọc được', 'Rejected'),
    ],
    rows: numbered(datasets).map(([number, row]) => [
      number,
      row.sector.vi,
      row.job,
      ...cells(row.figures, row.change, row.cleaned),
    ]),
    total: [null, 'Cộng', null, ...cells(total.figures, total.change, total.cleaned)],
  };
}

function cells(figures: NationalFigures, change: number | null, cleaned: number): Cell[] {
  return [
    figures.rows,
    figures.compared,
    figures.matched,
    figures.share,
    change,
    figures.matched_after_cleaning,
    figures.share_after_cleaning,
    cleaned,
    figures.apart,
    figures.rejected,
  ];
}
