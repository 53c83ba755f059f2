import type { CommandText } from './command-text.js';
import { RUN } from './repeated-texts.js';

/** Sectors, reason codes, and synthetic data with its truth. */
export const SECTOR_COMMANDS = {
  sectors: {
    usage: '[name]',
    summary: {
      vi: 'Các lĩnh vực có sẵn; thêm tên để xem chi tiết',
      en: 'The built-in sectors; give a name for its details',
    },
    arguments: {
      name: { vi: 'tên lĩnh vực, hoặc đường dẫn tệp lĩnh vực', en: 'sector name, or path of a sector file' },
    },
    options: {
      '--kinds': { vi: 'liệt kê các loại giá trị dùng cho “kind”', en: 'list the kinds of value for “kind”' },
    },
    examples: ['doisoat sectors', 'doisoat sectors telecom-subscribers'],
  },
  explain: {
    usage: '[code]',
    summary: { vi: 'Giải thích một mã lý do hoặc một kết quả', en: 'Explain a reason code or an outcome' },
    arguments: {
      code: {
        vi: 'mã như name.typo hoặc match_after_cleaning',
        en: 'a code such as name.typo or match_after_cleaning',
      },
    },
    options: {},
    examples: ['doisoat explain name.accents', 'doisoat explain match_after_cleaning'],
  },
  generate: {
    usage: '',
    summary: {
      vi: 'Sinh dữ liệu giả lập: dân cư, trích xuất có lỗi, và đáp án',
      en: 'Make synthetic data: people, extracts with errors, and the truth',
    },
    details: {
      vi: 'Cùng một --seed luôn cho cùng dữ liệu.',
      en: 'The same --seed always gives the same data.',
    },
    arguments: {},
    options: {
      '-o, --out <folder>': { vi: 'thư mục sẽ ghi', en: 'folder to write to' },
      '--people <n>': { vi: 'số người (mặc định: 3000)', en: 'number of people (default: 3000)' },
      '--rows <n>': {
        vi: 'số dòng trích xuất (mặc định: tùy lĩnh vực)',
        en: 'rows per extract (default: by sector)',
      },
      '--sector <name>': {
        vi: 'một lĩnh vực có sẵn, hoặc all (mặc định: all)',
        en: 'one built-in sector, or all (default: all)',
      },
      '--seed <n>': { vi: 'số khởi đầu (mặc định: 1)', en: 'seed (default: 1)' },
      '--dirt <share>': { vi: 'tỷ lệ dòng có lỗi, từ 0 đến 1', en: 'share of rows with an error, 0 to 1' },
    },
    examples: ['doisoat generate --people 1000 --sector telecom-subscribers -o data'],
  },
  evaluate: {
    usage: '<run> <truth>',
    summary: { vi: 'Chấm một lần chạy theo đáp án', en: 'Score a run against the truth' },
    details: {
      vi: 'Đáp án có cột record, record_key hoặc sector_id, và reference_id; thêm outcome, reasons nếu có.',
      en: 'The truth has a column record, record_key or sector_id, and reference_id; outcome and reasons if known.',
    },
    arguments: { run: RUN, truth: { vi: 'tệp đáp án (CSV)', en: 'truth file (CSV)' } },
    options: {},
    examples: ['doisoat evaluate ket-qua sample-data/telecom-subscribers/truth.csv'],
  },
} as const satisfies Readonly<Record<string, CommandText>>;
