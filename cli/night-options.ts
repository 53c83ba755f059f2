import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../messages/user-error.js';
import { dayInVietnam } from '../pipeline/context.js';
import { checkedAddress } from '../pipeline/night-mail.js';
import type { NightOptions } from '../pipeline/nightly.js';
import { type Input, numberOption, type Options, textOption } from './session.js';

const USUAL_AT_ONCE = 2;
/** Minutes: half a day. */
const USUAL_GIVE_UP = 720;

/** This very program: a night runs `doisoat run` in processes of its own. */
export const PROGRAM: readonly string[] = [
  process.execPath,
  ...process.execArgv,
  fileURLToPath(new URL('./main.js', import.meta.url)),
];

/** What `nightly` and `serve` are asked for; the night is today in Vietnam unless `--date` says otherwise. */
export function nightOptions({ args, options, session }: Input): NightOptions {
  const mailTo = textOption(options, 'mailTo');
  return {
    folder: resolve(args[0] ?? ''),
    night: checkedDay(textOption(options, 'date')) ?? dayInVietnam(session.context.clock()),
    atOnce: numberOption(options, 'atOnce', { min: 1, max: 64, whole: true }) ?? USUAL_AT_ONCE,
    program: PROGRAM,
    giveUp: numberOption(options, 'giveUp', { min: 0.01, max: 10_080, whole: false }) ?? USUAL_GIVE_UP,
    notices: {
      webhook: webhookOption(options),
      mailTo: mailTo === undefined ? null : checkedAddress(mailTo),
      metrics: metricsOption(options),
    },
  };
}

function webhookOption(options: Options): string | null {
  const text = textOption(options, 'webhook');
  if (text === undefined) return null;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new UserError({
    what: { vi: `“${text}” không phải địa chỉ web.`, en: `“${text}” is not a web address.` },
    where: '--webhook',
    mend: { vi: 'Hãy ghi địa chỉ bắt đầu bằng https://.', en: 'Give an address that begins with https://.' },
  });
}

/** Looked at before the night begins rather than after it. */
function metricsOption(options: Options): string | null {
  const text = textOption(options, 'metrics');
  if (text === undefined) return null;
  const path = resolve(text);
  if (existsSync(dirname(path))) return path;
  throw new UserError({
    what: { vi: 'Không có thư mục này để ghi tệp chỉ số.', en: 'There is no such folder for the metrics.' },
    where: `--metrics: ${dirname(path)}`,
    mend: { vi: 'Hãy tạo thư mục ấy trước.', en: 'Make that folder first.' },
  });
}

function checkedDay(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const moment = new Date(`${text}T00:00:00Z`);
  const isDay = !Number.isNaN(moment.getTime()) && moment.toISOString().slice(0, 10) === text;
  if (isDay) return text;
  throw new UserError({
    what: { vi: `--date không nhận “${text}”.`, en: `--date does not take “${text}”.` },
    where: '--date',
    mend: { vi: 'Hãy ghi một ngày có thật dạng 2026-11-21.', en: 'Give a real day, as 2026-11-21.' },
  });
}
