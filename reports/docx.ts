// report.docx: the report as an official letter in the form of Decree 30/2020/NĐ-CP. In Vietnamese only, as the decree has it; the
// figures are those of the summary, and what only the agency knows comes from the job file or is a dotted line.
import { AlignmentType, Document, Header, Packer, PageNumber, Paragraph, type Table, TextRun } from 'docx';
import { MENDING } from '../matchers/mending.js';
import { outcomePicture, reasonPicture } from './docx-charts.js';
import { letterFoot, letterhead } from './docx-letterhead.js';
import { BODY_SIZE, halfPoints, heading, line, mm, prose, table } from './docx-parts.js';
import { outcomesText, reasonsText } from './docx-tables.js';
import { accountingLine, changeHeadline, cleanedHeadline, headline } from './headline.js';
import type { Letter } from './letter.js';
import { lowered } from './mismatch-text.js';
import type { Summary } from './model.js';
import { count, percent, periodName } from './numbers.js';
import { MARKS } from './report-tables-data.js';
import { readZip, writeZip } from './zip.js';

/** Writes the letter to a new file. */
export async function writeDocx(path: string, summary: Summary, letter: Letter): Promise<void> {
  await writeLetter(path, subjectOf(summary), await content(summary, letter));
}

/** Writes paragraphs and tables as the pages of a letter; `title` goes into its properties. */
export async function writeLetter(
  path: string,
  title: string,
  children: (Paragraph | Table)[],
): Promise<void> {
  const packed = await Packer.toBuffer(document(children, title));
  await writeZip(
    path,
    readZip(packed).map(({ name, content: bytes }) => ({
      name,
      content: [name === 'docProps/core.xml' ? withoutClock(bytes) : bytes],
    })),
  );
}

/** The library writes the time of writing; the same run gives the same bytes. */
function withoutClock(core: Buffer): Buffer {
  return Buffer.from(
    core.toString('utf8').replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, '$11980-01-01T00:00:00Z'),
  );
}

function subjectOf({ sector, period }: Summary): string {
  return `Kết quả đối soát dữ liệu ${lowered(sector.labels.vi)} ${periodName(period).vi}`;
}

function document(children: (Paragraph | Table)[], title: string): Document {
  const pageNumber = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT], size: 26 })],
  });
  const plain = { run: { font: 'Times New Roman', size: halfPoints(BODY_SIZE), color: '000000' } };
  return new Document({
    title,
    creator: 'doisoat',
    lastModifiedBy: 'doisoat',
    styles: { default: { document: plain, heading1: { run: { ...plain.run, bold: true } } } },
    sections: [
      {
        properties: {
          titlePage: true,
          page: {
            size: { width: mm(210), height: mm(297) },
            margin: { top: mm(20), bottom: mm(20), left: mm(30), right: mm(15), header: mm(10) },
          },
        },
        headers: { default: new Header({ children: [pageNumber] }), first: new Header({ children: [] }) },
        children,
      },
    ],
  });
}

async function content(summary: Summary, letter: Letter): Promise<(Paragraph | Table)[]> {
  const { sector, period, figures } = summary;
  const opening = `Thực hiện đối soát dữ liệu ${lowered(sector.labels.vi)} ${periodName(period).vi} với dữ liệu dân cư tham chiếu, ${letter.agency ?? 'đơn vị'} báo cáo kết quả như sau:`;
  const rest = figures.compared === 0 ? [] : [cleanedHeadline(summary).vi, changeHeadline(summary).vi];
  return [
    ...letterhead(letter, subjectOf(summary)),
    prose(opening),
    heading('I. KẾT QUẢ CHUNG'),
    prose([headline(summary).vi, ...rest].join(' ')),
    prose(`Cân đối số dòng: ${accountingLine(figures).vi}.`),
    caption('Bảng 1. Số dòng theo kết quả đối soát'),
    table(outcomesText(summary)),
    ...(await outcomePicture(summary)),
    heading('II. NGUYÊN NHÂN'),
    ...(await reasons(summary)),
    heading('III. HƯỚNG XỬ LÝ'),
    ...mending(summary),
    heading('IV. CHẤT LƯỢNG DỮ LIỆU'),
    ...quality(summary),
    // Nobody signs a page that says nothing else.
    prose(
      `Trên đây là báo cáo kết quả đối soát dữ liệu ${lowered(sector.labels.vi)} ${periodName(period).vi}./.`,
      { keepNext: true },
    ),
    line('', { keepNext: true }),
    letterFoot(letter),
  ];
}

async function reasons(summary: Summary): Promise<(Paragraph | Table)[]> {
  if (summary.reasons.length === 0) return [prose('Không có lý do nào được ghi nhận.')];
  return [
    prose(
      'Các lý do gặp nhiều nhất như sau; một bản ghi có thể có nhiều lý do nên các dòng không cộng lại thành số bản ghi.',
    ),
    ...(await reasonPicture(summary)),
    caption('Bảng 2. Các lý do nhiều nhất và nơi sửa được'),
    table(reasonsText(summary)),
  ];
}

function mending({ mending: needs }: Summary): Paragraph[] {
  return [
    ...needs.map(({ who, rows, share }) => {
      const { vi, meaning } = MENDING[who];
      return prose(
        `- ${vi}: ${count(rows).vi} dòng (${percent(share).vi} số không trùng khớp). ${meaning.vi}`,
      );
    }),
    prose(
      'Sai lệch nêu trong báo cáo là nghi vấn, không phải kết luận bên nào đúng. Việc điều chỉnh thông tin dân cư thuộc thẩm quyền của Công an cấp xã; cải chính, bổ sung hộ tịch thuộc thẩm quyền của Ủy ban nhân dân cấp xã.',
    ),
  ];
}

function quality({ marks, notes, version, run, job_hash: hash }: Summary): Paragraph[] {
  const parts = marks.map(
    ({ mark, numerator, denominator, share }) =>
      `${MARKS[mark].vi.toLowerCase()} ${percent(share).vi} (${count(numerator).vi}/${count(denominator).vi})`,
  );
  return [
    prose(`Theo bốn tiêu chí “đúng, đủ, sạch, sống”: ${parts.join('; ')}.`),
    ...notes.map((note) => prose(`Lưu ý: ${note.vi}`)),
    line(`Số liệu do doisoat ${version} lập; lần chạy ${run}; mã SHA-256 của công việc: ${hash}.`, {
      size: 11,
      space: [0, 6],
    }),
  ];
}

function caption(text: string): Paragraph {
  return line(text, { bold: true, align: 'center', space: [6, 4], keepNext: true });
}
