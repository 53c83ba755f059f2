import type { Text } from '../messages/text.js';

/** Why nothing is taken of a last run, whatever it kept. */
export const NOT_TAKEN_TEXTS = {
  program: { vi: 'phiên bản chương trình khác lần trước', en: 'another version of the program' },
  reference: { vi: 'dữ liệu tham chiếu khác lần trước', en: 'another reference' },
  first_run: { vi: 'không có lần chạy trước ở chỗ cũ', en: 'there is no run before where it was' },
  nothing_kept: { vi: 'lần chạy trước không giữ gì', en: 'the run before kept nothing' },
  restart: { vi: 'được yêu cầu chạy lại từ đầu', en: 'a fresh start was asked for' },
} as const;

/** `begins`, and behind it each reason in words. */
export function nothingTaken<Reason extends string>(
  begins: Text,
  reasons: readonly Reason[],
  words: Readonly<Record<Reason, Text>>,
): Text {
  const why = (language: keyof Text) => reasons.map((one) => words[one][language]).join(', ');
  return {
    vi: `${begins.vi}, không lấy lại được gì: ${why('vi')}`,
    en: `${begins.en}, nothing taken again: ${why('en')}`,
  };
}
