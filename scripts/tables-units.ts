// Tables of administrative units, from scripts/tables/. What each source list is, is said in normalizers/data/unit_sources.csv; a
// row's `source` names a line of it.
import { join } from 'node:path';
import { dated, PROVENANCE, type Row, readCsv, writeTable } from './table-file.js';
import { PROVINCE_ALIASES, UNIT_SOURCES } from './tables-units-notes.js';
import { renamedUnits } from './tables-units-renamed.js';

/** The day on which the 34 provinces and 3,321 communes replaced the units before; the last day of those. */
const NEW_UNITS = '2025-07-01';
const OLD_UNITS_END = '2025-06-30';
/** Thừa Thiên Huế became the city of Huế (resolution 175/2024/QH15); the other names are older than any file in use. */
const OLD_PROVINCES_SINCE: Readonly<Record<string, string>> = { '46': '2025-01-01' };

const tidy = (text = ''): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
const otherThan = (name: string | undefined, now: string | undefined): string =>
  name === now ? '' : tidy(name);

interface Folders {
  readonly from: string;
  readonly to: string;
}

function writeProvinces({ from, to }: Folders): void {
  const old = readCsv(join(from, 'provinces_63.csv')).map(({ code = '', name }) =>
    dated(
      { code, name: tidy(name) },
      { source: 'dvhcvn-data', from: OLD_PROVINCES_SINCE[code] ?? '', to: OLD_UNITS_END },
    ),
  );
  writeTable(join(to, 'provinces_63.csv'), ['code', 'name', ...PROVENANCE], old);
  const now = readCsv(join(from, 'provinces_34.csv')).map((row) =>
    dated(
      {
        ...row,
        name: tidy(row.full_name_2026),
        name_2025: otherThan(row.full_name_2025, row.full_name_2026),
      },
      { source: 'units-2026', from: NEW_UNITS },
    ),
  );
  writeTable(join(to, 'provinces_34.csv'), ['code', 'name', 'name_2025', 'communes_by', ...PROVENANCE], now);
  const changes = readCsv(join(from, 'province_changes.csv')).map((row) =>
    dated(row, { source: 'dvhcvn-mapping', from: NEW_UNITS }),
  );
  writeTable(join(to, 'province_changes.csv'), ['old_code', 'new_code', ...PROVENANCE], changes);
}

function writeAliases({ to }: Folders): void {
  const rows = PROVINCE_ALIASES.map(([alias, codes, kind, until, source]) =>
    dated({ alias, codes, kind }, { source, to: until }),
  );
  writeTable(join(to, 'unit_aliases.csv'), ['alias', 'codes', 'kind', ...PROVENANCE], rows);
}

function writeOldUnits({ from, to }: Folders): void {
  const provenance = { source: 'gso-old', to: OLD_UNITS_END };
  const districts = readCsv(join(from, 'districts_old.csv')).map((row) =>
    dated({ ...row, name: tidy(row.name) }, provenance),
  );
  writeTable(join(to, 'districts_old.csv'), ['code', 'name', 'province_code', ...PROVENANCE], districts);
  const communes = readCsv(join(from, 'communes_old.csv')).map((row) => {
    const listed = row.listed === '1';
    return dated(
      { ...row, name: tidy(row.name), name_variant: tidy(row.name_variant), stale: listed ? '' : '1' },
      { ...provenance, source: listed ? 'gso-old' : 'dvhcvn-data' },
    );
  });
  writeTable(
    join(to, 'communes_old.csv'),
    ['code', 'name', 'name_variant', 'district_code', 'stale', ...PROVENANCE],
    communes,
  );
}

function writeNewUnits({ from, to }: Folders): void {
  const communes = readCsv(join(from, 'communes_new.csv')).map((row) =>
    dated(
      { ...row, name: tidy(row.name_2026), name_2025: tidy(row.name_2025) },
      { source: 'units-2026', from: NEW_UNITS },
    ),
  );
  writeTable(
    join(to, 'communes_new.csv'),
    ['code', 'name', 'name_2025', 'province_code', 'alt_code', ...PROVENANCE],
    communes,
  );
  const changes = readCsv(join(from, 'commune_changes.csv')).map((row) =>
    dated(row, { source: `mapping-${row.agreement}`, from: NEW_UNITS }),
  );
  writeTable(join(to, 'commune_changes.csv'), ['old_code', 'new_code', 'extent', ...PROVENANCE], changes);
}

function writeSources({ to }: Folders): void {
  const rows: Row[] = UNIT_SOURCES.map(([source, valid_from, valid_to, what, where, licence]) => ({
    source,
    valid_from,
    valid_to,
    what,
    where,
    licence,
  }));
  const columns = ['source', 'valid_from', 'valid_to', 'what', 'where', 'licence'];
  writeTable(join(to, 'unit_sources.csv'), columns, rows);
}

export function writeUnitTables(from: string, to: string): void {
  const folders = { from, to };
  writeProvinces(folders);
  writeAliases(folders);
  writeOldUnits(folders);
  writeNewUnits(folders);
  // A former name stands for units of the list that ended on that day.
  const renamed = renamedUnits((name) => readCsv(join(from, name))).map(({ source = '', ...row }) =>
    dated(row, { source, to: OLD_UNITS_END }),
  );
  writeTable(join(to, 'renamed_units.csv'), ['level', 'parent', 'name', 'codes', ...PROVENANCE], renamed);
  writeSources(folders);
}
