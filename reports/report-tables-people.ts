// Tables about the people of records that are not one citizen each: figures by role, and whom the sector sets apart. Without rows
// elsewhere.
import { reasonOf } from '../matchers/reasons.js';
import type { Summary } from './model.js';
import { countColumn, type ReportTable, shareColumn, textColumn } from './report-table.js';

export function rolesTable({ roles = [] }: Summary): ReportTable {
  return {
    name: { vi: 'Theo vai', en: 'Roles' },
    columns: [
      textColumn('Vai', 'Role in Vietnamese', 30),
      textColumn('Vai, tiếng Anh', 'Role', 24),
      textColumn('Mã', 'Code', 22),
      countColumn('Được đối sánh', 'Compared'),
      countColumn('Không trùng khớp', 'Mismatches', 16),
      shareColumn('Tỷ lệ', 'Rate'),
      countColumn('Còn lại sau làm sạch', 'After cleaning', 18),
      shareColumn('Tỷ lệ sau làm sạch', 'Rate after cleaning', 16),
      countColumn('Để riêng', 'Set apart'),
      countColumn('Không có ai', 'Nobody'),
    ],
    rows: roles.map(({ role, labels, figures, nobody }) => [
      labels.vi,
      labels.en,
      role,
      figures.compared,
      figures.mismatch_as_submitted,
      figures.rate_as_submitted,
      figures.mismatch_after_cleaning,
      figures.rate_after_cleaning,
      figures.outcomes['apart'] ?? 0,
      nobody,
    ]),
  };
}

export function apartTable({ apart = [] }: Summary): ReportTable {
  return {
    name: { vi: 'Để riêng', en: 'Set apart' },
    columns: [
      textColumn('Đối tượng', 'Who in Vietnamese', 30),
      textColumn('Đối tượng, tiếng Anh', 'Who', 24),
      textColumn('Mã', 'Code', 24),
      countColumn('Số dòng', 'Rows'),
      countColumn('Tìm thấy người', 'Person found'),
      countColumn('Trùng khớp', 'Match'),
      shareColumn('Tỷ lệ trùng khớp', 'Share'),
    ],
    rows: apart.map(({ code, rows, found, matched, share }) => {
      const { vi, en } = reasonOf(code)?.label ?? { vi: code, en: code };
      return [vi, en, code, rows, found, matched, share];
    }),
  };
}
