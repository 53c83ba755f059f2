// Sex as registered: `M` (Nam) or `F` (Nữ).
//
// How it is written: words, letters, or digits of a code list. Lists differ by system: 1 male, 2 female, 0 not given
// (exchange format QCVN 109:2017/BTTTT), 0 and 1 in insurance and hospital exports, either way round. Which list a column
// uses is decided once, from the sector's setting `code_list`, the job, or a 2 among its values; without that a digit is a
// problem, not a guess. A column whose cross means one sex has the list `x=F`.
// Sources: QCVN 109:2017/BTTTT, field GioiTinh. Examples: `Nữ`, `nu`, `N÷` (TCVN3), `female`, `bà` → `F`; `1` with `1=M,2=F` → `M`.
import type { ColumnFinding, Hints, Normalized, Normalizer } from './normalizer.js';
import { withNotes } from './notes.js';

type Code = 'M' | 'F';

/** Usual words, without marks; these need no problem. */
const USUAL: Readonly<Record<string, Code>> = { nam: 'M', m: 'M', f: 'F', male: 'M', female: 'F' };
const NU = 'nữ';
/** Other words that can mean one sex only, without marks. */
const WORDS: Readonly<Record<string, Code>> = {
  nu: 'F',
  'gioi tinh nam': 'M',
  'gioi tinh nu': 'F',
  'nam gioi': 'M',
  'nu gioi': 'F',
  'dan ong': 'M',
  'phu nu': 'F',
  'dan ba': 'F',
  trai: 'M',
  gai: 'F',
  'con trai': 'M',
  'con gai': 'F',
  'be trai': 'M',
  'be gai': 'F',
  ong: 'M',
  ba: 'F',
  anh: 'M',
  chi: 'F',
  mr: 'M',
  mrs: 'F',
  ms: 'F',
  man: 'M',
  woman: 'F',
  boy: 'M',
  girl: 'F',
};
/** “Nữ” in TCVN3, VNI, UTF-8 read as Windows-1252 once and twice, VIQR, Telex, VNI typing. */
const DAMAGED_NU = new Set(['n÷', 'nöõ', 'ná»¯', 'nã¡â»â¯', 'nu+~', 'nuwx', 'nu74', 'nwx', 'n?', 'n�']);
const NOT_GIVEN = new Set([
  'khac',
  'other',
  'khong ro',
  'khong xac dinh',
  'chua ro',
  'chua xac dinh',
  'unknown',
  'u',
  'null',
  'none',
  'nan',
  'n/a',
  'na',
  '-',
  '?',
]);

const NO_PROBLEMS: readonly string[] = [];
const NO_HINTS: Hints = {};

export const sex: Normalizer = withNotes({
  kind: 'sex',
  labels: { vi: 'Giới tính', en: 'Sex' },
  problems: {
    code: {
      reason: null,
      weight: 'none',
      vi: 'Mã theo bảng mã của cột',
      en: 'A code of the column’s code list',
    },
    wording: { reason: 'format', weight: 'form', vi: 'Ghi bằng từ khác', en: 'Another word' },
    marks_missing: { reason: 'format', weight: 'form', vi: 'Thiếu dấu (Nu)', en: 'Without marks (Nu)' },
    encoding: { reason: 'format', weight: 'form', vi: 'Lỗi bảng mã chữ', en: 'Damaged encoding' },
    unknown_code: {
      reason: 'missing',
      weight: 'blank',
      vi: 'Mã số không rõ theo bảng mã nào',
      en: 'A digit, and no telling by which code list',
    },
    not_given: {
      reason: 'missing',
      weight: 'blank',
      vi: 'Ghi là không rõ hoặc khác',
      en: 'Says unknown or other',
    },
    unreadable: { reason: 'missing', weight: 'blank', vi: 'Không đọc được', en: 'Not readable' },
  },
  canonical: '[MF]',
  normalize,
  format: (value) => (value === 'M' ? 'Nam' : 'Nữ'),
  mask: () => '*',
  observe,
  decide,
});

/** In: any string. Out: `M`, `F`, or null with the reason why not. Source of the rules: file header. */
function normalize(raw: string, hints: Hints = NO_HINTS): Normalized {
  if (raw === 'M' || raw === 'F') return { value: raw, problems: NO_PROBLEMS };
  const text = raw
    .normalize('NFC')
    .replace(/[\u200B-\u200F\u2060\uFEFF"'’]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{L})[ .:;,]+$/u, '')
    .trim()
    .toLowerCase();
  if (text === '') return { value: null, problems: NO_PROBLEMS };
  if (/^\d{1,2}(?:[.,]0+)?$/.test(text) || text === 'x') return readCode(text.replace(/[.,]0+$/, ''), hints);
  if (text === NU) return { value: 'F', problems: NO_PROBLEMS };
  if (DAMAGED_NU.has(text)) return { value: 'F', problems: ['encoding'] };
  return readWord(text);
}

function readWord(text: string): Normalized {
  const folded = text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd');
  const usual = Object.hasOwn(USUAL, folded) ? USUAL[folded] : undefined;
  if (usual !== undefined && folded === text) return { value: usual, problems: NO_PROBLEMS };
  if (folded === 'nu') return { value: 'F', problems: ['marks_missing'] };
  if (Object.hasOwn(WORDS, folded)) return { value: WORDS[folded]!, problems: ['wording'] };
  return { value: null, problems: [NOT_GIVEN.has(folded) ? 'not_given' : 'unreadable'] };
}

/** Only the column's own list says what a digit (or a cross) means. */
function readCode(code: string, hints: Hints): Normalized {
  const list = hints.codeList ?? hints.settings?.code_list;
  if (typeof list !== 'string') return { value: null, problems: ['unknown_code'] };
  for (const entry of list.split(',')) {
    const [key, meaning] = entry.split('=').map((part) => part.trim().toUpperCase());
    if (key !== undefined && key.padStart(2, '0') === code.toUpperCase().padStart(2, '0')) {
      const value = meaning === 'NAM' ? 'M' : meaning === 'NU' || meaning === 'NỮ' ? 'F' : meaning;
      if (value === 'M' || value === 'F') return { value, problems: ['code'] };
    }
  }
  return { value: null, problems: [code === '0' && list.includes('2') ? 'not_given' : 'unknown_code'] };
}

function observe(raw: string): readonly string[] {
  const code = /^\s*0?(\d)(?:[.,]0+)?\s*$/.exec(raw)?.[1];
  return code === undefined ? NO_PROBLEMS : [`code_${code}`];
}

/** A 2 occurs in one list only, that of QCVN 109; 0 with 1 means either way round, so that nothing is decided. */
function decide(counts: Readonly<Record<string, number>>): ColumnFinding {
  const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
  const inList = (counts.code_0 ?? 0) + (counts.code_1 ?? 0) + (counts.code_2 ?? 0);
  if ((counts.code_2 ?? 0) === 0 || inList < total) return { hints: {}, confidence: {} };
  return { hints: { codeList: '1=M,2=F' }, confidence: { codeList: inList / total } };
}
