import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/** Suffix of a file that is still being written; a run removes what a killed one left. */
export const PARTIAL = '.partial';

/** Writes a file so that it appears whole or not at all: beside, fsync, rename. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const partial = `${path}${PARTIAL}`;
  const handle = openSync(partial, 'w', 0o600);
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    let written = 0;
    while (written < bytes.length) written += writeSync(handle, bytes, written);
    fsyncSync(handle);
  } catch (error) {
    closeSync(handle);
    rmSync(partial, { force: true });
    throw error;
  }
  closeSync(handle);
  appear(partial, path);
}

function appear(partial: string, path: string): void {
  try {
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** Lets `write` fill `path.partial`, then makes it appear as `path`. */
export async function appearWhole(path: string, write: (partial: string) => Promise<void>): Promise<void> {
  const partial = `${path}${PARTIAL}`;
  try {
    await write(partial);
    const handle = openSync(partial, 'r+');
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
  appear(partial, path);
}
