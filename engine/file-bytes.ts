import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UserError } from '../messages/user-error.js';
import { unreadable } from './file-access.js';

const CHUNK = 1 << 20;

/**
 * The bytes of a file in chunks, unpacked where it is compressed. Rejects with UserError when it may not be read or the
 * archive is broken.
 */
export async function* bytesOf(path: string, compressed: boolean): AsyncGenerator<Buffer> {
  const source = createReadStream(path, { highWaterMark: CHUNK });
  // `pipeline` hands a failure of the source on to the reader; `pipe` would end the process with it.
  const stream = compressed ? pipeline(source, createGunzip({ chunkSize: CHUNK }), () => {}) : source;
  try {
    for await (const part of stream) yield part as Buffer;
  } catch (error) {
    throw isArchiveError(error) ? brokenArchive(path, error as Error) : unreadable(path, error);
  }
}

/**
 * The same as the file lies on the disk, in one buffer over and over: a part is good until the next one is asked for. Of a large file that
 * spares the memory of all parts, and clearing it.
 */
export async function* partsOf(path: string): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(CHUNK);
  const file = await open(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK).catch((error: unknown) => {
        throw unreadable(path, error);
      });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

function isArchiveError(error: unknown): boolean {
  return String((error as NodeJS.ErrnoException).code).startsWith('Z_');
}

function brokenArchive(path: string, error: Error): UserError {
  return new UserError({
    what: {
      vi: `Tệp nén bị hỏng: ${error.message}.`,
      en: `The compressed file is broken: ${error.message}.`,
    },
    where: path,
    mend: { vi: 'Hãy chép lại tệp từ nơi gửi.', en: 'Copy the file again from its source.' },
  });
}

/** The first bytes of a file, unpacked; fewer than asked for where it is smaller. */
export async function startOf(path: string, compressed: boolean, length: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let have = 0;
  for await (const part of bytesOf(path, compressed)) {
    parts.push(part);
    have += part.length;
    if (have >= length) break;
  }
  return Buffer.concat(parts).subarray(0, length);
}
