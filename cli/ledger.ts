import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type LedgerCopy, restoreLedger } from '../ledger/backup.js';
import { lockWorkspace } from '../ledger/workspace-lock.js';
import { UserError } from '../messages/user-error.js';
import { audit } from '../pipeline/audit.js';
import type { Context } from '../pipeline/context.js';
import { fileHash } from '../pipeline/file-hash.js';
import { LEDGER_FILE, withLedger } from '../pipeline/workspace-ledger.js';
import type { Run, Session } from './session.js';

/** `doisoat ledger backup FILE`: one whole, checked copy, also while a run is going on. */
export const backup: Run = async ({ args, session }) => {
  const { context } = session;
  const path = resolve(args[0] ?? '');
  if (!existsSync(join(context.workspace, LEDGER_FILE))) throw noLedger(context.workspace);
  mkdirSync(dirname(path), { recursive: true });
  const copy = await withLedger(context, (ledger) => ledger.backup(path));
  return answer(copy, path, session, { vi: 'Đã sao lưu sổ theo dõi', en: 'The ledger is backed up' });
};

/**
 * `doisoat ledger restore FILE`: puts a back-up in the ledger's place. Refused while anything runs. The audit trail, which is the
 * back-up's from now on, says so first: with the end of the trail that stood there.
 */
export const restore: Run = async ({ args, session }) => {
  const { context } = session;
  const from = resolve(args[0] ?? '');
  const path = join(context.workspace, LEDGER_FILE);
  const started = context.clock().toISOString();
  const lock = lockWorkspace(context.workspace, {
    command: `doisoat ledger restore ${basename(from)}`,
    started,
  });
  try {
    const replaced = existsSync(path) ? await headBefore(context) : null;
    const copy = restoreLedger(from, path);
    const inputs = [await fileHash(from)];
    const details = { replaced_entries: replaced?.entries ?? 0, replaced_head: replaced?.head ?? '' };
    await withLedger(context, (ledger) =>
      audit(ledger, context, { command: 'ledger restore', inputs, details }),
    );
    return answer(copy, path, session, { vi: 'Đã khôi phục sổ theo dõi', en: 'The ledger is restored' });
  } finally {
    lock.release();
  }
};

/** The end of the trail that is about to be replaced; null when that ledger cannot be read, which is why one restores. */
async function headBefore(context: Context): Promise<{ entries: number; head: string } | null> {
  try {
    return await withLedger(context, (ledger) => ledger.verifyAudit());
  } catch (error) {
    if (error instanceof UserError && error.exitCode !== 5) return null;
    throw error;
  }
}

function answer(copy: LedgerCopy, path: string, { say }: Session, done: { vi: string; en: string }) {
  const { runs, decisions, audit: head } = copy;
  const text = say({
    vi: `${done.vi}: ${runs} lần chạy, ${decisions} quyết định, ${head?.entries ?? 0} mục kiểm toán → ${path}`,
    en: `${done.en}: ${runs} runs, ${decisions} decisions, ${head?.entries ?? 0} audit entries → ${path}`,
  });
  return { data: { file: path, runs, decisions, audit: head }, text };
}

function noLedger(workspace: string): UserError {
  return new UserError({
    what: { vi: 'Không gian làm việc này chưa có sổ theo dõi.', en: 'This workspace has no ledger yet.' },
    where: workspace,
    mend: { vi: 'Hãy kiểm tra --workspace.', en: 'Check --workspace.' },
  });
}
