import { CASE_COMMANDS } from './commands/cases.js';
import type { CommandText } from './commands/command-text.js';
import { CORRECTION_COMMANDS } from './commands/corrections.js';
import { EXTRACT_COMMANDS } from './commands/extracts.js';
import { MATCHING_COMMANDS } from './commands/matching.js';
import { REPORT_COMMANDS } from './commands/reports.js';
import { RUN_COMMANDS } from './commands/runs.js';
import { SECTOR_COMMANDS } from './commands/sectors.js';
import { UPKEEP_COMMANDS } from './commands/upkeep.js';
import type { Text } from './text.js';

export type { CommandText } from './commands/command-text.js';

/** The whole command line in one table, in the order in which help and docs tell of it. */
export const COMMANDS = {
  ...EXTRACT_COMMANDS,
  ...RUN_COMMANDS,
  ...REPORT_COMMANDS,
  ...SECTOR_COMMANDS,
  ...MATCHING_COMMANDS,
  ...CASE_COMMANDS,
  ...CORRECTION_COMMANDS,
  ...UPKEEP_COMMANDS,
} as const satisfies Readonly<Record<string, CommandText>>;

export type CommandName = keyof typeof COMMANDS;

/** Words that only hold other commands. */
export const PARENT_SUMMARIES: Readonly<Record<string, Text>> = {
  reference: COMMANDS['reference build'].summary,
  schedule: COMMANDS['schedule print'].summary,
  cases: {
    vi: 'Trường hợp sai lệch qua các kỳ: xem, giao, quyết định, miễn, xuất, nhập',
    en: 'Mismatches from period to period: list, assign, decide, waive, export, import',
  },
  audit: {
    vi: 'Nhật ký kiểm toán: kiểm tra, xuất',
    en: 'The audit trail: verify, export',
  },
  ledger: {
    vi: 'Sổ theo dõi: sao lưu, khôi phục',
    en: 'The ledger: back up, restore',
  },
  model: {
    vi: 'Mô hình đối sánh xác suất: huấn luyện, xem, so sánh',
    en: 'The model of probabilistic matching: train, show, compare',
  },
};

/** Options that every command takes. */
export const COMMON_OPTIONS = {
  '--lang <language>': {
    vi: 'ngôn ngữ: vi hoặc en (mặc định: theo máy, không rõ thì vi)',
    en: 'language: vi or en (default: by locale, else vi)',
  },
  '--json': { vi: 'in kết quả dạng JSON cho máy đọc', en: 'print the result as JSON for machines' },
  '--quiet': { vi: 'không in tiến độ và ghi chú', en: 'no progress and no notes' },
  '--verbose': {
    vi: 'in thêm chi tiết (không bao giờ có dữ liệu cá nhân)',
    en: 'more details (never personal data)',
  },
  '--workspace <folder>': {
    vi: 'không gian làm việc: sổ theo dõi và các lần chạy (mặc định: thư mục hiện tại)',
    en: 'workspace: the ledger and the runs (default: the current folder)',
  },
  '--memory <size>': {
    vi: 'bộ nhớ tối đa, ví dụ 4GB (mặc định: nửa máy)',
    en: 'most memory, such as 4GB (default: half of the machine)',
  },
  '--threads <n>': { vi: 'số luồng (mặc định: mọi nhân)', en: 'threads (default: every core)' },
} as const satisfies Readonly<Record<string, Text>>;
