// The flow of rows: read → as submitted → outcome. A Sankey diagram drawn by hand, because its shape never changes.
import { OUTCOME_FACTS, OUTCOMES, type Outcome } from '../matchers/outcomes.js';
import type { Text } from '../messages/text.js';
import { bothInOne, svgText } from './html-parts.js';
import type { Summary } from './model.js';
import { matchesAsSubmitted } from './model-changes.js';
import { count, percent } from './numbers.js';
import { AGREES, APART, DISAGREES, OUTCOME_COLOURS } from './outcome-colours.js';

/** What the chart is drawn from. */
export type RowsRead = Pick<Summary, 'figures' | 'share'>;

interface Node {
  readonly label: Text;
  readonly rows: number;
  readonly share: number | null;
  readonly colour: string;
}

interface Group extends Node {
  readonly outcomes: readonly (Node & { readonly outcome: Outcome })[];
}

const WIDTH = 760;
const BAR = 14;
const SCALE_HEIGHT = 240;
/** A label of two lines needs this much, however few rows it stands for. */
const SLOT = 37;
const COLUMNS = [0, 280, 540] as const;
const TOP = 42;
const GROUP_GAP = 44;

/**
 * Rows to outcomes; empty when no row was read. Each group stands level with the first of its outcomes and below the
 * outcomes of the group before, so that ribbons run level or down and never through a label.
 */
export function flowChart({ figures, share }: RowsRead): string {
  if (figures.rows === 0) return '';
  const scale = SCALE_HEIGHT / figures.rows;
  const whole = {
    label: { vi: 'Dòng đọc vào', en: 'Rows read' },
    rows: figures.rows,
    share: share.rows,
    colour: '#33404d',
  };
  const parts: string[] = [
    bar(COLUMNS[0], TOP, SCALE_HEIGHT, whole.colour),
    label(COLUMNS[0], TOP - 22, whole),
  ];
  let from = TOP;
  let top = TOP;
  for (const group of groupsOf({ figures, share }).filter(({ rows }) => rows > 0)) {
    const thick = group.rows * scale;
    parts.push(ribbon([COLUMNS[0] + BAR, from], [COLUMNS[1], top], thick, group.colour));
    const { drawn, bottom } = leaves(group, top, scale);
    parts.push(...drawn, bar(COLUMNS[1], top, thick, group.colour), label(COLUMNS[1], top - 22, group));
    from += thick;
    top = Math.max(top + thick, bottom) + GROUP_GAP;
  }
  return svg(Math.max(top - GROUP_GAP, TOP + SCALE_HEIGHT) + 6, parts.join('\n'));
}

/** The outcomes of a group below each other from `top`, each with room for its label. */
function leaves(group: Group, top: number, scale: number): { drawn: string[]; bottom: number } {
  const drawn: string[] = [];
  let from = top;
  let to = top;
  for (const outcome of group.outcomes) {
    const thick = outcome.rows * scale;
    drawn.push(ribbon([COLUMNS[1] + BAR, from], [COLUMNS[2], to], thick, outcome.colour));
    drawn.push(bar(COLUMNS[2], to, thick, outcome.colour));
    drawn.push(label(COLUMNS[2] + BAR + 8, to + Math.max(11, thick / 2 - 2), outcome));
    from += thick;
    to += Math.max(SLOT, thick + 8);
  }
  return { drawn, bottom: to };
}

function groupsOf({ figures, share }: RowsRead): Group[] {
  const of = (wanted: (outcome: Outcome) => boolean) =>
    OUTCOMES.filter((outcome) => wanted(outcome) && (figures.outcomes[outcome] ?? 0) > 0).map((outcome) => ({
      outcome,
      label: OUTCOME_FACTS[outcome],
      rows: figures.outcomes[outcome]!,
      share: share.outcomes[outcome] ?? null,
      colour: OUTCOME_COLOURS[outcome],
    }));
  const submitted = (outcome: Outcome) => OUTCOME_FACTS[outcome].asSubmitted;
  return [
    {
      label: { vi: 'Trùng khớp như đã nộp', en: 'Agree as submitted' },
      rows: matchesAsSubmitted(figures),
      share: share.match_as_submitted,
      colour: AGREES,
      outcomes: of((outcome) => !submitted(outcome) && outcome !== 'rejected' && outcome !== 'apart'),
    },
    {
      label: { vi: 'Không trùng khớp như đã nộp', en: 'Do not agree as submitted' },
      rows: figures.mismatch_as_submitted,
      share: share.mismatch_as_submitted,
      colour: DISAGREES,
      outcomes: of(submitted),
    },
    {
      label: { vi: 'Không đọc được', en: 'Could not be read' },
      rows: figures.outcomes['rejected'] ?? 0,
      share: share.outcomes['rejected'] ?? null,
      colour: APART,
      outcomes: of((outcome) => outcome === 'rejected'),
    },
    {
      label: { vi: 'Để riêng, không đối sánh', en: 'Set apart, not compared' },
      rows: figures.outcomes['apart'] ?? 0,
      share: share.outcomes['apart'] ?? null,
      colour: APART,
      outcomes: of((outcome) => outcome === 'apart'),
    },
  ];
}

function bar(x: number, y: number, height: number, colour: string): string {
  return `<rect x="${x}" y="${px(y)}" width="${BAR}" height="${px(Math.max(height, 1.5))}" fill="${colour}"/>`;
}

type Point = readonly [x: number, y: number];

function ribbon([x1, y1]: Point, [x2, y2]: Point, height: number, colour: string): string {
  const thick = Math.max(height, 1);
  const mid = (x1 + x2) / 2;
  const there = `M${x1},${px(y1)}C${mid},${px(y1)} ${mid},${px(y2)} ${x2},${px(y2)}`;
  const back = `V${px(y2 + thick)}C${mid},${px(y2 + thick)} ${mid},${px(y1 + thick)} ${x1},${px(y1 + thick)}Z`;
  return `<path d="${there}${back}" fill="${colour}" fill-opacity="0.22"/>`;
}

function label(x: number, y: number, node: Node): string {
  const [rows, part] = [count(node.rows), percent(node.share)];
  const figure = { vi: `${rows.vi} · ${part.vi}`, en: `${rows.en} · ${part.en}` };
  return `<text x="${x}" y="${px(y)}" class="name">${svgText(node.label)}</text><text x="${x}" y="${px(y + 15)}" class="figure">${svgText(figure)}</text>`;
}

function svg(height: number, body: string): string {
  const title = { vi: 'Từ dòng đọc vào đến kết quả', en: 'From rows read to outcomes' };
  const desc = {
    vi: 'Các dòng đọc vào chia thành trùng khớp, không trùng khớp và không đọc được, rồi thành từng kết quả. Số liệu có trong bảng kết quả.',
    en: 'Rows read divide into those that agree, do not agree and could not be read, then into outcomes. The table of outcomes holds the figures.',
  };
  return `<svg class="flow" viewBox="0 0 ${WIDTH} ${Math.ceil(height)}" preserveAspectRatio="xMinYMin meet" role="img" aria-labelledby="flow-title flow-desc">
<title id="flow-title">${bothInOne(title)}</title><desc id="flow-desc">${bothInOne(desc)}</desc>
${body}
</svg>`;
}

function px(n: number): string {
  return String(Math.round(n * 10) / 10);
}
