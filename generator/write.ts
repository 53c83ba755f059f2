/** Writes text files piece by piece, about a megabyte at a time, whole or not at all (written beside, then renamed). */
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

const PIECE = 1 << 20;
/** No line of ours is longer, in bytes. */
const LONGEST = 1 << 16;

export interface TextFile {
  readonly path: string;
  /** Adds a line, its line break included; a full piece must be flushed before much more is added. */
  add(line: string): void;
  readonly full: boolean;
  /** Waits until the disk has taken the piece, so memory does not grow with the file. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

export async function openText(path: string): Promise<TextFile> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.tmp`;
  const handle = await open(beside, 'w');
  const piece = Buffer.allocUnsafe(PIECE);
  let bytes = 0;
  const flush = async (): Promise<void> => {
    const length = bytes;
    bytes = 0;
    await handle.writeFile(piece.subarray(0, length));
  };
  return {
    path,
    add: (line) => {
      bytes += piece.write(line, bytes);
    },
    get full() {
      return bytes >= PIECE - LONGEST;
    },
    flush,
    close: async () => {
      await flush();
      await handle.sync();
      await handle.close();
      await rename(beside, path);
    },
  };
}

export async function writeText(path: string, text: string): Promise<void> {
  const file = await openText(path);
  file.add(text);
  await file.close();
}

/** One line of RFC 4180, for a comma or a semicolon: cells with the delimiter, quotes or line breaks are quoted. */
export function csvLine(cells: readonly string[], delimiter: string): string {
  let line = '';
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] as string;
    line += i === 0 ? csvCell(cell, delimiter) : delimiter + csvCell(cell, delimiter);
  }
  return line;
}

const SPECIAL = /[",;\t\r\n]/;

function csvCell(cell: string, delimiter: string): string {
  if (!SPECIAL.test(cell)) return cell;
  return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
