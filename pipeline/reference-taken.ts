import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { LastRun } from './last-run.js';
import { REFERENCE_DATABASE, REFERENCE_MANIFEST, readReference } from './reference.js';

/**
 * Puts the reference that the last run built from the same files (`name` tells) into a run's folder, and says whether there was one. Its
 * files are never written again, so both folders may hold the same ones; `doisoat purge` of one leaves the other's. Their times stay:
 * by them a run knows that it may take rows of the last one.
 */
export function takeReference(last: LastRun, name: string, out: string): boolean {
  const there = join(dirname(last.database), name);
  if (!existsSync(join(there, REFERENCE_MANIFEST))) return false;
  const building = `${out}.building`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { recursive: true, mode: 0o700 });
  for (const file of readdirSync(there)) takeFile(join(there, file), join(building, file));
  if (!isWhole(building)) {
    rmSync(building, { recursive: true });
    return false;
  }
  rmSync(out, { recursive: true, force: true });
  renameSync(building, out);
  return true;
}

function isWhole(folder: string): boolean {
  try {
    readReference(folder);
    return existsSync(join(folder, REFERENCE_DATABASE));
  } catch {
    return false;
  }
}

/** A link costs nothing; another disk, or one without links, gets a copy. */
function takeFile(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
    const { atime, mtime } = statSync(from);
    utimesSync(to, atime, mtime);
  }
}
