// Tables of phone numbers, from scripts/tables/: mobile prefixes changed in 2018, those in use, area codes changed in 2017.
import { join } from 'node:path';
import { dated, PROVENANCE, type Row, readCsv, writeTable } from './table-file.js';

const CHANGED_2018 = '2018-09-15';
const PRESS_2018 =
  'plan of the Ministry of Information and Communications 2018; plo.vn 773007; tienphong.vn 1278266';
const LIBPHONENUMBER = 'libphonenumber 9.0.43; PyPI vn-ident 0.1.0';
const AREA_2017 = 'QĐ 2036/QĐ-BTTTT 2016; nld.com.vn 20170118100258067; libphonenumber 7.7.5 and 9.0.43';

function mobileChanges(from: string): Row[] {
  const provenance = { source: PRESS_2018, from: CHANGED_2018 };
  return readCsv(join(from, 'mobile_changes.csv')).map((row) => dated(row, provenance));
}

/** Prefixes that came with the change, with its day; the others were in use before. */
function mobilePrefixes(from: string, changes: readonly Row[]): Row[] {
  const prefixes = new Map<string, Row>();
  for (const { new_prefix: prefix = '', carrier = '' } of changes) {
    prefixes.set(prefix, dated({ prefix, carrier }, { source: PRESS_2018, from: CHANGED_2018 }));
  }
  for (const row of readCsv(join(from, 'mobile_prefixes.csv'))) {
    const { prefix = '' } = row;
    if (!prefixes.has(prefix)) prefixes.set(prefix, dated(row, { source: LIBPHONENUMBER }));
  }
  return [...prefixes.values()].sort((a, b) => ((a.prefix ?? '') < (b.prefix ?? '') ? -1 : 1));
}

export function writePhoneTables(from: string, to: string): void {
  const changes = mobileChanges(from);
  writeTable(join(to, 'mobile_changes.csv'), ['old_prefix', 'new_prefix', 'carrier', ...PROVENANCE], changes);
  const prefixes = mobilePrefixes(from, changes);
  writeTable(join(to, 'mobile_prefixes.csv'), ['prefix', 'carrier', ...PROVENANCE], prefixes);
  // Four provinces kept their code: it holds since before the change.
  const areas = readCsv(join(from, 'area_codes.csv')).map((row) =>
    dated(row, { source: AREA_2017, from: row.changed_on ?? '' }),
  );
  writeTable(join(to, 'area_codes.csv'), ['old_prefix', 'new_prefix', 'province', ...PROVENANCE], areas);
}
