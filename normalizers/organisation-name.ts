/**
 * Name of an organisation: company, school, agency, co-operative.
 *
 * Canonical value: capitals with marks, NFC, single spaces, quotation marks left out, type of company and usual
 * abbreviations written out, so that `Cty TNHH MTV An Bình` = `CÔNG TY TNHH MỘT THÀNH VIÊN AN BÌNH`.
 * Source: company types of the Enterprise Law 59/2020/QH14 (Trách nhiệm hữu hạn, Cổ phần, Hợp danh, tư nhân); the
 * abbreviations are usage.
 */
import { decideText, decodedCell, encodingProblems, observeText } from './encoded-cell.js';
import type { Hints, Normalized, Normalizer } from './normalizer.js';
import { withNotes } from './notes.js';
import { tidyCell, writingProblems } from './plain-cell.js';
import { isSyllable } from './vietnamese-text.js';

/** At the beginning only. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/^(?:CTY|C\.TY|CÔNGTY|CONG TY|CÔNG TI|CTTNHH(?= )|CT(?= (?:TNHH|CP|CỔ PHẦN)))\.? ?/u, 'CÔNG TY '],
  [/^CTCP /u, 'CÔNG TY CỔ PHẦN '],
  [/^CÔNG TY CP /u, 'CÔNG TY CỔ PHẦN '],
  [/^CÔNG TY HD /u, 'CÔNG TY HỢP DANH '],
  [/^CÔNG TY CO PHAN /u, 'CÔNG TY CỔ PHẦN '],
  [/^CÔNG TY (?:TRÁCH NHIỆM HỮU HẠN|TRACH NHIEM HUU HAN) /u, 'CÔNG TY TNHH '],
  [/^DNTN /u, 'DOANH NGHIỆP TƯ NHÂN '],
  [/^HTX /u, 'HỢP TÁC XÃ '],
  [/^CN /u, 'CHI NHÁNH '],
  [/^VPĐD /u, 'VĂN PHÒNG ĐẠI DIỆN '],
  [/^UBND /u, 'ỦY BAN NHÂN DÂN '],
  [/^(?:TRƯỜNG )?THPT /u, 'TRƯỜNG TRUNG HỌC PHỔ THÔNG '],
  [/^(?:TRƯỜNG )?THCS /u, 'TRƯỜNG TRUNG HỌC CƠ SỞ '],
  [/^BV /u, 'BỆNH VIỆN '],
];

/** Anywhere, as whole words. */
const WORDS: Readonly<Record<string, string>> = {
  MTV: 'MỘT THÀNH VIÊN',
  XNK: 'XUẤT NHẬP KHẨU',
  TM: 'THƯƠNG MẠI',
  DV: 'DỊCH VỤ',
  SX: 'SẢN XUẤT',
  XD: 'XÂY DỰNG',
  TMDV: 'THƯƠNG MẠI DỊCH VỤ',
  SXTM: 'SẢN XUẤT THƯƠNG MẠI',
};

/** The new place of a tone mark (`UỶ`, `HOÀ`) as the old one at the end of a syllable: `ỦY`, `HÒA`. */
const TONES: Readonly<Record<string, string>> = { UỶ: 'ỦY', UÝ: 'ÚY', UỲ: 'ÙY', UỴ: 'ỤY', UỸ: 'ŨY' };

function oldTonePlace(upper: string): string {
  return upper
    .replace(/(?<!Q)U[ỶÝỲỴỸ](?!\p{L})/gu, (pair) => TONES[pair] ?? pair)
    .replace(/O([ÀÁẢÃẠ])(?!\p{L})/gu, (_, a: string) => `${'ÒÓỎÕỌ'['ÀÁẢÃẠ'.indexOf(a)]}A`)
    .replace(/O([ÈÉẺẼẸ])(?!\p{L})/gu, (_, e: string) => `${'ÒÓỎÕỌ'['ÈÉẺẼẸ'.indexOf(e)]}E`);
}

/** What registered names themselves abbreviate: law 59/2020, article 37 (TNHH, CP, HD, DNTN); MTV, UBND, THPT, THCS by usage. */
function usualWrittenOut(upper: string): string {
  return upper
    .replace(/^CÔNG TY CP /u, 'CÔNG TY CỔ PHẦN ')
    .replace(/^CÔNG TY TRÁCH NHIỆM HỮU HẠN /u, 'CÔNG TY TNHH ')
    .replace(/^CÔNG TY HD /u, 'CÔNG TY HỢP DANH ')
    .replace(/^DNTN /u, 'DOANH NGHIỆP TƯ NHÂN ')
    .replace(/^UBND /u, 'ỦY BAN NHÂN DÂN ')
    .replace(/^TRƯỜNG THPT /u, 'TRƯỜNG TRUNG HỌC PHỔ THÔNG ')
    .replace(/^TRƯỜNG THCS /u, 'TRƯỜNG TRUNG HỌC CƠ SỞ ')
    .replace(/(?<!\p{L})MTV(?!\p{L})/gu, 'MỘT THÀNH VIÊN');
}

function writtenOut(upper: string): string {
  let name = upper;
  for (const [pattern, full] of TYPES) name = name.replace(pattern, full);
  name = name.replace(/[\p{L}]+/gu, (word) => WORDS[word] ?? word);
  return name.replace(/ +/g, ' ').trim();
}

/** In capitals and written out, a name may show that a part of it is in another encoding still: read until nothing changes. */
function normalize(raw: string, hints?: Hints): Normalized {
  let read = readOnce(raw, hints);
  for (let i = 0; i < 3 && read.value !== null && mayHideEncoding(read.value); i += 1) {
    const again = readOnce(read.value, undefined);
    if (again.value === read.value) break;
    read = { value: again.value, problems: [...new Set([...read.problems, ...again.problems])] };
  }
  return read;
}

/** Where every word is Vietnamese as it stands, or an abbreviation, there is nothing to decode. */
function mayHideEncoding(name: string): boolean {
  if (!/[^\x00-\x7F]/.test(name)) return false;
  const words = name.toLowerCase().split(/[\x00-`{-\x7f]+/);
  return !words.every((word) => /^[a-z]{0,4}$/.test(word) || isSyllable(word));
}

function readOnce(raw: string, hints: Hints | undefined): Normalized {
  const decoded = decodedCell(raw, hints);
  const { text, problems } = tidyCell(decoded);
  if (decoded !== raw) problems.push('encoding');
  if (text === '') return { value: null, problems: [] };
  const upper = text.toUpperCase().normalize('NFC');
  if (upper !== text) problems.push('case');
  const bare = upper
    .replace(/["“”«»]/g, '')
    .replace(/ +/g, ' ')
    .replace(/[ .,;-]+$/, '')
    .trim();
  if (bare !== upper) problems.push('punctuation');
  if (!/[\p{L}\p{N}]/u.test(bare)) return { value: null, problems: ['unreadable'] };
  const placed = oldTonePlace(bare);
  if (placed !== bare) problems.push('tone_place');
  const full = oldTonePlace(writtenOut(placed)).normalize('NFC');
  if (full === placed) return { value: full, problems };
  const usual = oldTonePlace(usualWrittenOut(placed)).normalize('NFC') === full;
  return { value: full, problems: [...problems, usual ? 'usual_abbreviation' : 'abbreviation'] };
}

export const organisationName: Normalizer = withNotes({
  kind: 'organisation-name',
  labels: { vi: 'Tên tổ chức', en: 'Organisation name' },
  problems: {
    ...writingProblems,
    ...encodingProblems,
    punctuation: { reason: null, weight: 'none', vi: 'dấu câu', en: 'punctuation' },
    tone_place: { reason: 'format', weight: 'form', vi: 'vị trí dấu thanh', en: 'place of the tone mark' },
    usual_abbreviation: {
      reason: null,
      weight: 'none',
      vi: 'viết tắt loại hình như trong tên đăng ký (TNHH, CP, MTV)',
      en: 'type of company abbreviated as registered names have it (TNHH, CP, MTV)',
    },
    abbreviation: {
      reason: 'format',
      weight: 'form',
      vi: 'viết tắt loại hình, ngành nghề',
      en: 'abbreviated type or trade',
    },
    unreadable: { reason: 'invalid', weight: 'blank', vi: 'không phải tên', en: 'not a name' },
  },
  canonical: null,
  normalize,
  observe: observeText,
  decide: decideText,
  format: (value) => value,
  mask: (value) => value.replace(/(\S)\S*/gu, '$1***'),
});
