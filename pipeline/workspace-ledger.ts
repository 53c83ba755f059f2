import { join } from 'node:path';
import { type Ledger, openLedger } from '../ledger/ledger.js';
import type { Context } from './context.js';

/** The ledger's file in a workspace. */
export const LEDGER_FILE = 'ledger.sqlite';

/** Lends the workspace's ledger, which is made when there is none. */
export async function withLedger<T>(
  { workspace }: Pick<Context, 'workspace'>,
  work: (ledger: Ledger) => T | Promise<T>,
): Promise<T> {
  const ledger = openLedger(join(workspace, LEDGER_FILE));
  try {
    return await work(ledger);
  } finally {
    ledger.close();
  }
}
