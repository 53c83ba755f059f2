// Weights per level: one chart per field, bars to the right speak for the same person, to the left against; the table behind.
import { levelWeight, type Model } from '../matchers/model.js';
import type { Text } from '../messages/text.js';
import { type Step, stepChart } from './chart-waterfall.js';
import { paragraph, type Row, section, t, table } from './html-parts.js';
import { levelLabel } from './level-labels.js';
import type { FieldLabels } from './mismatch-text.js';
import { swappedBits } from './model-example.js';
import { bits, finePercent } from './numbers.js';

type ModelField = Model['fields'][number];

export function weightsSection(model: Model, labels: FieldLabels): string {
  const intro = paragraph({
    vi: 'Mỗi mức giống nhau của một trường nói bao nhiêu về việc hai bản ghi có phải là một người. Thanh màu xanh sang phải: nghiêng về cùng một người; màu đỏ sang trái: nghiêng về người khác.',
    en: 'What each level of agreement says about two records being one person. Blue bars to the right speak for it, red ones to the left against it.',
  });
  const all = model.fields.flatMap((field) => field.levels.map((level) => levelWeight(level)));
  const ends = [Math.min(0, ...all), Math.max(0, ...all)] as const;
  const charts = model.fields.map((field, i) => fieldChart(field, { i, labels, ends }));
  const title = { vi: 'Trọng số theo mức', en: 'Weights per level' };
  return section('weights', title, [intro, ...charts, levelsTable(model, labels)].join('\n'));
}

interface Place {
  readonly i: number;
  readonly labels: FieldLabels;
  readonly ends: readonly [least: number, most: number];
}

function fieldChart(field: ModelField, { i, labels, ends }: Place): string {
  const name = labelOf(field, labels);
  const steps = field.levels.map((level): Step => {
    const weight = levelWeight(level);
    return { label: levelLabel(level.name), figure: bits(weight), from: 0, to: weight };
  });
  const chart = stepChart({
    id: `weights-${i}`,
    title: { vi: `Trọng số theo mức: ${name.vi}`, en: `Weights per level: ${name.en}` },
    desc: {
      vi: 'Một thanh cho mỗi mức, từ giống hệt đến khác hẳn, tính bằng bit quanh vạch 0. Bảng bên dưới có đủ số liệu.',
      en: 'One bar a level, from equal to different, in bits about the line of 0. The table below holds the figures.',
    },
    steps,
    ends,
  });
  return `<figure><figcaption><p class="kind">${t(name)}</p></figcaption>${chart}</figure>`;
}

function levelsTable({ fields, swapped }: Model, labels: FieldLabels): string {
  const leaning = fields.some((field) => field.parent !== null);
  const rows = fields.flatMap((field): Row[] => [
    { heading: `${t(labelOf(field, labels))} ${parentNote(field, fields, labels)}` },
    ...field.levels.map((level) => [
      t(levelLabel(level.name)),
      ...[level.m[0], level.u, relativesOf(field, level)].map((share) => t(finePercent(share))),
      t(bits(levelWeight(level))),
      ...(leaning ? leaningCells(field, level) : []),
    ]),
  ]);
  const inParts = fields.some((field) => field.comparator === 'name-part');
  const numeric = (vi: string, en: string) => ({ head: { vi, en }, numeric: true });
  return table({
    id: 'levels-table',
    caption: { vi: 'Mức, tỷ lệ và trọng số', en: 'Levels, shares and weights' },
    columns: [
      { head: { vi: 'Mức', en: 'Level' } },
      numeric('m: cùng một người', 'm: same person'),
      numeric('u: hai người bất kỳ', 'u: any two people'),
      numeric('h: người thân', 'h: relatives'),
      numeric('Trọng số', 'Weight'),
      ...(leaning
        ? [
            numeric('khi trường kia giống', 'where the other agrees'),
            numeric('khi trường kia khác', 'where the other differs'),
          ]
        : []),
    ],
    rows: inParts ? [...rows, swappedRow(swapped, leaning)] : rows,
  });
}

type ModelLevel = ModelField['levels'][number];

/** Relatives agree in a name of their own only by chance; there is nothing learnt to show. */
function relativesOf(field: ModelField, level: ModelLevel): number | null {
  return field.comparator === 'full-name' ? null : level.h;
}

function leaningCells(field: ModelField, level: ModelLevel): string[] {
  return [1, 2].map((state) => (field.parent === null ? '' : t(bits(levelWeight(level, state)))));
}

function swappedRow(swapped: Model['swapped'], leaning: boolean): Row {
  const { m, h } = swapped;
  return [
    t({ vi: 'Họ và tên đổi chỗ', en: 'Given and family name swapped' }),
    ...[m[1], null, h[1]].map((share) => t(finePercent(share))),
    t(bits(swappedBits({ swapped }))),
    ...(leaning ? ['', ''] : []),
  ];
}

function parentNote(field: ModelField, fields: readonly ModelField[], labels: FieldLabels): string {
  const parent = fields.find((one) => one.name === field.parent);
  if (parent === undefined) return '';
  const name = labelOf(parent, labels);
  return `<small>${t({ vi: `phụ thuộc vào: ${name.vi}`, en: `leans on: ${name.en}` })}</small>`;
}

/** The field's label, and its own name where it has none. */
export function labelOf({ name }: { readonly name: string }, labels: FieldLabels): Text {
  return labels.get(name) ?? { vi: name, en: name };
}
