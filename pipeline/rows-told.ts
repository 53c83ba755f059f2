import type { Text } from '../messages/text.js';
import { NOT_TAKEN_TEXTS, nothingTaken } from './not-taken.js';
import type { RowsNotTaken, RowsTaking } from './rows-taken.js';

/** What the manifest says of the rows that the last run had found already. */
export interface RowsRecord {
  /** The run that rows were taken from, or could have been; null: there was none. */
  readonly last_run: string | null;
  readonly taken: number;
  readonly matched: number;
  /** Why nothing was taken; empty where it was. */
  readonly not_taken: readonly RowsNotTaken[];
}

export function rowsRecord({ lastRun, rows, notTaken }: RowsTaking, all: number): RowsRecord {
  return { last_run: lastRun, taken: rows, matched: all - rows, not_taken: notTaken };
}

/** The same in one line. */
export function rowsTold({ last_run, taken, matched, not_taken }: RowsRecord): Text {
  const all = { vi: `đối sánh cả ${matched} dòng`, en: `all ${matched} rows matched` };
  if (not_taken.length > 0) return nothingTaken(all, not_taken, WHY);
  return {
    vi: `lấy lại ${taken} dòng từ lần chạy ${last_run}, đối sánh ${matched} dòng`,
    en: `${taken} rows taken from the run ${last_run}, ${matched} rows matched`,
  };
}

const WHY: Readonly<Record<RowsNotTaken, Text>> = {
  ...NOT_TAKEN_TEXTS,
  job: { vi: 'công việc đọc các trường khác lần trước', en: 'the job reads other fields' },
  day: {
    vi: 'năm khác lần trước, hoặc ngày sớm hơn lần trước',
    en: 'another year than that of the last run, or a day before it',
  },
  hints: {
    vi: 'bảng mã hoặc thứ tự ngày tháng của một cột khác lần trước',
    en: 'the encoding or the order of dates of a column is another',
  },
};
