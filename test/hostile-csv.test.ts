import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectCsv } from '../engine/csv-file.js';
import { mendCsv } from '../engine/csv-mender.js';
import { unreadable } from '../engine/file-access.js';
import { appearWhole, writeWhole } from '../engine/whole-file.js';
import { UserError } from '../messages/user-error.js';
import { troubleWithFiles } from '../pipeline/file-trouble.js';
import { openReader, type Reader, type ReadRow } from './csv-reading.js';
import fc from './property.js';
import { windows1258 } from './windows-1258.js';

let reader: Reader;

beforeAll(async () => {
  reader = await openReader();
});

afterAll(() => reader.close());

/** What a row is in one line of a table of cases: `line state cell|cell`. */
function shortly({ line, state, cells }: ReadRow): string {
  return `${line} ${['read', 'repaired', 'rejected'][state]} ${cells.map((cell) => cell ?? '').join('|')}`;
}

async function rowsOf(name: string, content: string | Buffer): Promise<string[]> {
  const { file, rows } = await reader.read(reader.put(name, content));
  expect(file.rows).toBe(rows.length);
  expect(file.rejected).toBe(rows.filter((row) => row.state === 2).length);
  expect(file.repaired).toBe(rows.filter((row) => row.state === 1).length);
  expect(file.listed.map((row) => row.line)).toEqual(
    rows.filter((row) => row.state > 0).map((row) => row.line),
  );
  return rows.map(shortly);
}

async function mistakeOf(work: () => Promise<unknown>): Promise<UserError> {
  const error = await work().then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

function expectMessage({ parts, exitCode }: UserError, what: RegExp, where: string): void {
  expect(exitCode).toBe(2);
  expect(parts.what.en).toMatch(what);
  expect(parts.where).toContain(where);
  for (const text of [parts.what, parts.mend]) {
    expect(text.vi.length).toBeGreaterThan(10);
    expect(text.en.length).toBeGreaterThan(10);
    expect(text.vi).not.toBe(text.en);
  }
}

describe('what cannot be a table is one message', () => {
  const broken = gzipSync('id,name\n1,An\n'.repeat(5000));
  it.each<[string, string, string | Buffer, RegExp]>([
    ['an empty file', 'empty.csv', '', /empty/],
    ['nothing but blank lines', 'blank.csv', '\n \n\r\n', /empty/],
    ['nothing but a byte order mark', 'mark.csv', '\ufeff', /empty/],
    ['an empty archive', 'empty.csv.gz', gzipSync(''), /empty/],
    ['the same header twice', 'twice.csv', 'id,name,id\n1,An,2\n', /“id” occurs more than once/],
    ['a header twice, blanks aside', 'blanks.csv', 'so dt,"so  dt "\n1,2\n', /“so dt” occurs more/],
    ['an archive cut short', 'cut.csv.gz', broken.subarray(0, broken.length - 40), /broken/],
    ['an archive that is none', 'none.csv.gz', 'id,name\n1,An\n', /broken/],
    ['a workbook', 'book.csv', Buffer.from('PK\x03\x04 and so on'), /Excel/],
    ['a header of 10 MB', 'wide.csv', 'x'.repeat(10_000_000), /no header line/],
    ['a table that is no Parquet', 'text.parquet', 'id,name\n1,An\n', /Parquet/],
    ['an empty Parquet', 'empty.parquet', '', /Parquet/],
  ])('%s', async (_what, name, content, message) => {
    const path = reader.put(name, content);
    expectMessage(await mistakeOf(() => reader.read(path)), message, name);
  });

  it('a header that stands further down is named by its line', async () => {
    const path = reader.put('down.csv', '\n\nid,id\n1,2\n');
    expect((await mistakeOf(() => reader.read(path))).parts.where).toBe(`${path}:3`);
  });

  it('a broken archive beyond its start', async () => {
    const whole = gzipSync(
      `id,n\n${Array.from({ length: 200_000 }, (_, i) => `${i},${(i * 7919) % 104_729}`).join('\n')}`,
    );
    const path = reader.put('late.csv.gz', whole.subarray(0, whole.length - 5));
    expect((await inspectCsv(path)).delimiter).toBe(',');
    expectMessage(await mistakeOf(() => reader.read(path)), /broken/, 'late.csv.gz');
  });

  it.each(['folder.csv', 'folder.csv.gz', 'folder.parquet'])('a folder: %s', async (name) => {
    mkdirSync(join(reader.folder, name));
    expectMessage(await mistakeOf(() => reader.read(join(reader.folder, name))), /folder/, name);
  });

  it.each(['no-such.csv', 'no-such.csv.gz', 'no-such.parquet'])('no file: %s', async (name) => {
    expectMessage(await mistakeOf(() => reader.read(join(reader.folder, name))), /no such file/, name);
  });

  it('no permission', async () => {
    const path = reader.put('locked.csv', 'id\n1\n');
    chmodSync(path, 0o000);
    // The superuser may read everything: there the system's answer is played.
    const error =
      process.getuid?.() === 0
        ? unreadable(path, Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' }))
        : await mistakeOf(() => reader.read(path));
    expectMessage(error as UserError, /may not be read/, 'locked.csv');
  });
});

const NAMES =
  'Nguyễn Thị Hồng Nhung,Trần Văn Đức,Lê Hoàng Phương Uyên,Đỗ Mạnh Cường,Phạm Thùy Dương,Vũ Ngọc Ánh'.split(
    ',',
  );
const TABLE = `số,họ tên\n${NAMES.map((name, i) => `${i},${name}`).join('\n')}\n`;
const EXPECTED = NAMES.map((name, i) => `${i + 2} read ${i}|${name}`);

describe('encodings', () => {
  const bom = (bytes: number[], text: Buffer) => Buffer.concat([Buffer.from(bytes), text]);
  it.each<[string, Buffer, string]>([
    ['utf-8', Buffer.from(TABLE), 'utf-8'],
    ['utf-8 with a mark', bom([0xef, 0xbb, 0xbf], Buffer.from(TABLE)), 'utf-8'],
    ['utf-8, letters taken apart', Buffer.from(TABLE.normalize('NFD')), 'utf-8'],
    ['utf-16 LE with a mark', bom([0xff, 0xfe], iconv.encode(TABLE, 'utf16le')), 'utf-16le'],
    ['utf-16 BE with a mark', bom([0xfe, 0xff], iconv.encode(TABLE, 'utf16be')), 'utf-16be'],
    ['utf-16 LE without', iconv.encode(TABLE, 'utf16le'), 'utf-16le'],
    ['utf-16 BE without', iconv.encode(TABLE, 'utf16be'), 'utf-16be'],
    ['windows-1258', windows1258(TABLE), 'windows-1258'],
  ])('%s', async (_name, bytes, encoding) => {
    for (const [name, content] of [
      ['encoded.csv', bytes],
      ['encoded.csv.gz', gzipSync(bytes)],
    ] as const) {
      const { file, rows } = await reader.read(reader.put(name, content));
      expect(file.encoding).toBe(encoding);
      expect(file.header.map((header) => header.normalize('NFC'))).toEqual(['số', 'họ tên']);
      expect(rows.map(shortly).map((row) => row.normalize('NFC'))).toEqual(EXPECTED);
    }
  });

  it.each(['utf16le', 'utf16be'])('%s where the job says utf-16', async (encoding) => {
    const path = reader.put('named.csv', iconv.encode(TABLE, encoding));
    const { rows } = await reader.read(path, { encoding: 'utf-16' });
    expect(rows.map(shortly)).toEqual(EXPECTED);
  });

  // "Trần Đức Vượng", "Lê Thị Hiền" in the bytes of the .VnTime fonts.
  const tcvn3 = Buffer.from('id,name\n1,Tr\xc7n \xa7\xf8c V\xad\xeeng\n2,L\xaa Th\xde Hi\xd2n\n', 'latin1');

  it.each(['auto', 'tcvn3'] as const)(
    'TCVN3, told %s: the bytes stay, to be put right later',
    async (encoding) => {
      const { file, rows } = await reader.read(reader.put('tcvn3.csv', tcvn3), { encoding });
      expect(file.encoding).toBe('windows-1252');
      expect(file.fontEncoding).toBe(encoding === 'auto' ? null : 'tcvn3');
      const bytes = rows.map((row) => Buffer.from(row.cells[1]!, 'latin1').toString('hex'));
      expect(bytes).toEqual(['5472c76e20a7f8632056adee6e67', '4caa205468de204869d26e']);
    },
  );

  it('letters of another encoding only behind the start', async () => {
    const plain = `id,name\n${'1,Nguyen Van An\n'.repeat(30_000)}`;
    const path = reader.put('late-letters.csv', Buffer.concat([Buffer.from(plain), windows1258(TABLE)]));
    const { file, rows } = await reader.read(path);
    expect(file.encoding).toBe('windows-1258');
    expect(rows.at(-1)!.cells[1]!.normalize('NFC')).toBe(NAMES.at(-1));
    expect(rows.length).toBe(30_000 + NAMES.length + 1);
  });

  it('a few bytes that are no UTF-8 cost only themselves', async () => {
    const bytes = Buffer.concat([
      Buffer.from(TABLE),
      Buffer.from([0x37, 0x2c, 0x41, 0xe0, 0x6e, 0x0a]),
      Buffer.from('8,Hà\n'),
    ]);
    const rows = await rowsOf('few.csv', bytes);
    expect(rows).toEqual([...EXPECTED, '8 repaired 7|A\ufffdn', '9 read 8|Hà']);
  });
});

describe('rows', () => {
  it.each<[string, string, string[]]>([
    ['header only', 'a,b\n', []],
    ['header only, no line end', 'a,b', []],
    ['header only, carriage return', 'a,b\r', []],
    [
      'ragged',
      'a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12,\n13,14,15, ,\n',
      ['2 read 1|2|3', '3 rejected ||', '4 rejected ||', '5 read 10|11|12', '6 repaired 13|14|15'],
    ],
    [
      'stray quotes',
      'a,b\n1,5" pipe\n2,"An"x\n3,"\n4,B\n',
      ['2 read 1|5" pipe', '3 repaired 2|"An"x', '4 repaired 3|"', '5 read 4|B'],
    ],
    ['blanks beside quotes', 'a,b\n1, "x,y"\n2,"z" \n4,5,\n', ['2 read 1|x,y', '3 read 2|z', '4 read 4|5']],
    ['NUL bytes', 'a,b\n1,A\0n\n2,B\n', ['2 repaired 1|An', '3 read 2|B']],
    ['carriage returns only', 'a,b\r1,2\r3,4', ['2 read 1|2', '3 read 3|4']],
    ['one row, carriage returns only', 'a,b\r1,2', ['2 read 1|2']],
    ['CR LF', 'a,b\r\n1,2\r\n3,4\r\n', ['2 read 1|2', '3 read 3|4']],
    [
      'mixed line ends',
      'a,b\r\n1,2\n3,4\r5,6\n\r\n7,8',
      ['2 read 1|2', '3 read 3|4', '4 read 5|6', '6 read 7|8'],
    ],
    ['as many CR as LF, never together', 'a,b\n1,2\r3,4\n5,6\r', ['2 read 1|2', '3 read 3|4', '4 read 5|6']],
    ['a byte order mark before a quote', '\ufeff"a","b"\n1,2\n', ['2 read 1|2']],
    [
      'quoted line breaks',
      'a,b\n1,"x\ny"\n2,"p\r\nq"\n3,z\n',
      ['2 read 1|x\ny', '4 read 2|p\r\nq', '6 read 3|z'],
    ],
    ['blank lines in a cell', 'a,b\n1,"x\n\ny"\n2,z\n', ['2 read 1|x\n\ny', '5 read 2|z']],
    ['a header over two lines', '"a\nx",b\n1,2\n', ['3 read 1|2']],
    ['blank lines all about', '\n\na,b\n\n1,2\n  \n3,4\n\n', ['5 read 1|2', '7 read 3|4']],
    ['a blank line makes up for a line break', 'a,b\n1,"x\ny"\n2,z\n', ['2 read 1|x\ny', '4 read 2|z']],
    ['one column', 'a\n1\n\n""\n 2\n', ['2 read 1', '4 read ', '5 read  2']],
    ['a row of empty cells', 'a,b\n,\n1,2\n', ['2 read |', '3 read 1|2']],
    ['tabs', 'a\tb\n\t\n1\t2,5\n', ['2 read |', '3 read 1|2,5']],
    ['semicolons and decimal commas', 'a;b\n1,5;2\n3,7;4\n', ['2 read 1,5|2', '3 read 3,7|4']],
    ['empty names in the header', 'a,,\n1,2,3\n', ['2 read 1|2|3']],
    [
      'quotes that never close',
      'a,b,c\n1,"x,2\n3,y,4\n5,z,6\n',
      ['2 repaired 1|"x|2', '3 read 3|y|4', '4 read 5|z|6'],
    ],
    [
      'a quote far down that would close it',
      'a,b,c\n1,2,"x\n3,y,4\n5,z,6"\n7,u,8\n',
      ['2 repaired 1|2|"x', '3 read 3|y|4', '4 read 5|z|6"', '5 read 7|u|8'],
    ],
    [
      'a cell that holds lines with delimiters',
      'a,b,c\n1,"x\np,q\ny",2\n3,z,4\n',
      ['2 read 1|x\np,q\ny|2', '5 read 3|z|4'],
    ],
    [
      'a record over two lines of the wrong width',
      'a,b,c\n1,"x\ny"\n3,z,4\n',
      ['2 rejected ||', '4 read 3|z|4'],
    ],
    ['all empty behind the header', 'a,b\n\n\n\n', []],
  ])('%s', async (_name, content, expected) => {
    expect(await rowsOf('rows.csv', content)).toEqual(expected);
    expect(await rowsOf('rows.csv.gz', gzipSync(content))).toEqual(expected);
  });

  it('what was rejected is listed with its reason and its text', async () => {
    const { file } = await reader.read(reader.put('listed.csv', 'a,b\n1,2\n"x\ny"\n3,\0\n'));
    expect(file.listed.map(({ line, state, text }) => [line, state, text])).toEqual([
      [3, 'rejected', '"x\ny"'],
      [5, 'repaired', '3,\u2400'],
    ]);
    expect(file.listed[0]!.why).toEqual({
      vi: 'Có 1 ô, tiêu đề có 2 cột.',
      en: 'Has 1 cells where the header has 2 columns.',
    });
  });

  it('an unclosed quote early in 200,000 rows costs its own row only', async () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `${i},name ${i},${i % 97}`);
    lines[3] = '3,"name 3,3';
    lines[5000] = '"5000,name';
    const path = reader.put('unclosed.csv', `id,name,n\n${lines.join('\n')}\n`);
    const { file, rows } = await reader.read(path);
    expect(rows.length).toBe(200_000);
    expect(file.listed.map(({ line, state }) => [line, state])).toEqual([
      [5, 'repaired'],
      [5002, 'rejected'],
    ]);
    expect(rows.every((row, i) => row.line === i + 2)).toBe(true);
    expect(rows[3]!.cells).toEqual(['3', '"name 3', '3']);
    expect(rows[199_999]!.cells).toEqual(['199999', 'name 199999', String(199_999 % 97)]);
  });

  it('an opening quote in every row does not take forever', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `${i},"name ${i}`);
    const { file } = await reader.read(reader.put('inches.csv', `id,name\n${lines.join('\n')}\n`));
    expect([file.rows, file.repaired]).toEqual([20_000, 20_000]);
    expect(file.listed.length).toBe(10_000);
  });

  it.each(['csv', 'csv.gz'])('a line of 10 MB among others: %s', async (ending) => {
    const content = `a,b\n1,2\n3,${'x'.repeat(10_000_000)}\n4,"${'y'.repeat(10_000_000)}"\n5,6\n7,"${'z'.repeat(5_000_000)}\n8,9\n`;
    const path = reader.put(`long.${ending}`, ending === 'csv' ? content : gzipSync(content));
    const { file, rows } = await reader.read(path);
    const kept = ['2 read 1|2', '3 rejected |', '4 rejected |', '5 read 5|6', '6 rejected |', '7 read 8|9'];
    expect(rows.map(shortly)).toEqual(kept);
    expect(file.listed.map(({ why, text }) => [why.en, text.length])).toEqual(
      Array.from({ length: 3 }, () => ['The row is longer than 1,000,000 bytes.', 2000]),
    );
  });

  it('the longest row that is taken is the same read plainly and mended', async () => {
    const row = `1,"${'ơ"" '.repeat(150_000)}"`;
    const content = `a,b\n2,x\n${row}\n`;
    for (const path of [
      reader.put('longest.csv', content),
      reader.put('longest.csv.gz', gzipSync(content)),
    ]) {
      const { rows } = await reader.read(path);
      expect(rows[1]!.cells[1]!.length).toBe(450_000);
    }
  });
});

/** Cells without what makes a record ambiguous: a quoted one may hold anything, but no line of it looks like a row. */
const cell = fc
  .array(fc.constantFrom('a', 'ê', ' x', '7', '"', '\n', '\r\n', '\r', '', ' '), { maxLength: 6 })
  .map((parts) => parts.join(''));
const commaCell = fc.constantFrom('x,y', ',', '"a, b"');

interface Made {
  readonly cells: readonly string[];
  readonly text: string;
}

function written(value: string, quote: boolean): string {
  const needs = /[",\r\n]/.test(value) || value.trim() !== value;
  return needs || quote ? `"${value.replaceAll('"', '""')}"` : value;
}

const row = (width: number): fc.Arbitrary<Made> =>
  fc
    .array(
      fc.tuple(fc.oneof({ weight: 6, arbitrary: cell }, { weight: 1, arbitrary: commaCell }), fc.boolean()),
      {
        minLength: width,
        maxLength: width,
      },
    )
    .map((cells) => ({
      cells: cells.map(([value]) => value),
      text: cells.map(([value, quote]) => written(value, quote)).join(','),
    }));

describe('properties', () => {
  it('every row is read or rejected, on its own line, with its own cells', async () => {
    const width = 4;
    const rows = fc.array(
      fc.oneof(
        { weight: 8, arbitrary: row(width) },
        { weight: 1, arbitrary: row(width - 1) },
        { weight: 1, arbitrary: row(width + 1) },
      ),
      { maxLength: 25 },
    );
    const ends = fc.constantFrom('\n', '\r\n', '\r');
    await fc.assert(
      fc.asyncProperty(rows, ends, fc.boolean(), fc.boolean(), async (made, end, mixed, packed) => {
        let line = 2;
        let text = `a,b,c,d${end}`;
        const expected: string[] = [];
        for (const [i, { cells, text: written }] of made.entries()) {
          const last = cells.slice(width).join('');
          const state = cells.length < width || last.trim() !== '' ? 2 : last === '' ? 0 : 1;
          const kept = state === 2 ? Array<string>(width).fill('') : cells.slice(0, width);
          expected.push(shortly({ line, state, cells: kept }));
          text += written + (mixed && i % 3 === 0 ? '\n' : end);
          line += 1 + (written.match(/\r\n|\r|\n/g)?.length ?? 0);
        }
        const path = packed ? reader.put('any.csv.gz', gzipSync(text)) : reader.put('any.csv', text);
        const { rows: read } = await reader.read(path, { delimiter: ',' });
        expect(read.map(shortly)).toEqual(expected);
      }),
      { numRuns: 120 },
    );
  });

  it('whatever the bytes, no row of a kept line count is lost and nothing is thrown but a message', async () => {
    const line = fc.array(fc.constantFrom('a', '1', ',', ',', '"', ' ', '\0', 'é', '\ufffd', ';'), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          line.map((parts) => parts.join('')),
          { maxLength: 30 },
        ),
        async (lines) => {
          const path = reader.put('noise.csv', `id,name,born\n${lines.join('\n')}\n`);
          const { file, rows } = await reader.read(path, { delimiter: ',' });
          expect(rows.length).toBe(file.rows);
          expect(file.rejected).toBe(rows.filter((one) => one.state === 2).length);
          // Every line that is not blank is the first of a row, or belongs to the open quotes of the row before it.
          const starts = new Set(rows.map((one) => one.line));
          const uncovered = lines.filter((text, i) => {
            const blank = text.trim() === '' && !text.includes(',');
            return (
              !blank && !starts.has(i + 2) && !rows.some((one) => one.line < i + 2 && covers(one, i + 2))
            );
          });
          expect(uncovered).toEqual([]);
        },
      ),
      { numRuns: 120 },
    );
    function covers(one: ReadRow, wanted: number): boolean {
      const breaks = one.state === 2 ? Number.POSITIVE_INFINITY : one.cells.join('').split('\n').length - 1;
      return wanted <= one.line + breaks;
    }
  });
});

const SPECTRUM = join(import.meta.dirname, '../../shared/data/csv/csv-spectrum');
const spectrum = existsSync(SPECTRUM)
  ? readdirSync(join(SPECTRUM, 'csvs')).map((name) => name.replace('.csv', ''))
  : [];

/** In the collection's copy the CRs are gone from the files, and one JSON holds another phone number than its CSV. */
const unlike = (text: string) => text.replaceAll('\\r\\n', '\\n').replace('1234567890', '2095257564');

describe.skipIf(spectrum.length === 0)('csv-spectrum (skipped where the collection is not there)', () => {
  it.each(spectrum)('%s', async (name) => {
    const json = readFileSync(join(SPECTRUM, 'json', `${name}.json`), 'utf8');
    const expected = [JSON.parse(unlike(json)) as object].flat();
    const { file, rows } = await reader.read(join(SPECTRUM, 'csvs', `${name}.csv`));
    const records = rows.map((one) =>
      Object.fromEntries(file.header.map((header, i) => [header, one.cells[i] ?? ''])),
    );
    expect(records).toEqual(expected);
  });
});

describe('a full disk', () => {
  const full = existsSync('/dev/full');

  it.skipIf(!full)('while a file is mended', async () => {
    const file = await inspectCsv(reader.put('full.csv.gz', gzipSync('a,b\n1,2\n')));
    const error = await mendCsv(file, '/dev/full').catch((caught: unknown) => caught);
    expectMessage(troubleWithFiles(error, 'runs/x') as UserError, /disk is full/, 'runs/x');
  });

  it('leaves neither the file nor a part of it', async () => {
    const path = join(reader.folder, 'report.html');
    const noSpace = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    await expect(appearWhole(path, () => Promise.reject(noSpace))).rejects.toBe(noSpace);
    expect(() => writeWhole(join(reader.folder, 'no-such-folder/x'), 'x')).toThrow();
    mkdirSync(join(reader.folder, 'taken', 'x'), { recursive: true });
    expect(() => writeWhole(join(reader.folder, 'taken'), 'x')).toThrow();
    expect(readdirSync(reader.folder).filter((name) => /report|partial/.test(name))).toEqual([]);
    rmSync(join(reader.folder, 'taken'), { recursive: true });
  });

  it.each([
    'IO Error: Could not write file "x": No space left on device',
    'Out of Memory Error: failed to offload data block of size 256.0 KiB (… max_temp_directory_size)',
  ])('as the engine says it: %s', (message) => {
    expectMessage(troubleWithFiles(new Error(message), 'runs/x') as UserError, /disk is full/, 'runs/x');
  });
});
