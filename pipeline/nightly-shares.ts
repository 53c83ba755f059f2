import { megabytesOf } from '../engine/memory.js';
import type { Context } from './context.js';

/** What each job of a night may use of the machine. */
export interface Shares {
  /** Jobs at a time. */
  readonly atOnce: number;
  /** As the engine writes it: `6144MB`. */
  readonly memory: string;
  readonly threads: number;
}

/** Less than this is too little for a run of any size. */
const LEAST_MB = 512;

/** Divides the budget of a night among the jobs that run at once; fewer run at once where it would be too thin. */
export function shareOut({ memory, threads }: Pick<Context, 'memory' | 'threads'>, wanted: number): Shares {
  const megabytes = megabytesOf(memory);
  const atOnce = Math.max(1, Math.min(wanted, Math.floor(megabytes / LEAST_MB)));
  return {
    atOnce,
    memory: atOnce === 1 ? memory : `${Math.floor(megabytes / atOnce)}MB`,
    threads: Math.max(1, Math.floor(threads / atOnce)),
  };
}
