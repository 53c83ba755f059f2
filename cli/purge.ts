import { UserError } from '../messages/user-error.js';
import { purge } from '../pipeline/purge.js';
import { type Run, requiredOption } from './session.js';

/** `doisoat purge --older-than 90d`: removes personal data of old runs and says what went. */
export const run: Run = async ({ options, session }) => {
  const { context, say } = session;
  const days = daysOf(requiredOption({ ...options, 'older-than': options.olderThan }, 'older-than'));
  const dryRun = options.dryRun === true;
  const runs = await purge({ days, dryRun }, context);
  const bytes = runs.reduce((sum, one) => sum + one.bytes, 0);
  const lines = runs.map(
    ({ run: id, period, finished, files }) =>
      `${id} · ${period} · ${finished.slice(0, 10)} · ${files.length} ${say({ vi: 'tệp', en: 'files' })}`,
  );
  const total = `${runs.length} ${say({ vi: 'lần chạy', en: 'runs' })}, ${(bytes / 2 ** 20).toFixed(1)} MB`;
  const done = dryRun
    ? say({ vi: `Sẽ xóa dữ liệu cá nhân của ${total}.`, en: `Personal data of ${total} would be removed.` })
    : say({ vi: `Đã xóa dữ liệu cá nhân của ${total}.`, en: `Personal data of ${total} was removed.` });
  const nothing = say({
    vi: `Không có lần chạy nào xong quá ${days} ngày mà còn dữ liệu cá nhân.`,
    en: `No run that finished more than ${days} days ago holds personal data.`,
  });
  return {
    data: { older_than_days: days, dry_run: dryRun, runs },
    text: runs.length === 0 ? nothing : [...lines, done].join('\n'),
  };
};

/** `90d` or `90`, in days. */
function daysOf(text: string): number {
  const found = /^(\d{1,5})\s*d?$/i.exec(text.trim());
  if (found !== null) return Number(found[1]);
  throw new UserError({
    what: { vi: `--older-than không nhận “${text}”.`, en: `--older-than does not take “${text}”.` },
    where: '--older-than',
    mend: { vi: 'Hãy ghi số ngày, ví dụ 90d.', en: 'Give a number of days, such as 90d.' },
  });
}
