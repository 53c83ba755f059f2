/**
 * A province: code or name in the 63 provinces until 30/6/2025 or the 34 since 1/7/2025.
 *
 * Canonical value: 2-digit code of the 34-list; a former province that was divided among several gives
 * `split:40|42`. A code that both lists have always lies, as an old province, within the new province of the same code
 * (24: Bắc Giang, now part of 24 Bắc Ninh), so that the value does not depend on the list; whether it is a former
 * unit does, and is only said when the list is known (hints.codeList `gso63`).
 * Sources: QĐ 19/2025/QĐ-TTg, NQ 202/2025/QH15; rows in data/provinces_*.csv, other names in data/unit_aliases.csv.
 *
 * Examples: `Tỉnh Bắc Giang` → 24 (old_unit); `TPHCM` → 79; `02` → 08 (old_unit); `Nghệ Tĩnh` → split:40|42.
 */
import { addressWords } from './address-words.js';
import { newProvinceOf, provinceName, unitTables } from './admin-units.js';
import { decodedCell, encodingProblems } from './encoded-cell.js';
import type { ColumnFinding, Hints, Normalized, Normalizer, ProblemTable } from './normalizer.js';
import { withNotes } from './notes.js';
import { splitType, unitIndex } from './unit-index.js';
import { unitKey } from './unit-keys.js';
import { readUnits } from './unit-reader.js';

const problems: ProblemTable = {
  ...encodingProblems,
  spelling: {
    reason: null,
    weight: 'none',
    vi: 'ghi bằng tên hoặc viết tắt thay vì mã',
    en: 'written as a name or abbreviation rather than a code',
  },
  lost_zero: { reason: 'format', weight: 'form', vi: 'mã mất số 0 đầu', en: 'code lost its leading zero' },
  old_unit: {
    reason: 'old_unit',
    weight: 'form',
    vi: 'tỉnh cũ, đã chuyển sang tỉnh hiện nay',
    en: 'former province, mapped to the present one',
  },
  split_unit: {
    reason: 'split_unit',
    weight: 'form',
    vi: 'tỉnh cũ đã chia cho nhiều tỉnh, hoặc viết tắt ứng với nhiều tỉnh',
    en: 'the former province was divided, or the abbreviation stands for several',
  },
  unreadable: { reason: 'unreadable', weight: 'blank', vi: 'không có tỉnh này', en: 'no such province' },
};

const SPLIT = /^split:(\d\d(?:\|\d\d)+)$/;

/** Candidates of a province value: one code, or all of a split one. */
export function provinceCodes(value: string): string[] {
  return (SPLIT.exec(value)?.[1] ?? value).split('|');
}

function fromCodes(codes: readonly string[], found: readonly string[]): Normalized {
  const [only] = codes;
  if (only === undefined) return { value: null, problems: ['unreadable'] };
  if (codes.length === 1) return { value: only, problems: found };
  const kept = found.filter((problem) => problem !== 'old_unit');
  return { value: `split:${codes.join('|')}`, problems: [...kept, 'split_unit'], type: 'split' };
}

function fromCode(digits: string, hints: Hints | undefined): Normalized {
  const code = digits.padStart(2, '0').slice(-2);
  const found = digits.length === 1 ? ['lost_zero'] : [];
  const { provinces34, provinces63 } = unitTables();
  const isNew = provinces34.has(code);
  if (isNew && hints?.codeList !== 'gso63') return fromCodes([code], found);
  const now = newProvinceOf(code);
  if (now === null) return { value: null, problems: ['unreadable'] };
  const base = (name = ''): string => splitType(name).base;
  const former = code !== now || base(provinces63.get(code)?.name) !== base(provinces34.get(now)?.name);
  return fromCodes([now], former ? [...found, 'old_unit'] : found);
}

function normalize(raw: string, hints?: Hints): Normalized {
  const decoded = decodedCell(raw, hints);
  const read = normalizeText(decoded.trim(), hints);
  return decoded === raw ? read : { ...read, problems: ['encoding', ...read.problems] };
}

function normalizeText(text: string, hints: Hints | undefined): Normalized {
  if (text === '') return { value: null, problems: [] };
  const split = SPLIT.exec(text)?.[1]?.split('|');
  if (split?.every((code) => unitTables().provinces34.has(code))) {
    return { value: text, problems: [], type: 'split' };
  }
  // Three digits with a leading zero are the place code of an identity number: 001 is Hà Nội.
  const digits = /^'?(0?\d{1,2})(?:\.0)?$/.exec(text)?.[1];
  if (digits !== undefined) return fromCode(digits, hints);
  const key = unitKey(text);
  const hit = unitIndex().provinces.get(key);
  if (hit !== undefined) return fromCodes(hit.codes, hit.former ? ['spelling', 'old_unit'] : ['spelling']);
  const coded = /^(\d\d)\D/.exec(text) === null ? null : unitIndex().provinces.get(key.slice(2));
  if (coded) return fromCodes(coded.codes, coded.former ? ['spelling', 'old_unit'] : ['spelling']);
  const reading = readUnits(addressWords(text), { beforeMerger: false, province: null });
  return fromCodes(reading.provinces, reading.former ? ['spelling', 'old_unit'] : ['spelling']);
}

/** Evidence on the list a column of codes uses: codes that only the old list has, and codes of both. */
function observe(raw: string): readonly string[] {
  const code = /^'?0?(\d{2})$/.exec(raw.trim())?.[1];
  if (code === undefined || newProvinceOf(code) === null) return [];
  return [unitTables().provinces34.has(code) ? 'both_lists' : 'old_list_only'];
}

/** All new codes were old codes too: the new list is shown by many different codes without an old-only one. */
export function decideCodeList(both: number, oldOnly: number, shareOfBoth: number): ColumnFinding {
  const all = both + oldOnly;
  if (all > 0 && oldOnly / all >= 0.1) {
    return { hints: { codeList: 'gso63' }, confidence: { codeList: Math.min(1, 0.5 + oldOnly / all) } };
  }
  const confidence = (1 - shareOfBoth ** both) * (all === 0 ? 0 : both / all);
  return confidence >= 0.95
    ? { hints: { codeList: 'gso34' }, confidence: { codeList: confidence } }
    : NOTHING;
}
const NOTHING: ColumnFinding = { hints: {}, confidence: {} };

export const province: Normalizer = withNotes({
  kind: 'province',
  labels: { vi: 'Tỉnh, thành phố', en: 'Province' },
  problems,
  canonical: '01|04|08|1[1245]|19|2[0245]|3[1378]|4[02468]|5[126]|6[68]|7[59]|8[026]|9[126]',
  normalize,
  format: (value) => provinceCodes(value).map(provinceName).join(' hoặc '),
  mask: (value) => provinceCodes(value).map(provinceName).join(' hoặc '),
  observe,
  decide: (counts) => decideCodeList(counts.both_lists ?? 0, counts.old_list_only ?? 0, 34 / 63),
});
