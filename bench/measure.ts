import { readFileSync } from 'node:fs';

/** Seconds that `work` takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The shortest of several times: what the work needs when the machine does nothing else. */
export async function shortest(times: number, work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) best = Math.min(best, await secondsOf(work));
  return best;
}

/** The middle one of several times: what the work mostly takes on a machine that is now quicker, now slower. */
export function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const [below, above] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (below! + above!) / 2;
}

/** Highest resident memory of this process while `work` runs, in bytes, looked at every 20 ms. */
export async function peakMemoryOf<T>(work: () => Promise<T>): Promise<{ result: T; peak: number }> {
  let peak = residentBytes();
  const timer = setInterval(() => {
    peak = Math.max(peak, residentBytes());
  }, 20);
  try {
    const result = await work();
    return { result, peak: Math.max(peak, residentBytes()) };
  } finally {
    clearInterval(timer);
  }
}

function residentBytes(): number {
  return process.memoryUsage.rss();
}

/** Processor and memory of the machine, for the record beside a figure. */
export function machine(): string {
  try {
    const model = /model name\s*:\s*(.+)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1];
    if (model !== undefined) return model;
  } catch {
    // not Linux
  }
  return `${process.platform} ${process.arch}`;
}

export function round(value: number, digits = 3): number {
  return Number(value.toFixed(digits));
}
