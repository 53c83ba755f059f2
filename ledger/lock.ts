// A lock file that says who holds it: pid, host, command, since when (which locks there are: workspace-lock.ts). It appears
// whole or not at all (written beside, then hard-linked, which fails if it is there) and a holder that died, also by SIGKILL
// or a power cut, does not keep it.
import { randomUUID } from 'node:crypto';
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../messages/user-error.js';
import { identify, isAlive, type ProcessIdentity } from './process-identity.js';

/** What a holder says of itself. */
export interface LockWanted {
  /** What it does, for the message: `doisoat run job.yaml`. */
  readonly command: string;
  /** ISO time of the caller's clock. */
  readonly started: string;
}

export interface LockHolder extends ProcessIdentity, LockWanted {
  readonly token: string;
}

export interface Lock {
  readonly holder: LockHolder;
  /** Gives the lock back; does nothing if it was given back or taken over. */
  release(): void;
}

/** Takes the lock at `path` or throws a UserError (exit code 5) that says who holds it. */
export function acquireLock(path: string, { command, started }: LockWanted): Lock {
  mkdirSync(dirname(path), { recursive: true });
  const holder: LockHolder = { ...identify(process.pid), started, command, token: randomUUID() };
  for (let attempt = 0; attempt < 50; attempt++) {
    if (create(path, holder)) {
      sweep(path);
      return { holder, release: () => release(path, holder.token) };
    }
    const other = readHolder(path);
    if (other === null) continue;
    if (other === 'unreadable' || isAlive(other)) throw held(path, other);
    removeDead(path, other.token);
  }
  throw held(path, readHolder(path) ?? 'unreadable');
}

/** Throws the same UserError where somebody alive holds the lock at `path`; a dead holder's lock stays as it is. */
export function checkFree(path: string): void {
  const holder = readHolder(path);
  if (holder !== null && (holder === 'unreadable' || isAlive(holder))) throw held(path, holder);
}

function create(path: string, holder: LockHolder): boolean {
  const beside = `${path}.${holder.pid}.${holder.began ?? ''}.${holder.token}.tmp`;
  writeFileSync(beside, `${JSON.stringify(holder, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
  try {
    linkSync(beside, path);
    return true;
  } catch (error) {
    // ENOENT: another host took it for what a dead process had left.
    if (codeOf(error) === 'EEXIST' || codeOf(error) === 'ENOENT') return false;
    throw error;
  } finally {
    rmSync(beside, { force: true });
  }
}

/** Removes what processes left that died while they took this lock. */
function sweep(path: string): void {
  const start = `${basename(path)}.`;
  for (const name of readdirSync(dirname(path)).filter((one) => one.startsWith(start))) {
    const [pid, began] = name.slice(start.length).split('.');
    const whole = join(dirname(path), name);
    if (name.endsWith('.dead')) dropAbandoned(whole);
    if (!name.endsWith('.tmp')) continue;
    const owner = { pid: Number(pid), host: hostname(), boot: null, began: began || null };
    if (!isAlive(owner)) rmSync(whole, { force: true });
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
  const who = known
    ? {
        vi: `${holder.command}, pid ${holder.pid}, máy ${holder.host}, từ ${holder.started}`,
        en: `${holder.command}, pid ${holder.pid}, host ${holder.host}, since ${holder.started}`,
      }
    : { vi: '?', en: '?' };
  const elsewhere = !known || holder.host !== hostname();
  return new UserError({
    what: {
      vi: `Một lần chạy khác đang giữ khóa này (${who.vi}).`,
      en: `Another run holds this lock (${who.en}).`,
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
