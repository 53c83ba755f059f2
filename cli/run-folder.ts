import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../messages/user-error.js';
import type { Summary } from '../reports/model.js';
import { readSummary } from '../reports/summary-json.js';
import { insteadOf } from '../sectors/schema-check.js';

const SUMMARY = 'summary.json';

/** Folder of a finished run, given its path or its id in the workspace. Throws UserError with the nearest id. */
export function findRun(name: string, workspace: string): string {
  const places = [resolve(name), join(workspace, 'runs', name)];
  const found = places.find((folder) => existsSync(join(folder, SUMMARY)));
  if (found !== undefined) return found;
  const known = knownRuns(workspace);
  throw new UserError({
    what: { vi: `Không có lần chạy đã xong nào tên “${name}”.`, en: `There is no finished run “${name}”.` },
    where: workspace,
    mend:
      known.length > 0
        ? insteadOf(name, known)
        : {
            vi: 'Không gian làm việc chưa có lần chạy nào; hãy kiểm tra --workspace hoặc chạy doisoat run.',
            en: 'The workspace holds no run yet; check --workspace, or begin with doisoat run.',
          },
  });
}

function knownRuns(workspace: string): string[] {
  const folder = join(workspace, 'runs');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, SUMMARY)))
    .sort();
}

/** The figures of a finished run. */
export function readRunSummary(folder: string): Summary {
  return readSummary(readFileSync(summaryPath(folder), 'utf8'), summaryPath(folder));
}

export function summaryPath(folder: string): string {
  return join(folder, SUMMARY);
}
