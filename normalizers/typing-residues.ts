// Typing residues: keys of a Vietnamese typing method that were never turned into letters.
//
// Telex: aa ee oo aw ow uw w dd for â ê ô ă ơ ư ư đ, tones s f r x j ("Nguyeenx Vawn Huwngf").
// VNI typing: 6 7 8 9 for ^, horn, breve, đ, tones 1–5 ("Nguye6n4 Va8n Hu7ng2"). VIQR: ^ ( + dd and tones ' ` ? ~ . ("Nguye^~n").
// A key may follow its vowel at once or stand at the end of the word; so each word is typed again, key by key.
// Sources: Telex rules in TCVN 5712 practice and UniKey's manual; RFC 1456 for VIQR.
//
// Example: undoTyping('Nguyeenx Vawn Huwngf', 'telex') = 'Nguyễn Văn Hừng'.
import { isVowel, toneOf, withoutTone, withTone } from './vietnamese-letters.js';
import { syllableOf } from './vietnamese-text.js';

export type TypingMethod = 'telex' | 'vni-typing' | 'viqr';

interface Keys {
  /** Key → tone number. */
  readonly tones: Readonly<Record<string, number>>;
  readonly circumflex: string;
  readonly horn: string;
  readonly breve: string;
  readonly stroke: string;
}

const KEYS: Readonly<Record<TypingMethod, Keys>> = {
  telex: { tones: { f: 1, s: 2, r: 3, x: 4, j: 5 }, circumflex: 'aeo', horn: 'w', breve: 'w', stroke: 'd' },
  'vni-typing': {
    tones: { '2': 1, '1': 2, '3': 3, '4': 4, '5': 5 },
    circumflex: '6',
    horn: '7',
    breve: '8',
    stroke: '9',
  },
  viqr: {
    tones: { '`': 1, "'": 2, '’': 2, '´': 2, '?': 3, '~': 4, '˜': 4, '.': 5 },
    circumflex: '^',
    horn: '+*',
    breve: '(<',
    stroke: 'd',
  },
};

const CIRCUMFLEX: Readonly<Record<string, string>> = { a: 'â', e: 'ê', o: 'ô' };
const HORN: Readonly<Record<string, string>> = { o: 'ơ', u: 'ư' };

interface Typed {
  letters: string[];
  tone: number;
}

function replaceLast(letters: string[], among: string, by: (letter: string) => string | undefined): boolean {
  const at = letters.findLastIndex((letter) => among.includes(letter));
  const better = by(letters[at] ?? '');
  if (at < 0 || better === undefined) return false;
  letters[at] = better;
  return true;
}

function typeCircumflex({ letters }: Typed, key: string): boolean {
  if (!/[aeo]/.test(key)) return replaceLast(letters, 'aeo', (letter) => CIRCUMFLEX[letter]);
  if (letters.at(-1) !== key) return false;
  letters[letters.length - 1] = CIRCUMFLEX[key] ?? key;
  return true;
}

function typeHorn({ letters }: Typed): boolean {
  const pair = letters.findLastIndex((letter, i) => letter === 'o' && 'uư'.includes(letters[i - 1] ?? ' '));
  if (pair > 0 && !(letters[0] === 'q' && pair === 2)) {
    letters[pair - 1] = 'ư';
    letters[pair] = 'ơ';
    return true;
  }
  return replaceLast(letters, 'ou', (letter) => HORN[letter]);
}

function typeBreve({ letters }: Typed): boolean {
  return replaceLast(letters, 'a', () => 'ă');
}

function typeStroke({ letters }: Typed, key: string): boolean {
  if (letters[0] !== 'd' || (key === 'd' && letters.length > 1)) return false;
  letters[0] = 'đ';
  return true;
}

function press(typed: Typed, key: string, method: TypingMethod): void {
  const { tones, circumflex, horn, breve, stroke } = KEYS[method];
  const tone = tones[key];
  const hasVowel = typed.letters.some(isVowel);
  if (tone !== undefined && hasVowel && typed.tone === 0) {
    typed.tone = tone;
    return;
  }
  if (circumflex.includes(key) && typeCircumflex(typed, key)) return;
  if (breve.includes(key) && horn.includes(key) && typed.letters.findLast((l) => 'aou'.includes(l)) === 'a') {
    if (typeBreve(typed)) return;
  }
  if (horn.includes(key) && typeHorn(typed)) return;
  if (breve.includes(key) && typeBreve(typed)) return;
  if (stroke.includes(key) && typeStroke(typed, key)) return;
  if (method === 'telex' && key === 'w' && !hasVowel) typed.letters.push('ư');
  else typed.letters.push(key);
}

/** Puts the tone where spelling has it, or on the last vowel when the letters are no syllable. */
function finish({ letters, tone }: Typed): string {
  const whole = letters.join('');
  const spelled = syllableOf(whole, tone);
  if (spelled !== null || tone === 0) return spelled ?? whole;
  const place = letters.findLastIndex((letter) => isVowel(letter));
  return letters.map((letter, i) => (i === place ? withTone(letter, tone) : letter)).join('');
}

function retype(word: string, method: TypingMethod): string {
  const typed: Typed = { letters: [], tone: 0 };
  for (const letter of word.toLowerCase().normalize('NFC')) {
    const tone = toneOf(letter);
    if (tone === 0) press(typed, letter, method);
    else {
      typed.tone = tone;
      typed.letters.push(withoutTone(letter));
    }
  }
  const done = finish(typed);
  const bare = word.replace(/[^\p{L}]/gu, '');
  if (bare.length > 1 && bare === bare.toUpperCase()) return done.toUpperCase();
  return /^\p{Lu}/u.test(word) ? done.charAt(0).toUpperCase() + done.slice(1) : done;
}

const seen = new Map<string, string>();

/** A text with each word typed again by the method. Words without any key of it stay. Out: NFC, case of each word kept. */
export function undoTyping(text: string, method: TypingMethod): string {
  return text.replace(/[^\s,;()[\]/"]+/g, (word) => {
    const key = `${method} ${word}`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    const done = word.length > 12 ? word : retype(word, method);
    if (seen.size > 20_000) seen.clear();
    seen.set(key, done);
    return done;
  });
}

const TELEX_MARKS: Readonly<Record<string, string>> = {
  â: 'aa',
  ê: 'ee',
  ô: 'oo',
  ă: 'aw',
  ơ: 'ow',
  ư: 'uw',
  đ: 'dd',
};
const VNI_MARKS: Readonly<Record<string, string>> = {
  â: 'a6',
  ê: 'e6',
  ô: 'o6',
  ă: 'a8',
  ơ: 'o7',
  ư: 'u7',
  đ: 'd9',
};

/** The opposite: the keys of each word as a typist presses them, tone last. */
export function encodeTyping(text: string, method: 'telex' | 'vni-typing'): string {
  const marks = method === 'telex' ? TELEX_MARKS : VNI_MARKS;
  const tones = Object.entries(KEYS[method].tones);
  return text.normalize('NFC').replace(/[\p{L}\p{M}]+/gu, (word) => {
    let tone = 0;
    const keys = Array.from(word, (letter) => {
      tone ||= toneOf(letter);
      const small = withoutTone(letter.toLowerCase());
      const typed = marks[small] ?? small;
      return letter === letter.toLowerCase() ? typed : typed.charAt(0).toUpperCase() + typed.slice(1);
    }).join('');
    const whole = keys + (tones.find(([, number]) => number === tone)?.[0] ?? '');
    return word.length > 1 && word === word.toUpperCase() ? whole.toUpperCase() : whole;
  });
}
