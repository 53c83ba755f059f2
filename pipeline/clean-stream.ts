import type { Readable, Writable } from 'node:stream';
import type { EncodingChoice } from '../engine/csv-file.js';
import { rowsOfStream, rowWriter } from '../engine/csv-stream.js';
import { spreadsheetSafeText } from '../engine/write-csv.js';
import { UserError } from '../messages/user-error.js';
import type { Sector } from '../sectors/schema.js';
import { type CleanField, type CleanResult, planFields } from './clean-plan.js';
import { type RowCleaner, startCleaning } from './clean-rows.js';
import { type Context, dayInVietnam } from './context.js';
import type { ColumnMap } from './job-type.js';

export interface CleanStreamOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly encoding: EncodingChoice;
  readonly delimiter: string;
  readonly sector: Sector;
  readonly columns: ColumnMap | null;
}

/** Rows that are held back until they have told what only a column can tell: its encoding, the order of day and month. */
const EVIDENCE_ROWS = 10_000;

/**
 * Cleans rows as they come through a pipe. What a column tells as a whole is taken from its first rows, which are held back
 * so long. Memory does not grow with the input beyond these.
 */
export async function cleanStream(options: CleanStreamOptions, context: Context): Promise<CleanResult> {
  const rows = rowsOfStream(options.input, {
    encoding: textEncoding(options.encoding),
    delimiter: options.delimiter,
  });
  const task = context.progress.start({ vi: 'Làm sạch', en: 'Cleaning' });
  const writer = rowWriter(options.output);
  const cleaner = lateCleaner(options, context);
  let line = 0;
  let rejected = 0;
  const write = async (cleaned: readonly (readonly string[])[]) => {
    for (const row of cleaned) await writer.write(row.map(spreadsheetSafeText));
  };
  for await (const cells of unbroken(rows)) {
    context.signal.throwIfAborted();
    line++;
    if (line === 1) {
      cleaner.start(cells.map(plainHeader));
      continue;
    }
    const row = fitted(cells, cleaner.width());
    if (row === null) {
      rejected++;
      context.log.warn(wrongWidth(line, cells.length, cleaner.width()));
    } else await write(cleaner.take(row));
    task.advance(1);
  }
  if (line > 0) await write(cleaner.rest());
  await writer.end();
  if (line === 0) throw nothingCame();
  task.done(line - 1);
  return { rows: line - 1 - rejected, rejected, fields: cleaner.summary(), files: [] };
}

/** Takes rows and gives back those that can be cleaned by now, the header before the first. */
function lateCleaner(options: CleanStreamOptions, context: Context) {
  let header: readonly string[] = [];
  let fields: readonly CleanField[] = [];
  let held: (readonly string[])[] = [];
  let cleaner: RowCleaner | null = null;
  const known = { today: dayInVietnam(context.clock()), fontEncoding: fontOf(options.encoding) };
  const release = (): (readonly string[])[] => {
    const ready = startCleaning({ header, fields, first: held }, known);
    cleaner = ready;
    const cleaned = [ready.header, ...held.map((row) => ready.clean(row))];
    held = [];
    return cleaned;
  };
  return {
    start(names: readonly string[]) {
      header = names;
      fields = planFields(options.sector, header, options.columns);
    },
    width: () => header.length,
    take(row: readonly string[]): readonly (readonly string[])[] {
      if (cleaner !== null) return [cleaner.clean(row)];
      held.push(row);
      return held.length < EVIDENCE_ROWS ? [] : release();
    },
    rest: () => (cleaner === null ? release() : []),
    summary: () => cleaner?.summary() ?? [],
  };
}

/** Empty cells too many at the end are cut off; any other width is not a row. */
function fitted(cells: readonly string[], width: number): readonly string[] | null {
  if (cells.length === width) return cells;
  return cells.length > width && cells.slice(width).every((cell) => cell.trim() === '')
    ? cells.slice(0, width)
    : null;
}

function plainHeader(name: string): string {
  return name
    .replace(/^\uFEFF/, '')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim();
}

function fontOf(choice: EncodingChoice): 'tcvn3' | 'vni' | null {
  return choice === 'tcvn3' || choice === 'vni' ? choice : null;
}

function textEncoding(choice: EncodingChoice) {
  if (choice === 'auto') return 'utf-8';
  if (choice === 'utf-16') return 'utf-16le';
  return choice === 'tcvn3' || choice === 'vni' ? 'windows-1252' : choice;
}

function wrongWidth(row: number, found: number, wanted: number) {
  return {
    vi: `Bản ghi ${row}: có ${found} ô, tiêu đề có ${wanted} cột; đã bỏ qua.`,
    en: `Record ${row}: ${found} cells where the header has ${wanted} columns; left out.`,
  };
}

/** fast-csv's word for quotes that do not close, as the user's mistake that it is. */
async function* unbroken(rows: AsyncGenerator<readonly string[]>): AsyncGenerator<readonly string[]> {
  try {
    yield* rows;
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('Parse Error'))) throw error;
    throw new UserError({
      what: { vi: 'Dữ liệu vào có dấu nháy kép đặt sai.', en: 'The input has stray double quotes.' },
      where: 'stdin',
      mend: {
        vi: 'Hãy lưu dữ liệu vào tệp rồi chạy doisoat clean TỆP: cách đó sửa được những dòng như vậy.',
        en: 'Save it to a file and run doisoat clean FILE: that way such lines are mended.',
      },
    });
  }
}

function nothingCame(): UserError {
  return new UserError({
    what: {
      vi: 'Không có dữ liệu vào, không có cả dòng tiêu đề.',
      en: 'No input came, not even a header line.',
    },
    where: 'stdin',
    mend: {
      vi: 'Hãy đưa CSV có dòng tiêu đề vào stdin, hoặc ghi tên tệp thay cho “-”.',
      en: 'Pipe in CSV with a header line, or name a file instead of “-”.',
    },
  });
}
