// Writes the tables of phone numbers under normalizers/data/ from a folder of source lists:
//   node dist/scripts/tables-phones.js SOURCE_FOLDER [OUT_FOLDER]
import { join } from 'node:path';
import { type Row, readCsv, writeManifest, writeTable } from './table-file.js';

const [source, out = 'normalizers/data'] = process.argv.slice(2);
if (source === undefined) throw new Error('usage: tables-phones SOURCE_FOLDER [OUT_FOLDER]');
const rows = readCsv(join(source, 'phone_prefixes.csv'));
const ofKind = (kind: string): Row[] => rows.filter((row) => row.kind === kind);

const PRESS_2018 =
  'plan of the Ministry of Information and Communications 2018; plo.vn 773007; tienphong.vn 1278266';
const LIBPHONENUMBER = 'libphonenumber 9.0.43; PyPI vn-ident 0.1.0';
const AREA_2017 = 'nld.com.vn 20170118100258067; libphonenumber 7.7.5 and 9.0.43';

const changes = ofKind('mobile_11_to_10').map((row) => ({
  old_prefix: row.old_prefix ?? '',
  new_prefix: row.new_prefix ?? '',
  carrier: row.carrier_or_province ?? '',
  changed_on: '2018-09-15',
  source: PRESS_2018,
}));
writeTable(
  join(out, 'mobile_changes.csv'),
  ['old_prefix', 'new_prefix', 'carrier', 'changed_on', 'source'],
  changes,
);

const prefixes = new Map<string, Row>();
for (const { new_prefix, carrier } of changes) {
  prefixes.set(new_prefix, { prefix: new_prefix, carrier, valid_from: '2018-09-15', source: PRESS_2018 });
}
for (const row of ofKind('mobile_current')) {
  const prefix = row.new_prefix ?? '';
  const carrier = row.carrier_or_province ?? '';
  if (!prefixes.has(prefix))
    prefixes.set(prefix, { prefix, carrier, valid_from: '', source: LIBPHONENUMBER });
}
writeTable(
  join(out, 'mobile_prefixes.csv'),
  ['prefix', 'carrier', 'valid_from', 'source'],
  [...prefixes.values()].sort((a, b) => ((a.prefix ?? '') < (b.prefix ?? '') ? -1 : 1)),
);

writeTable(
  join(out, 'area_codes.csv'),
  ['old_prefix', 'new_prefix', 'province', 'changed_by', 'source'],
  ofKind('landline_2017').map((row) => ({
    old_prefix: row.old_prefix ?? '',
    new_prefix: row.new_prefix ?? '',
    province: row.carrier_or_province ?? '',
    changed_by: row.old_prefix === row.new_prefix ? '' : '2017-06-17',
    source: AREA_2017,
  })),
);
writeManifest(out);
