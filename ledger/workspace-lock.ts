// Who may work in a workspace at the same time. A run holds its series (two periods of one series would race for “the last
// period”) and, where it was given one, its output folder; runs of different series go side by side, since the ledger itself
// takes one writer at a time. What replaces the ledger or old runs holds the whole workspace and waits for nobody: it is
// refused while anything runs, and everything is refused while it works.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { acquireLock, checkFree, type Lock, type LockWanted } from './lock.js';

/** In the workspace: held by what must be alone there. */
const WORKSPACE_LOCK = 'workspace.lock';
/** In the workspace: the locks of what goes on side by side. */
const LOCKS_FOLDER = 'locks';

/** For one run of a series; `out` is its folder when it is not in the workspace. Throws UserError, exit code 5. */
export function lockRun(
  workspace: string,
  { series, out }: { readonly series: string; readonly out?: string | undefined },
  wanted: LockWanted,
): Lock {
  const paths = [join(workspace, LOCKS_FOLDER, `${fileName(series)}.lock`)];
  if (out !== undefined) paths.push(join(dirname(out), `.${basename(out)}.lock`));
  return lockBeside(workspace, paths, wanted);
}

/** For one night of a workspace: its runs take their own locks. Throws UserError, exit code 5. */
export function lockNight(workspace: string, wanted: LockWanted): Lock {
  return lockBeside(workspace, [join(workspace, LOCKS_FOLDER, 'nightly.lock')], wanted);
}

/** For what must be alone in the workspace: restoring the ledger, purging. Throws UserError, exit code 5. */
export function lockWorkspace(workspace: string, wanted: LockWanted): Lock {
  const lock = acquireLock(join(workspace, WORKSPACE_LOCK), wanted);
  return orRelease([lock], () => {
    for (const path of runLocks(workspace)) checkFree(path);
  });
}

/** Own lock first, then a look at the other side's: of two that come at once at least one sees the other. */
function lockBeside(workspace: string, paths: readonly string[], wanted: LockWanted): Lock {
  const held: Lock[] = [];
  return orRelease(held, () => {
    for (const path of paths) held.push(acquireLock(path, wanted));
    checkFree(join(workspace, WORKSPACE_LOCK));
  });
}

function orRelease(locks: readonly Lock[], work: () => void): Lock {
  const release = () => {
    for (const lock of locks.toReversed()) lock.release();
  };
  try {
    work();
  } catch (error) {
    release();
    throw error;
  }
  return { holder: locks[0]!.holder, release };
}

function runLocks(workspace: string): string[] {
  const folder = join(workspace, LOCKS_FOLDER);
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .filter((name) => name.endsWith('.lock'))
    .sort()
    .map((name) => join(folder, name));
}

/** Names may be long and differ in case only; files may not. */
function fileName(series: string): string {
  const readable = [...series.replace(/[^\p{L}\p{N}._-]/gu, '_')].slice(0, 40).join('');
  return `${readable}-${createHash('sha256').update(series).digest('hex').slice(0, 8)}`;
}
