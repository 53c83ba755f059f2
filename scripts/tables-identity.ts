// Writes normalizers/data/id_provinces.csv and old_id_prefixes.csv from a folder that holds `id_number_prefixes.csv`:
//   node dist/scripts/tables-identity.js FOLDER [OUT]
// Each row says where it comes from and since when it holds. Numbers once issued stay valid, so that no row ends.
import { join } from 'node:path';
import { argv } from 'node:process';
import { type Row, readCsv, writeManifest, writeTable } from './table-file.js';

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
  return places.map((place) => ({
    place: place.cccd_prefix3 ?? '',
    name: shortName(place.province_old ?? ''),
    gso63: place.gso_code_old ?? '',
    gso34: place.new_province_code ?? '',
    name34: shortName(place.new_province_2026 ?? ''),
    valid_from: PLACE_SINCE,
    valid_to: '',
    source: PLACE_SOURCE,
  }));
}

/** One row per province and prefix of its old numbers; three digits where that prefix is known to be its own. */
function prefixRows(places: readonly Row[]): Row[] {
  const known = places.flatMap((place) => {
    const own = (place.cmnd_prefix3_known ?? '').split('|').filter((prefix) => prefix !== '');
    const name = shortName(place.province_old ?? '');
    return [place.cmnd_prefix2 ?? '', ...own].map((prefix) => ({
      prefix,
      name,
      gso63: place.gso_code_old ?? '',
      to: '',
    }));
  });
  return [...known, ...GONE.map((gone) => ({ ...gone, gso63: '' }))]
    .sort((a, b) => (`${a.prefix} ${a.gso63}` < `${b.prefix} ${b.gso63}` ? -1 : 1))
    .map(({ prefix, name, gso63, to }) => ({
      prefix,
      province: name,
      gso63,
      valid_from: '',
      valid_to: to,
      source: PREFIX_SOURCE,
    }));
}

const [, , from, to = 'normalizers/data'] = argv;
if (from === undefined) throw new Error('usage: tables-identity FOLDER [OUT]');
const places = readCsv(join(from, 'id_number_prefixes.csv'));
writeTable(
  join(to, 'id_provinces.csv'),
  ['place', 'name', 'gso63', 'gso34', 'name34', 'valid_from', 'valid_to', 'source'],
  placeRows(places),
);
writeTable(
  join(to, 'old_id_prefixes.csv'),
  ['prefix', 'province', 'gso63', 'valid_from', 'valid_to', 'source'],
  prefixRows(places),
);
writeManifest(to);
