// One run at a time in a workspace: a lock file that says who holds it. It appears whole or not at all (written beside,
// then hard-linked, which fails if it is there) and a holder that died, also by SIGKILL or a power cut, does not keep it.
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { UserError } from '../messages/user-error.js';
import { identify, isAlive, type ProcessIdentity } from './process-identity.js';

export interface LockHolder extends ProcessIdentity {
  /** ISO time of the caller's clock. */
  readonly started: string;
  /** What it does, for the message: `doisoat run job.yaml`. */
  readonly command: string;
  readonly token: string;
}

export interface Lock {
  readonly holder: LockHolder;
  /** Gives the lock back; does nothing if it was given back or taken over. */
  release(): void;
}

/** Takes the lock at `path` or throws a UserError (exit code 5) that says who holds it. */
export function acquireLock(path: string, { command, started }: { command: string; started: string }): Lock {
  mkdirSync(dirname(path), { recursive: true });
  const holder: LockHolder = { ...identify(process.pid), started, command, token: randomUUID() };
  for (let attempt = 0; attempt < 50; attempt++) {
    if (create(path, holder)) return { holder, release: () => release(path, holder.token) };
    const other = readHolder(path);
    if (other === null) continue;
    if (other === 'unreadable' || isAlive(other)) throw held(path, other);
    removeDead(path, other.token);
  }
  throw held(path, readHolder(path) ?? 'unreadable');
}

function create(path: string, holder: LockHolder): boolean {
  const beside = `${path}.${holder.token}.tmp`;
  writeFileSync(beside, `${JSON.stringify(holder, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  try {
    linkSync(beside, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(beside, { force: true });
  }
}

/** Null when there is no lock any more. */
function readHolder(path: string): LockHolder | 'unreadable' | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
  try {
    const holder = JSON.parse(text) as Partial<LockHolder> | null;
    return typeof holder?.pid === 'number' && typeof holder.token === 'string'
      ? (holder as LockHolder)
      : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/**
 * Removes a dead holder's lock. The folder named after its token lets one process at a time do so: without it, a slower
 * one could remove the lock that a faster one has just taken in its place.
 */
function removeDead(path: string, token: string): void {
  const turn = `${path}.${token}.dead`;
  try {
    mkdirSync(turn);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    dropAbandoned(turn);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    return;
  }
  try {
    release(path, token);
  } finally {
    rmdirSync(turn);
  }
}

/** A turn lasts microseconds; one of this age belonged to a process that died in it. */
const ABANDONED_MS = 5_000;

function dropAbandoned(turn: string): void {
  try {
    if (Date.now() - statSync(turn).mtimeMs > ABANDONED_MS) rmdirSync(turn);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function release(path: string, token: string): void {
  const current = readHolder(path);
  if (current !== null && current !== 'unreadable' && current.token === token) rmSync(path, { force: true });
}

function held(path: string, holder: LockHolder | 'unreadable'): UserError {
  const known = holder !== 'unreadable';
  const who = known ? `${holder.command}, pid ${holder.pid}, ${holder.host}, ${holder.started}` : '?';
  const elsewhere = !known || holder.host !== hostname();
  return new UserError({
    what: {
      vi: `Một lần chạy khác đang giữ không gian làm việc này (${who}).`,
      en: `Another run holds this workspace (${who}).`,
    },
    where: path,
    mend: elsewhere
      ? {
          vi: 'Đợi lần chạy đó xong; nếu chắc chắn máy đó không còn chạy, hãy xóa tệp khóa.',
          en: 'Wait until it has finished; if you are sure that it no longer runs there, delete the lock file.',
        }
      : { vi: 'Đợi lần chạy đó xong rồi chạy lại.', en: 'Wait until it has finished and run again.' },
    exitCode: 5,
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
