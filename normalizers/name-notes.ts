// What registers write into a name cell beside the name: forms of address, titles, notes, and words that say there is no name.
//
// A form of address goes only when a whole name follows it, because Ông and Bà are family names too (Hoa, Chăm) and Anh, Em, Bé
// are given names: the next word must stand as surname at least three times as often as as middle name in the name counts.
// Sources: data/name_words.csv for those counts; data/name_notes.csv, general knowledge of Vietnamese registers.
//
// Example: withoutHonorific(['Ông', 'Nguyễn', 'Văn', 'An']) drops one word; ['Ông', 'Thị', 'Mai'] keeps all.
import { readTable } from './data-table.js';
import { nameWordCounts } from './name-words.js';
import { hasMarks } from './vietnamese-letters.js';

const words = (role: string, marks?: string): string[] =>
  readTable('name_notes.csv')
    .filter((row) => row[1] === role && (marks ?? row[2]) === row[2])
    .map(([text = '']) => text);

const ADDRESS: ReadonlySet<string> = new Set(words('address', 'written'));
// In a cell without any mark; the others are family names or given names without their marks (Chu, Châu, Cù).
const ADDRESS_BARE: ReadonlySet<string> = new Set(words('address', 'bare'));

// Written with a stop, a slash or a colon, these are never part of a name.
const TITLE =
  /^(?:(?:ông|bà|ong|ba)\s*[/(]\s*(?:ông|bà|ong|ba)\s*\)?|ô\.?\s*\/\s*b|(?:ông|bà|anh|chị|cô|ong|họ (?:và )?tên|họ tên|ho (?:va )?ten|ho ten)\s*:|đ\/c|đồng chí|dong chi|(?:mr|mrs|ms|miss|dr)\b|(?:pgs|gs|ts|ths|bs|bác sĩ|ks|cn|ls|lm|ht|tt)\s*\.(?:\s*(?:ts|ths|bs|ck[i12]+)\s*\.)*|ô\.(?=\s*\p{Lu}\p{L}+\s+\p{L}))[\s.:]*/iu;

interface Note {
  /** Without this no match is possible; cheaper to look for. */
  readonly needs: RegExp;
  readonly pattern: RegExp;
}

// Letters beyond ASCII are no word characters to \b, hence the look-arounds.
const NOTES: readonly Note[] = [
  { needs: /[([{（【]/, pattern: /[([{（【][^)\]}）】]*[)\]}）】]/gu },
  { needs: /\s[([{（【]/, pattern: /\s[([{（【][^)\]}）】]*$/u },
  {
    needs: /\d/,
    pattern:
      /(?<!\p{L})(?:sn|ns|sinh năm|sinh nam|năm sinh|nam sinh|sinh ngày|sinh ngay|d\.o\.b|dob)[\s.:]*\d[\d/.-]*\s*$/iu,
  },
  {
    needs: /\d/,
    pattern: /(?<!\p{L})(?:đt|dt|sđt|sdt|tel|cmnd|cccd|mst|số|so)[\s.:]*\d{3}[\d. ]*$/iu,
  },
  {
    needs: /[,;]| [-–]/,
    pattern:
      /(?:\s[-–]|[,;])\s?(?:chủ hộ|chu ho|vợ|chồng|con|cháu|bố|mẹ|đã chết|da chet|đã mất|da mat|con ông|con bà|chuyển đi|tạm trú|thường trú|hộ nghèo)(?!\p{L}).*$/iu,
  },
  { needs: /\d/, pattern: /(?<=\p{L}) \d+\s*$/u },
];

// Those without marks are only such as cannot be somebody's name without marks ("vo danh" may be Võ Danh).
const NO_NAME_SET: ReadonlySet<string> = new Set(words('no_name'));

/** Words with which such a cell can begin: a name that starts with one is looked at more closely. In small letters. */
export const SUSPECT_FIRST_WORDS: ReadonlySet<string> = new Set([
  ...ADDRESS,
  ...ADDRESS_BARE,
  ...[...NO_NAME_SET].map((phrase) => phrase.split(' ')[0] ?? ''),
  ...'test ths đồng dong nan na'.split(' '),
  ...'aeiouyàáảãạ',
]);

/** The text without bracketed remarks, birth years, phone numbers and family roles at its end; the same string if none. */
export function withoutNotes(text: string): string {
  let out = text;
  for (const { needs, pattern } of NOTES) if (needs.test(out)) out = out.replace(pattern, ' ');
  if (out === text) return text;
  if (/\p{L}/u.test(out)) return out.trim();
  const inside = /[([{（【]([^)\]}）】]*)/u.exec(text)?.[1] ?? '';
  return /\p{L}/u.test(inside) ? inside : text;
}

/** The text without a title that is marked as one by punctuation ("Ông:", "Ô/B", "Mr.", "PGS.TS."). */
export function withoutTitle(text: string): string {
  if (!/[/:.(]|^ *(?:m[rsi]|dr|đồng|dong)/i.test(text)) return text;
  let out = text;
  for (
    let rest = out.replace(TITLE, '');
    rest !== out && /\p{L}/u.test(rest);
    rest = out.replace(TITLE, '')
  ) {
    out = rest;
  }
  return out;
}

function looksLikeSurname(word: string): boolean {
  const { surname, middle } = nameWordCounts(word);
  return surname >= 30 && surname >= 3 * middle;
}

/** How many words must follow for this one to be a form of address; null: it is none. */
function wordsBehindAddress(word: string, bare: boolean): number | null {
  const small = word.toLowerCase();
  if (ADDRESS.has(small)) return 2;
  // Ong is a family name too, and `ONG CAO NAM` may be his whole name.
  return bare && ADDRESS_BARE.has(small) ? 3 : null;
}

/** The words without leading forms of address; the same list if there is none before a whole name. */
export function withoutHonorific(words: readonly string[]): readonly string[] {
  const bare = !words.some(hasMarks);
  let from = 0;
  for (;;) {
    const behind = wordsBehindAddress(words[from] ?? '', bare);
    if (behind === null || from + behind >= words.length) break;
    from++;
  }
  return from > 0 && looksLikeSurname(words[from] ?? '') ? words.slice(from) : words;
}

/** No letter at all, one letter (again and again), a word of testing with or without numbers. */
const NO_NAME_SHAPE = /^(?:\P{L}*|[a-z]|([a-z])\1+|(?:(?:test|abc|xyz|asdf)\s*\d*\s*)+)$/u;

/** True for a cell that says that there is no name. In: the cell without superfluous spaces and punctuation, case as written. */
export function saysNoName(cell: string): boolean {
  const small = cell.toLowerCase();
  // What programs write for an empty value; "Na" and "Nan" may be somebody's name.
  if (cell.length <= 3 && /^(?:NA|NaN|nan|N[ /]A|n[ /]a)$/.test(cell)) return true;
  return NO_NAME_SET.has(small) || NO_NAME_SHAPE.test(small);
}
