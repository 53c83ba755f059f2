import type { Text } from '../messages/text.js';
import type { NotTaken, SearchPlan } from './link-plan.js';

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
  const [vi, en] = (['vi', 'en'] as const).map((language) =>
    not_taken.map((one) => WHY[one][language]).join(', '),
  );
  if (not_taken.length > 0) {
    return {
      vi: `tìm ứng viên cho cả ${searched} bản ghi, không lấy lại được gì: ${vi}`,
      en: `candidates searched for all ${searched} records, nothing taken again: ${en}`,
    };
  }
  return {
    vi: `lấy lại ứng viên của ${taken} bản ghi từ lần chạy ${last_run}, tìm cho ${searched} bản ghi`,
    en: `candidates of ${taken} records taken from the run ${last_run}, ${searched} records searched for`,
  };
}

/** Why nothing is taken of a last run, whatever it kept. */
export const NOT_TAKEN_TEXTS = {
  program: { vi: 'phiên bản chương trình khác lần trước', en: 'another version of the program' },
  reference: { vi: 'dữ liệu tham chiếu khác lần trước', en: 'another reference' },
  first_run: { vi: 'không có lần chạy trước ở chỗ cũ', en: 'there is no run before where it was' },
  nothing_kept: { vi: 'lần chạy trước không giữ gì', en: 'the run before kept nothing' },
  restart: { vi: 'được yêu cầu chạy lại từ đầu', en: 'a fresh start was asked for' },
} as const;

const WHY: Readonly<Record<NotTaken, Text>> = {
  ...NOT_TAKEN_TEXTS,
  model: { vi: 'mô hình khác lần trước', en: 'another model' },
  job: { vi: 'công việc so các trường khác lần trước', en: 'the job compares other fields' },
  mode: {
    vi: 'số bản ghi còn mở đòi cách tìm khác lần trước',
    en: 'the number of open records asks for another way of searching',
  },
};
