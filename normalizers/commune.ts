/**
 * A commune (xã, phường, thị trấn, đặc khu): code or name in the lists before or after 1/7/2025.
 *
 * Canonical value: 5-digit code of the list of 3,321 communes; a unit that was divided gives its candidates,
 * `split:00008|00025`. 3,315 of the new codes were old codes too, 1,836 of them of a unit with another name, so which
 * list a code column uses is decided from the whole column (hints.codeList). Without evidence a code of the present
 * list is read as such, which is said by the problem `code_list_assumed` where the old list would give another answer.
 * Names need their province (`Xã A, Huyện B, Tỉnh C`, or the sector setting `province: '79'`) unless unique.
 * Sources: see admin-units.ts. Example: `Phường Cống Vị, Quận Ba Đình, TP Hà Nội` → `split:00008|00025`.
 */

import { readerHints } from './address.js';
import { addressWords } from './address-words.js';
import { communeName, newCommunesOf, unitTables } from './admin-units.js';
import { decodedCell, encodingProblems } from './encoded-cell.js';
import type { Hints, Normalized, Normalizer, ProblemTable } from './normalizer.js';
import { withNotes } from './notes.js';
import { decideCodeList } from './province.js';
import { splitType } from './unit-index.js';
import { readUnits } from './unit-reader.js';

const problems: ProblemTable = {
  ...encodingProblems,
  spelling: {
    reason: null,
    weight: 'none',
    vi: 'ghi bằng tên thay vì mã',
    en: 'written as a name, not a code',
  },
  district_dropped: {
    reason: null,
    weight: 'none',
    vi: 'bỏ cấp huyện (không còn từ 1/7/2025)',
    en: 'district level left out (abolished on 1/7/2025)',
  },
  code_list_assumed: {
    reason: null,
    weight: 'none',
    vi: 'mã có trong cả hai danh mục, đọc theo danh mục hiện hành',
    en: 'the code is in both lists; read by the present one',
  },
  lost_zero: { reason: 'format', weight: 'form', vi: 'mã mất số 0 đầu', en: 'code lost its leading zeros' },
  old_unit: {
    reason: 'old_unit',
    weight: 'form',
    vi: 'xã cũ, đã chuyển sang xã hiện nay',
    en: 'former commune, mapped to the present one',
  },
  split_unit: {
    reason: 'split_unit',
    weight: 'form',
    vi: 'xã cũ đã chia cho nhiều xã, hoặc tên ứng với nhiều xã',
    en: 'the former commune was divided, or several bear the name',
  },
  unreadable: {
    reason: 'unreadable',
    weight: 'blank',
    vi: 'không xác định được xã, phường, đặc khu',
    en: 'no commune can be told from it',
  },
};

const SPLIT = /^split:(\d{5}(?:\|\d{5})+)$/;

/** Candidates of a commune value: one code, or all of a split one. */
export function communeCodes(value: string): string[] {
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
  const code = digits.padStart(5, '0');
  const found = digits.length < 5 ? ['lost_zero'] : [];
  const { communesNew, communesOld, altCodes } = unitTables();
  const oldTargets = newCommunesOf([code]);
  if (communesNew.has(code) && hints?.codeList !== 'gso63') {
    const sameEitherWay = oldTargets.length === 0 || (oldTargets.length === 1 && oldTargets[0] === code);
    const assumed = !sameEitherWay && hints?.codeList !== 'gso34';
    return fromCodes([code], assumed ? [...found, 'code_list_assumed'] : found);
  }
  const renumbered = altCodes.get(code);
  if (renumbered !== undefined && hints?.codeList === 'gso34') return fromCodes([renumbered], found);
  const [only] = oldTargets;
  if (only === undefined) return fromCodes(communesNew.has(code) ? [code] : [], found);
  const former = communesOld.get(code)?.name ?? '';
  const same =
    only === code && oldTargets.length === 1 && splitType(former).base === splitType(communeName(only)).base;
  return fromCodes(oldTargets, same ? found : [...found, 'old_unit']);
}

function normalize(raw: string, hints?: Hints): Normalized {
  const decoded = decodedCell(raw, hints);
  const read = normalizeText(decoded.trim(), hints);
  return decoded === raw ? read : { ...read, problems: ['encoding', ...read.problems] };
}

function normalizeText(text: string, hints: Hints | undefined): Normalized {
  if (text === '') return { value: null, problems: [] };
  const split = SPLIT.exec(text)?.[1]?.split('|');
  if (split?.every((code) => unitTables().communesNew.has(code))) {
    return { value: text, problems: [], type: 'split' };
  }
  const digits = /^'?(\d{2,5})(?:\.0)?$/.exec(text)?.[1];
  if (digits !== undefined) return fromCode(digits, hints);
  const reading = readUnits(addressWords(text), readerHints(hints));
  const found = ['spelling'];
  if (reading.district) found.push('district_dropped');
  if (reading.former) found.push('old_unit');
  return fromCodes(reading.communes, found);
}

function observe(raw: string): readonly string[] {
  const code = /^'?(\d{5})$/.exec(raw.trim())?.[1];
  if (code === undefined) return [];
  const { communesNew, communesOld } = unitTables();
  if (communesNew.has(code)) return ['both_lists'];
  return communesOld.has(code) ? ['old_list_only'] : [];
}

export const commune: Normalizer = withNotes({
  kind: 'commune',
  labels: { vi: 'Xã, phường, đặc khu', en: 'Commune' },
  problems,
  canonical: null,
  normalize,
  format: (value) => communeCodes(value).map(withProvince).join(' hoặc '),
  mask: (value) => communeCodes(value).map(withProvince).join(' hoặc '),
  observe,
  decide: (counts) => decideCodeList(counts.both_lists ?? 0, counts.old_list_only ?? 0, 3315 / 10047),
});

function withProvince(code: string): string {
  const { communesNew, provinces34 } = unitTables();
  const parent = provinces34.get(communesNew.get(code)?.parent ?? '')?.name;
  return parent === undefined ? communeName(code) : `${communeName(code)}, ${parent}`;
}
