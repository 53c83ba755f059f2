// Back-up and restore of the ledger. A back-up is one whole, checked SQLite file, also while others write. A restore puts
// such a file in the ledger's place; what stood there is kept beside it until the next restore.
import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import type { Database as Sqlite } from 'better-sqlite3';
import { UserError } from '../messages/user-error.js';
import { type AuditHead, auditHead } from './audit.js';
import { ledgerError } from './ledger-error.js';
import { MIGRATIONS } from './migrations.js';
import { openSqlite } from './native-objects.js';

/** What the ledger was before a restore is kept under this ending. */
const BEFORE_RESTORE = '.before-restore';

export interface LedgerCopy {
  readonly runs: number;
  readonly decisions: number;
  /** Null: a ledger from before there was an audit trail. */
  readonly audit: AuditHead | null;
}

/** Copies the open ledger to `path`, whole or not at all, and checks the copy. `path` must not be there. */
export async function backupLedger(db: Sqlite, path: string): Promise<LedgerCopy> {
  if (existsSync(path)) throw isThere(path);
  const partial = `${path}.partial`;
  try {
    await db.backup(partial);
    withFile(partial, { readonly: false }, (copy) => copy.pragma('journal_mode = DELETE'));
    chmodSync(partial, 0o600);
    const found = checkedLedger(partial, partial);
    renameSync(partial, path);
    return found;
  } catch (error) {
    throw ledgerError(path, error);
  } finally {
    rmSync(partial, { force: true });
  }
}

/**
 * Puts a back-up in the place of the ledger at `path`. The caller holds the whole workspace. Throws UserError, with the ledger as it was, when
 * the back-up is damaged or from a newer version, or when another process has the ledger open for writing.
 */
export function restoreLedger(backup: string, path: string): LedgerCopy {
  if (!existsSync(backup)) throw notThere(backup);
  const partial = `${path}.partial`;
  try {
    copyFileSync(backup, partial);
    chmodSync(partial, 0o600);
    const found = checkedLedger(partial, backup);
    if (existsSync(path)) setAside(path);
    renameSync(partial, path);
    return found;
  } catch (error) {
    throw ledgerError(path, error);
  } finally {
    rmSync(partial, { force: true });
  }
}

/** Everything of the write-ahead log goes into the one file, and nobody else may be at it. A damaged ledger is kept as it is. */
function setAside(path: string): void {
  try {
    withFile(path, { readonly: false }, (db) => {
      db.pragma('wal_checkpoint(TRUNCATE)');
      db.pragma('journal_mode = DELETE');
      db.exec('begin exclusive; commit');
    });
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  copyFileSync(path, `${path}${BEFORE_RESTORE}`);
  chmodSync(`${path}${BEFORE_RESTORE}`, 0o600);
  // A log that was left over must not be played into the back-up.
  for (const ending of ['-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
}

function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_(NOTADB|CORRUPT)/.test(String(error.code));
}

function checkedLedger(path: string, shown: string): LedgerCopy {
  try {
    return withFile(path, { readonly: true }, (db) => {
      if (db.pragma('integrity_check', { simple: true }) !== 'ok') throw damaged(shown);
      if ((db.pragma('foreign_key_check') as unknown[]).length > 0) throw damaged(shown);
      const version = db.pragma('user_version', { simple: true }) as number;
      if (version < 1 || !hasTable(db, 'runs')) throw damaged(shown);
      if (version > MIGRATIONS.length) throw tooNew(shown);
      return {
        runs: count(db, 'runs'),
        decisions: hasTable(db, 'decisions') ? count(db, 'decisions') : 0,
        audit: hasTable(db, 'audit_head') ? auditHead(db) : null,
      };
    });
  } catch (error) {
    throw ledgerError(shown, error);
  }
}

function withFile<T>(path: string, { readonly }: { readonly: boolean }, work: (db: Sqlite) => T): T {
  const db = openSqlite(path, { readonly, timeout: 1000, fileMustExist: true });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

function hasTable(db: Sqlite, name: string): boolean {
  return db.prepare(`select 1 from sqlite_schema where type = 'table' and name = ?`).get(name) !== undefined;
}

function count(db: Sqlite, table: string): number {
  return db.prepare(`select count(*) from ${table}`).pluck().get() as number;
}

function isThere(path: string): UserError {
  return new UserError({
    what: { vi: 'Tệp này đã có.', en: 'This file is there already.' },
    where: path,
    mend: {
      vi: 'Bản sao lưu không ghi đè tệp nào; hãy chọn tên khác, ví dụ thêm ngày.',
      en: 'A back-up replaces no file; choose another name, such as one with the day.',
    },
  });
}

function notThere(path: string): UserError {
  return new UserError({
    what: { vi: 'Không có bản sao lưu này.', en: 'There is no such back-up.' },
    where: path,
    mend: { vi: 'Hãy kiểm tra lại đường dẫn.', en: 'Check the path.' },
  });
}

function damaged(path: string): UserError {
  return new UserError({
    what: {
      vi: 'Tệp này hỏng hoặc không phải là sổ theo dõi.',
      en: 'This file is damaged or is not a ledger.',
    },
    where: path,
    mend: {
      vi: 'Hãy dùng một bản sao lưu khác; sổ theo dõi hiện có được giữ nguyên.',
      en: 'Use another back-up; the ledger in place is left as it is.',
    },
  });
}

function tooNew(path: string): UserError {
  return new UserError({
    what: {
      vi: 'Bản sao lưu này do một phiên bản doisoat mới hơn ghi.',
      en: 'This back-up was written by a newer doisoat.',
    },
    where: path,
    mend: { vi: 'Hãy cập nhật doisoat.', en: 'Update doisoat.' },
  });
}
