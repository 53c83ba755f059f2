// The provinces as a map of tiles, one size each whatever the area, coloured by the rate of mismatches in five classes.
import type { Text } from '../messages/text.js';
import { type Classes, classes } from './chart-scales.js';
import { bothInOne, escapeHtml, svgText, t } from './html-parts.js';
import type { GroupTable } from './model.js';
import { percent } from './numbers.js';
import { isArchipelago, type ProvinceList, provinceTiles, type Tile } from './province-tiles.js';

/** Ground and text of each class, from few mismatches to many; text keeps a contrast of 4.5 or more. */
export const TILE_COLOURS = [
  ['#fdf1ea', '#17212b'],
  ['#f8d3bf', '#17212b'],
  ['#eeaa8b', '#17212b'],
  ['#b34a28', '#ffffff'],
  ['#7d2716', '#ffffff'],
] as const;

interface Size {
  readonly name: 'wide' | 'narrow';
  readonly width: number;
  readonly height: number;
  /** Names stand on two lines. */
  readonly broken: boolean;
}

const SIZES: readonly Size[] = [
  { name: 'wide', width: 92, height: 40, broken: false },
  { name: 'narrow', width: 48, height: 50, broken: true },
];
const COLUMNS = 7;
const GAP = 2;

/** The map twice, for wide and for narrow pages, under a legend; empty where no province has a row. */
export function tileMap(id: string, table: GroupTable, list: ProvinceList): string {
  const rates = new Map(table.rows.map(({ value, figures }) => [value, figures.rate_as_submitted]));
  const tiles = provinceTiles(list);
  const known = tiles.map(({ code }) => rates.get(code) ?? null).filter((rate) => rate !== null);
  if (known.length === 0) return '';
  const scale = classes(known, TILE_COLOURS.length);
  const map: TileMap = { id, table, tiles, rates, scale };
  return `${legend(scale)}${SIZES.map((size) => drawing(map, size)).join('\n')}`;
}

interface TileMap {
  readonly id: string;
  readonly table: GroupTable;
  readonly tiles: readonly Tile[];
  readonly rates: ReadonlyMap<string | null, number | null>;
  readonly scale: Classes;
}

function drawing(map: TileMap, size: Size): string {
  const rows = Math.max(...map.tiles.map(({ row }) => row)) + 1;
  const ref = `${escapeHtml(map.id)}-${size.name}`;
  const title = { vi: `Bản đồ ô: ${map.table.labels.vi}`, en: `Tile map: ${map.table.labels.en}` };
  return `<svg class="tilemap ${size.name}" viewBox="0 0 ${COLUMNS * size.width} ${rows * size.height}" role="img" aria-labelledby="${ref}-title ${ref}-desc">
<title id="${ref}-title">${bothInOne(title)}</title><desc id="${ref}-desc">${bothInOne(DESC)}</desc>
${map.tiles.map((tile) => drawn(tile, map, size)).join('\n')}
</svg>`;
}

const DESC: Text = {
  vi: 'Mỗi tỉnh một ô bằng nhau, xếp gần đúng vị trí; ô càng đậm thì tỷ lệ không trùng khớp như đã nộp càng cao. Bảng bên dưới có đủ số liệu.',
  en: 'One tile of equal size for each province, roughly in its place; the darker, the more does not agree as submitted. The table below holds the figures.',
};

function drawn(tile: Tile, { rates, scale }: TileMap, size: Size): string {
  const [x, y] = [tile.column * size.width, tile.row * size.height];
  const rate = rates.get(tile.code) ?? null;
  const [ground, ink] = rate === null ? (['#ffffff', '#52606d'] as const) : TILE_COLOURS[scale.of(rate)]!;
  const edge = rate === null ? ' stroke="#d5dce3"' : '';
  const box = `<rect x="${x + GAP / 2}" y="${y + GAP / 2}" width="${size.width - GAP}" height="${size.height - GAP}" rx="3" fill="${ground}"${edge}/>`;
  const lines: Text[] = namesOf(tile, size).map((name) => ({ vi: name, en: name }));
  if (!isArchipelago(tile)) lines.push(percent(rate));
  const first = y + size.height / 2 - (lines.length - 1) * 7 + 4;
  const texts = lines.map((text, i) => {
    const weight = i === lines.length - 1 && !isArchipelago(tile) ? '' : ' class="place"';
    return `<text x="${x + size.width / 2}" y="${first + i * 14}" text-anchor="middle"${weight} style="fill:${ink}">${svgText(text)}</text>`;
  });
  return box + texts.join('');
}

function namesOf({ label }: Tile, { broken }: Size): readonly string[] {
  return broken ? label.split(' ') : [label];
}

const MEASURE: Text = {
  vi: 'Tỷ lệ không trùng khớp như đã nộp:',
  en: 'Rate of mismatches as submitted:',
};

function legend({ bounds }: Classes): string {
  const items = bounds.map(([from, to], i) => {
    const [a, b] = [percent(from), percent(to)];
    const range = bounds.length === 1 ? a : { vi: `${a.vi} – ${b.vi}`, en: `${a.en} – ${b.en}` };
    return `<li><span class="key" style="background:${TILE_COLOURS[i]![0]}"></span>${t(range)}</li>`;
  });
  return `<figcaption><p>${t(MEASURE)}</p><ul class="legend">${items.join('')}</ul></figcaption>`;
}
