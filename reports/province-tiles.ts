// Where each province stands on the tile map: data/province-tiles.csv, one row a tile of the list of 34 or of 63 provinces, laid out
// by hand after the map (column 0 is the west, row 0 the north). HS and TS are the archipelagos Hoàng Sa (Đà Nẵng) and Trường Sa
// (Khánh Hòa): part of the map, without figures of their own.
import { readFileSync } from 'node:fs';

export type ProvinceList = '34' | '63';

export interface Tile {
  /** Code of the province in its list; HS, TS. */
  readonly code: string;
  readonly column: number;
  readonly row: number;
  /** Short name that fits a tile. */
  readonly label: string;
}

/** The tiles of a list, from north to south. */
export function provinceTiles(list: ProvinceList): readonly Tile[] {
  const text = readFileSync(new URL('./data/province-tiles.csv', import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','))
    .filter(([of]) => of === list)
    .map(([, code = '', column, row, label = '']) => ({
      code,
      column: Number(column),
      row: Number(row),
      label,
    }));
}

/** Tiles that only complete the map. */
export function isArchipelago({ code }: Tile): boolean {
  return code === 'HS' || code === 'TS';
}
