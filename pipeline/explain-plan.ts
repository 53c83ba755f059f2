// What `doisoat run --explain-plan` shows: of each stage the statements that the engine carried out, in the order in which they
// ended, and what TypeScript did. It is the trace of a real run, so it shows what was done and not what might be.
// Personal values never stand in it: rows that a statement brings along are cut off, as are texts and numbers long enough
// to be one.
import type { Statement } from '../engine/database.js';
import type { Text } from '../messages/text.js';
import type { StageName } from './manifest.js';

export interface PlanStep {
  /** `engine`: SQL; `typescript`: distinct values or patterns, judged in worker threads. */
  readonly runs_in: 'engine' | 'typescript';
  readonly text: string;
  /** All the times it was carried out together. */
  readonly seconds: number;
  readonly times: number;
}

export interface StagePlan {
  readonly stage: StageName;
  readonly steps: readonly PlanStep[];
}

/** What no statement shows: the parts of a stage that are TypeScript. */
export const IN_TYPESCRIPT: Readonly<Record<StageName, Text>> = {
  ingest: {
    vi: 'đếm dòng và tính sha256 của tệp, sửa các dòng hỏng, đổi bảng mã',
    en: 'counts lines and hashes the file, mends broken rows, converts other encodings',
  },
  normalize: {
    vi: 'chuẩn hóa các giá trị khác nhau của mỗi cột, nhận ra bảng mã và thứ tự ngày tháng',
    en: 'normalises the distinct values of each column, finds its encoding and order of day and month',
  },
  match: {
    vi: 'so các cặp giá trị khác nhau, học trọng số từ các mẫu hình, đặt ngưỡng',
    en: 'compares distinct pairs of values, learns weights from patterns, sets thresholds',
  },
  classify: {
    vi: 'xét mỗi mẫu hình một lần thành một kết quả và các lý do',
    en: 'judges each pattern once: an outcome and its reasons',
  },
  reconcile: {
    vi: 'cộng số liệu từ số dòng của mỗi mẫu hình, đọc kỳ trước trong sổ theo dõi',
    en: 'adds up figures from the counts of patterns, reads the last period from the ledger',
  },
  report: {
    vi: 'viết báo cáo từ số liệu tổng hợp; các danh sách do máy cơ sở dữ liệu viết',
    en: 'writes the reports from aggregates; the lists are written by the engine',
  },
};

/** The steps of a stage; equal statements, and those that differ by a file's running number only, are one. */
export function planOf(stage: StageName, trace: readonly Statement[]): StagePlan {
  const steps = new Map<string, PlanStep>();
  for (const { sql, seconds } of trace) {
    const text = withoutValues(sql);
    const before = steps.get(text);
    steps.set(text, {
      runs_in: text.startsWith('--') ? 'typescript' : 'engine',
      text: text.replace(/^--\s*/, ''),
      seconds: round((before?.seconds ?? 0) + seconds),
      times: (before?.times ?? 0) + 1,
    });
  }
  return { stage, steps: [...steps.values()] };
}

/** Long enough for a regular expression's start, too short for a record. */
const LONGEST_TEXT = 60;

/** A statement on one line without what might be of a person: rows behind VALUES, long texts, long numbers, quoted ones above all. */
export function withoutValues(sql: string): string {
  return sql
    .replace(/\bVALUES\s*\([\s\S]*$/, 'VALUES …')
    .replace(/'(?:[^']|'')*'/g, shownText)
    .replace(/\s+/g, ' ')
    .replace(LONG_LIST, shownList)
    .trim();
}

/** Ten texts or numbers and more: files of values, lines of a broken file. */
const LONG_LIST = /\[((?:'(?:[^']|'')*'|-?\d+)(?:, (?:'(?:[^']|'')*'|-?\d+)){9,})\]/g;

/** The first of them, and how many there are. */
function shownList(_: string, items: string): string {
  const parts = items.match(/'(?:[^']|'')*'|-?\d+/g) ?? [];
  return `[${parts[0]}, … ${parts.length}]`;
}

/** Paths lose their folder; a file of values on its way to TypeScript loses its running number. */
function shownText(quoted: string): string {
  const text = quoted.slice(1, -1);
  if (text.includes('/')) return `'${(text.split('/').at(-1) ?? '').replace(/values-\d+-\d+/, 'values')}'`;
  if (text.length > LONGEST_TEXT || /\d{6,}/.test(text)) return "'…'";
  return quoted;
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
