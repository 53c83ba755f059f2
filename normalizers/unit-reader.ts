/**
 * Reads province and commune from the end of a text like `Thôn 3, Xã A, Huyện B, Tỉnh C`, in the units before and after
 * 1/7/2025, in full or abbreviated, with or without marks, commas and type words. Rules:
 * - a district in the text means that the commune is one of the old list; without one, a commune of the new list is
 *   preferred, unless the province is a former one or the file was made before 1/7/2025;
 * - a commune that was divided, or a name that several communes bear, gives all candidates, never a pick.
 */
import { type AddressWords, reversedSegments, SPACE } from './address-words.js';
import { newCommunesOf, newProvinceOf, unitTables } from './admin-units.js';
import { type KeyMap, splitType, typeWords, unitIndex, unitsEverywhere } from './unit-index.js';
import {
  byMarks,
  COMMUNE,
  DISTRICT,
  type Match,
  matchLast,
  type ProvinceReading,
  readProvince,
} from './unit-matches.js';

export interface UnitReading {
  /** Codes of the 34-list: none, one, or the candidates. */
  readonly provinces: readonly string[];
  /** Codes of the 3,321-list: none, one, or the candidates. */
  readonly communes: readonly string[];
  /** The words before this one are house, street and hamlet. */
  readonly restEnd: number;
  readonly words: AddressWords;
  /** A unit is written under a name or in a level that is no longer in force. */
  readonly former: boolean;
  readonly district: boolean;
}

export interface ReaderHints {
  /** Made before 1/7/2025: units are those of the old list. */
  readonly beforeMerger: boolean;
  /** Province of the 34-list that all values lie in, if the sector says so. */
  readonly province: string | null;
}

/** More candidates than this say nothing: the commune counts as unknown. */
const MOST_CANDIDATES = 8;
/** Index after the last word that says something: the country and postal codes at the end do not. */
function meaningfulEnd({ words }: AddressWords): number {
  let end = words.length;
  if (end > 1 && /^\d{5,6}$/.test(words[end - 1] ?? '')) end -= 1;
  if (end > 2 && words[end - 2] === 'viet' && words[end - 1] === 'nam') end -= 2;
  else if (end > 1 && (words[end - 1] === 'vn' || words[end - 1] === 'vietnam')) end -= 1;
  if (end > 1 && /^\d{5,6}$/.test(words[end - 1] ?? '')) end -= 1;
  return end;
}

/** Reads the units of an address; empty lists where none can be read. */
export function readUnits(words: AddressWords, hints: ReaderHints): UnitReading {
  const end = meaningfulEnd(words);
  const province = readProvince(words, end);
  if (province !== null || !words.hasCommas) return readWithin(words, end, province, hints);
  const turned = reversedSegments(words);
  const first = readProvince(turned, turned.words.length);
  if (first === null) return readWithin(words, end, null, hints);
  return readWithin(turned, turned.words.length, first, hints);
}

function readWithin(
  words: AddressWords,
  end: number,
  province: ProvinceReading | null,
  hints: ReaderHints,
): UnitReading {
  const place: ProvinceReading = province ?? { codes: [], old: null, former: false, start: end };
  let provinces = place.codes;
  if (provinces.length === 0 && hints.province !== null) provinces = [hints.province];
  const scoped = { ...place, codes: provinces };
  const district = readDistrict(words, scoped);
  const commune = readCommune(words, scoped, district, hints);
  const communes = commune === null ? [] : commune.codes;
  // Alone, neither a street name nor a namesake elsewhere may decide about the province.
  const trusted = provinces.length > 0 || district !== null || communes.length === 1;
  const derived = trusted && communes.length > 0 ? parentsOf(communes) : provinces;
  const fromDistrict = district === null ? [] : district.provinces;
  return {
    provinces: derived.length > 0 ? derived : fromDistrict.length === 1 ? fromDistrict : [],
    communes: trusted ? communes : [],
    restEnd: commune !== null && trusted ? commune.start : (district?.start ?? place.start),
    words,
    former: (province?.former ?? false) || (commune?.former ?? false),
    district: district !== null,
  };
}

/** Provinces that present communes lie in, in the order of their codes. */
function parentsOf(communes: readonly string[]): readonly string[] {
  const { communesNew } = unitTables();
  const parents = communes.map((code) => communesNew.get(code)?.parent ?? '');
  return parents.length === 1 ? parents : [...new Set(parents)].sort();
}

interface DistrictReading {
  readonly codes: readonly string[];
  readonly provinces: readonly string[];
  readonly start: number;
  /** Written with its type (`huyện`, `Q.`). */
  readonly typed: boolean;
}

function readDistrict(words: AddressWords, province: ProvinceReading): DistrictReading | null {
  const maps = mapsIn('districts', province.codes);
  const match = matchLast(words, province.start, maps, DISTRICT);
  if (match === null || isPartOfCommune(words, match, province)) return null;
  const { districts } = unitTables();
  const sameProvince = match.hit.codes.filter((code) => districts.get(code)?.parent === province.old);
  const codes = sameProvince.length > 0 ? sameProvince : match.hit.codes;
  const parents = codes.map((code) => newProvinceOf(districts.get(code)?.parent ?? '') ?? '');
  return {
    codes,
    provinces: [...new Set(parents)],
    start: match.start,
    typed: match.hit.typed || match.retyped,
  };
}

/** `Phường Xuân Hương - Đà Lạt`: a name of a present commune that ends like a district. */
function isPartOfCommune(words: AddressWords, district: Match, province: ProvinceReading): boolean {
  if (district.hit.typed || district.retyped) return false;
  const commune = matchLast(words, district.end, mapsIn('newCommunes', province.codes), COMMUNE);
  return commune !== null && commune.start < district.start;
}

interface CommuneReading {
  readonly codes: readonly string[];
  readonly former: boolean;
  readonly start: number;
}

function mapsOf(maps: ReadonlyMap<string, KeyMap>, codes: readonly string[]): KeyMap[] {
  const found: KeyMap[] = [];
  for (const code of codes) {
    const map = maps.get(code);
    if (map !== undefined) found.push(map);
  }
  return found;
}

/** Maps of the provinces, or of the whole country where none is given. */
function mapsIn(level: 'districts' | 'oldCommunes' | 'newCommunes', provinces: readonly string[]): KeyMap[] {
  if (provinces.length === 0) return [unitsEverywhere()[level]];
  return mapsOf(unitIndex()[level], provinces);
}

function readCommune(
  words: AddressWords,
  province: ProvinceReading,
  district: DistrictReading | null,
  hints: ReaderHints,
): CommuneReading | null {
  if (district !== null) return readCommuneInDistrict(words, district);
  const newMatch = communeBefore(words, province.start, mapsIn('newCommunes', province.codes));
  const oldMatch = communeBefore(words, province.start, mapsIn('oldCommunes', province.codes));
  const preferOld = hints.beforeMerger || province.former;
  if (oldMatch !== null && (preferOld || newMatch === null || newMatch.start > oldMatch.start)) {
    return oldReading(words, oldMatch, province.old);
  }
  return newMatch === null ? null : newReading(words, newMatch);
}

function readCommuneInDistrict(words: AddressWords, district: DistrictReading): CommuneReading | null {
  const old = communeBefore(words, district.start, mapsOf(unitIndex().inDistrict, district.codes));
  if (old !== null) return oldReading(words, old, null);
  const mixed = communeBefore(words, district.start, mapsIn('newCommunes', district.provinces));
  if (mixed !== null) return newReading(words, mixed);
  // The five island districts had no communes and became special zones whole.
  const island = newCommunesOf(district.codes.map((code) => `D${code}`));
  return island.length === 1 ? { codes: island, former: true, start: district.start } : null;
}

/** A commune right before `end`, or in one of up to three segments further to the left. */
function communeBefore(words: AddressWords, end: number, maps: readonly KeyMap[]): Match | null {
  let at = end;
  for (let tried = 0; tried < 4 && at > 0; tried += 1) {
    const match = matchLast(words, at, maps, COMMUNE);
    if (match !== null && (tried < 2 || match.hit.typed)) return match;
    do at -= 1;
    while (at > 0 && words.breaks[at] === SPACE);
  }
  return null;
}

function newReading(words: AddressWords, match: Match): CommuneReading {
  const codes = byMarks(words, match, (code) => unitTables().communesNew.get(code)?.name ?? '');
  return { codes: fewEnough(codes), former: match.retyped, start: match.start };
}

function oldReading(words: AddressWords, match: Match, oldProvince: string | null): CommuneReading {
  const { communesOld, districts } = unitTables();
  const named = byMarks(words, match, (code) => communesOld.get(code)?.name ?? '');
  const inside = named.filter(
    (code) => districts.get(communesOld.get(code)?.parent ?? '')?.parent === oldProvince,
  );
  const old = inside.length > 0 ? inside : named;
  const codes = fewEnough(newCommunesOf(old));
  return { codes, former: isFormer(words, match, old, codes), start: match.start };
}

function fewEnough(codes: readonly string[]): readonly string[] {
  return codes.length > MOST_CANDIDATES ? [] : codes;
}

/** The unit is no longer called or classed so, or has become part of several. */
function isFormer(
  words: AddressWords,
  match: Match,
  old: readonly string[],
  codes: readonly string[],
): boolean {
  const [only] = codes;
  if (codes.length !== 1 || only === undefined) return codes.length > 1;
  const { communesNew, communesOld } = unitTables();
  const now = splitType(communesNew.get(only)?.name ?? '');
  const written = words.words.slice(match.start, match.end).join('');
  const sameType = old.every((code) => splitType(communesOld.get(code)?.name ?? '').type === now.type);
  const at = written.lastIndexOf(now.base);
  if (!sameType || at < 0) return true;
  const type = written.slice(0, at);
  return type !== '' && !typeWords(now.type).includes(type);
}
