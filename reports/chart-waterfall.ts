// How a sum comes about: each step a bar from the total before it to the total after it, on one scale with zero marked.
import type { Text } from '../messages/text.js';
import { bothInOne, escapeHtml, svgText } from './html-parts.js';

export interface Step {
  readonly label: Text;
  /** What stands at the right end of the row. */
  readonly figure: Text;
  readonly from: number;
  readonly to: number;
  /** The last row shows where all has led to. */
  readonly total?: boolean;
}

export interface StepChart {
  readonly id: string;
  readonly title: Text;
  readonly desc: Text;
  readonly steps: readonly Step[];
  /** Ends of the scale, where several charts share one; else those of the steps. */
  readonly ends?: readonly [least: number, most: number];
}

const ROW = 34;
export const FOR = '#14577f';
export const AGAINST = '#b23a2e';
const TOTAL = '#17212b';

/** The chart twice, for wide and for narrow pages; the style sheet shows one. Empty without steps. */
export function stepChart(chart: StepChart): string {
  if (chart.steps.length === 0) return '';
  return `${drawing(chart, 760, 'wide')}\n${drawing(chart, 340, 'narrow')}`;
}

function drawing(chart: StepChart, width: number, size: 'wide' | 'narrow'): string {
  const { id, title, desc, steps } = chart;
  const ends = [...(chart.ends ?? []), ...steps.flatMap(({ from, to }) => [from, to])].map(finite);
  const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const scale = (n: number) => ((finite(n) - least) / Math.max(most - least, 1e-9)) * width;
  const height = steps.length * ROW;
  const ref = `${escapeHtml(id)}-${size}`;
  const zero = px(scale(0));
  return `<svg class="steps ${size}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${ref}-title ${ref}-desc">
<title id="${ref}-title">${bothInOne(title)}</title><desc id="${ref}-desc">${bothInOne(desc)}</desc>
<path d="M${zero},0V${height}" stroke="#8d96a1" stroke-width="1" fill="none"/>
${steps.map((step, i) => stepRow(step, i * ROW, { width, scale })).join('\n')}
</svg>`;
}

interface Plane {
  readonly width: number;
  readonly scale: (n: number) => number;
}

function stepRow({ label, figure, from, to, total }: Step, y: number, { width, scale }: Plane): string {
  const [a, b] = [scale(from), scale(to)];
  const colour = total === true ? TOTAL : to >= from ? FOR : AGAINST;
  const length = Math.max(Math.abs(b - a), 1.5);
  return `<text x="0" y="${y + 14}" class="name">${svgText(label)}</text><text x="${width}" y="${y + 14}" class="figure" text-anchor="end">${svgText(figure)}</text><rect x="${px(Math.min(a, b, width - 1.5))}" y="${y + 20}" width="${px(length)}" height="8" fill="${colour}"/>`;
}

function finite(n: number): number {
  return Number.isFinite(n) ? n : 0;
}

function px(n: number): string {
  return String(Math.round(n * 10) / 10);
}
