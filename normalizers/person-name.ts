// Name of a person: family name, middle names, given name, in the order in which the country's papers print them.
//
// Canonical: Unicode NFC, Title Case by word, one space between words, tone marks in the old style (hòa, thúy: see
// vietnamese-text.ts for why), apostrophe U+0027. What is another legal spelling is never rewritten: i/y (Lý, Lí), regional
// forms (Hoàng, Huỳnh), missing marks. No number of words and no list of surnames is asked for: "Y Moan Êñuôl", "H'Hen Niê",
// "A Páo" and "Jean-Paul Martin" are names. A letter that was lost stays as "?".
//
// Source: Circular 04/2020/TT-BTP and Decree 123/2015/NĐ-CP on how names stand in civil status papers; Unicode Standard
// Annex 15 (NFC); for the spelling of syllables see vietnamese-text.ts.
//
// Example: 'NGUYỄN  THỊ HOÀ' → 'Nguyễn Thị Hòa' [case, spaces, tone_place]; 'NguyÔn V¨n Hµ' → 'Nguyễn Văn Hà' [legacy_encoding].
import { lazy } from './data-table.js';
import { plainLetters } from './look-alikes.js';
import { canonicalNamePattern } from './name-canonical.js';
import { NEED, needsOf, singleSpaces, tidyHidden, tidyPunctuation } from './name-characters.js';
import { decideNames, observeName } from './name-column.js';
import { decodeCell } from './name-encoding.js';
import { saysNoName, withoutHonorific, withoutNotes, withoutTitle } from './name-notes.js';
import { type SpelledWord, spellWord } from './name-spelling.js';
import type { LegacyEncoding, Normalized, Normalizer, ProblemTable } from './normalizer.js';
import { withNotes } from './notes.js';

const PROBLEMS = {
  case: { reason: null, weight: 'none', vi: 'chữ hoa, chữ thường', en: 'capital and small letters' },
  spaces: { reason: null, weight: 'none', vi: 'khoảng trắng thừa', en: 'superfluous spaces' },
  unicode_form: {
    reason: null,
    weight: 'none',
    vi: 'Unicode tổ hợp hoặc ký tự ẩn',
    en: 'decomposed Unicode or invisible characters',
  },
  tone_place: { reason: 'format', weight: 'form', vi: 'vị trí dấu thanh', en: 'place of the tone mark' },
  legacy_encoding: { reason: 'format', weight: 'form', vi: 'bảng mã cũ', en: 'legacy encoding' },
  mojibake: { reason: 'format', weight: 'form', vi: 'UTF-8 bị đọc sai', en: 'UTF-8 read wrongly' },
  typing_residue: { reason: 'format', weight: 'form', vi: 'phím gõ còn sót', en: 'typing residue' },
  look_alike: { reason: 'format', weight: 'form', vi: 'ký tự trông giống', en: 'look-alike characters' },
  honorific: { reason: 'format', weight: 'form', vi: 'danh xưng kèm tên', en: 'form of address removed' },
  note: { reason: 'format', weight: 'form', vi: 'ghi chú kèm tên', en: 'note removed' },
  punctuation: { reason: 'format', weight: 'form', vi: 'dấu câu', en: 'punctuation' },
  odd_characters: {
    reason: 'format',
    weight: 'form',
    vi: 'chữ số lẫn trong tên',
    en: 'digits within the name',
  },
  letters_lost: { reason: 'accents', weight: 'loss', vi: 'mất chữ (thành ?)', en: 'letters lost (became ?)' },
  junk: { reason: 'invalid', weight: 'blank', vi: 'không phải tên', en: 'not a name' },
} as const satisfies ProblemTable;

type ProblemKey = keyof typeof PROBLEMS;

const KEYS = Object.keys(PROBLEMS) as ProblemKey[];
const BIT = Object.fromEntries(KEYS.map((key, i) => [key, 1 << i])) as Readonly<Record<ProblemKey, number>>;
const NOTHING: Normalized = Object.freeze({ value: null, problems: Object.freeze([]) });
const JUNK: Normalized = Object.freeze({ value: null, problems: Object.freeze(['junk']) });

/** Longer cells are no names; they are only tidied. */
const LONGEST_NAME = 300;

const problemLists: (readonly string[])[] = [];

function problemsOf(mask: number): readonly string[] {
  const known = problemLists[mask];
  if (known !== undefined) return known;
  const list = Object.freeze(KEYS.filter((key) => (mask & BIT[key]) !== 0));
  problemLists[mask] = list;
  return list;
}

/** What had to be changed in one word, as bits. */
function maskOf(word: SpelledWord): number {
  return (
    (word.case ? BIT.case : 0) |
    (word.tonePlace ? BIT.tone_place : 0) |
    (word.joined ? BIT.punctuation : 0) |
    (word.digits ? BIT.odd_characters : 0) |
    (word.lost ? BIT.letters_lost : 0)
  );
}

/** The full stop behind an initial ("T.") belongs to it. */
function isInitial(text: string, from: number, end: number): boolean {
  return end - from === 2 && text.charCodeAt(end - 1) === 46 && /\p{Lu}/u.test(text.charAt(from));
}

/**
 * Names of words in plain letters: most of every column. They are syllables, initials, or words that are Vietnamese in no
 * notation, in a text that no old encoding can be. Null: look closer. `before` are problems already mended.
 */
function normalizePlain(text: string, before: number): Normalized | null {
  let mask = before;
  let first: SpelledWord | null = null;
  let [odd, western, ascii, encoded, mojibake] = [false, true, true, true, false];
  // Written only from the first word on that changes.
  let value: string | null = null;
  for (let from = 0; from <= text.length; ) {
    const space = text.indexOf(' ', from);
    const end = space < 0 ? text.length : space;
    if (end === from) {
      mask |= BIT.spaces;
      value ??= text.slice(0, Math.max(0, from - 1));
    } else {
      const initial = isInitial(text, from, end);
      const word = spellWord(text.slice(from, initial ? end - 1 : end));
      if (!word.plain && !word.beyondTyping) return null;
      first ??= word;
      odd ||= !word.plain;
      western &&= !word.beyondBytes;
      ascii &&= word.ascii;
      encoded &&= !word.beyondEncodings;
      mojibake ||= word.mojibakeLead;
      if (word.case) mask |= BIT.case;
      if (word.tonePlace) mask |= BIT.tone_place;
      if (word.lost) mask |= BIT.letters_lost;
      if (value === null && (initial || word.case || word.tonePlace)) {
        value = text.slice(0, Math.max(0, from - 1));
      }
      if (value !== null) value += value === '' ? word.text : ` ${word.text}`;
    }
    from = end + 1;
  }
  const decodable = western && !ascii && (encoded || mojibake);
  if (first === null || (odd && (first.suspect || decodable))) return null;
  value ??= text;
  if (isSettled(first)) return { value, problems: problemsOf(mask) };
  return checkedStart(bareText(text), value, mask);
}

/** What begins with such a word is a bare name. */
function isSettled(first: SpelledWord | undefined): boolean {
  return first?.plain === true && !first.suspect;
}

const bareText = (text: string): string => singleSpaces(withoutInitialDots(text));

/** A cell whose first word may be a form of address or say that there is no name. */
function checkedStart(written: string, value: string, mask: number): Normalized {
  if (saysNoName(written)) return JUNK;
  const words = value.split(' ');
  const left = withoutHonorific(words);
  if (left === words) return { value, problems: problemsOf(mask) };
  return { value: left.join(' '), problems: problemsOf(mask | BIT.honorific) };
}

interface Draft {
  text: string;
  mask: number;
}

/** Applies one repair and marks its problem when it changed something. */
function repair(draft: Draft, problem: ProblemKey, by: (text: string) => string): void {
  const after = by(draft.text);
  if (after === draft.text) return;
  draft.text = after;
  draft.mask |= BIT[problem];
}

function tidyCharacters(draft: Draft): void {
  const { text: before } = draft;
  const need = needsOf(before);
  if (need & NEED.hidden) repair(draft, 'unicode_form', tidyHidden);
  if (need & NEED.lookAlikes) repair(draft, 'look_alike', plainLetters);
  if (need & NEED.titles) repair(draft, 'honorific', withoutTitle);
  if (need & NEED.hidden) repair(draft, 'spaces', (text) => text.replace(/[\t-\r]+/g, ' '));
  const now = draft.text === before ? need : needsOf(draft.text);
  if (now & NEED.spaces) repair(draft, 'spaces', singleSpaces);
  if (!(need & NEED.closerLook)) return;
  draft.text = draft.text.replaceAll('\ufffd', '?');
  repair(draft, 'punctuation', tidyPunctuation);
}

function decode(draft: Draft, encoding: LegacyEncoding | undefined): void {
  if (draft.text.length > LONGEST_NAME) return;
  const notes = (needsOf(draft.text) & NEED.notes) !== 0;
  if (notes) repair(draft, 'note', withoutNotes);
  const { text, problem } = decodeCell(draft.text, encoding);
  if (problem === null) return;
  repair(draft, problem, () => text.normalize('NFC'));
  if (notes) repair(draft, 'note', withoutNotes);
}

/** Numbers that stand alone behind or within a name are running numbers or years. */
function withoutNumbers(words: readonly string[]): readonly string[] {
  return words.some((word) => !/^\p{Nd}+$/u.test(word))
    ? words.filter((word) => !/^\p{Nd}+$/u.test(word))
    : words;
}

function assemble(draft: Draft): Normalized {
  const words = draft.text.split(' ');
  const named = needsOf(draft.text) & NEED.digits ? withoutNumbers(words) : words;
  if (named.length < words.length) draft.mask |= BIT.note;
  const spelled = named.map(spellWord);
  for (const word of spelled) draft.mask |= maskOf(word);
  const value = spelled.map((word) => word.text).join(' ');
  if (isSettled(spelled[0])) return { value, problems: problemsOf(draft.mask) };
  return checkedStart(named.join(' '), value, draft.mask);
}

/** What tidying uncovered ("#Hoaf" is Hoaf) is read too, so that reading the value once more changes nothing. */
function readAgain(first: Normalized, value: string, rounds: number): Normalized {
  const next = normalizePlain(value, 0) ?? normalizeClosely(value, undefined, rounds);
  if (next.value === value) return first;
  const problems = new Set([...first.problems, ...next.problems]);
  return { value: next.value, problems: KEYS.filter((key) => problems.has(key)) };
}

const MOST_ROUNDS = 5;

/** The full stop behind an initial belongs to it ("Lê T. Chúc"); it is no damage. */
function withoutInitialDots(text: string): string {
  return text.includes('.') ? text.replace(/(?<=^| )(\p{Lu})\.(?= |$)/gu, '$1') : text;
}

/** A plain name with a separator left behind it ("Lê An;"). A full stop may be a mark typed as VIQR and is not judged here. */
function plainButForItsEnd({ text, mask }: Draft, raw: string): Normalized | null {
  const bare = /[;,-]$/.test(text) ? text.replace(/[ ;,-]+$/, '') : text;
  if (bare === raw || bare === '') return null;
  return normalizePlain(bare, bare === text ? mask : mask | BIT.punctuation);
}

/** Repairs from the outside in; after each that may have been enough, the short way is tried again. */
function normalizeClosely(
  raw: string,
  encoding: LegacyEncoding | undefined,
  rounds = MOST_ROUNDS,
): Normalized {
  const draft: Draft = { text: raw, mask: 0 };
  const need = needsOf(raw);
  if (need & NEED.closerLook) repair(draft, 'unicode_form', (text) => text.normalize('NFC'));
  if (need & NEED.spaces) repair(draft, 'spaces', singleSpaces);
  if (!/\S/.test(draft.text)) return NOTHING;
  draft.text = withoutInitialDots(draft.text);
  const plain = encoding === undefined ? plainButForItsEnd(draft, raw) : null;
  if (plain !== null) return plain;
  const { mask } = draft;
  decode(draft, encoding);
  const decoded = draft.mask === mask ? null : normalizePlain(draft.text, draft.mask);
  if (decoded !== null) return decoded;
  tidyCharacters(draft);
  if (draft.text === '') return /^[\s\p{Cf}]*$/u.test(raw) ? NOTHING : JUNK;
  const done = assemble(draft);
  // A cell that its column's encoding leaves as it is may be in another one.
  const read = done.value === raw && encoding === undefined;
  return done.value === null || read || rounds === 0 ? done : readAgain(done, done.value, rounds - 1);
}

/** The syllables of the language as one expression take longer to put together than a small input to read. */
const canonical = lazy(canonicalNamePattern);

export const personName: Normalizer = withNotes({
  kind: 'person-name',
  labels: { vi: 'Họ và tên', en: 'Person name' },
  problems: PROBLEMS,
  get canonical() {
    return canonical();
  },
  normalize(raw, hints) {
    const plain = hints?.encoding === undefined ? normalizePlain(raw, 0) : null;
    return plain ?? normalizeClosely(raw, hints?.encoding);
  },
  format: (value) => value,
  mask: (value) => value.replace(/\S+/g, (word) => `${String.fromCodePoint(word.codePointAt(0) ?? 42)}***`),
  observe: observeName,
  decide: decideNames,
});
