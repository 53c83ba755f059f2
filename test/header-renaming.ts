import { type Random, randomOf } from '../generator/random.js';

/** Headers as offices write them: other case, lost marks, abbreviations, prefixes, slips; for tests of the suggested mapping. */

/** What people shorten, and how. None of these words stands alone in a list of headers. */
const SHORT: readonly (readonly [word: RegExp, short: string])[] = [
  [/^ngày /i, 'Ng. '],
  [/^số /i, 'S. '],
  [/địa chỉ/i, 'đ/chỉ'],
  [/giới tính/i, 'g.tính'],
  [/điện thoại/i, 'đ.thoại'],
  [/ thường trú/i, ' th.trú'],
  [/họ và tên/i, 'h và tên'],
  [/ngân hàng/i, 'ng.hàng'],
  [/chứng nhận/i, 'ch.nhận'],
  [/hợp đồng/i, 'h.đồng'],
];

const PREFIXES = ['1. ', '(2) ', 'F_', 'Cột ', 'tt_', 'a) '];
const SUFFIXES = [' (*)', ' (bắt buộc)', '_1', ' :', ' (nếu có)', ' cũ/mới', ' [text]'];

type Change = (header: string, random: Random) => string;

const CASES: readonly Change[] = [
  (header) => header.toUpperCase(),
  (header) =>
    header.replace(/(^|[\s_/-])(\p{L})/gu, (_, gap: string, letter: string) => gap + letter.toUpperCase()),
  (header) => header.toLowerCase().replace(/[\s_]+/g, '-'),
  (header) =>
    plain(header)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_'),
  (header) =>
    plain(header)
      .toLowerCase()
      .replace(/[^a-z0-9]+(.)/g, (_, letter: string) => letter.toUpperCase()),
  (header) => header,
];

const CHANGES: readonly Change[] = [
  (header) => SHORT.reduce((text, [word, short]) => text.replace(word, short), header),
  (header, random) => random.pick(PREFIXES) + header,
  (header, random) => header + random.pick(SUFFIXES),
  (header, random) => slip(header, random),
  (header) => plain(header),
  (header) => header.normalize('NFD'),
  (header) => header.replace(/\s+/g, '  '),
];

/** The header written in another way; the same seed gives the same. */
export function renamed(header: string, seed: number): string {
  const random = randomOf(seed, header.length);
  const changes = random.chance(0.4) ? [random.pick(CHANGES)] : [random.pick(CHANGES), random.pick(CHANGES)];
  const changed = changes.reduce((text, change) => change(text, random), header);
  return random.pick(CASES)(changed, random);
}

/** Two neighbouring letters of a longer word change places, or one is doubled. */
function slip(header: string, random: Random): string {
  const words = header.split(' ');
  const long = words.findIndex((word) => word.length >= 5);
  if (long < 0) return header;
  const word = words[long] as string;
  const at = random.between(1, word.length - 3);
  const turned = random.chance(0.5)
    ? word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2)
    : word.slice(0, at) + word[at] + word.slice(at);
  return words.with(long, turned).join(' ');
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
}
