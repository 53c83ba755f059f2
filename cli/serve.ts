import { STOPPED } from '../messages/command-line.js';
import { UserError } from '../messages/user-error.js';
import { dayInVietnam } from '../pipeline/context.js';
import { planNight, runNight } from '../pipeline/nightly.js';
import { atTimes } from '../pipeline/schedule-clock.js';
import { asUserError, EXIT } from './errors.js';
import { nightOptions } from './night-options.js';
import { nightText } from './nightly.js';
import { print } from './output.js';
import { type Input, type Run, type Session, textOption } from './session.js';

const EVERY_NIGHT_AT_TWO = '0 2 * * *';

/**
 * `doisoat serve FOLDER --schedule CRON`: one night after another until it is told to stop by SIGINT or SIGTERM; then it ends with
 * 0. It listens on nothing.
 */
export const run: Run = async (input) => {
  const { options, session } = input;
  const { context, say } = session;
  const asked = nightOptions(input);
  planNight(asked.folder, asked.night);
  await atTimes(textOption(options, 'schedule') ?? EVERY_NIGHT_AT_TWO, () => oneNight(input), {
    signal: context.signal,
    tellNext: (next) => tellNext(next, session),
    tellOverlap: () =>
      context.log.warn({
        vi: 'Đến giờ nhưng đêm trước chưa xong: bỏ qua lần này.',
        en: 'The time has come, but the last night still goes on: left out.',
      }),
  });
  return { data: { stopped: true }, text: say(STOPPED), exitCode: EXIT.fine };
};

/** What the user can mend by tomorrow must not end the service. */
async function oneNight(input: Input): Promise<void> {
  const { session } = input;
  const { streams, context, language } = session;
  try {
    const night = await runNight(nightOptions(input), context);
    const answer = input.options.json === true ? JSON.stringify(night) : nightText(night, session);
    await print(streams.stdout, `${answer}\n`);
  } catch (error) {
    const known = asUserError(error);
    if (!(known instanceof UserError)) throw error;
    const { what, where, mend } = known.parts;
    const place = where === undefined ? '' : `${where}: `;
    const line = `${place}${what[language]} → ${mend[language]}`;
    context.log.warn({ vi: line, en: line });
  }
}

function tellNext(next: Date | null, { context }: Session): void {
  if (next === null || context.signal.aborted) return;
  const there = new Date(next.getTime() + 7 * 3_600_000).toISOString().slice(11, 16);
  const moment = `${there} ${dayInVietnam(next)}`;
  context.log.info({
    vi: `Đêm tiếp theo bắt đầu lúc ${moment} (giờ Việt Nam).`,
    en: `The next night begins at ${moment} (Vietnam's time).`,
  });
}
