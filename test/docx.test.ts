import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mammoth from 'mammoth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flowChart } from '../reports/chart-flow.js';
import { writeDocx } from '../reports/docx.js';
import { headline } from '../reports/headline.js';
import { BLANK_LETTER, type Letter, numberLine, placeAndDate } from '../reports/letter.js';
import { drawPicture } from '../reports/picture.js';
import { readZip } from '../reports/zip.js';
import { emptySummary, firstSummary, telecomSummary } from './fixtures/summary.js';
import { convert, installedOffice } from './office.js';

/** The letter of Decree 30/2020/NĐ-CP, read back by a library that has not written it, and opened by LibreOffice where there is one. */

const office = installedOffice();
if (office === null) console.warn('No LibreOffice found: the letter is not opened in it.');

const LETTER: Letter = {
  agencyAbove: 'Bộ Mẫu',
  agency: 'Cục Thử nghiệm',
  number: '5/BC-CTN',
  place: 'Hà Nội',
  date: '2026-02-05',
  to: ['Bộ Mẫu', 'Cơ quan thứ hai'],
  subject: null,
  signerTitle: ['KT. Cục trưởng', 'Phó Cục trưởng'],
  signer: 'Nguyễn Văn Mẫu',
  recipients: ['Tổ công tác'],
  filing: 'CSDL (02)',
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-docx-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function textOf(path: string): Promise<string[]> {
  const { value } = await mammoth.extractRawText({ path });
  return value.split('\n').filter((line) => line !== '');
}

describe('numberLine', () => {
  it.each([
    [null, 'Số: ……/BC-……'],
    ['15/BC-CNTT', 'Số: 15/BC-CNTT'],
    ['5/BC-CNTT', 'Số: 05/BC-CNTT'],
    ['05/BC', 'Số: 05/BC'],
  ])('%s → %s', (number, line) => {
    expect(numberLine({ ...BLANK_LETTER, number })).toBe(line);
  });
});

describe('placeAndDate', () => {
  it.each([
    [null, null, '…………, ngày …… tháng …… năm ……'],
    ['Hà Nội', '2026-02-05', 'Hà Nội, ngày 05 tháng 02 năm 2026'],
    ['Huế', '2026-01-25', 'Huế, ngày 25 tháng 01 năm 2026'],
    ['Huế', '2026-03-25', 'Huế, ngày 25 tháng 3 năm 2026'],
    [null, '2026-11-09', '…………, ngày 09 tháng 11 năm 2026'],
  ])('%s, %s → %s', (place, date, line) => {
    expect(placeAndDate({ ...BLANK_LETTER, place, date })).toBe(line);
  });
});

describe('report.docx', () => {
  it('has the parts of the letter in their order, and the figures of the summary', async () => {
    const path = join(folder, 'letter.docx');
    await writeDocx(path, telecomSummary, LETTER);
    const lines = await textOf(path);
    const wanted = [
      'BỘ MẪU',
      'CỤC THỬ NGHIỆM',
      'Số: 05/BC-CTN',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'Hà Nội, ngày 05 tháng 02 năm 2026',
      'BÁO CÁO',
      'Kính gửi:',
      '- Bộ Mẫu;',
      '- Cơ quan thứ hai.',
      'I. KẾT QUẢ CHUNG',
      'Bảng 1. Số dòng theo kết quả đối soát',
      'Hình 1. Từ dòng đọc vào đến kết quả',
      'II. NGUYÊN NHÂN',
      'Hình 2. Các lý do nhiều nhất',
      'Bảng 2. Các lý do nhiều nhất và nơi sửa được',
      'III. HƯỚNG XỬ LÝ',
      'IV. CHẤT LƯỢNG DỮ LIỆU',
      'Nơi nhận:',
      '- Như trên;',
      '- Tổ công tác;',
      '- Lưu: VT, CSDL (02).',
      'KT. CỤC TRƯỞNG',
      'PHÓ CỤC TRƯỞNG',
      'Nguyễn Văn Mẫu',
    ];
    const places = wanted.map((line) => lines.indexOf(line));
    expect(wanted.filter((_, i) => places[i] === -1)).toEqual([]);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(lines.join('\n')).toContain(headline(telecomSummary).vi);
    expect(lines.join('\n')).toMatch(/\.\/\.$/m);
  });

  it('has two tables with headers and two charts with alternative text', async () => {
    const path = join(folder, 'letter.docx');
    await writeDocx(path, telecomSummary, LETTER);
    const { value } = await mammoth.convertToHtml({ path });
    expect(value.match(/<thead>/g)).toHaveLength(2);
    const alts = [...value.matchAll(/<img alt="([^"]*)" src="data:image\/png/g)].map(([, alt]) => alt);
    expect(alts).toHaveLength(2);
    for (const alt of alts) expect(alt).toMatch(/\d/);
    const xml = readZip(readFileSync(path))
      .find(({ name }) => name === 'word/document.xml')!
      .content.toString();
    expect(xml).toContain('<w:titlePg/>');
    expect(xml).toContain('w:left="1701"');
    expect(xml).toContain('w:right="850"');
  });

  it.each([
    ['a first run', firstSummary],
    ['an empty extract', emptySummary],
  ])('%s: what is not known is a dotted line', async (_name, summary) => {
    const path = join(folder, 'blank.docx');
    await writeDocx(path, summary, BLANK_LETTER);
    const lines = await textOf(path);
    expect(lines).toContain('Kính gửi: ……………………………');
    expect(lines).toContain('Số: ……/BC-……');
    expect(lines).toContain('- Lưu: VT, ….');
    expect(lines).not.toContain('- Như trên;');
  });

  it('gives the same bytes each time', async () => {
    const [one, two] = [join(folder, 'one.docx'), join(folder, 'two.docx')];
    await writeDocx(one, telecomSummary, LETTER);
    await writeDocx(two, telecomSummary, LETTER);
    expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
  });

  it.each([
    '=cmd|calc',
    '<script>alert(1)</script>',
    '"><img src=x>',
    'a\u202eb',
    'x\u0000y',
    '\ud83d',
    'N'.repeat(10_000),
  ])('shows %j as text', async (value) => {
    const path = join(folder, 'hostile.docx');
    const sector = { name: 'x', labels: { vi: value, en: value } };
    await writeDocx(path, { ...telecomSummary, sector }, { ...LETTER, agency: value, signer: value });
    const text = (await textOf(path)).join('\n');
    const shown = value
      .replace('\u202e', '[U+202E]')
      .replace('\u0000', '[U+0000]')
      .replace('\ud83d', '\ufffd');
    expect(text).toContain(shown);
    expect(text).not.toContain('\u0000');
  });
});

describe('drawPicture', () => {
  it('draws a chart with the labels of one language, the same bytes each time', async () => {
    const chart = flowChart(telecomSummary);
    const [vi, again, en] = [
      await drawPicture(chart, 'vi'),
      await drawPicture(chart, 'vi'),
      await drawPicture(chart, 'en'),
    ];
    expect(Buffer.from(vi.png).subarray(1, 4).toString()).toBe('PNG');
    expect(vi.width).toBe(760);
    expect(Buffer.from(vi.png).equals(Buffer.from(again.png))).toBe(true);
    expect(Buffer.from(vi.png).equals(Buffer.from(en.png))).toBe(false);
  });
});

describe.skipIf(office === null)('in LibreOffice', () => {
  it('the letter opens and is printed on A4', async () => {
    const path = join(folder, 'letter.docx');
    await writeDocx(path, telecomSummary, LETTER);
    const out = join(folder, 'pdf');
    expect(convert(office!, path, { folder: out, format: 'pdf' })).toEqual(['letter.pdf']);
    const pdf = readFileSync(join(out, 'letter.pdf'), 'latin1');
    expect(pdf).toMatch(/\/MediaBox\s*\[\s*0 0 595[.\d]* 84[12][.\d]*\s*\]/);
  });
});
