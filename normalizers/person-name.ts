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
import { plainLetters } from './look-alikes.js';
import { canonicalNamePattern } from './name-canonical.js';
import { decideNames, observeName } from './name-column.js';
import { decodeCell } from './name-encoding.js';
import { saysNoName, withoutHonorific, withoutNotes, withoutTitle } from './name-notes.js';
import { type SpelledWord, spellWord } from './name-spelling.js';
import type { Hints, Normalized, Normalizer, ProblemTable } from './normalizer.js';

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

/** Names of plain words with single spaces: most of every column. Null: look closer. `before` are problems already mended. */
function normalizePlain(text: string, before: number): Normalized | null {
  let mask = before;
  let value = '';
  let suspect = false;
  for (let from = 0; from <= text.length; ) {
    const space = text.indexOf(' ', from);
    const end = space < 0 ? text.length : space;
    if (end === from || end - from > 7) return null;
    const word = spellWord(text.slice(from, end));
    if (!word.plain) return null;
    if (word.case) mask |= BIT.case;
    if (word.tonePlace) mask |= BIT.tone_place;
    if (from === 0) suspect = word.suspect;
    value = from === 0 ? word.text : `${value} ${word.text}`;
    from = end + 1;
  }
  return suspect ? checkedStart(text, value, mask) : { value, problems: problemsOf(mask) };
}

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

/** Everything but letters of Latin script in one character each, and spaces: only such cells need the character repairs. */
const UNUSUAL =
  /[^A-Za-z\u00c0-\u00cf\u00d1-\u00d6\u00d8-\u00ef\u00f1-\u00f6\u00f8-\u0188\u018a-\u01cc\u01cf-\u0233\u1ea0-\u1ef9 ]/;
const INVISIBLE =
  /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0000-\u0008\u000e-\u001f\u007f-\u009f]+/g;

const HIDDEN = new RegExp(`${INVISIBLE.source}|[^\\S \\t\\r\\n]`);

/** The apostrophe of H'Hen, K'Brơi, O'Neill: stands between letters, spaces around it go when one letter leads. */
function tidyApostrophes(text: string): string {
  if (!text.includes("'")) return text;
  return text
    .replace(/(?<![\p{L}\p{M}])(\p{L}\p{M}*) ?' ?(?=\p{L})/gu, "$1'")
    .replace(/(?<![\p{L}\p{M}])'|'(?!\p{L})/gu, ' ');
}

/** "?" within a word is a letter that was lost; one at the end of a whole name is a question. */
function isQuestionOnly(text: string): boolean {
  if (text.length > LONGEST_NAME) return false;
  const marks = text.match(/\?+/g) ?? [];
  const last = /(\S+?)\?+\s*$/u.exec(text)?.[1];
  return marks.length === 1 && last !== undefined && spellWord(last).plain;
}

/** Latin words with apostrophes, hyphens and lost letters inside: nothing to tidy. */
const LATIN = '[A-Za-z\\u00c0-\\u024f\\u1ea0-\\u1ef9]+';
const INNER = `${LATIN}(?:(?:['-]|\\?+)${LATIN})*`;
const TIDY = new RegExp(`^(?:${INNER}\\?* )*${INNER}$`);

/** Leaves letters, apostrophes and hyphens within words, digits, and "?" for lost letters. */
function tidyPunctuation(text: string): string {
  if (TIDY.test(text)) return text;
  const kept = isQuestionOnly(text) ? text.replaceAll('?', ' ') : text;
  return tidyApostrophes(kept.replace(/[^\p{L}\p{M}\p{Nd} '?-]+/gu, ' '))
    .replace(/(?<![\p{L}\p{M}])(?:[?\p{M}]+(?!\p{L})|-+)|-+(?!\p{L})/gu, ' ')
    .replace(/(?<![\p{L}\p{M}?])\p{M}+/gu, '')
    .replace(/ +/g, ' ')
    .trim();
}

function tidySpaces(text: string): string {
  if (!HIDDEN.test(text)) return text;
  return text
    .replace(/(?<=\p{Ll})\u200b(?=\p{Lu})/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(/[^\S \t\r\n]/g, ' ');
}

function tidyCharacters(draft: Draft): void {
  repair(draft, 'unicode_form', tidySpaces);
  repair(draft, 'look_alike', plainLetters);
  repair(draft, 'honorific', withoutTitle);
  repair(draft, 'spaces', (text) => singleSpaces(text.replace(/[\t-\r]+/g, ' ')));
  draft.text = draft.text.replaceAll('\ufffd', '?');
  repair(draft, 'punctuation', tidyPunctuation);
}

function decode(draft: Draft, hints: Hints | undefined, unusual: boolean): void {
  if (draft.text.length > LONGEST_NAME) return;
  if (unusual) repair(draft, 'note', withoutNotes);
  const { text, problem } = decodeCell(draft.text, hints?.encoding);
  if (problem === null) return;
  repair(draft, problem, () => text.normalize('NFC'));
  if (unusual) repair(draft, 'note', withoutNotes);
}

/** Numbers that stand alone behind or within a name are running numbers or years. */
function withoutNumbers(words: readonly string[]): readonly string[] {
  return words.some((word) => !/^\p{Nd}+$/u.test(word))
    ? words.filter((word) => !/^\p{Nd}+$/u.test(word))
    : words;
}

function assemble(draft: Draft): Normalized {
  const words = draft.text.split(' ');
  const named = /\p{Nd}/u.test(draft.text) ? withoutNumbers(words) : words;
  if (named.length < words.length) draft.mask |= BIT.note;
  const spelled = named.map(spellWord);
  for (const word of spelled) draft.mask |= maskOf(word);
  return checkedStart(named.join(' '), spelled.map((word) => word.text).join(' '), draft.mask);
}

function singleSpaces(text: string): string {
  return / {2}|^ | $/.test(text) ? text.trim().replace(/ {2,}/g, ' ') : text;
}

/** What tidying uncovered ("#Hoaf" is Hoaf) is decoded too, so that reading a value once more changes nothing. */
function readAgain(first: Normalized, value: string): Normalized {
  const second = normalizeClosely(value, undefined);
  const problems = new Set([...first.problems, ...second.problems]);
  return { value: second.value, problems: KEYS.filter((key) => problems.has(key)) };
}

/** Repairs from the outside in; after each that may have been enough, the short way is tried again. */
function normalizeClosely(raw: string, hints: Hints | undefined): Normalized {
  const draft: Draft = { text: raw, mask: 0 };
  const unusual = UNUSUAL.test(raw);
  if (unusual) repair(draft, 'unicode_form', (text) => text.normalize('NFC'));
  repair(draft, 'spaces', singleSpaces);
  if (!/\S/.test(draft.text)) return NOTHING;
  let done =
    hints?.encoding === undefined && draft.mask !== 0 ? normalizePlain(draft.text, draft.mask) : null;
  if (done !== null) return done;
  decode(draft, hints, unusual && UNUSUAL.test(draft.text));
  done = normalizePlain(draft.text, draft.mask);
  if (done !== null) return done;
  if (UNUSUAL.test(draft.text)) tidyCharacters(draft);
  else repair(draft, 'spaces', singleSpaces);
  if (draft.text === '') return /^[\s\p{Cf}]*$/u.test(raw) ? NOTHING : JUNK;
  done = assemble(draft);
  if (done.value === null || done.value.length > LONGEST_NAME) return done;
  return decodeCell(done.value).problem === null ? done : readAgain(done, done.value);
}

export const personName: Normalizer = {
  kind: 'person-name',
  labels: { vi: 'Họ và tên', en: 'Person name' },
  problems: PROBLEMS,
  canonical: canonicalNamePattern(),
  normalize(raw, hints) {
    const plain = hints?.encoding === undefined ? normalizePlain(raw, 0) : null;
    return plain ?? normalizeClosely(raw, hints);
  },
  format: (value) => value,
  mask: (value) => value.replace(/\S+/g, (word) => `${String.fromCodePoint(word.codePointAt(0) ?? 42)}***`),
  observe: observeName,
  decide: decideNames,
};
