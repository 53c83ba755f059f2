import { statSync } from 'node:fs';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';

const MESSAGES: Readonly<Record<string, { readonly what: Text; readonly mend: Text }>> = {
  ENOENT: {
    what: { vi: 'Không có tệp này.', en: 'There is no such file.' },
    mend: { vi: 'Hãy kiểm tra lại đường dẫn.', en: 'Check the path.' },
  },
  EACCES: {
    what: { vi: 'Không có quyền đọc tệp.', en: 'The file may not be read.' },
    mend: {
      vi: 'Hãy cấp quyền đọc tệp cho người dùng đang chạy lệnh.',
      en: 'Give the user who runs the command permission to read it.',
    },
  },
  EISDIR: {
    what: { vi: 'Đây là một thư mục, không phải tệp.', en: 'This is a folder, not a file.' },
    mend: {
      vi: 'Hãy ghi đường dẫn của tệp, hoặc một mẫu như thu-muc/*.csv.',
      en: 'Give the path of a file, or a pattern such as folder/*.csv.',
    },
  },
  EIO: {
    what: { vi: 'Ổ đĩa báo lỗi khi đọc tệp.', en: 'The disk failed while the file was being read.' },
    mend: {
      vi: 'Hãy kiểm tra ổ đĩa hoặc chép lại tệp sang nơi khác.',
      en: 'Check the disk, or copy the file elsewhere.',
    },
  },
};

const SAME_AS: Readonly<Record<string, string>> = { EPERM: 'EACCES', ENOTDIR: 'ENOENT', ELOOP: 'ENOENT' };

/** The UserError of a file that could not be read; any other error comes back as it is. */
export function unreadable(path: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const message = MESSAGES[SAME_AS[code] ?? code];
  return message === undefined ? error : new UserError({ ...message, where: path });
}

/** Bytes of a file. Throws UserError for a folder, for no permission, for nothing there. */
export function sizeOfFile(path: string): number {
  let facts: ReturnType<typeof statSync>;
  try {
    facts = statSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  if (facts.isDirectory()) throw unreadable(path, { code: 'EISDIR' });
  return facts.size;
}
