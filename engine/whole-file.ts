import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** Suffix of a file that is still being written; a run removes what a killed one left. */
export const PARTIAL = '.partial';

export interface WriteOptions {
  /** `false`: a power failure may leave it empty or as it was; for what the next run can do without. `true` when left out. */
  readonly durable?: boolean;
}

/** Writes a file so that it appears whole or not at all: beside, fsync, rename. */
export function writeWhole(path: string, content: string | Uint8Array, options: WriteOptions = {}): void {
  const partial = `${path}${PARTIAL}`;
  const handle = openSync(partial, 'w', 0o600);
  try {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    let written = 0;
    while (written < bytes.length) written += writeSync(handle, bytes, written);
    if (options.durable !== false) fsyncSync(handle);
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
    const handle = await open(partial, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
  appear(partial, path);
}
