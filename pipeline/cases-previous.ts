import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Database } from '../engine/database.js';
import { literal } from '../engine/sql.js';
import type { EarlierRun } from '../ledger/balances.js';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { columnsOf, tableIn } from './cases-merge.js';
import { readManifest } from './manifest.js';
import { runDatabasePath } from './result-rows.js';

/** Alias of the attached database of the run before. */
const ALIAS = 'cases_before';

export interface PreviousCases {
  readonly run: EarlierRun;
  readonly table: string;
  readonly columns: readonly string[];
  /** SQL name of the results of that run; null: they were purged. */
  readonly results: string | null;
}

export interface Found {
  readonly previous: PreviousCases | null;
  readonly notes: readonly Text[];
}

/**
 * Attaches the state of cases of the latest earlier period that still has one. `earlier`: latest first. A note says which periods
 * had to be passed over: their runs were purged, moved or replaced.
 */
export async function attachPrevious(
  db: Database,
  earlier: readonly EarlierRun[],
  workspace: string,
): Promise<Found> {
  const counted = earlier.filter((run) => run.closing !== null);
  for (const [passed, run] of counted.entries()) {
    const folder = resolve(workspace, run.folder);
    if (!holdsRun(folder, run.run) || !(await attached(db, runDatabasePath(folder)))) continue;
    const columns = await columnsOf(db, ALIAS, 'cases');
    if (columns.length === 0) {
      await detachPrevious(db);
      continue;
    }
    const results = (await columnsOf(db, ALIAS, 'results')).includes('record_key');
    return {
      previous: {
        run,
        table: tableIn(ALIAS, 'cases'),
        columns,
        results: results ? tableIn(ALIAS, 'results') : null,
      },
      notes: passed === 0 ? [] : [passedOver(counted[0]!, run)],
    };
  }
  return { previous: null, notes: counted.length === 0 ? [] : [passedOver(counted[0]!, null)] };
}

export async function detachPrevious(db: Database): Promise<void> {
  await db.run(`DETACH DATABASE IF EXISTS ${ALIAS}`);
}

/** The folder still holds that very run: one given with `-o` may hold a later one by now. */
export function holdsRun(folder: string, run: string): boolean {
  return existsSync(runDatabasePath(folder)) && readManifest(folder)?.run === run;
}

async function attached(db: Database, path: string): Promise<boolean> {
  await detachPrevious(db);
  try {
    await db.run(`ATTACH ${literal(path)} AS ${ALIAS} (READ_ONLY)`);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/could not set lock/i.test(message)) throw inUse(path);
    if (/^(IO|Serialization|Invalid Input) Error/.test(message)) return false;
    throw error;
  }
}

/** Its state is not gone: to go on without it would count every case anew. */
export function inUse(path: string): UserError {
  return new UserError({
    what: {
      vi: 'Một chương trình khác đang ghi cơ sở dữ liệu của kỳ trước.',
      en: 'Another program is writing the database of the period before.',
    },
    where: path,
    mend: { vi: 'Đợi chương trình đó xong rồi chạy lại.', en: 'Wait until it has finished and run again.' },
    exitCode: 5,
  });
}

function passedOver(missing: EarlierRun, used: EarlierRun | null): Text {
  const open = missing.closing ?? 0;
  return used === null
    ? {
        vi: `Không còn trạng thái các trường hợp của kỳ ${missing.period} (còn mở ${open}): mọi sai lệch được tính là mới. Chạy lại kỳ ${missing.period} rồi chạy lại kỳ này để có số đúng.`,
        en: `The state of the cases of ${missing.period} (${open} open) is gone: every mismatch counts as new. Run ${missing.period} again, then this period, for the right figures.`,
      }
    : {
        vi: `Không còn trạng thái các trường hợp của kỳ ${missing.period} (còn mở ${missing.closing ?? 0}): kỳ này được nối tiếp từ kỳ ${used.period}.`,
        en: `The state of the cases of ${missing.period} (${missing.closing ?? 0} open) is gone: this period goes on from ${used.period}.`,
      };
}
