// The charts of the letter as pictures, each with its caption and told in words.
import type { Paragraph } from 'docx';
import { barChart } from './chart-bars.js';
import { flowChart } from './chart-flow.js';
import { figure, line } from './docx-parts.js';
import { rankedReasons, reasonName } from './docx-tables.js';
import { accountingLine } from './headline.js';
import type { Summary } from './model.js';
import { count, percent } from './numbers.js';
import { drawPicture } from './picture.js';

const COLOUR = '#14577f';

/** From rows read to outcomes; nothing where no row was read. */
export async function outcomePicture(summary: Summary): Promise<Paragraph[]> {
  const chart = flowChart(summary);
  if (chart === '') return [];
  const title = 'Hình 1. Từ dòng đọc vào đến kết quả';
  const alt = `${accountingLine(summary.figures).vi}.`;
  return [figure(await drawPicture(chart, 'vi'), { id: 1, title, alt }), caption(title)];
}

/** The commonest reasons as bars. */
export async function reasonPicture(summary: Summary): Promise<Paragraph[]> {
  const ranked = rankedReasons(summary);
  const said = ranked.map((reason) => {
    return {
      name: reasonName(reason, summary),
      figure: `${count(reason.rows).vi} · ${percent(reason.share).vi}`,
      rows: reason.rows,
    };
  });
  const title = 'Hình 2. Các lý do nhiều nhất';
  const chart = barChart({
    id: 'letter-reasons',
    title: { vi: title, en: title },
    desc: { vi: title, en: title },
    bars: said.map(({ name, figure: text, rows }) => ({
      label: { vi: name, en: name },
      figure: { vi: text, en: text },
      value: rows,
      colour: COLOUR,
    })),
  });
  const alt = said.map(({ name, figure: text }) => `${name} ${text}`).join('; ');
  return [figure(await drawPicture(firstDrawing(chart), 'vi'), { id: 2, title, alt }), caption(title)];
}

/** A chart may hold one drawing for wide pages and one for narrow ones; the wide one comes first. */
function firstDrawing(chart: string): string {
  return `${chart.split('</svg>', 1)[0]}</svg>`;
}

function caption(text: string): Paragraph {
  return line(text, { italics: true, align: 'center', space: [0, 8] });
}
