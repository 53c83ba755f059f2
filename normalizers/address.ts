/**
 * An address: province, commune, and the rest (house, street, hamlet).
 *
 * Canonical value: `province|commune|rest`, e.g. `24|07210|so 12 thon dong`: code of the 34-list, code of the 3,321-list,
 * the rest folded (no marks, lower case, abbreviations written out). Several candidates are separated by `/`
 * (`79|27028/27031|…`), an unknown part is empty. The district, which no longer exists, only helps to find the commune.
 * How addresses are written (order, abbreviations, hamlet words) is usage, not law; units: see admin-units.ts.
 *
 * Example: `Số 5, Phường Cống Vị, Quận Ba Đình, TP Hà Nội` → `01|00008/00025|so 5`, problem split_unit.
 */
import { addressWords } from './address-words.js';
import { communeName, provinceName, unitTables } from './admin-units.js';
import { decideText, decodedCell, encodingProblems, observeText } from './encoded-cell.js';
import type { Hints, Normalized, Normalizer, ProblemTable } from './normalizer.js';
import { withNotes } from './notes.js';
import { type ReaderHints, readUnits, type UnitReading } from './unit-reader.js';

const problems: ProblemTable = {
  ...encodingProblems,
  district_dropped: {
    reason: null,
    weight: 'none',
    vi: 'bỏ cấp huyện (không còn từ 1/7/2025)',
    en: 'district level left out (abolished on 1/7/2025)',
  },
  old_unit: {
    reason: 'old_unit',
    weight: 'form',
    vi: 'ghi theo đơn vị hành chính cũ, đã chuyển sang đơn vị mới',
    en: 'written in former administrative units, mapped to the present ones',
  },
  split_unit: {
    reason: 'split_unit',
    weight: 'form',
    vi: 'đơn vị cũ đã chia cho nhiều đơn vị mới, hoặc tên ứng với nhiều đơn vị',
    en: 'the unit was divided among several present ones, or several bear the name',
  },
  commune_unknown: {
    reason: null,
    weight: 'none',
    vi: 'không đọc được xã, phường, đặc khu',
    en: 'no commune could be read',
  },
  unreadable: {
    reason: 'unreadable',
    weight: 'blank',
    vi: 'không đọc được tỉnh, xã nào',
    en: 'neither province nor commune could be read',
  },
};

const CANONICAL = /^((?:\d\d(?:\/\d\d)*)?)\|((?:\d{5}(?:\/\d{5})*)?)\|[a-z0-9 ]*$/;

/** Abbreviations of house and hamlet words. */
const REST_WORDS: ReadonlyMap<string, string> = new Map([
  ['sn', 'so'],
  ['kp', 'khu pho'],
  ['tdp', 'to dan pho'],
  ['tk', 'tieu khu'],
  ['kv', 'khu vuc'],
]);

/** Hints of the column as the reader of units wants them (settings: `province: '79'`). */
export function readerHints(hints: Hints | undefined): ReaderHints {
  const province = hints?.settings?.province;
  return {
    beforeMerger:
      hints?.codeList === 'gso63' || (hints?.fileDate !== undefined && hints.fileDate < '2025-07-01'),
    province: typeof province === 'string' && unitTables().provinces34.has(province) ? province : null,
  };
}

function normalize(raw: string, hints?: Hints): Normalized {
  if (raw.trim() === '') return { value: null, problems: [] };
  const known = CANONICAL.exec(raw);
  if (known !== null && isKnown(known[1] ?? '', known[2] ?? '')) return asRead(raw, []);
  const reading = readText(raw, hints);
  if (reading.provinces.length === 0) return { value: null, problems: ['unreadable'] };
  const value = `${reading.provinces.join('/')}|${reading.communes.join('/')}|${restOf(reading)}`;
  return asRead(
    value,
    reading.words.text === raw ? problemsOf(reading) : ['encoding', ...problemsOf(reading)],
  );
}

/** Reads the units; a text without any, or in a column of another encoding, is decoded first if that helps. */
function readText(raw: string, hints: Hints | undefined): UnitReading {
  const asWritten = hints?.encoding === undefined ? readUnits(addressWords(raw), readerHints(hints)) : null;
  if (asWritten !== null && asWritten.communes.length > 0) return asWritten;
  const decoded = decodedCell(raw, hints);
  if (asWritten !== null && decoded === raw) return asWritten;
  return readUnits(addressWords(decoded), readerHints(hints));
}

function asRead(value: string, found: readonly string[]): Normalized {
  const split = value.slice(0, value.lastIndexOf('|')).includes('/');
  return split ? { value, problems: found, type: 'split' } : { value, problems: found };
}

function isKnown(provinces: string, communes: string): boolean {
  const { provinces34, communesNew } = unitTables();
  return (
    provinces !== '' &&
    provinces.split('/').every((code) => provinces34.has(code)) &&
    (communes === '' || communes.split('/').every((code) => communesNew.has(code)))
  );
}

function problemsOf(reading: UnitReading): string[] {
  const found: string[] = [];
  const split = reading.communes.length > 1 || reading.provinces.length > 1;
  if (reading.district) found.push('district_dropped');
  if (reading.former && !split) found.push('old_unit');
  if (split) found.push('split_unit');
  if (reading.communes.length === 0) found.push('commune_unknown');
  return found;
}

function restOf({ words: { words }, restEnd }: UnitReading): string {
  const rest: string[] = [];
  for (let i = 0; i < restEnd; i += 1) {
    const word = words[i] ?? '';
    if (word === 'nha' && words[i - 1] === 'so') continue;
    rest.push(REST_WORDS.get(word) ?? word);
  }
  return rest.join(' ');
}

/** Parts of a canonical address. */
export function addressParts(value: string): { provinces: string[]; communes: string[]; rest: string } {
  const [provinces = '', communes = '', rest = ''] = value.split('|');
  const codes = (part: string): string[] => (part === '' ? [] : part.split('/'));
  return { provinces: codes(provinces), communes: codes(communes), rest };
}

function units(value: string): string[] {
  const { provinces, communes } = addressParts(value);
  const either = (names: string[]): string => names.join(' hoặc ');
  return [either(communes.map(communeName)), either(provinces.map(provinceName))];
}

export const address: Normalizer = withNotes({
  kind: 'address',
  labels: { vi: 'Địa chỉ', en: 'Address' },
  problems,
  canonical: null,
  normalize,
  observe: observeText,
  decide: decideText,
  format: (value) => [addressParts(value).rest, ...units(value)].filter((part) => part !== '').join(', '),
  mask: (value) => ['***', ...units(value)].filter((part) => part !== '').join(', '),
});
