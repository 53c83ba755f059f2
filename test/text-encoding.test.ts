import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeText, detectEncoding, type FileEncoding } from '../engine/text-encoding.js';
import { asTcvn3, asVni } from '../generator/legacy-text.js';
import { peopleOfChunk, population } from '../generator/people.js';
import { windows1258 } from './windows-1258.js';

const NAMES = peopleOfChunk(population(11, 1500), 0).map((person) => person.name.full);

const ENCODED: readonly (readonly [string, (text: string) => Buffer, FileEncoding])[] = [
  ['utf-8', (text) => Buffer.from(text), 'utf-8'],
  ['utf-8, letters taken apart', (text) => Buffer.from(text.normalize('NFD')), 'utf-8'],
  ['utf-8, a byte cut out', (text) => withoutByte(Buffer.from(text)), 'utf-8'],
  ['utf-16 LE', (text) => iconv.encode(text, 'utf16le'), 'utf-16le'],
  ['utf-16 BE', (text) => iconv.encode(text, 'utf16be'), 'utf-16be'],
  ['windows-1258', windows1258, 'windows-1258'],
  ['TCVN3', (text) => Buffer.from(asTcvn3(text), 'latin1'), 'windows-1252'],
  ['VNI', (text) => iconv.encode(asVni(text), 'win1252'), 'windows-1252'],
];

/** The first half of the first letter that has two bytes is lost, as where a fixed width cut it. */
function withoutByte(bytes: Buffer): Buffer {
  const at = bytes.findIndex((byte) => byte >= 0xc0);
  return at < 0 ? bytes : Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
}

function files(rows: number, change: (name: string) => string): string[] {
  const parts: string[] = [];
  for (let i = 0; i + rows <= NAMES.length; i += rows) {
    const lines = NAMES.slice(i, i + rows).map((name, k) => `${k},${change(name)},12/05/1985`);
    parts.push(`so,ho_ten,ngay_sinh\n${lines.join('\n')}\n`);
  }
  return parts;
}

describe.each(ENCODED)('%s', (_name, encode, encoding) => {
  it.each([
    [100, 1],
    [10, 0.98],
  ])('is recognised from %i names', (rows, share) => {
    for (const change of [(name: string) => name, (name: string) => name.toUpperCase()]) {
      const found = files(rows, change).map((text) => detectEncoding(encode(text), true).encoding);
      expect(found.filter((one) => one === encoding).length / found.length).toBeGreaterThanOrEqual(share);
    }
  });

  it('is not mistaken where the start of a file ends within a letter', () => {
    const bytes = encode(files(100, (name) => name)[0]!);
    for (let length = bytes.length - 200; length < bytes.length; length += 2) {
      expect(detectEncoding(bytes.subarray(0, length), false).encoding).toBe(encoding);
    }
  });
});

describe('decoding', () => {
  it.each([
    ['utf-8', 'Đỗ Thị Ái', Buffer.from('\ufeffĐỗ Thị Ái')],
    ['utf-16le', 'Đỗ Thị Ái', iconv.encode('\ufeffĐỗ Thị Ái', 'utf16le')],
    ['utf-16be', 'Đỗ Thị Ái', iconv.encode('\ufeffĐỗ Thị Ái', 'utf16be')],
    ['windows-1258', 'Đỗ Thị Ái', windows1258('Đỗ Thị Ái')],
    ['windows-1252', '§ç', Buffer.from([0xa7, 0xe7])],
    ['utf-8', 'A\ufffdn', Buffer.from([0x41, 0xe0, 0x6e])],
  ] as const)('%s: %s', (encoding, text, bytes) => {
    expect(decodeText(bytes, encoding).normalize('NFC')).toBe(text);
  });

  it('plain ASCII is UTF-8', () => {
    expect(detectEncoding(Buffer.from('id,name\n1,An\n'), true)).toEqual({
      encoding: 'utf-8',
      confidence: 1,
    });
  });
});
