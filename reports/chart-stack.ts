// The outcomes as one bar cut into pieces: what the flow diagram shows, for narrow screens.
import { OUTCOME_FACTS, OUTCOMES } from '../matchers/outcomes.js';
import { bothInOne, svgText } from './html-parts.js';
import type { Summary } from './model.js';
import { count, percent } from './numbers.js';
import { OUTCOME_COLOURS } from './outcome-colours.js';

const WIDTH = 340;

/** One bar and a legend with the figures; empty when no row was read. */
export function stackChart({ figures, share }: Pick<Summary, 'figures' | 'share'>): string {
  const met = OUTCOMES.filter((outcome) => (figures.outcomes[outcome] ?? 0) > 0);
  if (met.length === 0) return '';
  let x = 0;
  const pieces = met.map((outcome) => {
    const width = (figures.outcomes[outcome]! / figures.rows) * WIDTH;
    const piece = `<rect x="${px(x)}" y="0" width="${px(Math.max(width - 0.8, 0.6))}" height="26" fill="${OUTCOME_COLOURS[outcome]}"/>`;
    x += width;
    return piece;
  });
  const legend = met.map((outcome, i) => {
    const y = 52 + i * 24;
    const [n, part] = [count(figures.outcomes[outcome]!), percent(share.outcomes[outcome] ?? null)];
    const figure = { vi: `${n.vi} · ${part.vi}`, en: `${n.en} · ${part.en}` };
    return `<rect x="0" y="${y - 11}" width="12" height="12" fill="${OUTCOME_COLOURS[outcome]}"/><text x="20" y="${y}" class="name">${svgText(OUTCOME_FACTS[outcome])}</text><text x="${WIDTH}" y="${y}" class="figure" text-anchor="end">${svgText(figure)}</text>`;
  });
  const title = { vi: 'Kết quả đối soát', en: 'Outcomes' };
  const desc = {
    vi: 'Tỷ trọng từng kết quả trong số dòng đọc vào.',
    en: 'The share of each outcome in the rows read.',
  };
  return `<svg class="stack" viewBox="0 0 ${WIDTH} ${52 + met.length * 24}" role="img" aria-labelledby="stack-title stack-desc">
<title id="stack-title">${bothInOne(title)}</title><desc id="stack-desc">${bothInOne(desc)}</desc>
${pieces.join('')}
${legend.join('\n')}
</svg>`;
}

function px(n: number): string {
  return String(Math.round(n * 100) / 100);
}
