// How a score is made up, step by step, for an invented record.
import type { Model } from '../matchers/model.js';
import type { Text } from '../messages/text.js';
import { type Step, stepChart } from './chart-waterfall.js';
import { paragraph, section, t, table } from './html-parts.js';
import { levelLabel } from './level-labels.js';
import type { FieldLabels } from './mismatch-text.js';
import { type ExampleStep, exampleOf } from './model-example.js';
import { labelOf } from './model-html-weights.js';
import { bits, finePercent } from './numbers.js';

const BEFORE: Text = { vi: 'Trước khi so', en: 'Before comparing' };
const SUM: Text = { vi: 'Tổng', en: 'Sum' };

export function exampleSection(model: Model, labels: FieldLabels): string {
  const { steps, probability } = exampleOf(model);
  const total = steps.at(-1)?.total ?? 0;
  const chance = finePercent(probability);
  const intro = paragraph({
    vi: 'Một bản ghi tưởng tượng: trường đầu lệch theo kiểu hay gặp nhất, các trường còn lại giống hệt, mọi giá trị phổ biến ở mức trung bình. Điểm bắt đầu từ rất thấp vì trong cả tham chiếu chỉ một người là đúng.',
    en: 'An invented record: its first field is off in the commonest way, all others are equal, every value is of average frequency. The score starts low, because one person alone of the whole reference is the right one.',
  });
  const chart = stepChart({
    id: 'example-chart',
    title: { vi: 'Một điểm số hình thành thế nào', en: 'How a score is made up' },
    desc: {
      vi: 'Mỗi thanh đi từ tổng trước đến tổng sau bước đó, tính bằng bit; vạch đứng là 0. Bảng bên dưới có đủ số liệu.',
      en: 'Each bar runs from the total before to the total after its step, in bits; the upright line is 0. The table below holds the figures.',
    },
    steps: [
      ...steps.map(
        (step): Step => ({
          label: nameOf(step, labels),
          figure: bits(step.bits),
          from: step.from,
          to: step.total,
        }),
      ),
      { label: SUM, figure: bits(total), from: 0, to: total, total: true },
    ],
  });
  const result = paragraph({
    vi: `Tổng ${bits(total).vi} ứng với xác suất ${chance.vi}, nếu không có ứng viên nào khác và không có người thân trông giống.`,
    en: `A sum of ${bits(total).en} is a probability of ${chance.en}, where there is no other candidate and no relative who looks alike.`,
  });
  const title = { vi: 'Một điểm số hình thành thế nào', en: 'How a score is made up' };
  return section(
    'example',
    title,
    [intro, `<figure>${chart}</figure>`, result, stepsTable(steps, labels)].join('\n'),
  );
}

function nameOf({ field, level }: ExampleStep, labels: FieldLabels): Text {
  if (field === null) return BEFORE;
  const [name, grade] = [labelOf({ name: field }, labels), levelLabel(level)];
  return { vi: `${name.vi}: ${grade.vi}`, en: `${name.en}: ${grade.en}` };
}

function stepsTable(steps: readonly ExampleStep[], labels: FieldLabels): string {
  const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
  return table({
    id: 'example-table',
    caption: { vi: 'Các bước', en: 'The steps' },
    columns: [
      { head: { vi: 'Trường: mức', en: 'Field: level' } },
      numeric('Trọng số', 'Weight'),
      numeric('Tổng đến đây', 'Total so far'),
    ],
    rows: steps.map((step) => [t(nameOf(step, labels)), t(bits(step.bits)), t(bits(step.total))]),
  });
}
