/**
 * Keys under which names of administrative units are found, whatever their case, marks, spaces and tone style:
 * 'Phường Yên Hòa' = 'PHUONG YEN HOÀ' → `phuongyenhoa`; 'Phường 01' → `phuong1`; "Cư M'gar" → `cumgar`.
 */

/** Lower-case ASCII letter or digit of a UTF-16 unit; 0: separates words; 1: belongs to the word but is not written. */
const FOLDED = new Uint8Array(0x10000);
const SEPARATES = 0;
const SILENT = 1;

function foldedUnit(code: number): number {
  const char = String.fromCharCode(code);
  if (/[đĐðÐɖƉ]/.test(char)) return 100;
  if (/[\p{Mn}'’‘ʼˈ`´\u00AD\u200B-\u200F\u2060\uFEFF]/u.test(char)) return SILENT;
  const base = char.normalize('NFKD').charAt(0).toLowerCase();
  return /^[a-z0-9]$/.test(base) ? base.charCodeAt(0) : SEPARATES;
}
for (let code = 0; code < 0x10000; code += 1) {
  // Beyond Latin only full-width forms fold; the surrogates and all other scripts separate words.
  if (code < 0x370 || (code >= 0x1e00 && code < 0x2070) || (code >= 0xfe00 && code < 0xffe0)) {
    FOLDED[code] = foldedUnit(code);
  }
}

/** What a UTF-16 unit is worth in a key: 0 separates words, 1 is silent, else an ASCII code. */
export function foldedCode(code: number): number {
  return FOLDED[code] ?? SEPARATES;
}

/** Letters and digits without marks, lower case, words joined by one space. */
export function foldWords(text: string): string {
  let folded = '';
  let gap = false;
  for (let i = 0; i < text.length; i += 1) {
    const code = FOLDED[text.charCodeAt(i)] ?? SEPARATES;
    if (code === SILENT) continue;
    if (code === SEPARATES) {
      gap = folded !== '';
      continue;
    }
    folded += gap ? ` ${String.fromCharCode(code)}` : String.fromCharCode(code);
    gap = false;
  }
  return folded;
}

/** Key of a unit's name: folded, without spaces, numbers without leading zeros. */
export function unitKey(text: string): string {
  return foldWords(text)
    .replace(/(^|\D)0+(?=\d)/g, '$1')
    .replaceAll(' ', '');
}

/** Key that keeps the marks but not their place in the word, so that only the tone style is forgiven. */
export function markedKey(text: string): string {
  const words = text
    .replace(/[ðÐɖƉ]/g, 'đ')
    .toLowerCase()
    .normalize('NFD')
    .split(/[^\p{L}\p{N}\p{M}]+/u);
  return words
    .map((word) => word.replace(/\p{M}/gu, '') + (word.match(/\p{M}/gu) ?? []).sort().join(''))
    .join(' ');
}
