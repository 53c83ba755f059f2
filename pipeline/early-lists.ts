// The lists of a run as CSV need nothing that the reconcile stage finds, and that stage leaves half of the machine idle: so they are begun
// before it, on a connection of their own, and the report stage takes them.
import type { Context } from './context.js';
import { type Target, writeCsvLists } from './report-formats.js';
import type { RunState } from './run-state.js';

export interface EarlyLists {
  /** Paths of the lists, once they are written; their statements are in the run's trace then. */
  readonly written: Promise<string[]>;
  /** Stops what is not done and waits until nothing is open any more. */
  stop(): Promise<void>;
}

/** Begins the lists, or returns null: none are asked for, others are made of them, or the run may use one thread only. */
export async function beginLists(
  state: RunState,
  target: Target,
  { signal }: Pick<Context, 'signal'>,
): Promise<EarlyLists | null> {
  const { job, roles, matched, files, judged, referenceFolder } = state;
  const { formats } = job.report;
  const alone = formats.includes('csv') && !formats.includes('parquet') && !formats.includes('xlsx');
  if (!alone || roles.length > 0 || state.db.threads === 1) return null;
  const db = await state.db.beside();
  const interrupt = () => db.interrupt();
  signal.addEventListener('abort', interrupt);
  const source = {
    db,
    lists: { matched, files, judged },
    roles,
    referenceFolder,
    results: job.output.results,
  };
  let isOpen = true;
  const written = writeCsvLists(source, target).finally(async () => {
    signal.removeEventListener('abort', interrupt);
    isOpen = false;
    await db.close();
    state.db.trace.push(...db.trace);
  });
  // Whoever awaits them is told; until then a failure must not end the process.
  const settled = written.then(
    () => undefined,
    () => undefined,
  );
  return {
    written,
    async stop() {
      if (isOpen) interrupt();
      await settled;
    },
  };
}
