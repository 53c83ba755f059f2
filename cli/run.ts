import { resolve } from 'node:path';
import { dayInVietnam } from '../pipeline/context.js';
import { loadJob } from '../pipeline/job.js';
import { runJob } from '../pipeline/run.js';
import { headlineLines } from '../reports/headline.js';
import { EXIT } from './errors.js';
import { planLines } from './plan-text.js';
import { type Run, textOption } from './session.js';

/** `doisoat run JOB`: the whole flow. Exit 4 outranks 3: a file that could not be read makes its rates doubtful. */
export const run: Run = async ({ args, options, session }) => {
  const { context, language, say } = session;
  const job = loadJob(args[0] ?? '', {
    today: dayInVietnam(context.clock()),
    period: textOption(options, 'period'),
  });
  const out = textOption(options, 'out');
  const result = await runJob(
    job,
    {
      ...(out === undefined ? {} : { out: resolve(out) }),
      revealIds: options.revealIds === true,
      why: textOption(options, 'why'),
      restart: options.restart === true,
      keep: options.keep === true,
    },
    context,
  );
  const { folder, files, summary, overThreshold, tooManyRejected } = result;
  const warnings = [
    ...(overThreshold
      ? [
          say({
            vi: '! Tỷ lệ sai lệch vượt ngưỡng báo động.',
            en: '! The mismatch rate is over the alert threshold.',
          }),
        ]
      : []),
    ...(tooManyRejected
      ? [say({ vi: '! Quá nhiều dòng không đọc được.', en: '! Too many rows could not be read.' })]
      : []),
  ];
  const text = [
    ...headlineLines(summary, language),
    ...warnings,
    '',
    ...files.map((file) => `→ ${file}`),
    ...(options.explainPlan === true ? planLines(result.executionPlan, say) : []),
  ].join('\n');
  return {
    data: {
      run: summary.run,
      folder,
      files,
      over_threshold: overThreshold,
      too_many_rejected: tooManyRejected,
      summary,
      ...(options.explainPlan === true ? { execution_plan: result.executionPlan } : {}),
    },
    text,
    exitCode: tooManyRejected ? EXIT.tooManyRejected : overThreshold ? EXIT.overThreshold : EXIT.fine,
  };
};
