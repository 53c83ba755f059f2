/**
 * Administrative units of Viet Nam, before and after 1/7/2025.
 *
 * Until 30/6/2025: 63 provinces, 696 districts, 10,035 communes (codes `gso63`). Since 1/7/2025: 34 provinces, no
 * districts, 3,321 communes (codes `gso34`; QĐ 19/2025/QĐ-TTg, NQ 1654–1687/NQ-UBTVQH15, names since 30/4/2026 by
 * NQ 30/2026/QH16). Codes were used again with another meaning: 24 was Bắc Giang and is Bắc Ninh; 00004 was phường
 * Trúc Bạch and is phường Ba Đình. So a code means something only together with its list.
 * Sources per row: `data/unit_sources.csv`. Example: old 00007 phường Cống Vị → new 00008 or 00025.
 */
import { lazyParts, readTable } from './data-table.js';

export type CodeList = 'gso63' | 'gso34';

/** A unit of either list; `parent` is the province of a new commune or old district, the district of an old commune. */
export interface Unit {
  readonly code: string;
  readonly name: string;
  readonly parent: string;
  /** Another official spelling or the name before 30/4/2026; empty if none. */
  readonly otherName: string;
}

export interface UnitTables {
  readonly provinces63: ReadonlyMap<string, Unit>;
  readonly provinces34: ReadonlyMap<string, Unit>;
  readonly provinceChanges: ReadonlyMap<string, string>;
  readonly districts: ReadonlyMap<string, Unit>;
  readonly communesOld: ReadonlyMap<string, Unit>;
  readonly communesNew: ReadonlyMap<string, Unit>;
  /** Old commune (or island district `D318`) → new communes that took land of it, in the order of their codes. */
  readonly communeChanges: ReadonlyMap<string, readonly string[]>;
  /** Code of an earlier edition of the new list → code now. */
  readonly altCodes: ReadonlyMap<string, string>;
}

type Columns = (row: string[]) => Unit;

function unitsOf(table: string, columns: Columns): Map<string, Unit> {
  return new Map(readTable(table).map((row) => [row[0] ?? '', columns(row)]));
}

function unit(code = '', name = '', parent = '', otherName = ''): Unit {
  return { code, name, parent, otherName };
}

function changes(): Map<string, string[]> {
  const targets = new Map<string, string[]>();
  for (const [old = '', now = ''] of readTable('commune_changes.csv')) {
    const known = targets.get(old);
    if (known === undefined) targets.set(old, [now]);
    else known.push(now);
  }
  for (const codes of targets.values()) codes.sort();
  return targets;
}

const tables = lazyParts<UnitTables>({
  provinces63: () => unitsOf('provinces_63.csv', ([code, name]) => unit(code, name)),
  provinces34: () => unitsOf('provinces_34.csv', ([code, name, before]) => unit(code, name, '', before)),
  provinceChanges: () => new Map(readTable('province_changes.csv').map(([old = '', now = '']) => [old, now])),
  districts: () => unitsOf('districts_old.csv', ([code, name, province]) => unit(code, name, province)),
  communesOld: () =>
    unitsOf('communes_old.csv', ([code, name, other, district]) => unit(code, name, district, other)),
  communesNew: () =>
    unitsOf('communes_new.csv', ([code, name, other, province]) => unit(code, name, province, other)),
  communeChanges: changes,
  altCodes: () =>
    new Map(
      readTable('communes_new.csv')
        .filter((row) => row[4] !== '')
        .map((row) => [row[4] ?? '', row[0] ?? '']),
    ),
});

/** All unit tables, each read when it is first asked for. */
export function unitTables(): UnitTables {
  return tables;
}

/** Province of today that took in an old province or holds an old district. */
export function newProvinceOf(oldCode: string): string | null {
  return unitTables().provinceChanges.get(oldCode) ?? null;
}

/** Full name of 2026 of a province of the 34-list (`24` → `Tỉnh Bắc Ninh`); the code itself if there is none. */
export function provinceName(code: string): string {
  return unitTables().provinces34.get(code)?.name ?? code;
}

/** Full name of 2026 of a commune of the new list; the code itself if there is none. */
export function communeName(code: string): string {
  return unitTables().communesNew.get(code)?.name ?? code;
}

/** New communes that old communes became part of, without repetition, in the order of their codes. */
export function newCommunesOf(oldCodes: readonly string[]): readonly string[] {
  const { communeChanges } = unitTables();
  if (oldCodes.length === 1) return communeChanges.get(oldCodes[0] ?? '') ?? [];
  const targets = new Set<string>();
  for (const code of oldCodes) {
    for (const target of communeChanges.get(code) ?? []) targets.add(target);
  }
  return [...targets].sort();
}
