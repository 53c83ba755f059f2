import { resolve } from 'node:path';
import { UserError } from '../messages/user-error.js';
import { reasonToReveal } from '../pipeline/audit.js';
import { FORMATS, type Format } from '../pipeline/job-schema.js';
import { reportAgain } from '../pipeline/report-again.js';
import { headlineLines } from '../reports/headline.js';
import { insteadOf } from '../sectors/schema-check.js';
import { findRun, readRunSummary } from './run-folder.js';
import { type Run, textOption } from './session.js';

/** `doisoat report RUN`: the reports of a finished run again, the same bytes each time. */
export const run: Run = async ({ args, options, session }) => {
  const { context, language } = session;
  const folder = findRun(args[0] ?? '', context.workspace);
  const revealIds = options.revealIds === true;
  const request = {
    folder,
    formats: formatsOf(textOption(options, 'format') ?? 'html'),
    out: resolve(textOption(options, 'out') ?? folder),
    revealIds,
    why: reasonToReveal(revealIds, textOption(options, 'why'), 'report'),
  };
  const summary = readRunSummary(folder);
  const files = await reportAgain(request, context);
  const text = [...headlineLines(summary, language), '', ...files.map((file) => `→ ${file}`)].join('\n');
  return { data: { run: summary.run, files }, text };
};

function formatsOf(names: string): Format[] {
  const asked = names.split(',').map((name) => name.trim());
  const unknown = asked.find((name) => !FORMATS.some((format) => format === name));
  if (unknown !== undefined) throw unknownFormat(unknown);
  return FORMATS.filter((format) => asked.includes(format));
}

function unknownFormat(name: string): UserError {
  return new UserError({
    what: { vi: `Không có dạng báo cáo “${name}”.`, en: `There is no report format “${name}”.` },
    where: '--format',
    mend: insteadOf(name, FORMATS),
  });
}
