import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';

interface Case {
  readonly what: Text;
  readonly mend: Text;
}

/** What the system answers when a file cannot be read or written, and what the user is told. */
const CASES: Readonly<Record<string, Case>> = {
  ENOENT: {
    what: { vi: 'Không tìm thấy tệp.', en: 'There is no such file.' },
    mend: { vi: 'Hãy kiểm tra lại đường dẫn.', en: 'Check the path.' },
  },
  ENOTDIR: {
    what: { vi: 'Một phần của đường dẫn không phải là thư mục.', en: 'Part of the path is not a folder.' },
    mend: { vi: 'Hãy kiểm tra lại đường dẫn.', en: 'Check the path.' },
  },
  EISDIR: {
    what: { vi: 'Đây là thư mục, không phải tệp.', en: 'This is a folder, not a file.' },
    mend: {
      vi: 'Hãy chỉ tới một tệp, hoặc dùng mẫu như thư-mục/*.csv nếu chỗ này nhận nhiều tệp.',
      en: 'Name a file, or a pattern such as folder/*.csv where several files are taken.',
    },
  },
  EACCES: {
    what: { vi: 'Không có quyền đọc hoặc ghi tệp này.', en: 'No permission to read or write this file.' },
    mend: {
      vi: 'Hãy xin quyền với người quản trị, hoặc dùng tài khoản khác.',
      en: 'Ask its owner for permission, or use another account.',
    },
  },
  ENOSPC: {
    what: { vi: 'Ổ đĩa đã đầy.', en: 'The disk is full.' },
    mend: {
      vi: 'Hãy giải phóng chỗ trên ổ đĩa rồi chạy lại.',
      en: 'Free some space on the disk, then run again.',
    },
  },
  EROFS: {
    what: { vi: 'Ổ đĩa này chỉ cho đọc.', en: 'This disk is read-only.' },
    mend: { vi: 'Hãy chọn nơi ghi khác.', en: 'Choose another place to write to.' },
  },
};
const SAME_AS: Readonly<Record<string, string>> = { EPERM: 'EACCES', EDQUOT: 'ENOSPC', ELOOP: 'ENOENT' };

/** The `UserError` for what the file system refused; anything else comes back unchanged, being a bug. */
export function fileProblem(error: unknown, shown: string): unknown {
  const code = systemCode(error);
  const found = code === null ? undefined : CASES[SAME_AS[code] ?? code];
  return found ? new UserError({ ...found, where: shown }) : error;
}

function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
