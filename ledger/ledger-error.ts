// What can be wrong with a ledger that its user can mend, by SQLite's result code (https://sqlite.org/rescode.html).
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';

interface Mendable {
  readonly what: Text;
  readonly mend: Text;
  readonly exitCode?: number;
}

const LOCKED: Mendable = {
  what: { vi: 'Sổ cái đang bị một tiến trình khác khóa.', en: 'The ledger is locked by another process.' },
  mend: {
    vi: 'Đợi tiến trình đó xong rồi chạy lại; mọi kết quả đã tính vẫn còn.',
    en: 'Wait until it has finished and run again; nothing that was computed is lost.',
  },
  exitCode: 5,
};
const DAMAGED: Mendable = {
  what: {
    vi: 'Tệp này hỏng hoặc không phải là sổ cái.',
    en: 'This file is damaged or is not a ledger.',
  },
  mend: {
    vi: 'Khôi phục từ bản sao lưu, hoặc chuyển tệp đi chỗ khác để tạo sổ cái mới.',
    en: 'Restore it from a backup, or move it away to start a new one.',
  },
};
const NO_ACCESS: Mendable = {
  what: { vi: 'Không mở hoặc không ghi được sổ cái.', en: 'The ledger cannot be opened or written.' },
  mend: { vi: 'Kiểm tra quyền của tệp và thư mục.', en: 'Check the permissions of the file and its folder.' },
};
const DISK_FULL: Mendable = {
  what: { vi: 'Hết chỗ trên đĩa khi ghi sổ cái.', en: 'The disk is full while writing the ledger.' },
  mend: { vi: 'Giải phóng dung lượng rồi chạy lại.', en: 'Free some space and run again.' },
};

/** Longer codes (`SQLITE_BUSY_SNAPSHOT`) start with these. */
const BY_CODE: readonly (readonly [string, Mendable])[] = [
  ['SQLITE_BUSY', LOCKED],
  ['SQLITE_LOCKED', LOCKED],
  ['SQLITE_NOTADB', DAMAGED],
  ['SQLITE_CORRUPT', DAMAGED],
  ['SQLITE_CANTOPEN', NO_ACCESS],
  ['SQLITE_READONLY', NO_ACCESS],
  ['SQLITE_PERM', NO_ACCESS],
  ['EACCES', NO_ACCESS],
  ['EPERM', NO_ACCESS],
  ['EROFS', NO_ACCESS],
  ['ENOTDIR', NO_ACCESS],
  ['EEXIST', NO_ACCESS],
  ['SQLITE_FULL', DISK_FULL],
  ['ENOSPC', DISK_FULL],
];

/** The error to throw instead of `error`: a UserError where the user can mend it, else `error` itself. */
export function ledgerError(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  const found = BY_CODE.find(([start]) => code.startsWith(start));
  return found === undefined ? error : new UserError({ ...found[1], where: path });
}
