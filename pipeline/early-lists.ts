// The lists of a run as CSV need nothing that the reconcile stage finds, and the stages before it leave a part of the machine idle: the
// texts of values are made beside the classify stage, the lists beside the reconcile stage, on connections of their own; the report stage
// takes them.
import type { Database } from '../engine/database.js';
import type { Context } from './context.js';
import { type Target, writePreparedLists } from './report-formats.js';
import { type ListPlan, prepareVerdicts } from './result-lists.js';
import { hasRoles } from './roles-jobs.js';
import type { RunState } from './run-state.js';
import { type ListFormat, prepareValues } from './shown-values.js';

export interface EarlyLists {
  /**
   * Begins to write the lists, once every row is judged. Resolves to their paths; their statements are in the run's trace then.
   */
  begin(): Promise<string[]>;
  /** Stops what is not done and waits until nothing is open any more. */
  stop(): Promise<void>;
}

/**
 * Begins what the lists show of values, once these are normalised, or returns null: no lists are asked for, others are made of them, or
 * the run may use one thread only.
 */
export async function prepareEarlyLists(
  state: RunState,
  target: Target,
  { signal }: Pick<Context, 'signal'>,
): Promise<EarlyLists | null> {
  const { job, asked, db } = state;
  const { formats } = job.report;
  const alone = formats.includes('csv') && !formats.includes('parquet') && !formats.includes('xlsx');
  if (!alone || hasRoles(asked.sector) || db.threads === 1) return null;
  const connections = [await db.beside(), await db.beside()] as const;
  const [first] = connections;
  const interrupt = () => {
    for (const one of connections) one.interrupt();
  };
  signal.addEventListener('abort', interrupt);
  const values = prepareValues(first, { matched: state.matched, ...target }, formatsOf(job.output.results));
  // Whoever awaits the lists is told; until then a failure must not end the process.
  let done: Promise<unknown> = values.catch(() => undefined);
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    signal.removeEventListener('abort', interrupt);
    await closeAll(connections, state);
  };
  const written = async () => {
    try {
      await values;
      const plan: ListPlan = { matched: state.matched, files: state.files, judged: state.judged, ...target };
      await prepareVerdicts(first, plan.judged);
      return await writePreparedLists(connections, job.output.results, plan);
    } finally {
      await close();
    }
  };
  return {
    begin() {
      const lists = written();
      done = lists.catch(() => undefined);
      return lists;
    },
    async stop() {
      if (isOpen) interrupt();
      await done;
      await close();
    },
  };
}

/** The mismatches are CSV; nothing else is listed here. */
function formatsOf(results: RunState['job']['output']['results']): ListFormat[] {
  return results === 'parquet' ? ['csv', 'parquet'] : ['csv'];
}

async function closeAll(connections: readonly Database[], { db }: Pick<RunState, 'db'>): Promise<void> {
  for (const one of connections) {
    await one.close();
    db.trace.push(...one.trace);
  }
}
