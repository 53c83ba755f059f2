// national.docx: the programme's table in an official letter (Decree 30/2020/NĐ-CP); in Vietnamese only, as the decree has it. What
// the agency does not say is a dotted line.
import { writeLetter } from './docx.js';
import { letterFoot, letterhead } from './docx-letterhead.js';
import { heading, line, prose, type TableText, table } from './docx-parts.js';
import type { Letter } from './letter.js';
import type { National } from './national-model.js';
import { count, percent, periodName, pointChange } from './numbers.js';
import { numbered } from './shown-rows.js';

/** Writes the letter to a new file. */
export async function writeNationalDocx(path: string, national: National, letter: Letter): Promise<void> {
  const period = periodName(national.period).vi;
  const subject = `Tổng hợp kết quả làm sạch dữ liệu ${period}`;
  const { figures, change, cleaned } = national.total;
  const changed =
    change === null ? '' : ` So với kỳ trước, tỷ lệ trùng khớp thay đổi ${pointChange(change).vi}.`;
  await writeLetter(path, letter.subject ?? subject, [
    ...letterhead(letter, subject),
    prose(
      `Thực hiện việc làm sạch dữ liệu, các dữ liệu ${period} đã được đối soát với dữ liệu dân cư tham chiếu. Đơn vị báo cáo kết quả tổng hợp như sau:`,
    ),
    heading('I. KẾT QUẢ CHUNG'),
    prose(
      `Đã đối soát ${count(national.datasets.length).vi} dữ liệu với ${count(figures.rows).vi} bản ghi; ${count(figures.matched).vi} bản ghi trùng khớp, chiếm ${percent(figures.share).vi} số được đối sánh; sau làm sạch là ${percent(figures.share_after_cleaning).vi}.${changed} Đến nay đã làm sạch ${count(cleaned).vi} bản ghi.`,
    ),
    heading('II. KẾT QUẢ THEO DỮ LIỆU'),
    line('Bảng 1. Kết quả theo dữ liệu', { bold: true, align: 'center', space: [6, 4], keepNext: true }),
    table(tableText(national)),
    line('', { size: 6 }),
    prose(
      'Tỷ lệ tính trên số bản ghi được đối sánh, không kể dòng không đọc được và bản ghi để riêng (người nước ngoài, người chưa có số định danh, tổ chức).',
    ),
    prose(`Trên đây là báo cáo tổng hợp kết quả làm sạch dữ liệu ${period}./.`),
    line('', {}),
    letterFoot(letter),
  ]);
}

function tableText({ datasets, total }: National): TableText {
  return {
    head: ['STT', 'Dữ liệu', 'Tổng số', 'Trùng khớp', 'Tỷ lệ', 'So với kỳ trước', 'Đã làm sạch'],
    rows: numbered(datasets).map(([number, { sector, figures, change, cleaned }]) => [
      String(number),
      sector.vi,
      count(figures.rows).vi,
      count(figures.matched).vi,
      percent(figures.share).vi,
      pointChange(change).vi,
      count(cleaned).vi,
    ]),
    total: [
      '',
      'Cộng',
      count(total.figures.rows).vi,
      count(total.figures.matched).vi,
      percent(total.figures.share).vi,
      pointChange(total.change).vi,
      count(total.cleaned).vi,
    ],
    widths: [0.07, 0.25, 0.14, 0.14, 0.13, 0.14, 0.13],
    numeric: new Set([0, 2, 3, 4, 5, 6]),
  };
}
