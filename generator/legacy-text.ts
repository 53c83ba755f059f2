/**
 * Vietnamese text as it looks after an old encoding or a keyboard went wrong: what a cell of an extract then holds.
 *
 * TCVN3 (TCVN 5712:1993, fonts .VnTime): one byte a letter, shown here as the Latin-1 letter of that byte; capitals with a
 * tone have no code and become small. VNI-Windows: base letter and a mark letter. Mojibake: UTF-8 bytes read as
 * Windows-1252. Telex: what stays in the cell when the keyboard program was off.
 * Example: Nguyễn Văn Hùng → `NguyÔn V¨n Hïng`, `Nguyeãn Vaên Huøng`, `Nguyá»…n VÄƒn HÃ¹ng`, `Nguyeenx Vawn Hungf`.
 */

const LETTERS = 'àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ';
const TCVN3 = 'µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦';
const TCVN3_OF = new Map([...LETTERS].map((letter, i) => [letter, TCVN3[i] as string]));

export function asTcvn3(text: string): string {
  return [...text].map((c) => TCVN3_OF.get(c) ?? TCVN3_OF.get(c.toLowerCase()) ?? c).join('');
}

type Tone = 'plain' | 'acute' | 'grave' | 'hook' | 'tilde' | 'dot';
const TONES: readonly Tone[] = ['plain', 'acute', 'grave', 'hook', 'tilde', 'dot'];
const TONE_MARKS: Readonly<Record<string, Tone>> = {
  '\u0301': 'acute',
  '\u0300': 'grave',
  '\u0309': 'hook',
  '\u0303': 'tilde',
  '\u0323': 'dot',
};

interface Letter {
  /** The letter without its tone: a ă â e ê … */
  readonly base: string;
  readonly tone: Tone;
}

function lettersOf(text: string): Letter[] {
  return [...text.normalize('NFC')].map((c) => {
    const decomposed = [...c.normalize('NFD')];
    const mark = decomposed.find((part) => part in TONE_MARKS);
    const base = decomposed
      .filter((part) => part !== mark)
      .join('')
      .normalize('NFC');
    return { base, tone: mark === undefined ? 'plain' : (TONE_MARKS[mark] as Tone) };
  });
}

/** Mark letters by tone, in the order of TONES. */
const VNI_MARKS: Readonly<Record<string, string>> = {
  a: ' ùøûõï',
  e: ' ùøûõï',
  o: ' ùøûõï',
  u: ' ùøûõï',
  y: ' ùøûõ ',
  ơ: ' ùøûõï',
  ư: ' ùøûõï',
  â: 'âáàåãä',
  ê: 'âáàåãä',
  ô: 'âáàåãä',
  ă: 'êéèúüë',
};
const VNI_BASES: Readonly<Record<string, string>> = {
  ơ: 'ô',
  ư: 'ö',
  â: 'a',
  ê: 'e',
  ô: 'o',
  ă: 'a',
  đ: 'ñ',
};
const VNI_I = 'iíìæóò';

export function asVni(text: string): string {
  return lettersOf(text)
    .map(({ base, tone }) => {
      const small = base.toLowerCase();
      const index = TONES.indexOf(tone);
      if (small === 'y' && tone === 'dot') return base === small ? 'î' : 'Î';
      const written = small === 'i' ? (VNI_I[index] as string) : (VNI_BASES[small] ?? small);
      const mark = VNI_MARKS[small]?.[index]?.trim() ?? '';
      return base === small ? written + mark : (written + mark).toUpperCase();
    })
    .join('');
}

export function asMojibake(text: string): string {
  return new TextDecoder('windows-1252').decode(new TextEncoder().encode(text));
}

const TELEX_BASES: Readonly<Record<string, string>> = {
  ă: 'aw',
  â: 'aa',
  đ: 'dd',
  ê: 'ee',
  ô: 'oo',
  ơ: 'ow',
  ư: 'uw',
};
const TELEX_TONES: Readonly<Record<Tone, string>> = {
  plain: '',
  acute: 's',
  grave: 'f',
  hook: 'r',
  tilde: 'x',
  dot: 'j',
};

export function asTelex(text: string): string {
  return text
    .split(' ')
    .map((word) => {
      const letters = lettersOf(word);
      const tone = letters.find((letter) => letter.tone !== 'plain')?.tone ?? 'plain';
      const keys = letters.map(({ base }) => {
        const typed = TELEX_BASES[base.toLowerCase()];
        if (typed === undefined) return base;
        return base === base.toLowerCase() ? typed : (typed[0] as string).toUpperCase() + typed.slice(1);
      });
      return keys.join('') + TELEX_TONES[tone];
    })
    .join(' ');
}

/** Another tone on the same word: Hùng → Húng. */
export function withTone(
  word: string,
  tone: '' | '\u0301' | '\u0300' | '\u0309' | '\u0303' | '\u0323',
): string {
  const bare = word.normalize('NFD').replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '');
  const at = toneAt(word.normalize('NFC'));
  if (at < 0) return bare.normalize('NFC');
  return [...bare.normalize('NFC')]
    .map((letter, i) => (i === at ? (letter + tone).normalize('NFC') : letter))
    .join('');
}

/** Position of the letter that bears the tone now; -1: none does. */
export function toneAt(word: string): number {
  return lettersOf(word).findIndex(({ tone }) => tone !== 'plain');
}
