// Lines of correction files that came back: CSV in whatever way a spreadsheet saved it (semicolons, other encodings, columns moved or
// taken out), or the XLSX. Only our columns are read; the owner's own are not looked at.
import { basename } from 'node:path';
import { type CsvFile, inspectCsv, knownEncoding } from '../engine/csv-file.js';
import { type OpenRecord, scanLine } from '../engine/csv-line.js';
import { linesOf } from '../engine/csv-lines.js';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { readSheets } from '../reports/xlsx-read.js';
import { folded } from './cases-text.js';
import { answersInWords, CORRECTION_LISTS, OUR_COLUMNS, OURS } from './corrections-words.js';

/** What is read of a line. */
const READ = ['case', 'run', 'answer', 'note'] as const;
type ReadColumn = (typeof READ)[number];

export interface AnsweredLine {
  /** `tra-loi.csv, dòng 5` */
  readonly where: Text;
  readonly cells: Readonly<Record<ReadColumn, string>>;
}

/** A line that cannot be taken, and why. */
export interface BadAnswer {
  readonly where: Text;
  readonly why: Text;
}

export interface ReadAnswers {
  /** With something in the answer or the note. */
  readonly answered: readonly AnsweredLine[];
  readonly unanswered: number;
  readonly bad: readonly BadAnswer[];
}

/** Throws UserError for a file that is no table, or without the columns by which an answer is understood. */
export async function readAnswered(path: string): Promise<ReadAnswers> {
  const bad: BadAnswer[] = [];
  const lines = /\.xlsx$/i.test(path) ? await sheetLines(path) : await textLines(path, bad);
  const answered = lines.filter(({ cells }) => cells.answer !== '' || cells.note !== '');
  return { answered, unanswered: lines.length - answered.length, bad };
}

async function sheetLines(path: string): Promise<AnsweredLine[]> {
  const sheets = await readSheets(path);
  const lists = sheets.filter(({ rows }) => placesOf(rows[0] ?? []) !== null);
  if (lists.length === 0) throw notOurs(path);
  return lists.flatMap(({ name, rows }) => {
    const places = placesOf(rows[0] ?? [])!;
    return rows.slice(1).flatMap((cells, i) => {
      const where = `${basename(path)}, ${name}`;
      return taken(cells, places, { vi: `${where}, dòng ${i + 2}`, en: `${where}, row ${i + 2}` });
    });
  });
}

const LONGEST_LINE = 1_000_000;

/** Lines one after another; a cell may hold line breaks. */
async function textLines(path: string, bad: BadAnswer[]): Promise<AnsweredLine[]> {
  const file = await knownEncoding(await inspectCsv(path));
  const places = placesOf(file.header);
  if (places === null) throw notOurs(path);
  const found: AnsweredLine[] = [];
  for await (const { line, cells } of recordsOf(file)) {
    const where = { vi: `${file.name}, dòng ${line}`, en: `${file.name}, line ${line}` };
    if (cells === null) bad.push({ where, why: BROKEN });
    else found.push(...taken(cells, places, where));
  }
  return found;
}

/** Cells of each record with the line it begins on; null: its quotes do not close. */
async function* recordsOf(file: CsvFile): AsyncGenerator<{ line: number; cells: readonly string[] | null }> {
  let open: { readonly record: OpenRecord; readonly line: number } | null = null;
  for await (const lines of linesOf(file, LONGEST_LINE)) {
    for (const { number, text } of lines) {
      if (number <= file.headerEnd || (open === null && text.trim() === '')) continue;
      const line: number = open?.line ?? number;
      const scan = scanLine(text, file.delimiter, open?.record);
      open = null;
      if (scan.state === 'open') {
        open = { record: { ...scan.record, openCell: `${scan.record.openCell}\n` }, line };
      } else yield { line, cells: scan.state === 'closed' ? scan.cells : null };
    }
  }
  if (open !== null) yield { line: open.line, cells: null };
}

const BROKEN: Text = { vi: 'dấu ngoặc kép không đóng', en: 'quotes that do not close' };

type Places = Readonly<Record<ReadColumn, number>>;

/** A row in which nothing of ours stands is none: blank rows, sums that somebody added. */
function taken(cells: readonly string[], places: Places, where: Text): AnsweredLine[] {
  const ours = Object.fromEntries(READ.map((name) => [name, unguarded(cells[places[name]] ?? '')]));
  return READ.every((name) => ours[name] === '') ? [] : [{ where, cells: ours as AnsweredLine['cells'] }];
}

/** Without blanks around it and without the apostrophe that stands before what looks like a formula. */
function unguarded(cell: string): string {
  return cell
    .replace(/[\u00a0\s]+/g, ' ')
    .trim()
    .replace(/^'(?=\s*[=+\-@])/, '');
}

/** Where our columns stand; null: the case, the run or the answer is not there. The note may have been taken out. */
function placesOf(header: readonly string[]): Places | null {
  const names = header.map(folded);
  const places = Object.fromEntries(READ.map((name) => [name, placeOf(name, names)])) as Places;
  return places.case < 0 || places.run < 0 || places.answer < 0 ? null : places;
}

/**
 * Names with our mark first: they are ours although the owner's file has a column of that name. Last the English word alone, behind
 * whatever an encoding has left of the Vietnamese one.
 */
function placeOf(column: ReadColumn, names: readonly string[]): number {
  const plain = headsOf(column);
  const marked = plain.map(({ vi, en }) => ({ vi: `${vi}${OURS}`, en: `${en}${OURS}` }));
  for (const { vi, en } of [...marked, ...plain]) {
    // Both languages stand in one cell, unless somebody took one of them out.
    const wanted = [`${vi} ${en}`, vi, en].map(folded);
    const place = names.findIndex((name) => wanted.includes(name));
    if (place >= 0) return place;
  }
  const ends = plain.map(({ en }) => ` ${folded(en)}`);
  return names.findLastIndex((name) => ends.some((end) => name.endsWith(end)));
}

function headsOf(column: ReadColumn): readonly Text[] {
  const head: Text = OUR_COLUMNS[column];
  if (column !== 'answer') return [head];
  const long = CORRECTION_LISTS.map((list): Text => {
    const { vi, en } = answersInWords(list);
    return { vi: `${head.vi} (${vi})`, en: `${head.en} (${en})` };
  });
  return [...long, head];
}

function notOurs(path: string): UserError {
  const names = [OUR_COLUMNS.case, OUR_COLUMNS.run, OUR_COLUMNS.answer];
  return new UserError({
    what: {
      vi: `Tệp này không phải tệp sửa của doisoat, hoặc thiếu một trong các cột ${names.map(({ vi }) => `“${vi}”`).join(', ')}.`,
      en: `This is no correction file of doisoat, or one of the columns ${names.map(({ en }) => `“${en}”`).join(', ')} is missing.`,
    },
    where: path,
    mend: {
      vi: 'Hãy giữ nguyên dòng tiêu đề mà doisoat corrections đã ghi.',
      en: 'Keep the header that doisoat corrections wrote.',
    },
  });
}
