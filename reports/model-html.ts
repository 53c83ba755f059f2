// model.html: what a model of probabilistic matching has learnt, in one file that opens from disk without a network, in Vietnamese
// with a switch to English. It shows the model's figures and no value of any person; the same model gives the same bytes.
import type { Model } from '../matchers/model.js';
import type { Text } from '../messages/text.js';
import { renderPage } from './html-page.js';
import { dataValue, escapeHtml, paragraph, section, t } from './html-parts.js';
import { type FieldLabels, familyName } from './mismatch-text.js';
import type { Linking } from './model.js';
import { exampleSection } from './model-html-example.js';
import { weightsSection } from './model-html-weights.js';
import { count, finePercent, percent } from './numbers.js';

export interface ModelPage {
  /** Thresholds and figures of the run the model stands beside; null: it stands alone. */
  readonly linking: Linking | null;
  /** Labels of the sector's fields, where they are known. */
  readonly labels?: FieldLabels;
  /** What the model is for: the sector, or the name of the file. */
  readonly title: Text;
}

/** The whole page as text. */
export function renderModelHtml(model: Model, page: ModelPage): string {
  const labels: FieldLabels = new Map(
    model.fields.map(({ name }) => [name, familyName(name, page.labels ?? new Map())]),
  );
  return renderPage({
    kind: { vi: 'Mô hình đối sánh xác suất', en: 'Model of probabilistic matching' },
    title: page.title,
    name: { vi: `${page.title.vi}: mô hình đối sánh`, en: `${page.title.en}: matching model` },
    facts: [
      [{ vi: 'Phiên bản mô hình', en: 'Model version' }, escapeHtml(model.schema)],
      [{ vi: 'Trường', en: 'Fields' }, dataValue(model.fields.map((field) => field.name).join(', '))],
    ],
    contents: CONTENTS,
    sections: [
      trainingSection(model),
      thresholdsSection(page.linking),
      weightsSection(model, labels),
      exampleSection(model, labels),
      readingSection(),
    ],
    foot: {
      vi: 'Trang này chỉ có số liệu của mô hình, không có dữ liệu cá nhân.',
      en: 'This page holds figures of the model only and no personal data.',
    },
  });
}

const CONTENTS: readonly { readonly id: string; readonly name: Text }[] = [
  { id: 'training', name: { vi: 'Huấn luyện', en: 'Training' } },
  { id: 'thresholds', name: { vi: 'Ngưỡng', en: 'Thresholds' } },
  { id: 'weights', name: { vi: 'Trọng số', en: 'Weights' } },
  { id: 'example', name: { vi: 'Một điểm số', en: 'A score' } },
  { id: 'reading', name: { vi: 'Cách đọc', en: 'How to read' } },
];

function details(facts: readonly (readonly [Text, string])[]): string {
  return facts.map(([name, value]) => `<div><dt>${t(name)}</dt><dd>${value}</dd></div>`).join('');
}

function trainingSection(model: Model): string {
  const { training } = model;
  const { converged, iterations } = training;
  const state: Text = converged
    ? { vi: `hội tụ sau ${iterations} bước`, en: `converged after ${iterations} steps` }
    : {
        vi: `CHƯA hội tụ sau ${iterations} bước: trọng số chỉ là tạm thời`,
        en: `NOT converged after ${iterations} steps: the weights are provisional`,
      };
  const facts: readonly (readonly [Text, string])[] = [
    [{ vi: 'Bản ghi đã học', en: 'Records learnt from' }, t(count(training.records))],
    [{ vi: 'Người trong tham chiếu', en: 'People in the reference' }, t(count(training.people))],
    [{ vi: 'Cặp đã so', en: 'Pairs compared' }, t(count(training.pairs))],
    [{ vi: 'Huấn luyện (EM)', en: 'Training (EM)' }, t(state)],
    [
      { vi: 'Thay đổi ở bước cuối', en: 'Change in the last step' },
      t(decimals(training.change.toExponential(1))),
    ],
    [
      { vi: 'Ước tính: người có trong tham chiếu', en: 'Estimate: person is in the reference' },
      t(percent(Math.min(1, model.found))),
    ],
    [
      { vi: 'Người thân trông giống, mỗi bản ghi', en: 'Relatives who look alike, per record' },
      t(decimals(model.relatives.toFixed(3))),
    ],
    [
      { vi: '… khi người đó không có trong tham chiếu', en: '… of records whose person is not there' },
      t(decimals(model.relatives_of_missing.toFixed(3))),
    ],
  ];
  return section(
    'training',
    { vi: 'Huấn luyện', en: 'Training' },
    `<dl class="details">${details(facts)}</dl>`,
  );
}

function decimals(number: string): Text {
  return { vi: number.replace('.', ','), en: number };
}

function thresholdsSection(linking: Linking | null): string {
  const title = { vi: 'Ngưỡng', en: 'Thresholds' };
  if (linking === null) {
    return section(
      'thresholds',
      title,
      paragraph({
        vi: 'Mỗi lần chạy tự đặt ngưỡng theo dữ liệu của mình, sao cho tỷ lệ liên kết sai ước tính không quá mức cho phép (mặc định 0,1 %). Trang model.html trong thư mục của lần chạy ghi rõ.',
        en: 'Each run sets its thresholds from its own data, so that the estimated share of false links stays within what is allowed (0.1 % by default). The model.html in the folder of a run shows them.',
      }),
    );
  }
  const { accept, review, records, linked, possible, ambiguous, none } = linking;
  const facts: readonly (readonly [Text, string])[] = [
    [{ vi: 'Liên kết từ xác suất', en: 'Linked from probability' }, t(finePercent(accept))],
    [{ vi: 'Để người xem từ xác suất', en: 'Left to people from probability' }, t(finePercent(review))],
    [
      { vi: 'Ước tính tỷ lệ liên kết sai', en: 'Estimated share of false links' },
      t(finePercent(linking.false_link_rate)),
    ],
    [{ vi: 'Bản ghi phải đối sánh', en: 'Records to match' }, t(count(records))],
    [{ vi: '→ liên kết', en: '→ linked' }, t(count(linked))],
    [{ vi: '→ có thể (để người xem)', en: '→ possible (left to people)' }, t(count(possible))],
    [{ vi: '→ nhiều ứng viên', en: '→ ambiguous' }, t(count(ambiguous))],
    [{ vi: '→ không ai phù hợp', en: '→ nobody fits' }, t(count(none))],
  ];
  return section('thresholds', title, `<dl class="details">${details(facts)}</dl>`);
}

const READING: readonly Text[] = [
  {
    vi: 'Trọng số tính bằng bit: +1 bit là khả năng cùng một người tăng gấp đôi, −1 bit là giảm một nửa. Trọng số = log2(m/u).',
    en: 'Weights are in bits: +1 bit doubles the odds that it is the same person, −1 bit halves them. Weight = log2(m/u).',
  },
  {
    vi: 'm là tỷ lệ ở mức đó giữa hai bản ghi của cùng một người; u là giữa hai người bất kỳ; h là giữa người thân. Không cần dữ liệu đã gán nhãn: m và h được ước lượng từ chính dữ liệu (thuật toán EM).',
    en: 'm is how often two records of one person reach the level, u two people at random, h two relatives. No labels are needed: m and h are estimated from the data themselves (by EM).',
  },
  {
    vi: 'Khi chấm điểm, giá trị giống nhau dùng tần suất thật của nó: họ hiếm nặng hơn họ Nguyễn. Trường bị thiếu không nói gì cho cả hai phía.',
    en: 'In scoring, an equal value counts by its own frequency: a rare family name weighs more than Nguyễn. A missing field speaks neither way.',
  },
  {
    vi: 'Xác suất không phải là kết luận. Giữa hai ngưỡng, và khi hai ứng viên ngang nhau, con người quyết định.',
    en: 'A probability is no verdict. Between the thresholds, and where two candidates are level, people decide.',
  },
];

function readingSection(): string {
  const items = READING.map((text) => `<li>${t(text)}</li>`).join('\n');
  return section('reading', { vi: 'Cách đọc', en: 'How to read' }, `<ul class="prose">${items}</ul>`);
}
