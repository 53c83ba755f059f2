import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import readExcelFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Value } from '../engine/database.js';
import type { Summary } from '../reports/model.js';
import { cutText, visibleText } from '../reports/visible-text.js';
import { cellText, makeWorkbook } from '../reports/xlsx.js';
import { type ListColumn, writeListXlsx } from '../reports/xlsx-list.js';
import { renderXlsx } from '../reports/xlsx-report.js';
import { readZip, writeZip } from '../reports/zip.js';
import { emptySummary, firstSummary, telecomSummary } from './fixtures/summary.js';
import { ALL_SHEETS, convert, installedOffice, textOf } from './office.js';
import fc from './property.js';

/** Workbooks are read back by a library that has not written them, and opened by LibreOffice where it is installed. */

const office = installedOffice();
if (office === null) console.warn('No LibreOffice found: the workbooks are not opened in it.');

const HOSTILE: readonly (readonly [value: string, shown: string])[] = [
  [`=cmd|' /C calc'!A0`, `=cmd|' /C calc'!A0`],
  ['=1+1', '=1+1'],
  ['+84912345678', '+84912345678'],
  ['@SUM(A1)', '@SUM(A1)'],
  ['<script>alert(1)</script>', '<script>alert(1)</script>'],
  ['"><img src=x onerror=alert(1)>', '"><img src=x onerror=alert(1)>'],
  [']]>&amp;</t></is></c>', ']]>&amp;</t></is></c>'],
  ['Nguyễn\u202eVăn', 'Nguyễn[U+202E]Văn'],
  ['a\u0000b\u0007c', 'a[U+0000]b[U+0007]c'],
  ['nửa chữ \ud83d', 'nửa chữ \ufffd'],
  ['\ufffe', '[U+FFFE]'],
  ['079085001234', '079085001234'],
  ['00123', '00123'],
  ['1E5', '1E5'],
  ['TRUE', 'TRUE'],
  ['𠀀😀', '𠀀😀'],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doisoat-xlsx-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function sheetsOf(bytes: Uint8Array | string): Promise<{ sheet: string; data: unknown[][] }[]> {
  return (await readExcelFile(typeof bytes === 'string' ? bytes : Buffer.from(bytes))) as never;
}

describe('visibleText', () => {
  it.each(HOSTILE)('%j is shown as %j', (value, shown) => {
    expect(visibleText(value)).toBe(shown);
  });

  it('is valid in XML 1.0, whatever comes', () => {
    const allowed = /^[\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((n) => String.fromCharCode(n)) }),
        (text) => {
          const shown = visibleText(text);
          expect(shown).toMatch(allowed);
          expect(visibleText(shown)).toBe(shown);
        },
      ),
    );
  });

  it('cuts before half a character', () => {
    expect(cutText('aaaa', 4)).toBe('aaaa');
    expect(cutText('aaaaa', 4)).toBe('aaa…');
    expect(cutText('aa😀aa', 4)).toBe('aa…');
  });

  it('a cell holds 32,767 characters and is not read as an escape', () => {
    expect(cellText('n'.repeat(40_000))).toHaveLength(32_767);
    expect(cellText('_x0041_')).toBe('_x005F_x0041_');
  });
});

describe('zip', () => {
  it('is read back as it was written, with the same bytes each time', async () => {
    const parts = fc.uniqueArray(
      fc.record({ name: fc.stringMatching(/^[a-zạ]{1,12}$/), content: fc.uint8Array({ maxLength: 3_000 }) }),
      { selector: ({ name }) => name, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(parts, async (made) => {
        const [one, two] = [join(folder, 'one.zip'), join(folder, 'two.zip')];
        await writeZip(
          one,
          made.map(({ name, content }) => ({ name, content: [content] })),
        );
        await writeZip(
          two,
          made.map(({ name, content }) => ({ name, content: [content] })),
        );
        expect(readZip(readFileSync(one)).map(({ name, content }) => [name, Buffer.from(content)])).toEqual(
          made.map(({ name, content }) => [name, Buffer.from(content)]),
        );
        expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('report.xlsx', () => {
  it('has a sheet per table, the figures as numbers', async () => {
    const sheets = await sheetsOf(await renderXlsx(telecomSummary));
    const names = sheets.map(({ sheet }) => sheet);
    expect(names.slice(0, 4)).toEqual(['Tóm tắt', 'Kết quả', 'Lý do', 'Cách sửa']);
    expect(names.slice(-2)).toEqual(['Tệp đầu vào', 'Phương pháp']);
    const { figures } = telecomSummary;
    const summary = sheets[0]!.data;
    expect(summary[0]!.slice(0, 4)).toEqual([
      'Chỉ tiêu\nFigure in Vietnamese',
      'Chỉ tiêu, tiếng Anh\nFigure',
      'Số dòng\nRows',
      'Tỷ lệ\nRate',
    ]);
    expect(summary[1]!.slice(0, 3)).toEqual(['Dòng đọc vào', 'Rows read', figures.rows]);
    expect(summary[3]!.slice(2, 4)).toEqual([figures.mismatch_as_submitted, figures.rate_as_submitted]);
    const outcomes = sheets[1]!.data;
    expect(outcomes.at(-1)?.slice(0, 4)).toEqual(['Tổng', 'All', null, figures.rows]);
  });

  it.each([
    ['a first run', firstSummary],
    ['an empty extract', emptySummary],
  ])('%s: no column stands empty', async (_name, summary) => {
    for (const { data } of await sheetsOf(await renderXlsx(summary))) {
      const [head = [], ...rows] = data;
      for (const [i] of head.entries()) expect(rows.some((row) => row[i] !== null)).toBe(true);
    }
  });

  it('gives the same bytes each time', async () => {
    const [one, two] = [await renderXlsx(telecomSummary), await renderXlsx(telecomSummary)];
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(true);
  });

  it('is filtered and frozen below the header', async () => {
    const parts = readZip(await renderXlsx(telecomSummary));
    const sheets = parts.filter(({ name }) => name.startsWith('xl/worksheets/'));
    expect(sheets.length).toBeGreaterThan(8);
    for (const { content } of sheets) {
      const xml = content.toString('utf8');
      expect(xml).toMatch(/<autoFilter ref="A1:[A-Z]+\d+"\/>/);
      expect(xml).toMatch(/<pane ySplit="1" topLeftCell="A2" state="frozen"/);
      expect(xml).not.toContain('<f>');
    }
  });

  it('shows hostile values as text', async () => {
    const [head, ...values] = HOSTILE.map(([value]) => value);
    const summary: Summary = {
      ...telecomSummary,
      groups: [
        {
          ...telecomSummary.groups[0]!,
          labels: { vi: head!, en: head! },
          rows: values.map((value) => ({ ...telecomSummary.groups[0]!.rows[0]!, value, label: value })),
        },
      ],
    };
    const sheets = await sheetsOf(await renderXlsx(summary));
    const group = sheets.find(({ sheet }) => sheet.startsWith('Theo'))!;
    expect(group.data.slice(1, -1).map(([label]) => label)).toEqual(
      HOSTILE.slice(1).map(([, shown]) => shown),
    );
  });

  it('names of sheets are such as spreadsheets accept', async () => {
    const table = {
      columns: [{ head: { vi: 'a', en: 'a' }, kind: 'text' as const, width: 9 }],
      rows: [['x']],
    };
    const names = ['[a]:*?/\\', `'${'dài '.repeat(20)}'`, 'History', 'Trùng', 'TRÙNG', ''];
    const bytes = await makeWorkbook(
      names.map((name) => ({ ...table, name })),
      { vi: 't', en: 't' },
    );
    const found = (await sheetsOf(bytes)).map(({ sheet }) => sheet);
    expect(found).toEqual(['a', 'dài dài dài dài dài dài dài dà…', 'Bảng', 'Trùng', 'TRÙNG 2', 'Bảng 2']);
  });
});

const COLUMNS: readonly ListColumn[] = [
  {
    head: { vi: 'Bản ghi', en: 'Record' },
    kind: 'count',
    width: 10,
    meaning: { vi: 'Số thứ tự', en: 'Number' },
  },
  {
    head: { vi: 'Giá trị', en: 'Value' },
    kind: 'text',
    width: 30,
    meaning: { vi: 'Như đã nộp', en: 'As submitted' },
  },
  {
    head: { vi: 'Xác suất', en: 'Probability' },
    kind: 'probability',
    width: 9,
    meaning: { vi: 'x', en: 'x' },
  },
];

async function* parts(
  rows: readonly (readonly Value[])[],
  size: number,
): AsyncGenerator<(readonly Value[])[]> {
  for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size);
}

function listOf(rows: readonly (readonly Value[])[], sheetRows?: number) {
  return {
    title: { vi: 'Danh sách', en: 'List' },
    name: 'Sai lệch',
    columns: COLUMNS,
    rows: parts(rows, 7),
    count: rows.length,
    notes: [{ vi: 'Đã che', en: 'Masked' }],
    ...(sheetRows === undefined ? {} : { sheetRows }),
  };
}

describe('mismatches.xlsx', () => {
  it('shows hostile values as text, IDs as text, numbers as numbers', async () => {
    const path = join(folder, 'hostile.xlsx');
    const long = 'N'.repeat(10_000);
    await writeListXlsx(
      path,
      listOf([...HOSTILE.map(([value], i) => [i + 1, value, 0.5]), [99, long, null]]),
    );
    const [list] = await sheetsOf(path);
    expect(list!.data.slice(1)).toEqual([
      ...HOSTILE.map(([, shown], i) => [i + 1, shown, 0.5]),
      [99, long, null],
    ]);
    const xml = readZip(readFileSync(path))
      .find(({ name }) => name.endsWith('sheet1.xml'))!
      .content.toString('utf8');
    expect(xml).not.toContain('<f>');
    expect(xml).toContain(`<autoFilter ref="A1:C${HOSTILE.length + 2}"/>`);
    expect(xml).toContain('state="frozen"');
  });

  it.each([
    [0, ['Sai lệch', 'Các cột'], [0]],
    [9, ['Sai lệch', 'Các cột'], [9]],
    [10, ['Sai lệch', 'Sai lệch 2', 'Các cột'], [9, 1]],
    [27, ['Sai lệch', 'Sai lệch 2', 'Sai lệch 3', 'Các cột'], [9, 9, 9]],
  ])('%i rows on sheets of ten', async (count, names, sizes) => {
    const path = join(folder, `split-${count}.xlsx`);
    const rows = Array.from({ length: count }, (_, i) => [i + 1, `dòng ${i + 1}`, null]);
    await writeListXlsx(path, listOf(rows, 10));
    const sheets = await sheetsOf(path);
    expect(sheets.map(({ sheet }) => sheet)).toEqual(names);
    expect(sheets.slice(0, -1).map(({ data }) => data.length - 1)).toEqual(sizes);
    const values = sheets.slice(0, -1).flatMap(({ data }) => data.slice(1).map(([record]) => record));
    expect(values).toEqual(rows.map(([record]) => record));
  });

  it('fails when the rows are fewer than was said', async () => {
    const short = { ...listOf([[1, 'a', null]]), count: 2 };
    await expect(writeListXlsx(join(folder, 'short.xlsx'), short)).rejects.toThrow('ended after 1 of 2');
  });

  it.each([
    ['it is complete', 2, 3],
    ['it fails', 5, 3],
  ])('lets go of the rows when %s', async (_when, count, found) => {
    let open = 0;
    async function* rows(): AsyncGenerator<Value[][]> {
      open++;
      try {
        for (let i = 0; i < found; i++) yield [[i, 'a', null]];
      } finally {
        open--;
      }
    }
    const path = join(folder, `let-go-${count}.xlsx`);
    const writing = writeListXlsx(path, { ...listOf([]), count, rows: rows() });
    if (count > found) await expect(writing).rejects.toThrow(`ended after ${found} of ${count}`);
    else await writing;
    expect(open).toBe(0);
  });

  it('writes the rows as they come, not at the end', async () => {
    const path = join(folder, 'long.xlsx');
    const count = 40_000;
    let early = 0;
    async function* rows(): AsyncGenerator<Value[][]> {
      for (let i = 0; i < count; i += 500) {
        if (i === count / 2) early = statSync(path).size;
        yield Array.from({ length: 500 }, (_, j) => [
          i + j,
          `Nguyễn Văn ${Math.imul(i + j, 2_654_435_761)}`,
          0.5,
        ]);
      }
    }
    await writeListXlsx(path, { ...listOf([]), count, rows: rows() });
    expect(early).toBeGreaterThan(statSync(path).size * 0.3);
  });
});

describe.skipIf(office === null)('in LibreOffice', () => {
  it('report.xlsx opens, a CSV per sheet', async () => {
    const path = join(folder, 'report.xlsx');
    writeFileSync(path, await renderXlsx(telecomSummary));
    const out = join(folder, 'report-csv');
    const names = convert(office!, path, { folder: out, format: ALL_SHEETS });
    expect(names).toContain('report-Tóm tắt.csv');
    expect(textOf(out, 'report-Tóm tắt.csv')).toContain('Không trùng khớp như đã nộp');
  });

  it('mismatches.xlsx shows hostile values as text', async () => {
    const path = join(folder, 'hostile-office.xlsx');
    const plain = HOSTILE.filter(([value, shown]) => value === shown && !/["\n]/.test(value));
    await writeListXlsx(path, listOf(plain.map(([value], i) => [i + 1, value, null])));
    const out = join(folder, 'hostile-csv');
    convert(office!, path, { folder: out, format: ALL_SHEETS });
    const lines = textOf(out, 'hostile-office-Sai lệch.csv').trim().split('\n').slice(-plain.length);
    expect(lines).toEqual(plain.map(([value], i) => `${i + 1},${value},`));
  });
});
