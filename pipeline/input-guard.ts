import { existsSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { surveyFile } from '../engine/file-survey.js';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';

/** An input as it lay there when the run began: enough to see at a glance that nobody touched it. */
export interface InputMark {
  readonly path: string;
  readonly bytes: number;
  /** Time of the last change, in milliseconds. */
  readonly changed: number;
}

export interface InputChange {
  readonly name: string;
  readonly change: keyof typeof CHANGES;
}

const CHANGES = {
  removed: { vi: 'đã bị xóa hoặc chuyển đi', en: 'was removed' },
  content: { vi: 'có nội dung khác trước', en: 'has other content than before' },
} as const satisfies Record<string, Text>;

/** Marks the files; one that is not there is left to the reader, which says so better. */
export function markInputs(paths: readonly string[]): InputMark[] {
  return paths.filter((path) => existsSync(path)).map(markOf);
}

function markOf(path: string): InputMark {
  const { size, mtimeMs } = statSync(path);
  return { path, bytes: size, changed: mtimeMs };
}

/**
 * The files that are no longer what they were. A file that only bears another time is hashed and compared with what was read
 * (`hashes`, by path; a file not read yet has none).
 */
export async function changedInputs(
  marks: readonly InputMark[],
  hashes: ReadonlyMap<string, string>,
): Promise<InputChange[]> {
  const changes: InputChange[] = [];
  for (const mark of marks) {
    const name = basename(mark.path);
    if (!existsSync(mark.path)) changes.push({ name, change: 'removed' });
    else if (await differs(mark, hashes.get(mark.path))) changes.push({ name, change: 'content' });
  }
  return changes;
}

async function differs(mark: InputMark, sha256: string | undefined): Promise<boolean> {
  const { bytes, changed } = markOf(mark.path);
  if (bytes === mark.bytes && changed === mark.changed) return false;
  return bytes !== mark.bytes || sha256 === undefined || (await surveyFile(mark.path)).sha256 !== sha256;
}

/** One message for all of them. */
export function refuseChanged(changes: readonly InputChange[]): UserError {
  const list = (language: 'vi' | 'en') =>
    changes.map(({ name, change }) => `${name} ${CHANGES[change][language]}`).join('; ');
  return new UserError({
    what: {
      vi: `Dữ liệu đầu vào đã thay đổi giữa chừng: ${list('vi')}.`,
      en: `The input changed in the middle of the run: ${list('en')}.`,
    },
    mend: {
      vi: 'Hãy đặt lại tệp cũ rồi chạy lại để đi tiếp, hoặc thêm --restart để chạy lại từ đầu với tệp mới.',
      en: 'Put the former file back and run again to go on, or add --restart to begin anew with the new one.',
    },
  });
}
