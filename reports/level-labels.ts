// What the levels of probabilistic matching are called on screen. The names are those of matchers/field-levels.ts; a level
// that is not listed stands under its own name.
import type { Text } from '../messages/text.js';

const LEVELS: Readonly<Record<string, Text>> = {
  exact: { vi: 'giống hệt', en: 'equal' },
  accents: { vi: 'khác dấu', en: 'marks differ' },
  spacing: { vi: 'khác dấu, khoảng trắng', en: 'marks or spaces differ' },
  typo: { vi: 'lệch một chữ', en: 'one letter off' },
  word_order: { vi: 'đảo thứ tự', en: 'words in another order' },
  middle_name: { vi: 'chỉ khác tên đệm', en: 'only the middle name differs' },
  abbreviated: { vi: 'viết tắt', en: 'abbreviated' },
  initial: { vi: 'chỉ ghi chữ đầu', en: 'initial only' },
  part: { vi: 'một bên là một phần', en: 'one is part of the other' },
  near: { vi: 'rất gần', en: 'near' },
  similar: { vi: 'na ná', en: 'similar' },
  loose: { vi: 'hơi giống', en: 'loosely alike' },
  same_given: { vi: 'chỉ cùng tên', en: 'same given name only' },
  same_family: { vi: 'chỉ cùng họ', en: 'same family name only' },
  same_initial: { vi: 'chỉ cùng chữ đầu', en: 'same initial only' },
  one_digit: { vi: 'lệch một chữ số', en: 'one digit off' },
  two_digits: { vi: 'lệch hai chữ số', en: 'two digits off' },
  half: { vi: 'giống một nửa', en: 'half of it agrees' },
  less_precise: { vi: 'một bên ghi thiếu ngày, tháng', en: 'one is less precise' },
  day_month_swapped: { vi: 'đảo ngày và tháng', en: 'day and month swapped' },
  year_differs: { vi: 'khác năm', en: 'year differs' },
  day_differs: { vi: 'khác ngày', en: 'day differs' },
  month_differs: { vi: 'khác tháng', en: 'month differs' },
  same_year: { vi: 'chỉ cùng năm', en: 'same year only' },
  different: { vi: 'khác hẳn', en: 'different' },
};

/** Label of a level; null stands for a field that one side lacks. */
export function levelLabel(level: string | null): Text {
  if (level === null) return { vi: 'thiếu ở một bên', en: 'missing on one side' };
  return Object.hasOwn(LEVELS, level) ? LEVELS[level]! : { vi: level, en: level };
}
