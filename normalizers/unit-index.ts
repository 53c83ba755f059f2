/**
 * Hash maps from keys of unit names to units: each name under its full type (`phuong…`), its abbreviations (`p…`, `f…`)
 * and, unless it is a bare number, without a type. Built once from the tables; no look-up scans a list.
 */
import { newProvinceOf, type Unit, unitTables } from './admin-units.js';
import { lazy, lazyParts, readTable } from './data-table.js';
import { type KeyNumbers, keyNumbers, numberOfKey } from './unit-key-numbers.js';
import { unitKey } from './unit-keys.js';

/** What a key stands for: codes of the level's list; `typed`: the key says what type of unit it is. */
export interface Hit {
  readonly codes: string[];
  readonly typed: boolean;
}

/** By number of a key. */
export type KeyMap = Map<number, Hit>;

export interface ProvinceHit {
  /** Codes of the 34-list; several where a former province was divided among several. */
  readonly codes: readonly string[];
  /** Code of the 63-list if that list had a province of this name. */
  readonly old: string | null;
  /** Not a name of the 34-list. */
  readonly former: boolean;
  /** Written with a word like `tỉnh`, or an alias that stands for itself. */
  readonly typed: boolean;
}

export interface UnitIndex {
  readonly numbers: KeyNumbers;
  readonly provinces: ReadonlyMap<string, ProvinceHit>;
  readonly provincesByNumber: ReadonlyMap<number, ProvinceHit>;
  /** By province of the 34-list: keys → codes of old districts. */
  readonly districts: ReadonlyMap<string, KeyMap>;
  /** By old district: keys → codes of old communes. */
  readonly inDistrict: ReadonlyMap<string, KeyMap>;
  /** By province of the 34-list: keys → codes of old communes. */
  readonly oldCommunes: ReadonlyMap<string, KeyMap>;
  /** By province of the 34-list: keys → codes of new communes. */
  readonly newCommunes: ReadonlyMap<string, KeyMap>;
}

/** Types of units, and the ways to write each, as keys: `phuong` → phuong, p, f, ph. Longer types before those they begin with. */
const TYPES: Readonly<Record<string, readonly string[]>> = (() => {
  const types: Record<string, string[]> = {};
  for (const [type = '', word = ''] of readTable('unit_type_words.csv')) {
    types[type] = [...(types[type] ?? []), word];
  }
  return types;
})();

interface TypedName {
  readonly type: string;
  readonly base: string;
}

const typedNames = new Map<string, TypedName>();

/** Type (`phuong`) and the rest of the key of a unit's full name that begins with its type; kept, there are few. */
export function splitType(name: string): TypedName {
  const known = typedNames.get(name);
  if (known !== undefined) return known;
  const split = typedName(name);
  typedNames.set(name, split);
  return split;
}

function typedName(name: string): TypedName {
  const key = unitKey(name);
  const type =
    Object.keys(TYPES).find((prefix) => key.startsWith(prefix) && key.length > prefix.length) ?? '';
  return { type, base: key.slice(type.length) };
}

/** The ways to write a type: `phuong`, `p` … */
export function typeWords(type: string): readonly string[] {
  return TYPES[type] ?? [];
}

/** Numbers of all keys of the index. */
const numbers = keyNumbers();

function insert(map: KeyMap, key: number, code: string, typed: boolean): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, { codes: [code], typed });
  else if (!known.codes.includes(code)) known.codes.push(code);
}

/** Puts a name into a map under all its keys; `y` may be written `i` (Quy Nhơn, Qui Nhơn). */
function insertName(map: KeyMap, name: string, code: string): void {
  const { type, base } = splitType(name);
  const bases = new Set([base, base.replace(/y(?![aeo])/g, 'i'), base.replace(/([hklmst]|qu)i$/, '$1y')]);
  for (const spelled of bases) {
    for (const prefix of TYPES[type] ?? []) insert(map, numberOfKey(numbers, prefix + spelled), code, true);
    if (!/^\d+$/.test(spelled)) insert(map, numberOfKey(numbers, spelled), code, false);
  }
}

function mapOf(maps: Map<string, KeyMap>, key: string): KeyMap {
  let map = maps.get(key);
  if (map === undefined) {
    map = new Map();
    maps.set(key, map);
  }
  return map;
}

function provinceKeys(): Map<string, ProvinceHit> {
  const { provinces34, provinces63 } = unitTables();
  const hits = new Map<string, ProvinceHit>();
  const add = (key: string, hit: ProvinceHit): void => {
    if (!hits.has(key)) hits.set(key, hit);
  };
  const addName = (unit: Unit, name: string, hit: Omit<ProvinceHit, 'typed'>): void => {
    const { type, base } = splitType(name);
    const prefixes = new Set([...(TYPES[type] ?? []), ...(TYPES.tinh ?? [])]);
    for (const prefix of prefixes) add(prefix + base, { ...hit, typed: true });
    add(base, { ...hit, typed: false });
    if (unit.otherName !== '' && name !== unit.otherName) addName(unit, unit.otherName, hit);
  };
  const oldByBase = new Map([...provinces63.values()].map((old) => [splitType(old.name).base, old.code]));
  for (const unit of provinces34.values()) {
    const old = oldByBase.get(splitType(unit.name).base) ?? null;
    addName(unit, unit.name, { codes: [unit.code], old, former: false });
  }
  for (const unit of provinces63.values()) {
    addName(unit, unit.name, { codes: [newProvinceOf(unit.code) ?? ''], old: unit.code, former: true });
  }
  for (const [alias = '', codes = '', kind, , validTo] of readTable('unit_aliases.csv')) {
    const former = kind === 'former_name' || validTo !== '';
    const hit = { codes: codes.split('/'), old: null, former, typed: kind === 'abbreviation' };
    const key = unitKey(alias);
    add(key, hit);
    add(`tinh${key}`, { ...hit, typed: true });
    if (kind === 'former_name' || kind === 'spelling') add(`t${key}`, { ...hit, typed: true });
  }
  return hits;
}

function addRenamed(index: Places): void {
  const { districts, communesOld } = unitTables();
  for (const [level, parent = '', name = '', codes = ''] of readTable('renamed_units.csv')) {
    const province = newProvinceOf(level === '2' ? parent : (districts.get(parent)?.parent ?? ''));
    for (const code of codes.split('/')) {
      if (level === '2') insertName(index.districts.get(province ?? '') ?? new Map(), name, code);
      else if (communesOld.has(code)) {
        insertName(index.inDistrict.get(parent) ?? new Map(), name, code);
        insertName(index.oldCommunes.get(province ?? '') ?? new Map(), name, code);
      }
    }
  }
}

type Places = Pick<UnitIndex, 'districts' | 'inDistrict' | 'oldCommunes' | 'newCommunes'>;

/** Districts and communes; takes about a tenth of a second. */
const places = lazy((): Places => {
  const tables = unitTables();
  const districts = new Map<string, KeyMap>();
  const inDistrict = new Map<string, KeyMap>();
  const oldCommunes = new Map<string, KeyMap>();
  const newCommunes = new Map<string, KeyMap>();
  for (const unit of tables.districts.values()) {
    insertName(mapOf(districts, newProvinceOf(unit.parent) ?? ''), unit.name, unit.code);
    mapOf(inDistrict, unit.code);
  }
  for (const unit of tables.communesOld.values()) {
    const province = newProvinceOf(tables.districts.get(unit.parent)?.parent ?? '') ?? '';
    for (const name of [unit.name, unit.otherName]) {
      if (name === '') continue;
      insertName(mapOf(inDistrict, unit.parent), name, unit.code);
      insertName(mapOf(oldCommunes, province), name, unit.code);
    }
  }
  for (const unit of tables.communesNew.values()) {
    for (const name of [unit.name, unit.otherName]) {
      if (name !== '') insertName(mapOf(newCommunes, unit.parent), name, unit.code);
    }
  }
  const made = { districts, inDistrict, oldCommunes, newCommunes };
  addRenamed(made);
  return made;
});

const index: UnitIndex = lazyParts<UnitIndex>({
  numbers: () => numbers,
  provinces: provinceKeys,
  provincesByNumber: () =>
    new Map([...index.provinces].map(([key, hit]) => [numberOfKey(numbers, key), hit] as const)),
  districts: () => places().districts,
  inDistrict: () => places().inDistrict,
  oldCommunes: () => places().oldCommunes,
  newCommunes: () => places().newCommunes,
});

/** The index over all units, its parts built when first asked for. */
export function unitIndex(): UnitIndex {
  return index;
}

/** The same maps without regard to the province, for texts that name none. */
export const unitsEverywhere: () => Record<'districts' | 'oldCommunes' | 'newCommunes', KeyMap> = lazy(() => {
  const { districts, oldCommunes, newCommunes } = unitIndex();
  return {
    districts: merged(districts),
    oldCommunes: merged(oldCommunes),
    newCommunes: merged(newCommunes),
  };
});

function merged(maps: ReadonlyMap<string, KeyMap>): KeyMap {
  const all: KeyMap = new Map();
  for (const map of maps.values()) {
    for (const [key, hit] of map) {
      const known = all.get(key);
      all.set(key, known === undefined ? hit : { typed: hit.typed, codes: [...known.codes, ...hit.codes] });
    }
  }
  return all;
}
