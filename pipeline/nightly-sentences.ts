// A night in words, for the log, the terminal, the letter and the webhook. Names of jobs, states and totals only.
import type { Language, Text } from '../messages/text.js';
import { difference } from '../reports/model-changes.js';
import { count, percent, periodName, pointChange } from '../reports/numbers.js';
import { type Crossing, NIGHT_STATES, type Night, type NightJob, type NightState } from './nightly-result.js';

export const STATE_NAMES: Readonly<Record<NightState, Text>> = {
  finished: { vi: 'đã xong', en: 'finished' },
  failed: { vi: 'hỏng', en: 'failed' },
  skipped: { vi: 'bỏ qua', en: 'skipped' },
  stopped: { vi: 'bị dừng', en: 'stopped' },
};

export const CROSSING_NAMES: Readonly<Record<Crossing, Text>> = {
  mismatch_rate: { vi: 'tỷ lệ không trùng khớp vượt ngưỡng', en: 'mismatch rate over the threshold' },
  rejected_rate: { vi: 'quá nhiều dòng không đọc được', en: 'too many rows could not be read' },
  rise: { vi: 'tỷ lệ không trùng khớp tăng quá mức', en: 'mismatch rate rose too much' },
};

/** `Đêm 21/11/2026: 4 công việc, 2 đã xong (1 vượt ngưỡng), 1 hỏng, 1 bỏ qua.` */
export function nightSentence({ night, jobs }: Pick<Night, 'night' | 'jobs'>): Text {
  const crossed = jobs.filter((job) => job.crossed.length > 0).length;
  const over: Text = { vi: ` (${crossed} vượt ngưỡng)`, en: ` (${crossed} over a threshold)` };
  const parts = (language: Language) =>
    NIGHT_STATES.map((state) => ({ state, n: jobs.filter((job) => job.state === state).length }))
      .filter(({ n }) => n > 0)
      .map(({ state, n }) => {
        const more = state === 'finished' && crossed > 0 ? over[language] : '';
        return `${n} ${STATE_NAMES[state][language]}${more}`;
      })
      .join(', ');
  const name = nightName(night);
  return {
    vi: `${name.vi}: ${jobs.length} công việc, ${parts('vi')}.`,
    en: `${name.en}: ${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'}, ${parts('en')}.`,
  };
}

/** An ISO day → `Đêm 21/11/2026`. */
export function nightName(night: string): Text {
  return { vi: `Đêm ${night.split('-').reverse().join('/')}`, en: `Night of ${periodName(night).en}` };
}

/** `thue-bao: đã xong, 300 dòng, không trùng khớp 48,3 % (so với tháng 10/2026: −1,2 điểm); tỷ lệ … vượt ngưỡng` */
export function jobSentence(job: NightJob): Text {
  return { vi: sentence(job, 'vi'), en: sentence(job, 'en') };
}

function sentence({ job, state, because, figures, previous, crossed }: NightJob, language: Language): string {
  const said = [`${job}: ${STATE_NAMES[state][language]}`];
  if (because !== null) {
    said[0] += { vi: ` vì “${because}” hỏng`, en: ` because “${because}” failed` }[language];
  }
  if (figures !== null) {
    const [rows, rate] = [count(figures.rows)[language], percent(figures.rate_as_submitted)[language]];
    const change = previous === null ? '' : changeSince(previous, figures.rate_as_submitted)[language];
    said.push({ vi: `${rows} dòng`, en: `${rows} rows` }[language]);
    said.push({ vi: `không trùng khớp ${rate}${change}`, en: `${rate} do not agree${change}` }[language]);
  }
  return [said.join(', '), ...crossed.map((one) => CROSSING_NAMES[one][language])].join('; ');
}

function changeSince(previous: NonNullable<NightJob['previous']>, now: number | null): Text {
  const change = pointChange(difference(now, previous.figures.rate_as_submitted));
  const period = periodName(previous.period);
  return { vi: ` (so với ${period.vi}: ${change.vi})`, en: ` (against ${period.en}: ${change.en})` };
}

/** What went wrong, where, and how to mend it: two lines. */
export function problemLines({ problem }: Pick<NightJob, 'problem'>, language: Language): string[] {
  if (problem === null) return [];
  const where = problem.where === null ? '' : `${problem.where}: `;
  return [`${where}${problem.what[language]}`, `→ ${problem.mend[language]}`];
}
