import type { Text } from '../messages/text.js';

/** Why a row was repaired or rejected while a file was read. */
export const ROW_TROUBLE = {
  nul: { vi: 'Có ký tự NUL, đã bỏ.', en: 'Held NUL bytes, which were removed.' },
  trailing: {
    vi: 'Thừa ô trống ở cuối dòng, đã bỏ.',
    en: 'Empty cells too many at the end, which were removed.',
  },
  quotes: {
    vi: 'Dấu nháy kép đặt sai, đã đọc như chữ thường.',
    en: 'Stray double quotes, which were read as plain characters.',
  },
  bytes: {
    vi: 'Có byte không đúng mã ký tự, đã thay bằng �.',
    en: 'Held bytes that are not valid in the encoding, replaced by �.',
  },
  long: { vi: 'Dòng dài quá 1.000.000 byte.', en: 'The row is longer than 1,000,000 bytes.' },
} as const satisfies Record<string, Text>;

export function wrongWidth(found: number, wanted: number): Text {
  return {
    vi: `Có ${found} ô, tiêu đề có ${wanted} cột.`,
    en: `Has ${found} cells where the header has ${wanted} columns.`,
  };
}
