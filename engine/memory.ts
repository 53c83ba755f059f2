// What a process may use of the machine's memory, and what of it is the engine's. `--memory` is said of the whole process; Node, its
// workers and what the engine does not count came to 1.7 to 2 GB beside an engine limited to 6.6 GB (88.1 million rows, bench national).
import { totalmem } from 'node:os';

const UNITS: Readonly<Record<string, number>> = {
  KB: 1e-3,
  MB: 1,
  GB: 1e3,
  TB: 1e6,
  KIB: 2 ** 10 / 1e6,
  MIB: 2 ** 20 / 1e6,
  GIB: 2 ** 30 / 1e6,
  TIB: 2 ** 40 / 1e6,
};

/** Below this the engine cannot do much: a smaller budget is its alone. */
const LEAST_FOR_ENGINE_MB = 500;
const SHARE_OF_ENGINE = 0.5;

/** Half of the machine's memory as the engine writes it: `12288MB`. */
export function halfOfMemory(): string {
  return `${Math.max(512, Math.floor(totalmem() / 2 / 2 ** 20))}MB`;
}

/** `4GB`, `512MiB` in millions of bytes. Throws an Error for what is no size: commands check theirs before. */
export function megabytesOf(memory: string): number {
  const [, amount = '', unit = ''] = /^([\d.]+)\s*([KMGT]i?B)$/i.exec(memory) ?? [];
  const megabytes = Number(amount) * (UNITS[unit.toUpperCase()] ?? Number.NaN);
  if (!(megabytes > 0)) throw new Error(`not a size: ${memory}`);
  return megabytes;
}

/** Limit of the engine in a process that shall stay within `memory`. */
export function engineMemory(memory: string): string {
  const budget = megabytesOf(memory);
  const engine = Math.min(budget, Math.max(LEAST_FOR_ENGINE_MB, budget * SHARE_OF_ENGINE));
  return `${Math.max(1, Math.floor(engine))}MB`;
}

/** What the tables of a million rows take. */
const KEPT_MB = 1000;

/**
 * Memory that the engine of such a process may keep from one table to the next instead of giving it back; null: little enough is given
 * to it that others (Node, its workers) need what it does not use.
 */
export function keptMemory(memory: string): string | null {
  return megabytesOf(engineMemory(memory)) < 2 * KEPT_MB ? null : `${KEPT_MB}MB`;
}
