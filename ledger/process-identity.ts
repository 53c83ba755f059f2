// Which process holds a lock, told apart from a later process with the same number: host, boot, number and start time.
// Start time and boot come from /proc (proc(5): field 22 of stat); where there is none, the number alone must do.
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  readonly boot: string | null;
  /** Clock ticks since boot at which the process began. */
  readonly began: string | null;
}

export function identify(pid: number): ProcessIdentity {
  return { pid, host: hostname(), boot: read('/proc/sys/kernel/random/boot_id'), began: startTime(pid) };
}

/** False only when it is certain that the process is gone; one on another host counts as alive. */
export function isAlive(holder: ProcessIdentity): boolean {
  if (holder.host !== hostname()) return true;
  const now = identify(holder.pid);
  if (differ(holder.boot, now.boot) || !numberInUse(holder.pid) || isZombie(holder.pid)) return false;
  return !differ(holder.began, now.began);
}

function differ(then: string | null, now: string | null): boolean {
  return then !== null && now !== null && then !== now;
}

function numberInUse(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, but belongs to another user.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** Killed, but its parent has not yet asked for its exit code. */
function isZombie(pid: number): boolean {
  return statFields(pid)[0] === 'Z';
}

function startTime(pid: number): string | null {
  return statFields(pid)[19] ?? null;
}

/** The fields from the third on: the second, the command's name, stands in parentheses and may hold spaces. */
function statFields(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`);
  return stat === null ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}
