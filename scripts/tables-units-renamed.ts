import { unitKey } from '../normalizers/unit-keys.js';
import type { Row } from './table-file.js';

const LONG_TYPE = /^(phuong|xa|thitran|quan|huyen|thixa|thanhpho)/;

interface Former {
  readonly level: string;
  /** District code of a commune, province code (63-list) of a district. */
  readonly parent: string;
  readonly name: string;
  readonly codes: Set<string>;
  readonly source: string;
}

/**
 * Names that districts and communes bore before the last list with districts (2017–2025), each with the units of that
 * list it stands for: renamed and raised units from the history, merged ones from the alias lists. Names that are
 * only known without marks stay as written there (`xaductan`).
 */
export function renamedUnits(read: (name: string) => Row[]): Row[] {
  const former = new Map<string, Former>();
  const add = (level: string, parent: string, name: string, code: string, source: string): void => {
    const key = `${level} ${parent} ${unitKey(name)}`;
    const known = former.get(key) ?? { level, parent, name, codes: new Set(), source };
    known.codes.add(code);
    former.set(key, known);
  };
  const units = lists(read);
  fromHistory(read('unit_history.csv'), units, add);
  fromMergedCommunes(read('merged_communes.csv'), units, add);
  fromMergedDistricts(read, units, add);
  return [...former.values()]
    .map((unit) => ({ ...unit, codes: [...unit.codes].sort().join('/') }))
    .sort((a, b) => (`${a.level} ${a.parent} ${a.name}` < `${b.level} ${b.parent} ${b.name}` ? -1 : 1));
}

type Add = (level: string, parent: string, name: string, code: string, source: string) => void;

interface Lists {
  /** Code → key of its present name. */
  readonly names: ReadonlyMap<string, string>;
  /** `province-key district-key` → district code. */
  readonly districts: ReadonlyMap<string, string>;
  /** `district-code commune-key` → commune code. */
  readonly communes: ReadonlyMap<string, string>;
  readonly provinceOfDistrict: ReadonlyMap<string, string>;
  /** Names of merged units with their marks, by `district-code key`. */
  readonly written: ReadonlyMap<string, string>;
}

function lists(read: (name: string) => Row[]): Lists {
  const names = new Map<string, string>();
  const districts = new Map<string, string>();
  const provinceOfDistrict = new Map<string, string>();
  const provinceKeys = new Map(
    read('provinces_63.csv').map((row) => [row.code ?? '', unitKey(row.name ?? '')]),
  );
  for (const row of read('districts_old.csv')) {
    const key = unitKey(row.name ?? '');
    names.set(row.code ?? '', key);
    const province = provinceKeys.get(row.province_code ?? '');
    districts.set(`${province} ${key}`, row.code ?? '');
    provinceOfDistrict.set(row.code ?? '', row.province_code ?? '');
  }
  const communes = new Map<string, string>();
  for (const row of read('communes_old.csv')) {
    names.set(row.code ?? '', unitKey(row.name ?? ''));
    communes.set(`${row.district_code} ${unitKey(row.name ?? '')}`, row.code ?? '');
  }
  const written = new Map<string, string>();
  for (const row of read('unit_history.csv')) {
    for (const name of (row.names_old_to_new ?? '').split('|')) {
      written.set(`${row.district_code} ${unitKey(name)}`, name);
    }
  }
  return { names, districts, communes, provinceOfDistrict, written };
}

function fromHistory(rows: readonly Row[], units: Lists, add: Add): void {
  for (const row of rows) {
    const level = row.level ?? '';
    const code = row.code ?? '';
    const present = units.names.get(code);
    if (level === '1' || present === undefined) continue;
    const parent = (level === '2' ? units.provinceOfDistrict.get(code) : row.district_code) ?? '';
    for (const name of (row.names_old_to_new ?? '').split('|')) {
      if (unitKey(name) !== present) add(level, parent, name.normalize('NFC'), code, 'history');
    }
  }
}

function fromMergedCommunes(rows: readonly Row[], units: Lists, add: Add): void {
  for (const row of rows) {
    const alias = row.alias_keyword ?? '';
    if (!LONG_TYPE.test(alias) || /^phuong0/.test(alias)) continue;
    const district = units.districts.get(`${row.province_key} ${row.district_key}`);
    const code = units.communes.get(`${district} ${row.ward_key}`);
    if (district === undefined || code === undefined) continue;
    add('3', district, units.written.get(`${district} ${alias}`) ?? alias, code, 'merged');
  }
}

function fromMergedDistricts(read: (name: string) => Row[], units: Lists, add: Add): void {
  const merge = (province: string, alias: string, district: string): void => {
    const code = units.districts.get(`${province} ${district}`);
    if (code === undefined || !LONG_TYPE.test(alias) || /^quan0/.test(alias)) return;
    if (units.districts.get(`${province} ${alias}`) === code) return;
    add('2', units.provinceOfDistrict.get(code) ?? '', alias, code, 'merged');
  };
  for (const row of read('merged_districts.csv')) {
    merge(row.province_key ?? '', row.former_key ?? '', row.district_key ?? '');
  }
}
