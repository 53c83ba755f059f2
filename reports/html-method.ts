// How to read the report, how the figures came about, and from which bytes.
import type { Text } from '../messages/text.js';
import { dataValue, escapeHtml, section, t, table } from './html-parts.js';
import type { Linking, Summary } from './model.js';
import { byteSize, count, finePercent } from './numbers.js';

const READING: readonly Text[] = [
  {
    vi: 'Tỷ lệ “như đã nộp” tính cả những dòng chỉ khác hình thức; đây là cách tính quen dùng. Tỷ lệ “sau làm sạch” chỉ tính những dòng vẫn khác sau khi sửa lỗi hình thức.',
    en: 'The rate “as submitted” also counts rows that differ in form only; this is the customary way. The rate “after cleaning” counts only what still differs once damage of form is undone.',
  },
  {
    vi: 'Mẫu số của cả hai tỷ lệ là số dòng được đối sánh: dòng đọc vào trừ dòng không đọc được và dòng để riêng. Thay đổi tỷ lệ tính bằng điểm phần trăm, từ tỷ lệ chưa làm tròn.',
    en: 'The denominator of both rates is the rows compared: rows read less those that could not be read or are set apart. Changes of a rate are in percentage points, from unrounded rates.',
  },
  {
    vi: 'Sai lệch ở đây là nghi vấn, không phải kết luận bên nào đúng. Dữ liệu dân cư do Công an cấp xã chỉnh sửa; hộ tịch do UBND cấp xã cải chính, bổ sung.',
    en: 'A difference shown here is a suspicion and does not say which side is right. Population data are corrected by the commune police, civil status by the commune’s People’s Committee.',
  },
  {
    vi: 'Mũi tên chỉ hướng thay đổi; màu xanh là tốt lên, màu đỏ là xấu đi. “Mới” là chưa có ở kỳ trước.',
    en: 'Arrows show the direction of a change; green is better, red is worse. “New” was not there in the last period.',
  },
];

const METHOD: readonly Text[] = [
  {
    vi: 'Chuẩn hóa: mỗi giá trị được đưa về một dạng chuẩn, ghi lại lỗi hình thức đã sửa. Dữ liệu gốc không bị thay đổi.',
    en: 'Normalise: each value is brought to one standard form, and the damage undone is noted. The input itself is never changed.',
  },
  {
    vi: 'Tìm người: theo số định danh, số cũ, số cấp lại, rồi số khôi phục được; chỉ những dòng còn lại mới so bằng xác suất trên các trường khác. Kết quả không chắc chắn được để người xem.',
    en: 'Find the person: by personal ID, old number, re-issued number, then a restored number; only what is left is matched by probability on the other fields. What is not certain is left for people to review.',
  },
  {
    vi: 'Phân loại: khác biệt nặng nhất quyết định kết quả của dòng; mỗi dòng có đúng một kết quả và không, một hoặc nhiều lý do.',
    en: 'Classify: the gravest difference decides; each row has exactly one outcome and zero or more reasons.',
  },
  {
    vi: 'Cùng dữ liệu, công việc và tham chiếu thì luôn ra cùng một báo cáo. Mã SHA-256 dưới đây cho phép kiểm tra lại.',
    en: 'The same input, job and reference always give the same report. The SHA-256 codes below allow it to be checked.',
  },
];

export function readingSection(): string {
  return section('reading', { vi: 'Cách đọc báo cáo', en: 'How to read this report' }, list(READING));
}

export function methodSection(summary: Summary): string {
  const { reference } = summary;
  const facts: readonly (readonly [Text, string])[] = [
    [{ vi: 'Phiên bản doisoat', en: 'doisoat version' }, escapeHtml(summary.version)],
    [{ vi: 'Lĩnh vực', en: 'Sector' }, `<code>${escapeHtml(summary.sector.name)}</code>`],
    [{ vi: 'Người trong tham chiếu', en: 'People in the reference' }, t(count(reference.people))],
    [
      { vi: 'Số định danh lặp trong tham chiếu', en: 'Repeated IDs in the reference' },
      t(count(reference.repeatedIds)),
    ],
    [
      { vi: 'Mất thông tin (không dấu, chỉ có năm sinh)', en: 'A loss (no marks, year only)' },
      t(summary.strict ? COUNTED : NOT_COUNTED),
    ],
    [{ vi: 'Trường dùng để tìm người', en: 'Fields that find the person' }, fieldsUsed(summary, 'identify')],
    [{ vi: 'Trường được đối sánh', en: 'Fields compared' }, fieldsUsed(summary, 'compare')],
    [{ vi: 'SHA-256 công việc', en: 'SHA-256 of the job' }, hash(summary.job_hash)],
    [{ vi: 'SHA-256 tham chiếu', en: 'SHA-256 of the reference' }, hash(reference.hash)],
  ];
  const details = [...facts, ...linkingFacts(summary)]
    .map(([name, value]) => `<div><dt>${t(name)}</dt><dd>${value}</dd></div>`)
    .join('');
  const body = `${list(METHOD)}\n<dl class="details">${details}</dl>\n${filesTable(summary)}`;
  return section('method', { vi: 'Phương pháp và nguồn', en: 'Method and sources' }, body);
}

const COUNTED: Text = { vi: 'tính là sai lệch', en: 'counts as a mismatch' };
const NOT_COUNTED: Text = {
  vi: 'không tính là sai lệch sau làm sạch',
  en: 'does not count as a mismatch after cleaning',
};

function fieldsUsed({ fields }: Summary, use: Summary['fields'][number]['use']): string {
  const labels = fields.filter((field) => field.use === use).map((field) => field.labels);
  if (labels.length === 0) return '–';
  return t({ vi: labels.map(({ vi }) => vi).join('; '), en: labels.map(({ en }) => en).join('; ') });
}

/** The thresholds of probabilistic matching and what is to be expected of them. */
function linkingFacts({ linking }: Summary): (readonly [Text, string])[] {
  if (linking === null) return [];
  const rows = (n: number) => t(count(n));
  return [
    [
      { vi: 'Dòng phải đối sánh xác suất', en: 'Rows matched by probability' },
      `${rows(linking.records)}<small>${t(decisionsOf(linking))}</small>`,
    ],
    [{ vi: 'Nhận từ xác suất', en: 'Linked from probability' }, t(finePercent(linking.accept))],
    [
      { vi: 'Để người xem từ xác suất', en: 'Left to people from probability' },
      t(finePercent(linking.review)),
    ],
    [
      { vi: 'Ước tính tỷ lệ liên kết sai', en: 'Estimated share of false links' },
      `${t(finePercent(linking.false_link_rate))}<small>${t(ESTIMATE)}</small>`,
    ],
    [{ vi: 'SHA-256 mô hình', en: 'SHA-256 of the model' }, hash(linking.model_hash)],
  ];
}

const ESTIMATE: Text = {
  vi: 'Trong số đã liên kết, theo chính mô hình, mỗi bit chứng cứ chỉ tính 0,85 bit.',
  en: 'Among those linked, by the model itself, each bit of evidence taken for 0.85 of one.',
};

function decisionsOf({ linked, possible, ambiguous }: Linking): Text {
  const [a, b, c] = [linked, possible, ambiguous].map(count) as [Text, Text, Text];
  return {
    vi: `${a.vi} liên kết, ${b.vi} có thể, ${c.vi} nhiều ứng viên`,
    en: `${a.en} linked, ${b.en} possible, ${c.en} ambiguous`,
  };
}

function filesTable({ inputs }: Summary): string {
  if (inputs.length === 0) return '';
  const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
  return table({
    id: 'files-table',
    caption: { vi: 'Tệp đầu vào', en: 'Input files' },
    columns: [
      { head: { vi: 'Tệp', en: 'File' } },
      numeric('Dung lượng', 'Size'),
      numeric('Dòng', 'Rows'),
      numeric('Không đọc được', 'Rejected'),
      numeric('Đã nối, sửa', 'Repaired'),
      { head: { vi: 'Mã hóa, phân cách', en: 'Encoding, delimiter' } },
    ],
    rows: inputs.map((file) => [
      `${dataValue(file.name)}<small>${hash(file.sha256)}</small>`,
      ...[byteSize(file.bytes), count(file.rows), count(file.rejected), count(file.repaired)].map(t),
      `${escapeHtml(file.encoding)} <code>${file.delimiter === '\t' ? 'TAB' : escapeHtml(file.delimiter)}</code>`,
    ]),
  });
}

function hash(value: string): string {
  return `<code class="hash">${escapeHtml(value)}</code>`;
}

function list(texts: readonly Text[]): string {
  return `<ul class="prose">${texts.map((text) => `<li>${t(text)}</li>`).join('\n')}</ul>`;
}
