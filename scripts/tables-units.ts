// Writes the tables of administrative units under normalizers/data/ from a folder of source lists:
//   node dist/scripts/tables-units.js SOURCE_FOLDER [OUT_FOLDER]
// Where each list comes from is said in normalizers/data/unit_sources.csv; a row's `source` names a line of it.
import { join } from 'node:path';
import { type Row, readCsv, writeManifest, writeTable } from './table-file.js';
import { PROVINCE_ALIASES, UNIT_SOURCES } from './tables-units-notes.js';
import { renamedUnits } from './tables-units-renamed.js';

const [source, out = 'normalizers/data'] = process.argv.slice(2);
if (source === undefined) throw new Error('usage: tables-units SOURCE_FOLDER [OUT_FOLDER]');
const read = (name: string): Row[] => readCsv(join(source, name));
const tidy = (text = ''): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

/** What the source lists call an agreement of two mappings, as a key of unit_sources.csv. */
const MAPPING_SOURCE: Readonly<Record<string, string>> = {
  both: 'mapping-both',
  dvhcvn_only_checked_in_resolution: 'mapping-resolution',
  vietnamadminunits_only_checked_in_resolution: 'mapping-resolution',
  dvhcvn_only_stale_old_code: 'mapping-stale',
};

function provinces(): void {
  const old = read('old_provinces_63.csv').map((row) => ({
    code: row.code ?? '',
    name: tidy(row.name),
    valid_to: '2025-06-30',
    source: 'dvhcvn-data',
  }));
  writeTable(join(out, 'provinces_63.csv'), ['code', 'name', 'valid_to', 'source'], old);

  const resolutions = new Map(read('new_communes_3321.csv').map((row) => [row.province_code, row]));
  const now = read('new_provinces_34.csv').map((row) => ({
    code: row.code ?? '',
    name: tidy(row.full_name_2026),
    name_2025: row.full_name_2025_07_01 === row.full_name_2026 ? '' : tidy(row.full_name_2025_07_01),
    valid_from: '2025-07-01',
    communes_by: resolutions.get(row.code)?.resolution?.match(/\d+\/NQ-UBTVQH15/)?.[0] ?? '',
    source: 'units-2026',
  }));
  writeTable(
    join(out, 'provinces_34.csv'),
    ['code', 'name', 'name_2025', 'valid_from', 'communes_by', 'source'],
    now,
  );

  const changes = read('old_to_new_provinces.csv').map((row) => ({
    old_code: row.old_code ?? '',
    new_code: row.new_code ?? '',
    valid_from: '2025-07-01',
    source: 'dvhcvn-mapping',
  }));
  writeTable(join(out, 'province_changes.csv'), ['old_code', 'new_code', 'valid_from', 'source'], changes);
  writeTable(
    join(out, 'unit_aliases.csv'),
    ['alias', 'codes', 'kind', 'valid_to', 'source'],
    PROVINCE_ALIASES.map(([alias, codes, kind, valid_to, from]) => ({
      alias,
      codes,
      kind,
      valid_to,
      source: from,
    })),
  );
}

function oldUnits(): void {
  const districts = read('old_districts_696.csv').map((row) => ({
    code: row.code ?? '',
    name: tidy(row.name),
    province_code: row.province_code ?? '',
    source: 'gso-old',
  }));
  writeTable(join(out, 'districts_old.csv'), ['code', 'name', 'province_code', 'source'], districts);

  const communes = read('old_communes_10047.csv').map((row) => {
    const listed = row.in_gso_list_2025_07 === '1';
    return {
      code: row.code ?? '',
      name: tidy(row.name),
      name_variant: tidy(row.name_variant),
      district_code: row.district_code ?? '',
      stale: listed ? '' : '1',
      source: listed ? 'gso-old' : 'dvhcvn-data',
    };
  });
  writeTable(
    join(out, 'communes_old.csv'),
    ['code', 'name', 'name_variant', 'district_code', 'stale', 'source'],
    communes,
  );
}

function newUnits(): void {
  const communes = read('new_communes_3321.csv').map((row) => ({
    code: row.code ?? '',
    name: tidy(row.full_name_2026),
    name_2025: row.full_name_2025_07_01 === row.full_name_2026 ? '' : tidy(row.full_name_2025_07_01),
    province_code: row.province_code ?? '',
    alt_code: row.alt_code ?? '',
    source: 'units-2026',
  }));
  writeTable(
    join(out, 'communes_new.csv'),
    ['code', 'name', 'name_2025', 'province_code', 'alt_code', 'source'],
    communes,
  );
  const changes = read('old_to_new_communes.csv').map((row) => ({
    old_code: row.old_code ?? '',
    new_code: row.new_code ?? '',
    extent: row.extent ?? '',
    source: MAPPING_SOURCE[row.agreement ?? ''] ?? '',
  }));
  writeTable(join(out, 'commune_changes.csv'), ['old_code', 'new_code', 'extent', 'source'], changes);
}

provinces();
oldUnits();
newUnits();
writeTable(
  join(out, 'renamed_units.csv'),
  ['level', 'parent', 'name', 'codes', 'source'],
  renamedUnits(read),
);
writeTable(
  join(out, 'unit_sources.csv'),
  ['source', 'valid_from', 'valid_to', 'what', 'where', 'licence'],
  UNIT_SOURCES.map(([key, valid_from, valid_to, what, where, licence]) => ({
    source: key,
    valid_from,
    valid_to,
    what,
    where,
    licence,
  })),
);
writeManifest(out);
