import { UserError } from '../messages/user-error.js';

/** Turns the engine's and the system's errors that a user can mend into messages; anything else stays what it is. */
export function troubleWithFiles(error: unknown, folder: string): unknown {
  if (error instanceof UserError) return error;
  const message = (error as Error).message ?? '';
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (
    code === 'ENOSPC' ||
    code === 'EDQUOT' ||
    /No space left on device|disk (is )?full|max_temp_directory_size/i.test(message)
  ) {
    return new UserError({
      what: { vi: 'Hết chỗ trên đĩa; chưa ghi kết quả nào.', en: 'The disk is full; no result was written.' },
      where: folder,
      mend: {
        vi: 'Hãy giải phóng chỗ trên đĩa hoặc chọn nơi khác bằng --out, rồi chạy lại.',
        en: 'Free some space or choose another place with --out, and run again.',
      },
    });
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new UserError({
      what: { vi: 'Không có quyền ghi vào thư mục kết quả.', en: 'The output folder may not be written to.' },
      where: (error as NodeJS.ErrnoException).path ?? folder,
      mend: { vi: 'Hãy chọn nơi khác bằng --out.', en: 'Choose another place with --out.' },
    });
  }
  if (/Out of Memory Error/i.test(message)) {
    return new UserError({
      what: {
        vi: 'Không đủ bộ nhớ trong giới hạn đã đặt.',
        en: 'The memory limit was too small for this job.',
      },
      mend: { vi: 'Hãy tăng --memory.', en: 'Raise --memory.' },
    });
  }
  return error;
}

/** What the engine says of a file that is no Parquet, or a damaged one; anything else stays what it is. */
export function notParquet(path: string, error: unknown): unknown {
  const message = (error as Error).message ?? '';
  if (
    !/parquet|magic bytes|TProtocolException|Snappy|ZSTD/i.test(message) ||
    /Out of Memory|No space left/i.test(message)
  ) {
    return error;
  }
  return new UserError({
    what: {
      vi: 'Tệp này không phải Parquet, hoặc đã bị hỏng.',
      en: 'This is not a Parquet file, or it is damaged.',
    },
    where: path,
    mend: {
      vi: 'Hãy xuất hoặc chép lại tệp từ nơi gửi.',
      en: 'Export it again, or copy it again from its source.',
    },
  });
}
