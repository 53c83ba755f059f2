// The letters of Vietnamese writing (quốc ngữ): 29 letters, of which 12 are vowels; each vowel carries one of six tones,
// which gives the 134 marked letters (67 small, 67 capital) that have a code of their own in Unicode.
//
// A marked letter is a base (a), a quality mark that makes another letter of the alphabet (ă â đ ê ô ơ ư) and a tone mark
// (à á ả ã ạ). đ is a letter of its own: no Unicode form splits it, so removing combining marks leaves it (Unicode
// Standard, decomposition of U+0111: none).
//
// Example: ệ = e + circumflex + tone nặng; `toneOf('ệ')` = 5, `withoutTone('ệ')` = 'ê', `fold('Ệ')` = 'e'.

/** Tones in the order in which the tables of this project number them. */
export const TONES = ['ngang', 'huyền', 'sắc', 'hỏi', 'ngã', 'nặng'] as const;

const TONE_MARKS = ['', '\u0300', '\u0301', '\u0309', '\u0303', '\u0323'] as const;

/** For a character class: Latin letters of one code point, without those that only look like one of Vietnamese (ð, Ɖ, ǎ). */
export const PLAIN_LATIN =
  'A-Za-z\\u00c0-\\u00cf\\u00d1-\\u00d6\\u00d8-\\u00ef\\u00f1-\\u00f6\\u00f8-\\u0188\\u018a-\\u01cc\\u01cf-\\u0233\\u1ea0-\\u1ef9';

/** The vowel letters of the alphabet, without a tone. */
export const VOWELS = 'aăâeêioôơuưy';

interface Letter {
  readonly toneless: string;
  readonly tone: number;
}

const LETTERS: ReadonlyMap<string, Letter> = new Map(
  [...VOWELS, ...VOWELS.toUpperCase()].flatMap((vowel) =>
    TONE_MARKS.map((mark, tone) => [(vowel + mark).normalize('NFC'), { toneless: vowel, tone }] as const),
  ),
);

/** The 134 letters with a mark: small ones first, then capitals. */
export const MARKED_LETTERS: readonly string[] = ['a-z', 'A-Z'].flatMap((range) => {
  const small = range === 'a-z';
  const vowels = [...LETTERS.keys()].filter((letter) => (letter === letter.toLowerCase()) === small);
  return [...vowels.filter((letter) => letter > '\x7f'), small ? 'đ' : 'Đ'];
});

/** Tone number of one letter (0 for no tone mark, and for anything that is no Vietnamese vowel). */
export function toneOf(letter: string): number {
  return LETTERS.get(letter)?.tone ?? 0;
}

/** The letter without its tone mark, its quality mark kept: ệ → ê. */
export function withoutTone(letter: string): string {
  return LETTERS.get(letter)?.toneless ?? letter;
}

/** Puts a tone on a vowel letter that has none: (ê, 5) → ệ. */
export function withTone(letter: string, tone: number): string {
  return (letter + (TONE_MARKS[tone] ?? '')).normalize('NFC');
}

export function isVowel(letter: string): boolean {
  return LETTERS.has(letter);
}

// Letters that Unicode does not split into base and mark, as the passport rules of ICAO Doc 9303 part 3 §6 write them.
const UNSPLIT: Readonly<Record<string, string>> = {
  đ: 'd',
  ð: 'd',
  ø: 'o',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};

const FOLDED: string[] = [];

function foldUnit(unit: string): string {
  const small = unit.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return UNSPLIT[small] ?? small;
}

/** Any text in small letters without any mark: 'Đặng Thị Ý' → 'dang thi y'. Other characters stay. */
export function fold(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x2000) return out + foldUnusual(text.slice(i));
    let folded = FOLDED[code];
    if (folded === undefined) {
      folded = foldUnit(text.charAt(i));
      FOLDED[code] = folded;
    }
    out += folded;
  }
  return out;
}

function foldUnusual(text: string): string {
  return Array.from(text, foldUnit).join('');
}

/** True when the text has a Vietnamese mark, or any letter beyond ASCII. */
export function hasMarks(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xbf) return true;
  return false;
}

/** First letter large, the others small; a letter without a one-character counterpart stays as it is. */
export function titleCase(word: string): string {
  const small = word.toLowerCase();
  const first = String.fromCodePoint(small.codePointAt(0) ?? 0);
  const large = first.toUpperCase();
  const simple = Array.from(large).length === 1 && large.toLowerCase() === first;
  return word === '' ? '' : (simple ? large : first) + small.slice(first.length);
}
