import { describe, expect, it } from 'vitest';
import { readTable } from '../normalizers/data-table.js';
import { encodeLegacy } from '../normalizers/legacy-encodings.js';
import { foldedName, nameParts, phoneticName, sortedName } from '../normalizers/name-keys.js';
import type { LegacyEncoding } from '../normalizers/normalizer.js';
import { personName } from '../normalizers/person-name.js';
import { titleCase } from '../normalizers/vietnamese-letters.js';
import { everySyllable, isSyllable, syllable } from '../normalizers/vietnamese-text.js';
import { keepsItsContract } from './normalizer-contract.js';
import fc from './property.js';

const canonical = new RegExp(`^(?:${personName.canonical})$`, 'u');
const syllables = [...everySyllable()].map(({ onset, rime }) => onset + rime);
const oneSyllable = fc.constantFrom(...syllables);
const fullName = fc
  .array(oneSyllable, { minLength: 2, maxLength: 5 })
  .map((words) => words.map(titleCase).join(' '));

const words = readTable('name_words.csv').map(([word = '', surname, middle, given]) => ({
  word: titleCase(syllable(word.toLowerCase()) ?? word.toLowerCase()),
  surname: Number(surname),
  middle: Number(middle),
  given: Number(given),
}));
const most = (place: 'surname' | 'middle' | 'given'): string[] =>
  [...words]
    .sort((a, b) => b[place] - a[place])
    .slice(0, 40)
    .map(({ word }) => word);
const [families, middles, givens] = [most('surname'), most('middle'), most('given')];

/** 300 made-up names of frequent words, always the same. */
const people = Array.from(
  { length: 300 },
  (_, i) => `${families[i % 40]} ${middles[(i * 7) % 40]} ${givens[(i * 11 + Math.floor(i / 40)) % 40]}`,
);

function columnOf(values: readonly string[]): ReturnType<NonNullable<typeof personName.decide>> {
  const counts: Record<string, number> = {};
  for (const value of values)
    for (const seen of personName.observe?.(value) ?? []) counts[seen] = (counts[seen] ?? 0) + 1;
  const finding = personName.decide?.(counts, values.length);
  if (finding === undefined) throw new Error('no decide');
  return finding;
}

const ENCODINGS: readonly LegacyEncoding[] = [
  'tcvn3',
  'vni',
  'viscii',
  'vps',
  'cp1258',
  'viqr',
  'telex',
  'vni-typing',
  'mojibake',
  'mojibake-twice',
];

describe('person name', () => {
  const messy = fc
    .tuple(
      fullName,
      fc.constantFrom('', ' ', '(', ')', '?', '\u00ad', '\u200b', "'", '-', ' 1', '\ufffd', 'Ã', 'ß'),
    )
    .chain(([name, dirt]) =>
      fc.nat({ max: name.length }).map((at) => name.slice(0, at) + dirt + name.slice(at)),
    );
  keepsItsContract(personName, messy);

  it('leaves names of proper syllables alone, and most of them need no look', () => {
    let unseen = 0;
    fc.assert(
      fc.property(fullName, (name) => {
        const { value, problems } = personName.normalize(name);
        if (canonical.test(name)) {
          unseen++;
          expect({ value, problems }).toEqual({ value: name, problems: [] });
        }
      }),
      { numRuns: 1000 },
    );
    expect(unseen).toBeGreaterThan(900);
    for (const name of people) expect(canonical.test(name), name).toBe(true);
  });

  it.each([
    'NguyÔn V¨n Hµ',
    'Nguyeãn Thò Hoøa',
    'Nguyeenx Vawn An',
    'Nguyen6',
    'Hoà',
    'Không Rõ',
    'Ông Lê Văn An',
  ])('looks at %s', (raw) => {
    expect(canonical.test(raw)).toBe(false);
  });

  it('reads every case and Unicode form of a name alike', () => {
    fc.assert(
      fc.property(fullName, (name) => {
        const { value } = personName.normalize(name);
        for (const raw of [name.toUpperCase(), name.toLowerCase(), name.normalize('NFD'), ` ${name}\u00a0`]) {
          const other = personName.normalize(raw);
          expect(other.value, raw).toBe(value);
          for (const key of other.problems)
            expect(personName.problems[key]?.weight, key).toMatch(/none|blank|form/);
        }
      }),
    );
  });

  it.each([
    ['L\u00adu ThÞ H\u00ad¬ng', 'Lưu Thị Hương', ['legacy_encoding']],
    ['Nguyễn\u00a0Văn An', 'Nguyễn Văn An', ['unicode_form']],
    ['Nguyễn Văn\u200bAn', 'Nguyễn Văn An', ['unicode_form']],
    ['Nguyễn\u00ad Văn An', 'Nguyễn Văn An', ['unicode_form']],
    ['\ufeffNguyễn Văn An', 'Nguyễn Văn An', ['unicode_form']],
    ['Nguye\u0302\u0303n Thi\u0323 Ngo\u0323c', 'Nguyễn Thị Ngọc', ['unicode_form']],
    ['Phe\u0323\u0302t', 'Phệt', ['unicode_form']],
  ])('handles what cannot be seen in %j', (raw, value, said) => {
    const { problems, notes = [], ...read } = personName.normalize(raw);
    expect({ ...read, said: [...problems, ...notes] }).toEqual({ value, said });
  });

  it.each(ENCODINGS)('decides a column in %s and restores it', (encoding) => {
    const raws = people.map((name) => encodeLegacy(name, encoding));
    const { hints, confidence } = columnOf(raws);
    expect(hints.encoding).toBe(encoding);
    expect(confidence.encoding).toBeGreaterThan(0.85);
    const wrong = raws.filter((raw, i) => personName.normalize(raw, hints).value !== people[i]);
    expect(wrong.length / raws.length).toBeLessThan(0.01);
  });

  it('sees that a column is plain, has no marks, or is foreign', () => {
    expect(columnOf(people)).toEqual({ hints: {}, confidence: {} });
    expect(columnOf(people.map(foldedName)).hints).toEqual({ settings: { without_marks: true } });
    expect(columnOf(['John Smith', 'Grace Akello', 'Jan Kowalski']).hints).toEqual({});
  });

  it('hides all but the first letters', () => {
    expect(personName.mask("Nguyễn Văn An H'Hen")).toBe('N*** V*** A*** H***');
  });
});

describe('Vietnamese syllables', () => {
  it.each([
    ['hoà', 'hòa'],
    ['hoàn', 'hoàn'],
    ['hòan', 'hoàn'],
    ['thuý', 'thúy'],
    ['quý', 'quý'],
    ['qúy', 'quý'],
    ['già', 'già'],
    ['gìa', 'già'],
    ['gì', 'gì'],
    ['giếng', 'giếng'],
    ['huyền', 'huyền'],
    ['khuỷu', 'khuỷu'],
    ['mía', 'mía'],
    ['cửa', 'cửa'],
    ['thuở', 'thuở'],
    ['quốc', 'quốc'],
    ['nghiêng', 'nghiêng'],
    ['nguyeenx', null],
    ['đuc', null],
    ['kương', null],
    ['ngê', null],
  ])('%s is spelled %s', (written, spelled) => {
    expect(syllable(written)).toBe(spelled);
  });

  it('keeps every name word, with and without its marks', () => {
    expect(words.length).toBeGreaterThan(1000);
    for (const { word } of words) {
      expect(isSyllable(word.toLowerCase()), word).toBe(true);
      expect(isSyllable(foldedName(word)), word).toBe(true);
    }
  });
});

describe('keys of a name', () => {
  it.each([
    ["H'Hen Niê", 'hhen nie'],
    ['Đặng Thị Ý', 'dang thi y'],
    ["Jean-Paul O'Neill", 'jean paul oneill'],
  ])('%s folds to %s', (name, folded) => {
    expect(foldedName(name)).toBe(folded);
  });

  it.each([
    ['Huỳnh Xuân Trinh', 'Hoàng Suân Chinh'],
    ['Võ Thị Lan', 'Vũ Thị Nang'],
    ['Lý Ngọc Diệu', 'Lí Ngọt Riệu'],
    ['Nguyễn Gia Quý', 'Nguyễng Da Quí'],
    ['Phan Văn Phước', 'Fan Văn Phúc'],
  ])('%s sounds like %s', (a, b) => {
    expect(phoneticName(a)).toBe(phoneticName(b));
  });

  it.each([
    ['Trần Văn Dũng', 'Trần Văn Vũng'],
    ['Lê Thị Mai', 'Lê Thị Mơ'],
  ])('%s does not sound like %s', (a, b) => {
    expect(phoneticName(a)).not.toBe(phoneticName(b));
  });

  it('puts words in one order', () => {
    expect(sortedName('An Nguyễn Văn')).toBe(sortedName('Nguyễn Văn An'));
  });

  it.each([
    ['Nguyễn Văn An', 'Nguyễn', 'Văn', 'An'],
    ['Lê Hồng', 'Lê', '', 'Hồng'],
    ['An', '', '', 'An'],
    ['Tôn Nữ Thị Ninh', 'Tôn Nữ', 'Thị', 'Ninh'],
    ['Âu Dương Phong', 'Âu Dương', '', 'Phong'],
    ["H'Hen Niê", 'Niê', '', "H'Hen"],
    ['Y Moan Êñuôl', 'Êñuôl', '', 'Y Moan'],
    ['Y Blưm', '', '', 'Y Blưm'],
  ])('%s has the parts %s, %s, %s', (name, family, middle, given) => {
    expect(nameParts(name)).toEqual({ family, middle, given });
  });
});
