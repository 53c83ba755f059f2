import type { Text } from '../messages/text.js';
import type { NotTaken, SearchPlan } from './link-plan.js';
import { NOT_TAKEN_TEXTS, nothingTaken } from './not-taken.js';

/** What the manifest says of a search with a frozen model. */
export interface SearchRecord {
  /** The run that candidates were taken from, or could have been; null: there was none. */
  readonly last_run: string | null;
  /** Records whose candidates the last run had found already. */
  readonly taken: number;
  readonly searched: number;
  /** Why nothing was taken; empty where it was. */
  readonly not_taken: readonly NotTaken[];
}

export function searchRecord({ records, taken, notTaken }: SearchPlan, lastRun: string | null): SearchRecord {
  const known = taken?.records ?? 0;
  return { last_run: lastRun, taken: known, searched: records - known, not_taken: notTaken };
}

/** The same in one line. */
export function searchTold({ last_run, taken, searched, not_taken }: SearchRecord): Text {
  const all = {
    vi: `tìm ứng viên cho cả ${searched} bản ghi`,
    en: `candidates searched for all ${searched} records`,
  };
  if (not_taken.length > 0) return nothingTaken(all, not_taken, WHY);
  return {
    vi: `lấy lại ứng viên của ${taken} bản ghi từ lần chạy ${last_run}, tìm cho ${searched} bản ghi`,
    en: `candidates of ${taken} records taken from the run ${last_run}, ${searched} records searched for`,
  };
}

const WHY: Readonly<Record<NotTaken, Text>> = {
  ...NOT_TAKEN_TEXTS,
  model: { vi: 'mô hình khác lần trước', en: 'another model' },
  job: { vi: 'công việc so các trường khác lần trước', en: 'the job compares other fields' },
  mode: {
    vi: 'số bản ghi còn mở đòi cách tìm khác lần trước',
    en: 'the number of open records asks for another way of searching',
  },
};
