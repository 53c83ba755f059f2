import type { CommandText } from './command-text.js';

/** The audit trail, the ledger, old data, schemas. */
export const UPKEEP_COMMANDS = {
  'audit export': {
    usage: '',
    summary: {
      vi: 'Ghi nhật ký kiểm toán ra tệp, mỗi dòng một mục JSON',
      en: 'Write the audit trail to a file, one JSON entry a line',
    },
    arguments: {},
    options: { '-o, --out <file>': { vi: 'tệp sẽ ghi', en: 'file to write' } },
    examples: ['doisoat audit export -o audit-2026-11.jsonl'],
  },
  purge: {
    usage: '',
    summary: {
      vi: 'Xóa dữ liệu cá nhân của các lần chạy cũ, giữ số liệu và nhật ký kiểm toán',
      en: 'Remove personal data of old runs, keep figures and the audit trail',
    },
    details: {
      vi: 'Xóa danh sách, giá trị gốc và giá trị chuẩn hóa, dữ liệu tham chiếu dựng riêng cho lần chạy. Giữ báo cáo số liệu và trạng thái trường hợp (khóa đã băm). Việc xóa được ghi vào nhật ký kiểm toán.',
      en: 'Lists, raw and canonical values and references built for a run go; reports of figures and the state of cases (hashed keys) stay. What was removed is in the audit trail.',
    },
    arguments: {},
    options: {
      '--older-than <days>': {
        vi: 'xóa của các lần chạy xong đã quá số ngày này, ví dụ 90d',
        en: 'of runs that finished more than so many days ago, such as 90d',
      },
      '--dry-run': { vi: 'chỉ cho biết sẽ xóa gì', en: 'only tell what would be removed' },
    },
    examples: ['doisoat purge --older-than 90d --dry-run', 'doisoat purge --older-than 90d'],
  },
  'audit verify': {
    usage: '',
    summary: {
      vi: 'Kiểm tra nhật ký kiểm toán: mục nào bị sửa, xóa, đổi chỗ',
      en: 'Check the audit trail for entries edited, removed or moved',
    },
    arguments: {},
    options: {
      '--against <file>': {
        vi: 'so với một bản xuất trước đây, cất ở nơi khác',
        en: 'compare with an earlier export, kept elsewhere',
      },
    },
    examples: ['doisoat audit verify', 'doisoat audit verify --against audit-2026-11.jsonl'],
  },
  'ledger backup': {
    usage: '<file>',
    summary: {
      vi: 'Sao lưu sổ theo dõi ra một tệp, có kiểm tra',
      en: 'Back up the ledger to a file, and check it',
    },
    details: {
      vi: 'Làm được cả khi đang có lần chạy; không ghi đè tệp đã có.',
      en: 'Works while runs go on; replaces no file.',
    },
    arguments: { file: { vi: 'tệp sao lưu sẽ ghi', en: 'back-up file to write' } },
    options: {},
    examples: ['doisoat ledger backup sao-luu/so-2026-11-21.sqlite'],
  },
  'ledger restore': {
    usage: '<file>',
    summary: {
      vi: 'Khôi phục sổ theo dõi từ một bản sao lưu',
      en: 'Restore the ledger from a back-up',
    },
    details: {
      vi: 'Từ chối khi đang có lần chạy. Sổ cũ được giữ lại bên cạnh với đuôi .before-restore.',
      en: 'Refused while a run goes on. The ledger before is kept beside it as .before-restore.',
    },
    arguments: { file: { vi: 'bản sao lưu', en: 'back-up file' } },
    options: {},
    examples: ['doisoat ledger restore sao-luu/so-2026-11-21.sqlite'],
  },
  schema: {
    usage: '<name>',
    summary: {
      vi: 'In JSON Schema của tệp công việc, tệp lĩnh vực hoặc summary.json',
      en: 'Print the JSON Schema of job files, sector files or summary.json',
    },
    arguments: { name: { vi: 'job, sector hoặc summary', en: 'job, sector or summary' } },
    options: {},
    examples: ['doisoat schema job > job.schema.json'],
  },
} as const satisfies Readonly<Record<string, CommandText>>;
