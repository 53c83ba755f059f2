import { describe, expect, it } from 'vitest';
import { decodeLegacy, encodeLegacy } from '../normalizers/legacy-encodings.js';
import { plainLetters } from '../normalizers/look-alikes.js';
import { undoMojibake } from '../normalizers/mojibake.js';
import type { LegacyEncoding } from '../normalizers/normalizer.js';
import { MARKED_LETTERS } from '../normalizers/vietnamese-letters.js';
import fc from './property.js';

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

/** ABC fonts have no codes for these capitals: they come back from a word in capitals only. */
const WITHOUT_CODE = MARKED_LETTERS.filter(
  (letter) => letter !== letter.toLowerCase() && !'ĂÂÊÔƠƯĐ'.includes(letter),
);

/** Shown as Windows-1252 by a strict reader, which has no character for five bytes. */
const strictly = (text: string): string =>
  encodeLegacy(text, 'mojibake').replace(/[\x81\x8d\x8f\x90\x9d]/g, '\ufffd');

describe('legacy encodings', () => {
  it('knows the 134 letters', () => {
    expect(new Set(MARKED_LETTERS).size).toBe(134);
    expect(WITHOUT_CODE.length).toBe(60);
  });

  it.each(ENCODINGS)('%s: brings all 134 letters back', (encoding) => {
    let damagedLetters = 0;
    for (const letter of MARKED_LETTERS) {
      const text = encoding === 'tcvn3' && WITHOUT_CODE.includes(letter) ? `TH${letter}NG` : letter;
      const damaged = encodeLegacy(text, encoding);
      expect(decodeLegacy(damaged, encoding), `${letter} as ${damaged}`).toBe(text);
      if (damaged !== text) damagedLetters++;
    }
    expect(damagedLetters).toBeGreaterThan(90);
  });

  it.each(ENCODINGS)('%s: throws on nothing', (encoding) => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(typeof decodeLegacy(text, encoding)).toBe('string');
        expect(typeof encodeLegacy(text, encoding)).toBe('string');
      }),
    );
  });

  it.each([
    ['tcvn3', 'NguyÔn V¨n Hïng', 'Nguyễn Văn Hùng'],
    ['tcvn3', 'NGUYÔN V¡N', 'NGUYỄN VĂN'],
    ['tcvn3', 'L\u00adu H\u00ad¬ng', 'Lưu Hương'],
    ['vni', 'Nguyeãn Thò Hoøa', 'Nguyễn Thị Hòa'],
    ['vni', 'Ñaëng', 'Đặng'],
    ['vni', 'LEÂ', 'LÊ'],
    ['vni', 'Myõ', 'Mỹ'],
    ['viscii', 'Tr¥n Th¸ Thúy', 'Trần Thị Thúy'],
    ['vps', 'TrÀn ThÎ Thúy', 'Trần Thị Thúy'],
    ['cp1258', 'TrâÌn Thiò', 'Trần Thị'],
    ['viqr', "DDa(.ng Quo^`c Kha'nh", 'Đặng Quồc Khánh'],
    ['telex', 'Dduwcs', 'Đức'],
    ['telex', 'Thuw', 'Thư'],
    ['telex', 'THUWOWNG', 'THƯƠNG'],
    ['vni-typing', 'Nguye6n4 D9u7c1', 'Nguyễn Đức'],
    ['mojibake', 'Tráº§n', 'Trần'],
    ['mojibake-twice', 'TrÃ¡ÂºÂ§n', 'Trần'],
  ] as const)('%s: %s is %s', (encoding, damaged, meant) => {
    expect(decodeLegacy(damaged, encoding)).toBe(meant);
  });
});

describe('mojibake', () => {
  it.each(['Hồ Thị Đào', 'PHẠM NGỌC THẠCH', 'Đỗ Tấn Lộc', 'Lý Văn Bường'])(
    '%s survives a strict reader',
    (name) => {
      expect(undoMojibake(strictly(name))).toEqual({ text: name, lost: false });
    },
  );

  it('says so where two letters are possible', () => {
    expect(undoMojibake(strictly('Trần Thị Ngọc'))).toEqual({ text: 'Trần Thị Ng\ufffdc', lost: true });
  });

  it.each([
    ['Trần Thị Đào', '\u00a0', ' '],
    ['Lê Thị Hà Nam', '\u00a0', ' '],
    ['Phạm Văn Hà', /\u00a0$/, ''],
    ['Nguyễn Cửu', '\u00ad', ''],
  ])('%s survives cleaning', (name, hidden, by) => {
    expect(undoMojibake(encodeLegacy(name, 'mojibake').replace(hidden, by))?.text).toBe(name);
  });

  it.each(['LÃ VĂN', 'Âu Á', 'Trần', 'Lã Thị Hoa', 'Nguyen'])('%s is none', (name) => {
    expect(undoMojibake(name)).toBeNull();
  });
});

describe('look-alikes', () => {
  it.each([
    ['\u00d0ặng \u00f0ức', 'Đặng đức'],
    ['\u0189ặng \u0256ức', 'Đặng đức'],
    ['N\u0430m', 'Nam'],
    ['\u039dam', 'Nam'],
    ['\uff2e\uff41\uff4d', 'Nam'],
    ['Hoa\u02cb', 'Hoà'],
    ['H\u2019Hen', "H'Hen"],
    ['Êñuôl Čŭ Ŏ', 'Êñuôl Čŭ Ŏ'],
    ['Иван', 'Иван'],
    ['Nam Жан', 'Nam Жан'],
  ])('%s is %s', (written, meant) => {
    expect(plainLetters(written)).toBe(meant);
  });
});
