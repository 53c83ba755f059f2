// Vietnamese syllables. A word of Vietnamese is one syllable: onset + rime + tone, and only some 160 rimes exist. That makes
// a strong test of whether a text is Vietnamese at all, and in which encoding: hardly any damaged name passes it.
//
// Built: onset (27 spellings, or none), rime (vowels and ending), tone; after a stop ending (c ch p t) only sắc and nặng.
// Spelling rules: k gh ngh before e ê i y, c g ng elsewhere; q only as qu; i of `gi` belongs to the onset (già, giá).
// Tone mark: on the marked vowel (the ơ of ươ), else on the vowel before an ending consonant, else on the first of two and the
// middle of three vowels. This is the "old" style: hòa, khỏe, thúy, not hoà, khoẻ, thuý. Both are in daily use and the state's own
// unit lists changed between them (2025 "Yên Hòa", 2026 "Yên Hoà"); the old style is taken because it is what UniKey types unless
// told otherwise, so that most values need no change (general knowledge, not counted). The mark is only moved, never added.
// Sources: Ministry of Education decision 240/QĐ (1984) on spelling; Đoàn Thiện Thuật, Ngữ âm tiếng Việt (1977), table of rimes.
//
// Example: syllable('hoà') = 'hòa', syllable('hoàn') = 'hoàn', syllable('gìa') = 'già', syllable('nguyển') = 'nguyển',
// syllable('nguyeenx') = null.
import { fold, isVowel, toneOf, VOWELS, withoutTone, withTone } from './vietnamese-letters.js';

const ONSETS = ' b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x'.split(' ');

const OPEN_RIMES =
  'a e ê i o ô ơ u ư y ia ua ưa ai ao au ay âu ây eo êu iu iêu yêu oi ôi ơi ui ưi ưu ươu uôi ươi ' +
  'oa oe oai oay oao oeo uê uơ uy uya uyu uây';

const NASAL_RIMES =
  'am an ang anh ăm ăn ăng âm ân âng em en eng êm ên ênh im in inh om on ong oong ôm ôn ông ơm ơn um un ung ưm ưn ưng ' +
  'iêm iên iêng yêm yên yêng uôm uôn uông ươm ươn ương oam oan oang oanh oăm oăn oăng oen uân uâng uên uênh uynh uyn uyên ynh yn';

const STOP_RIMES =
  'ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt ich ip it oc ooc op ot ôc ôp ôt ơp ơt uc up ut ưc ưt ' +
  'iêc iêp iêt yêt uôc uôt ươc ươp ươt oac oach oap oat oăc oăt oet uât uêch uych uyt uyp uyêt yt';

const SMOOTH = new Set(`${OPEN_RIMES} ${NASAL_RIMES}`.split(' '));
const RIMES = [...SMOOTH, ...STOP_RIMES.split(' ')];

/** Rimes that may follow a bare g although they begin with i: gì, gìn, giêng, giếc, giết. */
const AFTER_G = new Set(['i', 'in', 'iêng', 'iêc', 'iên', 'iêp', 'iêt', 'iêm']);
const GLIDE = /^(?:o[aăe]|u[êơâ]|uy)/;

function joins(onset: string, rime: string): boolean {
  const first = rime.charAt(0);
  const front = 'eêiy'.includes(first);
  if (rime.startsWith('yê')) return onset === '' || onset === 'qu';
  if (/^(?:ynh?|yt)$/.test(rime)) return onset === 'qu';
  if (/^i[aê]/.test(rime) && onset === '') return false;
  switch (onset) {
    case 'k':
      return front;
    case 'gh':
    case 'ngh':
      return front && first !== 'y';
    case 'g':
      return !front || AFTER_G.has(rime);
    case 'ng':
      return !front;
    case 'c':
      return !front && !GLIDE.test(rime);
    case 'gi':
      return !/^[iy]/.test(rime) && !GLIDE.test(rime);
    case 'qu':
      return !/^[uư]/.test(rime) && !/^(?:o|i[aê]|ươ)/.test(rime) && !(first === 'ô' && rime !== 'ôc');
    default:
      return true;
  }
}

interface Shape {
  /** Where in the toneless word the tone mark goes. */
  readonly place: number;
  readonly stop: boolean;
}

function tonePlace(onset: string, rime: string): number {
  const vowels = Array.from(rime).filter((letter) => VOWELS.includes(letter)).length;
  const marked = Array.from(rime).findLastIndex((letter) => 'ăâêôơư'.includes(letter));
  // ưu, ưi and ưa carry the tone on ư; ươ… on ơ: in each case the last marked vowel.
  if (marked >= 0) return onset.length + marked;
  if (vowels === 1) return onset.length;
  return onset.length + (vowels === 3 || vowels < rime.length ? 1 : 0);
}

const SHAPES: ReadonlyMap<string, Shape> = new Map(
  ONSETS.flatMap((onset) =>
    RIMES.filter((rime) => joins(onset, rime)).map(
      (rime) => [onset + rime, { place: tonePlace(onset, rime), stop: !SMOOTH.has(rime) }] as const,
    ),
  ),
);

const FOLDED_SHAPES: ReadonlySet<string> = new Set([...SHAPES.keys()].map(fold));

/**
 * The syllable with its tone mark in the style of this project, or null when the word is no Vietnamese syllable.
 * In: one word in small letters, NFC, with marks. A mark on the wrong vowel is moved; nothing else changes.
 */
export function syllable(word: string): string | null {
  if (word.length > 7) return null;
  let toneless = '';
  let tone = 0;
  for (let i = 0; i < word.length; i++) {
    const letter = word.charAt(i);
    const here = toneOf(letter);
    if (here !== 0 && tone !== 0) return null;
    if (here !== 0) tone = here;
    toneless += withoutTone(letter);
  }
  return syllableOf(toneless, tone);
}

/** As `syllable`, from letters without a tone and the number of the tone. */
export function syllableOf(toneless: string, tone: number): string | null {
  const shape = SHAPES.get(toneless);
  if (shape === undefined || (shape.stop && tone !== 2 && tone !== 5)) return null;
  if (tone === 0) return toneless;
  const { place } = shape;
  return toneless.slice(0, place) + withTone(toneless.charAt(place), tone) + toneless.slice(place + 1);
}

/** True for a syllable written without any marks: 'nguyen', 'duc', 'dang'. In: one word in small letters. */
export function isBareSyllable(word: string): boolean {
  return FOLDED_SHAPES.has(word);
}

/** True for a Vietnamese syllable, with its marks or without any. In: one word in small letters, NFC. */
export function isSyllable(word: string): boolean {
  return syllable(word) !== null || isBareSyllable(word);
}

/** Every syllable with its tone mark in place, as onset and toned rime. For building patterns. */
export function* everySyllable(): Generator<{ readonly onset: string; readonly rime: string }> {
  for (const onset of ONSETS) {
    for (const rime of RIMES.filter((each) => joins(onset, each))) {
      for (const tone of SMOOTH.has(rime) ? [0, 1, 2, 3, 4, 5] : [2, 5]) {
        const whole = syllableOf(onset + rime, tone);
        if (whole !== null) yield { onset, rime: whole.slice(onset.length) };
      }
    }
  }
}

/** Splits a syllable into onset and the rest, longest onset first: 'nguyễn' → ['ng', 'uyễn']. */
export function splitOnset(word: string): readonly [string, string] {
  let end = 0;
  while (end < word.length && !isVowel(word.charAt(end))) end++;
  const head = word.slice(0, end);
  if (head === 'q' && word.charAt(end) === 'u') end++;
  if (head === 'g' && withoutTone(word.charAt(end)) === 'i' && isVowel(word.charAt(end + 1))) end++;
  return [word.slice(0, end), word.slice(end)];
}
