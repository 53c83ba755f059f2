// When a night begins, for those who have neither systemd nor cron. Sole home of croner.
import { Cron } from 'croner';
import { UserError } from '../messages/user-error.js';

/** UTC+7, no summer time. */
export const TIME_ZONE = 'Asia/Ho_Chi_Minh';

export interface Watch {
  readonly signal: AbortSignal;
  /** Called before the first wait and after each work, with the next time; null: there is none. */
  readonly tellNext: (next: Date | null) => void;
  /** Called where the time has come while the work of the last one still goes on. */
  readonly tellOverlap: () => void;
}

/**
 * Calls `work` whenever the cron pattern says so in Vietnam's time, one at a time: a time that comes while it still works is
 * left out. Resolves after the signal is aborted, once the work that goes on has ended; rejects with what `work` rejects with.
 * Throws UserError for a pattern that cannot be understood.
 */
export async function atTimes(pattern: string, work: () => Promise<void>, watch: Watch): Promise<void> {
  let current: Promise<void> | null = null;
  const clock = cronOf(pattern);
  const ended = new Promise<void>((resolve, reject) => {
    watch.signal.addEventListener('abort', () => resolve(), { once: true });
    clock.schedule(() => {
      if (current !== null) return watch.tellOverlap();
      current = work()
        .then(() => watch.tellNext(clock.nextRun()), reject)
        .finally(() => {
          current = null;
        });
    });
  });
  watch.tellNext(clock.nextRun());
  try {
    if (!watch.signal.aborted) await ended;
  } finally {
    clock.stop();
    await current;
  }
}

function cronOf(pattern: string): Cron {
  try {
    return new Cron(pattern, { timezone: TIME_ZONE, mode: '5-or-6-parts' });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UserError({
      what: {
        vi: `Lịch “${pattern}” không đúng cú pháp cron: ${error.message}`,
        en: `The schedule “${pattern}” is not a cron pattern: ${error.message}`,
      },
      where: '--schedule',
      mend: {
        vi: 'Hãy ghi năm phần: phút giờ ngày tháng thứ; ví dụ "0 2 * * *" là 02:00 mỗi đêm.',
        en: 'Write five parts: minute hour day month weekday; "0 2 * * *" is 02:00 every night.',
      },
    });
  }
}
