/** What happens to names on their way into an extract. Each takes a row and says whether it could be done to it. */
import { type Draft, type Scene, writeName } from './draft.js';
import { asMojibake, asTcvn3, asTelex, asVni, toneAt, withTone } from './legacy-text.js';
import { bare, kinhName } from './names.js';
import { tableRows } from './tables.js';

type Damage = (draft: Draft, scene: Scene) => boolean;

const wordsOf = (draft: Draft): string[] => draft.person.name.full.split(' ');
const isKinh = (draft: Draft): boolean => draft.person.name.group === 'kinh';
const hasMarks = (word: string): boolean => bare(word) !== word.toLowerCase();

/** Changes words until one really changes, from the last on: the given name first. */
function changeOneWord(draft: Draft, scene: Scene, change: (word: string) => string | null): boolean {
  const words = wordsOf(draft);
  for (let i = words.length - 1; i >= 0; i--) {
    const word = words[i] as string;
    const changed = change(word);
    if (changed === null || changed === word) continue;
    words[i] = changed;
    return writeName(draft, scene, words.join(' '));
  }
  return false;
}

// Variations that mean nothing.

export const otherCase: Damage = (draft, scene) => {
  const { full } = draft.person.name;
  draft.name = scene.random.chance(0.5)
    ? full.toLowerCase()
    : scene.extract.upperCase
      ? full
      : full.toUpperCase();
  return true;
};

export const straySpaces: Damage = (draft, scene) => {
  const gap = scene.random.pick(['  ', '\u00a0', ' \t']);
  draft.name = scene.random.chance(0.3) ? ` ${draft.name} ` : draft.name.replace(' ', gap);
  return true;
};

export const decomposed: Damage = (draft) => {
  const before = draft.name;
  draft.name = before.normalize('NFD');
  return draft.name !== before;
};

export const zeroWidth: Damage = (draft) => {
  draft.name = `${draft.name}\u200b`;
  return true;
};

// Damage of form.

export const tonePlace: Damage = (draft, scene) =>
  changeOneWord(draft, scene, (word) => {
    if (/^q/i.test(word)) return null;
    const moved = word
      .normalize('NFD')
      .replace(/(o)([\u0300\u0301\u0303\u0309\u0323])([ae])$/iu, '$1$3$2')
      .replace(/(u)([\u0300\u0301\u0303\u0309\u0323])(y)$/iu, '$1$3$2');
    return moved.normalize('NFC');
  });

/** Old encodings are told apart by letters only; a name with marks on two words leaves no doubt. */
const encoded =
  (encode: (text: string) => string): Damage =>
  (draft) => {
    const words = wordsOf(draft);
    if (!isKinh(draft) || words.length < 3 || words.filter(hasMarks).length < 2) return false;
    if (words.some((word) => /[ỷỹỵ]/iu.test(word) || toneAt(word) === 0)) return false;
    draft.name = encode(words.join(' '));
    return true;
  };

export const tcvn3 = encoded(asTcvn3);
export const vni = encoded(asVni);
export const mojibake = encoded(asMojibake);
/** Only the keys for tones give typing away for sure: `Lee Thanh Kieen` could be a name. */
export const telex: Damage = (draft, scene) =>
  wordsOf(draft).filter((word) => toneAt(word) > 0).length >= 2 && encoded(asTelex)(draft, scene);

export const lookAlike: Damage = (draft) => {
  const before = draft.name;
  draft.name = before.replaceAll('Đ', '\u00d0').replaceAll('đ', '\u00f0');
  return draft.name !== before;
};

export const titleOrNote: Damage = (draft, scene) => {
  const { sex, year } = draft.person;
  const title = year > 1985 ? null : sex === 'M' ? 'Ông' : 'Bà';
  draft.name =
    title !== null && scene.random.chance(0.6) ? `${title} ${draft.name}` : `${draft.name} (chủ hộ)`;
  return isKinh(draft);
};

export const academicTitle: Damage = (draft, { random }) => {
  draft.name = `${random.pick(['TS.', 'ThS.', 'PGS.TS.', 'GS.TS.'])} ${draft.name}`;
  return isKinh(draft);
};

/** As files of the courts and the police call people. */
export const alias: Damage = (draft, { random }) => {
  draft.name = `${draft.name} (${random.pick(['tức', 'tên gọi khác:', 'bí danh'])} ${random.pick(['Tư', 'Bảy', 'Út', 'Tèo', 'Cu Đen'])})`;
  return isKinh(draft);
};

export const punctuation: Damage = (draft, scene) => {
  draft.name = `${draft.name}${scene.random.pick(['.', ';', ' -'])}`;
  return isKinh(draft);
};

// Something lost.

export const noMarks: Damage = (draft, scene) => {
  const words = wordsOf(draft);
  if (words.length < 3 || words.filter(hasMarks).length < 2) return false;
  const plain = draft.person.name.full
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('Đ', 'D')
    .replaceAll('đ', 'd');
  return writeName(draft, scene, plain);
};

/** Letters that Windows-1258 or Latin-1 could not hold became question marks. */
export const lettersLost: Damage = (draft, scene) => {
  const { full } = draft.person.name;
  const lost = full.replace(/[\u1ea0-\u1ef9]/gu, '?');
  const letters = lost.split('?').length - 1;
  if (!isKinh(draft) || letters < 1 || letters > 2 || /(^| )\?|\?\?/.test(lost)) return false;
  return writeName(draft, scene, lost);
};

export const initials: Damage = (draft, scene) => {
  const words = wordsOf(draft);
  if (!isKinh(draft) || words.length < 3) return false;
  const short = words.map((word, i) => (i > 0 && i < words.length - 1 ? `${word[0]}.` : word));
  return writeName(draft, scene, short.join(' '));
};

// Real differences.

const TONES = ['\u0301', '\u0300', '\u0309', '\u0303', '\u0323'] as const;

export const wrongMark: Damage = (draft, scene) =>
  isKinh(draft) &&
  changeOneWord(draft, scene, (word) =>
    toneAt(word) < 0 || /(?:[cpt]|ch)$/i.test(word) ? null : withTone(word, scene.random.pick(TONES)),
  );

/** i and y are both written after h k l m s t and qu, where they are the whole rime: Lý/Lí, Mỹ/Mĩ, Quý/Quí. */
export const spellingVariant: Damage = (draft, scene) =>
  isKinh(draft) &&
  changeOneWord(draft, scene, (word) => {
    const parts = /^(qu|[hklmst])([iy])(\p{M}?)$/iu.exec(word.normalize('NFD'));
    if (parts === null) return null;
    const [, onset, vowel, mark] = parts;
    return `${onset}${vowel === 'i' ? 'y' : 'i'}${mark}`.normalize('NFC');
  });

const REGIONAL = new Map([
  ['Hoàng', 'Huỳnh'],
  ['Huỳnh', 'Hoàng'],
  ['Vũ', 'Võ'],
  ['Võ', 'Vũ'],
]);

export const regionalVariant: Damage = (draft, scene) => {
  const [family = '', ...rest] = wordsOf(draft);
  const other = REGIONAL.get(family);
  return isKinh(draft) && other !== undefined && writeName(draft, scene, [other, ...rest].join(' '));
};

export const middleDropped: Damage = (draft, scene) => {
  const words = wordsOf(draft);
  if (!isKinh(draft) || words.length < 3) return false;
  return writeName(draft, scene, [words[0], ...words.slice(2)].join(' '));
};

export const middleAdded: Damage = (draft, scene) => {
  const [family = '', ...rest] = wordsOf(draft);
  const added = draft.person.sex === 'F' ? 'Thị' : 'Văn';
  if (!isKinh(draft) || rest.length !== 2 || rest.includes(added)) return false;
  return writeName(draft, scene, [family, added, ...rest].join(' '));
};

/** Given names that, put first, would read as Mr, Mrs, brother, aunt … */
const FORMS_OF_ADDRESS = ['anh', 'ba', 'bac', 'chi', 'chu', 'co', 'cu', 'em', 'ong'];

export const wordOrder: Damage = (draft, scene) => {
  const words = wordsOf(draft);
  const last = words.at(-1) as string;
  if (words.length < 3 || new Set(words).size < words.length || FORMS_OF_ADDRESS.includes(bare(last)))
    return false;
  return writeName(draft, scene, [last, ...words.slice(0, -1)].join(' '));
};

let known: ReadonlySet<string> | null = null;

/** Words, without marks, that are names: a slip that makes one of them would be another name, not a slip. */
function isName(word: string): boolean {
  known ??= new Set(
    [
      ...tableRows('surnames').map((row) => row.surname ?? ''),
      ...tableRows('middle_names').map((row) => row.middle ?? ''),
      ...tableRows('given_names').map((row) => row.given ?? ''),
    ].map(bare),
  );
  return known.has(bare(word));
}

const NEIGHBOURS: Readonly<Record<string, string>> = {
  n: 'mb',
  g: 'fh',
  t: 'ry',
  h: 'jg',
  c: 'xv',
  m: 'n',
  r: 'te',
  l: 'k',
};

export const typo: Damage = (draft, scene) =>
  isKinh(draft) &&
  changeOneWord(draft, scene, (word) => {
    if (word.length < 4) return null;
    const at = scene.random.between(1, word.length - 2);
    const letter = word[at] as string;
    const swapped = `${word.slice(0, at)}${word[at + 1]}${letter}${word.slice(at + 2)}`;
    const doubled = `${word.slice(0, at)}${letter}${word.slice(at)}`;
    const near = NEIGHBOURS[letter.toLowerCase()];
    const slipped =
      near === undefined
        ? doubled
        : `${word.slice(0, at)}${scene.random.pick([...near])}${word.slice(at + 1)}`;
    const made = scene.random.pick([swapped, doubled, slipped]);
    return isName(made) || bare(made) === bare(word) ? null : made;
  });

export const otherName: Damage = (draft, scene) => {
  const { sex, year, name } = draft.person;
  const family = scene.random.pick(
    ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Bùi', 'Đặng'].filter((word) => word !== name.family),
  );
  const other = kinhName(family, sex, year, scene.random).full;
  const apart = other
    .split(' ')
    .every((word) => word === 'Văn' || word === 'Thị' || !bare(name.full).includes(bare(word)));
  return apart && writeName(draft, scene, other);
};

export const nameMissing: Damage = (draft) => {
  draft.name = '';
  return true;
};
