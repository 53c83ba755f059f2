/**
 * Names of units at the end of a run of words: the longest run that is a key, written with its type word or filling a
 * whole segment. Each try is one look-up in a hash map.
 */
import { type AddressWords, COMMA, HYPHEN, SPACE } from './address-words.js';
import { type Hit, type KeyMap, unitIndex } from './unit-index.js';
import { runsBefore } from './unit-key-numbers.js';
import { markedKey } from './unit-keys.js';

const DISTRICT_WORDS = new Set(['quan', 'q', 'huyen', 'h', 'tx', 'tp', 'thanh pho', 'thi xa', 'huyen dao']);
const COMMUNE_WORDS = new Set([
  ...['phuong', 'p', 'f', 'ph', 'xa', 'x', 'tt', 'ttr', 'ttran', 'dk'],
  ...['thi tran', 'dac khu'],
]);

/** `thị xã` ends in the word of a commune, but is a district. */
const PAIRS_ENDING = new Set(['thi xa']);

export interface Match {
  readonly hit: Hit;
  readonly start: number;
  readonly end: number;
  /** Found under another type than the one written: `thị trấn Sa Pa` for phường Sa Pa. */
  readonly retyped: boolean;
}

/** Number of words just before `start`, in the same segment, that name a type of unit (0, 1 or 2). */
function typeWordsBefore(found: AddressWords, start: number, types: ReadonlySet<string>): number {
  const last = found.words[start - 1];
  if (last === undefined || found.breaks[start] === COMMA) return 0;
  const isPair = start > 1 && found.breaks[start - 1] === SPACE;
  if (isPair && types.has(`${found.words[start - 2]} ${last}`)) return 2;
  return types.has(last) && !(isPair && PAIRS_ENDING.has(`${found.words[start - 2]} ${last}`)) ? 1 : 0;
}

/** Longest run of words ending before `end` that is a key of one of the maps; untyped names must fill a segment. */
export function matchLast(
  found: AddressWords,
  end: number,
  maps: readonly KeyMap[],
  level: Level,
): Match | null {
  for (const { start, key } of runsBefore(unitIndex().numbers, found, end)) {
    const hit = lookUp(maps, key);
    const match = hit === null ? null : accepted(found, { hit, start, end, retyped: false }, level);
    if (match !== null) return match;
  }
  return null;
}

/** The match, widened by type words of another type of the level; null if it is no whole name. */
function accepted(found: AddressWords, match: Match, level: Level): Match | null {
  const { hit, start, end } = match;
  if (hit.typed) return match;
  const covered = typeWordsBefore(found, start, level.types);
  if (covered > 0) return { hit, start: start - covered, end, retyped: true };
  if (typeWordsBefore(found, start, level.otherTypes) > 0) return null;
  return (found.breaks[start] ?? 0) >= HYPHEN || !found.hasCommas ? match : null;
}

interface Level {
  readonly types: ReadonlySet<string>;
  readonly otherTypes: ReadonlySet<string>;
}
export const DISTRICT: Level = { types: DISTRICT_WORDS, otherTypes: COMMUNE_WORDS };
export const COMMUNE: Level = { types: COMMUNE_WORDS, otherTypes: DISTRICT_WORDS };

function lookUp(maps: readonly KeyMap[], key: number): Hit | null {
  let first: Hit | null = null;
  for (const map of maps) {
    const hit = map.get(key);
    if (hit === undefined) continue;
    if (first === null) first = hit;
    else first = { typed: first.typed || hit.typed, codes: [...new Set([...first.codes, ...hit.codes])] };
  }
  return first;
}

export interface ProvinceReading {
  readonly codes: readonly string[];
  readonly old: string | null;
  readonly former: boolean;
  readonly start: number;
}

export function readProvince(found: AddressWords, end: number): ProvinceReading | null {
  const { numbers, provincesByNumber } = unitIndex();
  for (const { start, key } of runsBefore(numbers, found, end)) {
    const hit = provincesByNumber.get(key);
    if (hit === undefined || (!hit.typed && belongsToSmallerUnit(found, start))) continue;
    return { codes: hit.codes, old: hit.old, former: hit.former, start };
  }
  return null;
}

/** `thành phố Bắc Ninh`, `thị trấn Tây Ninh`, `phố Huế`: not the province. */
function belongsToSmallerUnit(found: AddressWords, start: number): boolean {
  if (start === 0 || found.breaks[start] === COMMA) return false;
  const before = found.words[start - 1];
  return (
    typeWordsBefore(found, start, DISTRICT_WORDS) > 0 ||
    typeWordsBefore(found, start, COMMUNE_WORDS) > 0 ||
    before === 'pho' ||
    before === 'duong'
  );
}

/** Of units whose names differ in their marks only, those written with the marks of the text, if it has any. */
export function byMarks(
  words: AddressWords,
  match: Match,
  nameOf: (code: string) => string,
): readonly string[] {
  const { codes } = match.hit;
  if (codes.length < 2 || !/[^\x00-\x7F]/.test(words.text)) return codes;
  const last = words.ends[match.end - 1] ?? 0;
  const written = markedKey(words.text.slice(words.starts[match.start] ?? 0, last));
  const same = codes.filter((code) => {
    const bare = nameOf(code).replace(/^(Phường|Xã|Thị trấn|Đặc khu|Thị Trấn) /u, '');
    return written.endsWith(markedKey(bare));
  });
  return same.length > 0 ? same : codes;
}
