import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger, type RunRow } from '../ledger/ledger.js';
import { LEDGER_FILE } from '../pipeline/workspace-ledger.js';
import { shareOf } from '../reports/model-shares.js';
import { count, percent } from '../reports/numbers.js';
import { table } from './output.js';
import { type Run, type Session, textOption } from './session.js';

/** `doisoat runs`: what the ledger of the workspace remembers, the latest first. */
export const run: Run = async ({ options, session }) => {
  const path = join(session.context.workspace, LEDGER_FILE);
  const job = textOption(options, 'job');
  const runs = existsSync(path) ? readRuns(path).filter((row) => job === undefined || row.job === job) : [];
  return { data: runs, text: runs.length === 0 ? session.say(NONE) : asTable(runs, session) };
};

const NONE = {
  vi: 'Chưa có lần chạy nào trong không gian làm việc này.',
  en: 'There is no run in this workspace yet.',
};

function readRuns(path: string): readonly RunRow[] {
  const ledger = openLedger(path);
  try {
    return ledger.runs();
  } finally {
    ledger.close();
  }
}

function asTable(runs: readonly RunRow[], { say }: Session): string {
  return table(
    [
      { title: say({ vi: 'Lần chạy', en: 'Run' }) },
      { title: say({ vi: 'Công việc', en: 'Job' }) },
      { title: say({ vi: 'Kỳ', en: 'Period' }) },
      { title: say({ vi: 'Trạng thái', en: 'State' }) },
      { title: say({ vi: 'Số dòng', en: 'Rows' }), align: 'right' },
      { title: say({ vi: 'Sai lệch như đã nộp', en: 'Mismatches as submitted' }), align: 'right' },
      { title: say({ vi: 'sau làm sạch', en: 'after cleaning' }), align: 'right' },
      { title: say({ vi: 'Xong lúc', en: 'Finished' }) },
    ],
    runs.map((row) => [
      row.run,
      row.job,
      row.period,
      say(row.state === 'finished' ? { vi: 'đã xong', en: 'finished' } : { vi: 'hỏng', en: 'failed' }),
      say(count(row.rows)),
      say(percent(shareOf(row.mismatch_as_submitted, row.compared))),
      say(percent(shareOf(row.mismatch_after_cleaning, row.compared))),
      row.finished.slice(0, 16).replace('T', ' '),
    ]),
  );
}
