import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

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
    await flushWhile(partial, write(partial));
    await flush(partial);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
  appear(partial, path);
}

/** Milliseconds from one flush of a growing file to the next, at least; where the disk is slow, this many times what the last one took. */
const FLUSH_EVERY = 100;
const PAUSES = 4;

/** Waits for `writing`; meanwhile brings what is there to the disk, so that in the end there is little left to wait for. */
export async function flushWhile<T>(path: string, writing: Promise<T>): Promise<T> {
  let isWriting = true;
  let pause = FLUSH_EVERY;
  const ended = writing.finally(() => {
    isWriting = false;
  });
  while (isWriting) {
    await Promise.race([ended, wait(pause, undefined, { ref: false })]);
    if (!isWriting) break;
    const start = performance.now();
    await flush(path).catch(() => undefined);
    pause = Math.max(FLUSH_EVERY, PAUSES * (performance.now() - start));
  }
  return ended;
}

/** Brings a file to the disk: what is written of it survives a power failure. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
