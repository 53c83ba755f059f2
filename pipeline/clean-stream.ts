import type { Readable, Writable } from 'node:stream';
import type { EncodingChoice } from '../engine/csv-file.js';
import { rowsOfStream, rowWriter } from '../engine/csv-stream.js';
import { UserError } from '../messages/user-error.js';
import type { Normalized } from '../normalizers/normalizer.js';
import type { Sector } from '../sectors/schema.js';
import {
  type CleanedField,
  type CleanField,
  type CleanResult,
  cleanedHeader,
  PROBLEM_SEPARATOR,
  planFields,
} from './clean-plan.js';
import { type Context, dayInVietnam } from './context.js';
import { givenHints } from './input-table.js';
import type { ColumnMap } from './job-type.js';
import { maskUnknown } from './mask-unknown.js';

export interface CleanStreamOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly encoding: EncodingChoice;
  readonly delimiter: string;
  readonly sector: Sector;
  readonly columns: ColumnMap | null;
}

/**
 * Cleans rows as they come through a pipe. Each cell is judged alone: what only a whole column can tell (its encoding, the
 * order of day and month) is not known here. Memory does not grow with the input.
 */
export async function cleanStream(options: CleanStreamOptions, context: Context): Promise<CleanResult> {
  const rows = rowsOfStream(options.input, {
    encoding: textEncoding(options.encoding),
    delimiter: options.delimiter,
  });
  const task = context.progress.start({ vi: 'Làm sạch', en: 'Cleaning' });
  const writer = rowWriter(options.output);
  let cleaner: RowCleaner | null = null;
  let line = 0;
  let rejected = 0;
  for await (const cells of unbroken(rows)) {
    context.signal.throwIfAborted();
    line++;
    if (cleaner === null) {
      cleaner = startCleaning(options, cells.map(plainHeader), context);
      await writer.write(cleaner.header);
      continue;
    }
    const row = fitted(cells, cleaner.width);
    if (row === null) {
      rejected++;
      context.log.warn(wrongWidth(line, cells.length, cleaner.width));
    } else await writer.write(cleaner.clean(row));
    task.advance(1);
  }
  await writer.end();
  if (cleaner === null) throw nothingCame();
  task.done(line - 1);
  return { rows: line - 1 - rejected, rejected, fields: cleaner.summary(), files: [] };
}

interface RowCleaner {
  readonly header: readonly string[];
  readonly width: number;
  clean(row: readonly string[]): string[];
  summary(): CleanedField[];
}

function startCleaning(options: CleanStreamOptions, header: readonly string[], context: Context): RowCleaner {
  const today = dayInVietnam(context.clock());
  const fontEncoding = options.encoding === 'tcvn3' || options.encoding === 'vni' ? options.encoding : null;
  const fields = planFields(options.sector, header, options.columns);
  const cleaners = fields.map((field) => fieldCleaner(field, { today, fontEncoding }));
  return {
    header: cleanedHeader(header, fields),
    width: header.length,
    clean: (row) => [...row, ...cleaners.flatMap((cleaner) => cleaner.clean(row))],
    summary: () => cleaners.map((cleaner) => cleaner.summary()),
  };
}

/** Names repeat: so many answers are kept, then forgotten all at once. */
const REMEMBERED = 100_000;
const EXAMPLES = 3;

function fieldCleaner(field: CleanField, known: { today: string; fontEncoding: 'tcvn3' | 'vni' | null }) {
  const { normalizer, positions } = field;
  const hints = givenHints(field.field, known);
  const answers = new Map<string, Normalized>();
  const counts = { filled: 0, changed: 0, unusable: 0 };
  const problemRows = new Map<string, number>();
  const examples: string[] = [];
  const answerOf = (raw: string): Normalized => {
    const remembered = answers.get(raw);
    if (remembered) return remembered;
    if (answers.size >= REMEMBERED) answers.clear();
    const answer = normalizer.normalize(raw, hints);
    answers.set(raw, answer);
    return answer;
  };
  const tally = (raw: string, { value, problems }: Normalized) => {
    if (raw.trim() === '') return;
    counts.filled++;
    if (value === null) counts.unusable++;
    else if (value !== raw) counts.changed++;
    for (const problem of problems) problemRows.set(problem, (problemRows.get(problem) ?? 0) + 1);
    if (value === null || value === raw || examples.length >= EXAMPLES) return;
    const example = `${maskUnknown(raw)} → ${normalizer.mask(value)}`;
    if (!examples.includes(example)) examples.push(example);
  };
  return {
    clean(row: readonly string[]): [string, string] {
      const raw = rawOf(row, positions);
      const answer = answerOf(raw);
      tally(raw, answer);
      return [answer.value ?? '', answer.problems.join(PROBLEM_SEPARATOR)];
    },
    summary: (): CleanedField => ({
      field: field.name,
      kind: normalizer.kind,
      columns: field.columns,
      ...counts,
      problems: Object.entries(normalizer.problems)
        .map(([problem, { vi, en }]) => ({
          problem,
          labels: { vi, en },
          rows: problemRows.get(problem) ?? 0,
        }))
        .filter(({ rows }) => rows > 0)
        .toSorted((a, b) => b.rows - a.rows),
      examples,
    }),
  };
}

function rawOf(row: readonly string[], positions: readonly number[]): string {
  if (positions.length === 1) return row[positions[0] ?? -1] ?? '';
  return positions
    .map((i) => row[i] ?? '')
    .filter((cell) => cell !== '')
    .join(' ');
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
