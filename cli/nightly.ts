import type { Language } from '../messages/text.js';
import { planNight, runNight } from '../pipeline/nightly.js';
import type { Problem } from '../pipeline/nightly-child.js';
import type { NightlyJob } from '../pipeline/nightly-jobs.js';
import type { Night } from '../pipeline/nightly-result.js';
import { CROSSING_NAMES, nightSentence, problemLines, STATE_NAMES } from '../pipeline/nightly-sentences.js';
import { count, percent } from '../reports/numbers.js';
import { EXIT } from './errors.js';
import { nightOptions } from './night-options.js';
import { table } from './output.js';
import { clockTime } from './progress.js';
import type { Answer, Run, Session } from './session.js';

/** `doisoat nightly FOLDER`: every job of a folder; exit code: the gravest of its jobs. */
export const run: Run = async (input) => {
  const { options, session } = input;
  const asked = nightOptions(input);
  if (options.dryRun === true) return plan(planNight(asked.folder, asked.night), session);
  const night = await runNight(asked, session.context);
  return { data: night, text: nightText(night, session), exitCode: night.exit_code };
};

/** What `--dry-run` shows: the order, what each job waits for, and which files are wrong; 2 where one is. */
function plan(jobs: readonly NightlyJob[], { say, language }: Session): Answer {
  const data = jobs.map(({ name, shown, after, period, problem }) => ({
    job: name,
    file: shown,
    after,
    period,
    problem,
  }));
  const fromFile = { vi: 'như trong tệp', en: 'as in the file' };
  const rows = jobs.map(({ name, shown, after, period, problem }) => [
    name,
    shown,
    after.join(', '),
    problem !== null ? '–' : (period ?? say(fromFile)),
  ]);
  const titles = PLAN_TITLES.map((title) => ({ title: say(title) }));
  const broken = jobs.flatMap(({ name, problem }) =>
    problem === null ? [] : problemText(name, { ...problem, where: problem.where ?? null }, language),
  );
  const text = [table(titles, rows), ...(broken.length === 0 ? [] : ['', ...broken])].join('\n');
  return { data, text, exitCode: broken.length === 0 ? EXIT.fine : EXIT.userMistake };
}

const PLAN_TITLES = [
  { vi: 'Công việc', en: 'Job' },
  { vi: 'Tệp', en: 'File' },
  { vi: 'Chạy sau', en: 'After' },
  { vi: 'Kỳ', en: 'Period' },
];

function problemText(job: string, problem: Problem | null, language: Language): string[] {
  return problemLines({ problem }, language).map((line, i) => (i === 0 ? `✗ ${job}: ${line}` : `  ${line}`));
}

/** The summary of a night on a terminal: a table, then what went wrong and how to mend it. */
export function nightText(night: Night, { say, language }: Pick<Session, 'say' | 'language'>): string {
  const rows = night.jobs.map((job) => [
    job.job,
    job.period ?? '',
    say(STATE_NAMES[job.state]),
    job.figures === null ? '' : say(count(job.figures.rows)),
    job.figures === null ? '' : say(percent(job.figures.rate_as_submitted)),
    job.figures === null ? '' : say(percent(job.figures.rate_after_cleaning)),
    job.started === null ? '' : clockTime(job.seconds),
    [...job.crossed.map((one) => say(CROSSING_NAMES[one])), reasonOf(job.because, language)]
      .filter((note) => note !== '')
      .join('; '),
  ]);
  const problems = night.jobs.flatMap(({ job, problem }) => problemText(job, problem, language));
  return [
    say(nightSentence(night)),
    '',
    table(
      COLUMNS.map(({ title, align }) => ({ title: say(title), align })),
      rows,
    ),
    ...(problems.length === 0 ? [] : ['', ...problems]),
  ].join('\n');
}

function reasonOf(because: string | null, language: Language): string {
  if (because === null) return '';
  return { vi: `vì “${because}” hỏng`, en: `because “${because}” failed` }[language];
}

const COLUMNS = [
  { title: { vi: 'Công việc', en: 'Job' }, align: 'left' },
  { title: { vi: 'Kỳ', en: 'Period' }, align: 'left' },
  { title: { vi: 'Trạng thái', en: 'State' }, align: 'left' },
  { title: { vi: 'Số dòng', en: 'Rows' }, align: 'right' },
  { title: { vi: 'Sai lệch như đã nộp', en: 'Mismatches as submitted' }, align: 'right' },
  { title: { vi: 'sau làm sạch', en: 'after cleaning' }, align: 'right' },
  { title: { vi: 'Thời gian', en: 'Time' }, align: 'right' },
  { title: { vi: 'Ghi chú', en: 'Notes' }, align: 'left' },
] as const;
