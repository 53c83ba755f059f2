/**
 * A province in the list of 63 that was in force until 30/6/2025, for figures by the former provinces.
 *
 * Canonical value: 2-digit code of the 63-list; what only says a merged province of today gives the former ones it was made of,
 * `split:35|36|37`. Ninh Bình and 24 are in both lists and do not mean the same: where the column is known to use the list of 34
 * (hints.codeList `gso34`), they are read by it, else as the former province of that name or code.
 * Sources: as for province.ts. Examples: `Hà Nam` → 35; `TP. Bắc Giang`, `24` → 24; `24` (gso34) → split:24|27.
 */
import { unitTables } from './admin-units.js';
import { lazy } from './data-table.js';
import { decodedCell, encodingProblems } from './encoded-cell.js';
import type { Hints, Normalized, Normalizer, ProblemTable } from './normalizer.js';
import { withNotes } from './notes.js';
import { decideCodeList, province, provinceCodes } from './province.js';
import { splitType, unitIndex } from './unit-index.js';
import { unitKey } from './unit-keys.js';

const problems: ProblemTable = {
  ...encodingProblems,
  spelling: province.problems.spelling!,
  lost_zero: province.problems.lost_zero!,
  split_unit: {
    reason: null,
    weight: 'none',
    vi: 'chỉ cho biết tỉnh hiện nay, gồm nhiều tỉnh cũ',
    en: 'says only the province of today, which was made of several',
  },
  unreadable: province.problems.unreadable!,
};

/** Former provinces that each province of today was made of, in the order of their codes. */
const formerOf = lazy(() => {
  const made = new Map<string, string[]>();
  for (const [old, now] of unitTables().provinceChanges)
    made.set(now, [...(made.get(now) ?? []), old].sort());
  return made;
});

/** The former province that bore the name of a province of today. */
const sameName = lazy(() => {
  const { provinces34, provinces63 } = unitTables();
  const base = (name: string) => splitType(name).base;
  const former = new Map([...provinces63.values()].map(({ code, name }) => [base(name), code]));
  return new Map([...provinces34.values()].map(({ code, name }) => [code, former.get(base(name)) ?? null]));
});

function fromCodes(codes: readonly string[], found: readonly string[]): Normalized {
  const [only] = codes;
  if (only === undefined) return { value: null, problems: ['unreadable'] };
  if (codes.length === 1) return { value: only, problems: found };
  return { value: `split:${codes.join('|')}`, problems: [...found, 'split_unit'], type: 'split' };
}

/** Former provinces within provinces of today. */
function formerWithin(now: readonly string[]): string[] {
  return now.flatMap((code) => formerOf().get(code) ?? []).sort();
}

function normalize(raw: string, hints?: Hints): Normalized {
  const decoded = decodedCell(raw, hints);
  const read = normalizeText(decoded.trim(), hints);
  return decoded === raw ? read : { ...read, problems: ['encoding', ...read.problems] };
}

function normalizeText(text: string, hints: Hints | undefined): Normalized {
  if (text === '') return { value: null, problems: [] };
  const { provinces34, provinces63 } = unitTables();
  const codes = text.startsWith('split:') ? provinceCodes(text) : [];
  if (codes.length > 1 && codes.every((code) => provinces63.has(code))) {
    return { value: text, problems: [], type: 'split' };
  }
  const digits = /^'?(0?\d{1,2})(?:\.0)?$/.exec(text)?.[1];
  if (digits !== undefined) {
    const code = digits.padStart(2, '0').slice(-2);
    const found = digits.length === 1 ? ['lost_zero'] : [];
    if (hints?.codeList === 'gso34' && provinces34.has(code)) return fromCodes(formerWithin([code]), found);
    return fromCodes(provinces63.has(code) ? [code] : [], found);
  }
  return fromName(text, hints);
}

function fromName(text: string, hints: Hints | undefined): Normalized {
  const key = unitKey(text);
  const hit = unitIndex().provinces.get(/^\d\d\D/.test(text) ? key.slice(2) : key);
  if (hit === undefined) {
    const now = province.normalize(text, hints).value;
    return fromCodes(now === null ? [] : formerWithin(provinceCodes(now)), ['spelling']);
  }
  const today = hints?.codeList === 'gso34' && !hit.former;
  const old = hit.old ?? (hit.former ? null : (sameName().get(hit.codes[0] ?? '') ?? null));
  return fromCodes(old === null || today ? formerWithin(hit.codes) : [old], ['spelling']);
}

/** Evidence on the list: codes and names that only the former list has, and those of both. */
function observe(raw: string): readonly string[] {
  const text = raw.trim();
  const code = /^'?0?(\d{2})$/.exec(text)?.[1];
  if (code !== undefined) {
    if (!unitTables().provinces63.has(code)) return [];
    return [unitTables().provinces34.has(code) ? 'both_lists' : 'old_list_only'];
  }
  const hit = unitIndex().provinces.get(unitKey(text));
  if (hit === undefined) return [];
  return [hit.former ? 'old_list_only' : 'both_lists'];
}

function format(value: string): string {
  const { provinces63 } = unitTables();
  return provinceCodes(value)
    .map((code) => provinces63.get(code)?.name ?? code)
    .join(' hoặc ');
}

export const formerProvince: Normalizer = withNotes({
  kind: 'former-province',
  labels: { vi: 'Tỉnh, thành phố trước 1/7/2025 (63)', en: 'Province before 1/7/2025 (63)' },
  problems,
  canonical: null,
  normalize,
  format,
  mask: format,
  observe,
  decide: (counts) => decideCodeList(counts.both_lists ?? 0, counts.old_list_only ?? 0, 34 / 63),
});

/** Former provinces that a commune of today took land of; none if there is no such commune. */
export function formerProvincesOfCommune(code: string): readonly string[] {
  return [...(communeOrigins().get(code) ?? [])].sort();
}

const communeOrigins = lazy(() => {
  const { communeChanges, communesOld, districts } = unitTables();
  const origins = new Map<string, Set<string>>();
  for (const [old, now] of communeChanges) {
    const district = old.startsWith('D') ? old.slice(1) : (communesOld.get(old)?.parent ?? '');
    const from = districts.get(district)?.parent;
    if (from === undefined) continue;
    for (const code of now) origins.set(code, (origins.get(code) ?? new Set()).add(from));
  }
  return origins;
});
