import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { audit, reasonToReveal } from '../pipeline/audit.js';
import { dayInVietnam } from '../pipeline/context.js';
import { crossRuns } from '../pipeline/cross.js';
import { loadJob } from '../pipeline/job.js';
import { runId } from '../pipeline/run-name.js';
import { withLedger } from '../pipeline/workspace-ledger.js';
import { count } from '../reports/numbers.js';
import { table } from './output.js';
import { findRun } from './run-folder.js';
import { type Run, type Session, textOption } from './session.js';

/** `doisoat cross JOB…`: what datasets say against each other about the person found, on runs that have finished. */
export const run: Run = async ({ args, options, session }) => {
  const { context, say } = session;
  const period = textOption(options, 'period');
  const folders = args.map((name) => folderOf(name, period, session));
  const out = resolve(textOption(options, 'out') ?? join(context.workspace, 'cross'));
  const revealIds = options.revealIds === true;
  const why = reasonToReveal(revealIds, textOption(options, 'why'), 'cross');
  const beforeRevealing = (revealed: number) =>
    withLedger(context, (ledger) => {
      audit(ledger, context, { command: 'cross', revealed, why, details: { jobs: args.join(' ') } });
    });
  const { report, files } = await crossRuns({ folders, out, revealIds, beforeRevealing }, context);
  const names = table(
    [
      { title: say({ vi: 'Phép đối chiếu', en: 'Check' }) },
      { title: say({ vi: 'Số người', en: 'People' }), align: 'right' },
      { title: say({ vi: 'Số bản ghi', en: 'Records' }), align: 'right' },
      { title: '' },
    ],
    report.checks.map((one) => [
      say(one.label),
      one.not_done === null ? say(count(one.people)) : '–',
      one.not_done === null ? say(count(one.records)) : '–',
      one.not_done === null ? (one.list ?? '') : say(one.not_done),
    ]),
  );
  return { data: { report, files }, text: [names, '', ...files.map((file) => `→ ${file}`)].join('\n') };
};

/** A run by its name or folder, or the run of a job file. */
function folderOf(name: string, period: string | undefined, { context }: Session): string {
  if (!/\.(ya?ml|json)$/i.test(name) || !existsSync(resolve(name))) return findRun(name, context.workspace);
  const today = dayInVietnam(context.clock());
  const job = loadJob(resolve(name), { today, ...(period === undefined ? {} : { period }) });
  return findRun(runId(job), context.workspace);
}
