// Tables id_provinces.csv (place codes of the personal ID) and old_id_prefixes.csv (provinces in 9-digit numbers), from
// scripts/tables/id_number_prefixes.csv. Numbers once issued stay valid, so that no place code ends.
import { join } from 'node:path';
import { dated, PROVENANCE, type Row, readCsv, writeTable } from './table-file.js';

const PLACE_SOURCE = 'TT 07/2016/TT-BCA phụ lục 1';
/** The Law on Citizen Identification 59/2014/QH13, under which the circular stands, is in force from that day. */
const PLACE_SINCE = '2016-01-01';
const PREFIX_SOURCE = 'vi.wikipedia (Chứng minh nhân dân) đối chiếu bảng mã công khai';
/** Provinces gone before the 63: Hà Tây joined Hà Nội in 2008 (Resolution 15/2008/QH12), its numbers stay valid. */
const GONE = [{ prefix: '11', name: 'Hà Tây', to: '2008-07-31' }];

/** Without `Tỉnh` and `Thành phố`, and in the tone style of the circular (`Hòa Bình`). */
function shortName(name: string): string {
  return name
    .replace(/^(?:Tỉnh|Thành phố) /, '')
    .replace('Hoà', 'Hòa')
    .replace('Hoá', 'Hóa');
}

/** One row per place code of the personal ID. */
function placeRows(places: readonly Row[]): Row[] {
  return places.map((place) =>
    dated(
      {
        place: place.place ?? '',
        name: shortName(place.province ?? ''),
        gso63: place.gso63 ?? '',
        gso34: place.gso34 ?? '',
        name34: shortName(place.province34 ?? ''),
      },
      { source: PLACE_SOURCE, from: PLACE_SINCE },
    ),
  );
}

/** One row per province and prefix of its old numbers; three digits where that prefix is known to be its own. */
function prefixRows(places: readonly Row[]): Row[] {
  const known = places.flatMap((place) => {
    const own = (place.old_id3 ?? '').split('|').filter((prefix) => prefix !== '');
    const name = shortName(place.province ?? '');
    return [place.old_id2 ?? '', ...own].map((prefix) => ({
      prefix,
      name,
      gso63: place.gso63 ?? '',
      to: '',
    }));
  });
  return [...known, ...GONE.map((gone) => ({ ...gone, gso63: '' }))]
    .sort((a, b) => (`${a.prefix} ${a.gso63}` < `${b.prefix} ${b.gso63}` ? -1 : 1))
    .map(({ prefix, name, gso63, to }) =>
      dated({ prefix, province: name, gso63 }, { source: PREFIX_SOURCE, to }),
    );
}

export function writeIdentityTables(from: string, to: string): void {
  const places = readCsv(join(from, 'id_number_prefixes.csv'));
  writeTable(
    join(to, 'id_provinces.csv'),
    ['place', 'name', 'gso63', 'gso34', 'name34', ...PROVENANCE],
    placeRows(places),
  );
  writeTable(
    join(to, 'old_id_prefixes.csv'),
    ['prefix', 'province', 'gso63', ...PROVENANCE],
    prefixRows(places),
  );
}
