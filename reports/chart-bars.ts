// Ranked horizontal bars: a label and a figure above each bar, so that long labels and narrow screens do no harm.
import type { Text } from '../messages/text.js';
import { bothInOne, escapeHtml, svgText } from './html-parts.js';

export interface Bar {
  readonly label: Text;
  /** What stands at the right end, above the bar. */
  readonly figure: Text;
  readonly value: number;
  readonly colour: string;
}

export interface BarChart {
  readonly id: string;
  readonly title: Text;
  readonly desc: Text;
  readonly bars: readonly Bar[];
}

const ROW = 34;

/** The chart twice, for wide and for narrow pages; the style sheet shows one. Empty when there is nothing to rank. */
export function barChart(chart: BarChart): string {
  if (chart.bars.length === 0) return '';
  return `${drawing(chart, 760, 'wide')}\n${drawing(chart, 340, 'narrow')}`;
}

function drawing({ id, title, desc, bars }: BarChart, width: number, size: 'wide' | 'narrow'): string {
  const largest = Math.max(...bars.map((bar) => bar.value), 1);
  const rows = bars.map((bar, i) => barRow(bar, i * ROW, { width, part: bar.value / largest }));
  const ref = `${escapeHtml(id)}-${size}`;
  return `<svg class="bars ${size}" viewBox="0 0 ${width} ${bars.length * ROW}" role="img" aria-labelledby="${ref}-title ${ref}-desc">
<title id="${ref}-title">${bothInOne(title)}</title><desc id="${ref}-desc">${bothInOne(desc)}</desc>
${rows.join('\n')}
</svg>`;
}

// Widths of a letter at the size of the charts in a wide font (DejaVu Sans);
// a longer label is cut, the table below has it whole.
const NAME_LETTER = 8.8;
const FIGURE_LETTER = 7;

function fitting({ label, figure }: Bar, width: number, language: keyof Text): string {
  const room = Math.floor((width - figure[language].length * FIGURE_LETTER) / NAME_LETTER) - 1;
  const letters = [...label[language]];
  return letters.length <= room ? label[language] : `${letters.slice(0, room - 1).join('')}…`;
}

function barRow(bar: Bar, y: number, { width, part }: { width: number; part: number }): string {
  const label = { vi: fitting(bar, width, 'vi'), en: fitting(bar, width, 'en') };
  const length = bar.value === 0 ? 0 : Math.max(Math.round(part * width * 10) / 10, 1.5);
  return `<text x="0" y="${y + 14}" class="name">${svgText(label)}</text><text x="${width}" y="${y + 14}" class="figure" text-anchor="end">${svgText(bar.figure)}</text><rect x="0" y="${y + 20}" width="${width}" height="7" fill="#e6ebf0"/><rect x="0" y="${y + 20}" width="${length}" height="7" fill="${bar.colour}"/>`;
}
