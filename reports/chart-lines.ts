// Lines over periods or months, on one scale from zero. Lines differ in dash and in mark, not in colour alone.

import type { Text } from '../messages/text.js';
import { type Axis, axis, linePath, type Point } from './chart-scales.js';
import { bothInOne, escapeHtml, svgText, t } from './html-parts.js';

export interface Series {
  readonly name: Text;
  readonly colour: string;
  /** One per label; null: not known. */
  readonly values: readonly (number | null)[];
  readonly dashed?: boolean;
}

export interface LineChart {
  readonly id: string;
  readonly title: Text;
  readonly desc: Text;
  /** What stands below the lines, from left to right. */
  readonly labels: readonly Text[];
  readonly series: readonly Series[];
  /** How a value is written on the axis and at the end of a line. */
  readonly written: (value: number) => Text;
}

const HEIGHT = 250;
const MARGIN = { top: 16, right: 74, bottom: 30, left: 58 };
/** More points than this have no mark each. */
const MARKED = 24;

/** The chart twice, for wide and for narrow pages, under a legend; the style sheet shows one. Empty without a value. */
export function lineChart(chart: LineChart): string {
  const known = chart.series.flatMap(({ values }) => values).filter((value) => value !== null);
  if (known.length === 0 || chart.labels.length < 2) return '';
  const most = Math.max(...known);
  return `${legend(chart)}${drawing(chart, most, 760)}\n${drawing(chart, most, 340)}`;
}

function legend({ series }: LineChart): string {
  const items = series.map(({ name, colour, dashed }) => {
    const dash = dashed === true ? ' stroke-dasharray="5 3"' : '';
    return `<li><svg class="stroke" viewBox="0 0 26 8" aria-hidden="true"><path d="M1,4H25" stroke="${colour}" stroke-width="2.5"${dash}/></svg>${t(name)}</li>`;
  });
  return `<figcaption><ul class="legend">${items.join('')}</ul></figcaption>`;
}

interface Plane {
  readonly width: number;
  readonly x: (i: number) => number;
  readonly y: Axis;
}

function drawing(chart: LineChart, most: number, width: number): string {
  const inner = width - MARGIN.left - MARGIN.right;
  const last = chart.labels.length - 1;
  const x = (i: number) => Math.round((MARGIN.left + (i / last) * inner) * 10) / 10;
  const plane: Plane = { width, x, y: axis([0, most], [HEIGHT - MARGIN.bottom, MARGIN.top], 5) };
  const size = width > 500 ? 'wide' : 'narrow';
  const ref = `${escapeHtml(chart.id)}-${size}`;
  return `<svg class="lines ${size}" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-labelledby="${ref}-title ${ref}-desc">
<title id="${ref}-title">${bothInOne(chart.title)}</title><desc id="${ref}-desc">${bothInOne(chart.desc)}</desc>
${grid(chart, plane)}
${names(chart, plane)}
${chart.series.map((series) => drawn(series, plane)).join('\n')}
${ends(chart, plane)}
</svg>`;
}

function grid({ written }: LineChart, { width, y }: Plane): string {
  return y.ticks
    .map((tick) => {
      const at = y.at(tick);
      const line = `<path d="M${MARGIN.left},${at}H${width - MARGIN.right}" stroke="${tick === 0 ? '#8d96a1' : '#e3e8ed'}" stroke-width="1"/>`;
      return `${line}<text x="${MARGIN.left - 8}" y="${at + 4}" class="figure" text-anchor="end">${svgText(written(tick))}</text>`;
    })
    .join('\n');
}

/** As many names below as fit without touching: the first, the last, and some between at even steps. */
function names({ labels }: LineChart, { width, x }: Plane): string {
  const fit = Math.max(2, Math.floor((width - MARGIN.left - MARGIN.right) / 110) + 1);
  const step = Math.max(1, Math.ceil((labels.length - 1) / (fit - 1)));
  return labels
    .map((label, i) =>
      (labels.length - 1 - i) % step === 0
        ? `<text x="${x(i)}" y="${HEIGHT - 8}" class="figure" text-anchor="middle">${svgText(label)}</text>`
        : '',
    )
    .join('');
}

function drawn({ values, colour, dashed }: Series, { x, y }: Plane): string {
  const points = values.map((value, i): Point | null => (value === null ? null : [x(i), y.at(value)]));
  const dash = dashed === true ? ' stroke-dasharray="7 4"' : '';
  const marks = values.length > MARKED ? '' : points.map((point) => mark(point, colour, dashed)).join('');
  return `<path d="${linePath(points)}" fill="none" stroke="${colour}" stroke-width="2.5"${dash}/>${marks}`;
}

function mark(point: Point | null, colour: string, dashed: boolean | undefined): string {
  if (point === null) return '';
  const [x, y] = point;
  if (dashed === true) return `<rect x="${x - 3.5}" y="${y - 3.5}" width="7" height="7" fill="${colour}"/>`;
  return `<circle cx="${x}" cy="${y}" r="4" fill="${colour}"/>`;
}

/** The last value of each line beside its end, moved apart where two would overlap. */
function ends({ series, written }: LineChart, { x, y }: Plane): string {
  const labels = series
    .map(({ values, colour }) => ({ colour, i: values.findLastIndex((value) => value !== null), values }))
    .filter(({ i }) => i >= 0)
    .map(({ colour, i, values }) => ({ colour, i, value: values[i]!, at: y.at(values[i]!) }))
    .sort((a, b) => a.at - b.at);
  let from = -Infinity;
  return labels
    .map(({ colour, i, value, at }) => {
      from = Math.max(at + 4, from + 15);
      return `<text x="${x(i) + 9}" y="${Math.round(from * 10) / 10}" class="name" style="fill:${colour}">${svgText(written(value))}</text>`;
    })
    .join('');
}
