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

/** Divides the budget of a night among the jobs that run at once; fewer run at once where it would be too thin. */
export function shareOut({ memory, threads }: Pick<Context, 'memory' | 'threads'>, wanted: number): Shares {
  const [, amount = '', unit = ''] = /^([\d.]+)\s*([KMGT]i?B)$/i.exec(memory) ?? [];
  const megabytes = Number(amount) * (UNITS[unit.toUpperCase()] ?? Number.NaN);
  if (!(megabytes > 0)) throw new Error(`not a size: ${memory}`);
  const atOnce = Math.max(1, Math.min(wanted, Math.floor(megabytes / LEAST_MB)));
  return {
    atOnce,
    memory: atOnce === 1 ? memory : `${Math.floor(megabytes / atOnce)}MB`,
    threads: Math.max(1, Math.floor(threads / atOnce)),
  };
}
