import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Text } from '../messages/text.js';
import { UserError } from '../messages/user-error.js';
import { reasonToReveal } from '../pipeline/audit.js';
import { dayInVietnam } from '../pipeline/context.js';
import {
  type CorrectionsAnswer,
  MASKED_TEXTS,
  type OwnerFiles,
  writeAllCorrections,
} from '../pipeline/corrections.js';
import { CORRECTION_FORMATS, type CorrectionFormat } from '../pipeline/corrections-files.js';
import { importCorrections } from '../pipeline/corrections-import.js';
import { loadJob } from '../pipeline/job.js';
import { runId } from '../pipeline/run-name.js';
import { count } from '../reports/numbers.js';
import { insteadOf } from '../sectors/schema-check.js';
import { enteredText } from './cases-text.js';
import { table } from './output.js';
import { findRun } from './run-folder.js';
import { type Run, requiredOption, type Session, textOption } from './session.js';

/** `doisoat corrections RUN -o FOLDER`: what each data owner has to correct, and what is proposed. */
export const run: Run = async ({ args, options, session }) => {
  const { context } = session;
  const revealIds = options.revealIds === true;
  const why = reasonToReveal(revealIds, textOption(options, 'why'), 'corrections');
  const formats = formatsOf(textOption(options, 'format') ?? 'csv,xlsx');
  const out = resolve(requiredOption(options, 'out'));
  const answer = await writeAllCorrections(
    {
      ...runAndJob(args[0] ?? '', textOption(options, 'job'), session),
      out,
      formats,
      by: textOption(options, 'by'),
      owner: textOption(options, 'owner'),
      revealIds,
      why,
    },
    context,
  );
  return { data: answer, text: writtenText(answer, out, session) };
};

/** `doisoat corrections import FILE…`: takes the owners' answers back, all of them or none. */
export const importFiles: Run = async ({ args, session }) => {
  const paths = args.map((path) => resolve(path));
  const { decisions, unanswered, repeated } = await importCorrections(paths, session.context);
  const counts = { decisions, waivers: 0, assignments: 0 };
  const left = session.say({
    vi: `${count(unanswered).vi} dòng chưa có trả lời${repeated > 0 ? `; ${count(repeated).vi} câu trả lời gặp hai lần, tính một` : ''}.`,
    en: `${count(unanswered).en} lines without an answer${repeated > 0 ? `; ${count(repeated).en} answers found twice and counted once` : ''}.`,
  });
  return { data: { decisions, unanswered, repeated }, text: `${enteredText(counts, session)}\n${left}` };
};

/** A run by its name or folder, or the job file that made it. */
function runAndJob(
  name: string,
  given: string | undefined,
  { context }: Session,
): { folder: string; job: string | undefined } {
  const job = given === undefined ? undefined : resolve(given);
  if (!/\.(ya?ml|json)$/i.test(name) || !existsSync(resolve(name))) {
    return { folder: findRun(name, context.workspace), job };
  }
  const loaded = loadJob(resolve(name), { today: dayInVietnam(context.clock()) });
  return { folder: findRun(runId(loaded), context.workspace), job: job ?? resolve(name) };
}

function writtenText({ owners, totals, masked }: CorrectionsAnswer, out: string, { say }: Session): string {
  const head = [
    { title: say({ vi: 'Đơn vị', en: 'Owner' }) },
    { title: say({ vi: 'Sửa tự động', en: 'Automatic' }), align: 'right' as const },
    { title: say({ vi: 'Cần xác minh', en: 'To verify' }), align: 'right' as const },
    { title: say({ vi: 'Thư mục', en: 'Folder' }) },
  ];
  const rows = owners.map((one) => [
    nameOf(one, say),
    say(count(one.automatic)),
    say(count(one.verify)),
    one.folder,
  ]);
  const written = totals.automatic + totals.verify;
  const sum = say({
    vi: `${count(totals.automatic).vi} sửa tự động + ${count(totals.verify).vi} cần xác minh = ${count(written).vi} bản ghi trong tệp sửa; lần chạy có ${count(totals.needed).vi} bản ghi cần sửa.`,
    en: `${count(totals.automatic).en} automatic + ${count(totals.verify).en} to verify = ${count(written).en} records in the files; the run has ${count(totals.needed).en} to correct.`,
  });
  const unread = say({
    vi: `${count(totals.unread).vi} dòng không đọc được nằm trong rejected.csv của lần chạy, không có ở đây.`,
    en: `${count(totals.unread).en} rows that could not be read are in rejected.csv of the run, not here.`,
  });
  return [
    ...(rows.length > 0 ? [table(head, rows), ''] : []),
    sum,
    ...(totals.unread > 0 ? [unread] : []),
    say(MASKED_TEXTS[masked]),
    `→ ${out}`,
  ].join('\n');
}

function nameOf({ owner, folder }: OwnerFiles, say: (text: Text) => string): string {
  if (owner !== '') return owner;
  return folder.startsWith('tat-ca')
    ? say({ vi: 'Tất cả bản ghi', en: 'All records' })
    : say({ vi: 'Chưa rõ đơn vị', en: 'Owner not known' });
}

function formatsOf(names: string): CorrectionFormat[] {
  const asked = names.split(',').map((name) => name.trim());
  const unknown = asked.find((name) => !CORRECTION_FORMATS.some((format) => format === name));
  if (unknown === undefined) return CORRECTION_FORMATS.filter((format) => asked.includes(format));
  throw new UserError({
    what: {
      vi: `Không có dạng tệp sửa “${unknown}”.`,
      en: `There is no format “${unknown}” of correction files.`,
    },
    where: '--format',
    mend: insteadOf(unknown, CORRECTION_FORMATS),
  });
}
